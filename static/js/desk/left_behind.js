// Offers what a page that died had not sent: beside what the desk has, word by word, and nothing goes until it is answered.
import { HALF, LABELS, readAll, same } from "./copy_read.js"
import { write } from "./copy_write.js"
import { knock } from "./door.js"
import { journal, leftBehind, newPage, standHere } from "./journal.js"
import { buttonFor, element, whisper } from "./saying.js"
import { inWords, redlined } from "./word_diff.js"

// As the desk writes hours: the day before the month, and no half days.
const when = (at) => new Date(at).toLocaleString("en-GB", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" })

export async function offering(keeper) {
  const { form } = keeper
  const place = form.querySelector(".columns")
  const offered = new Map()
  for (const row of await leftBehind(form.dataset.person)) {
    if (row.page === keeper.page || row.story !== keeper.story) continue
    const differs = differing(form, row)
    // The desk has all of it: only its answer was lost.
    if (!differs.length) {
      await journal.clear(row.page)
      continue
    }
    offered.set(row, panelFor(keeper, row, differs))
    place.before(offered.get(row))
  }
  // A last letter may arrive after the page was drawn again: what the form says by now is offered no longer.
  keeper.addEventListener("kept", () => {
    if (keeper.hasUnsaid()) return
    for (const [row, panel] of offered) {
      if (differing(form, row).length) continue
      offered.delete(row)
      if (!panel.isConnected) continue
      panel.remove()
      journal.clear(row.page)
    }
  })
  const aside = (await journal.aside()).filter((row) => row.person === form.dataset.person && row.story === keeper.story)
  if (aside.length) place.after(shelf(keeper, aside))
}

function differing(form, row) {
  const now = readAll(form)
  return Object.keys(row.changed).filter((field) => !same(now[field] ?? "", row.changed[field]) && inWords(field, row.changed[field]) !== inWords(field, now[field]))
}

function panelFor(keeper, row, fields) {
  const { form } = keeper
  const panel = element("section", "left-behind")
  panel.setAttribute("aria-label", "Text that did not reach the desk")
  const isNew = row.story === null
  const done = async (sentence) => {
    panel.remove()
    whisper(sentence)
    ;(document.querySelector(".ProseMirror") || form.elements.headline).focus()
  }
  const taking = async (fields) => {
    if (!(await goOn(keeper, row))) return whisper("What you type is not saved yet. Take this once it is.")
    for (const field of fields) take(form, row, field)
    return true
  }
  const takeAll = async () => {
    if (!(await taking(Object.keys(row.changed)))) return
    await done("Your text stands in the form, merged with what others wrote since, and is saved by itself.")
    await keeper.flushed()
    if (!keeper.hasUnsaid() && row.page !== keeper.page) await journal.clear(row.page)
  }
  // What is not wanted is a version of the story, which whoever may can bring back; where that cannot be, it stays here.
  const leave = async () => {
    const { page, serial, story, revision, changed } = row
    const letter = { page, serial: serial + 1, story, token: null, revision, changed, aside: true }
    const { answer } = isNew ? { answer: {} } : await knock(form, letter)
    if (answer.kept) {
      await journal.clear(page)
      return done(`What the desk has stands. Yours is kept in the story’s history, as revision ${answer.kept}.`)
    }
    await journal.layAside(row, "not taken")
    return done("What the desk has stands. Yours is kept in this browser for 30 days.")
  }
  panel.append(
    element("h2", "", isNew ? "A story that did not reach the desk" : "Text that did not reach the desk"),
    element("p", "", `On ${when(row.at)} this browser kept what you had typed, and the page ended before it was sent. ${isNew ? "The desk was not heard to have it." : "From what the desk has to what you typed:"}`),
    ...fields.map((field) => part(form, row, field, taking, () => panel.querySelector(".part") || takeAll())),
    element("p", "", buttonFor(isNew ? "Go on with this text" : "Take all of mine", takeAll), buttonFor(isNew ? "Lay it aside" : "Keep the desk’s", leave)),
  )
  return panel
}

function part(form, row, field, taking, taken) {
  const holder = element("div", "part", element("h3", "", LABELS[field] || field))
  holder.append(redlined(inWords(field, readAll(form)[field]), inWords(field, row.changed[field])))
  const one = buttonFor("Take this field", async () => {
    if (!(await taking([field]))) return
    holder.remove()
    taken()
  }, `(${LABELS[field] || field})`)
  if (row.story !== null) holder.append(one)
  return holder
}

function take(form, row, field) {
  if (same(readAll(form)[field] ?? "", row.changed[field])) return
  const box = field in HALF && form.querySelector(HALF[field])
  if (!box) return write(form, field, row.changed[field])
  box.value = row.changed[field]
  box.dispatchEvent(new Event("input", { bubbles: true }))
}

// The page that died goes on here, on what it stood on: what others wrote since is merged by paragraphs, as it would have
// been, and asked where both changed the same. A new story goes on in its own name: should its first letter have arrived,
// no second one starts. False where this page itself has something that is not at the desk.
async function goOn(keeper, row) {
  if (row.story === null) return keeper.story !== null || Boolean(keeper.letter) || begun(keeper, row)
  await keeper.flushed()
  if (keeper.hasUnsaid()) return false
  await journal.clear(keeper.page)
  Object.assign(keeper, { page: newPage(), serial: 0, token: null, revision: row.revision })
  standHere(keeper.page)
  return true
}

const LATER = 100 // more letters than a page can have sent without writing down how many
function begun(keeper, row) {
  Object.assign(keeper, { page: row.page, serial: row.serial + LATER })
  standHere(row.page)
  return true
}

// What was laid aside can be read again, and taken after all.
function shelf(keeper, rows) {
  const all = element("details", "left-behind", element("summary", "", `Laid aside in this browser (${rows.length})`))
  for (const row of rows.reverse()) {
    const again = buttonFor("Look at it again", () => {
      const fields = differing(keeper.form, row)
      if (fields.length) keeper.form.querySelector(".columns").before(panelFor(keeper, row, fields))
      else whisper("The form says the same already.")
    }, ` of ${when(row.at)}`)
    all.append(element("p", "", `${when(row.at)}: ${row.headline || "no headline"} `, again))
  }
  return all
}
