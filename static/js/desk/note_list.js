// Lists the notes on a story with their answers; each is a talk that can be answered, settled, and opened again.
import { buttonFor, element } from "./saying.js"
import { mentioning } from "./mention.js"

// `acts`: answer(id, text), settle(id), reopen(id), goTo(id), people(). Gives the list's line for one note.
export function noteLine(note, isThere, acts) {
  const line = element("li", `note${note.settled ? " settled" : ""}`)
  line.id = `note-${note.id}`
  line.tabIndex = -1
  line.dataset.note = note.id
  if (note.passage) line.append(passage(note, isThere, acts))
  line.append(spoken(note), ...note.answers.map((one) => element("div", "answer", ...spoken(one).childNodes)))
  if (note.settled) line.append(element("p", "help", `${note.settled}`))
  line.append(answering(note, acts))
  return line
}

function spoken({ by, said, text }) {
  const words = element("p", "words", text)
  words.dir = "auto"
  return element("div", "spoken", element("p", "who", element("strong", "", by), ` ${said}`), words)
}

function passage(note, isThere, acts) {
  const quote = element("q", "", note.passage.length > 120 ? `${note.passage.slice(0, 119)}…` : note.passage)
  quote.dir = "auto"
  if (!isThere) return element("p", "passage lost", "About words no longer there: ", quote)
  return element("p", "passage", "On ", quote, " ", buttonFor("Go to the words", () => acts.goTo(note), `of ${note.by}’s note`))
}

function answering(note, acts) {
  const about = `${note.by}’s note, ${note.text.slice(0, 40)}`
  const bar = element("p", "note-acts")
  const open = buttonFor("Answer", () => unfold(), about)
  open.dataset.answer = ""
  const end = note.settled ? buttonFor("Open again", () => acts.reopen(note.id), about) : buttonFor("Settle", () => acts.settle(note.id), about)
  end.dataset.settle = ""
  bar.append(open, end)

  function unfold() {
    const area = Object.assign(document.createElement("textarea"), { rows: 2, maxLength: 5000, dir: "auto" })
    area.setAttribute("aria-label", `Answer to ${about}`)
    const send = buttonFor("Answer", async () => {
      send.setAttribute("aria-disabled", "true")
      if (!(await acts.answer(note.id, area.value))) send.removeAttribute("aria-disabled")
    })
    send.dataset.send = ""
    const box = element("div", "answering", area, send, buttonFor("Cancel", () => (box.replaceWith(bar), open.focus())))
    bar.replaceWith(box)
    mentioning(area, acts.people)
    area.focus()
  }
  return bar
}
