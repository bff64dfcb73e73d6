// What stands where a picture will be while its file is on the way: its name, its progress, and what became of it.
import { remember, said } from "./library.js"
import { buttonFor, element, say } from "./saying.js"
import { renewed, send, underway } from "./uploads.js"

const NAME = 60 // letters of a file's name that are shown
let lastKey = 0
document.addEventListener("keydown", () => { lastKey = performance.now() }, true)

// `done(found)` puts the picture in its place, `gone(then)` takes this notice away and waits for its turn, `back()`
// returns to what one was at. Gives the notice, and a promise kept once the picture is in or a person is asked.
export function incoming(form, file, { done, gone, back }) {
  const name = (file.name || "pasted picture").slice(0, NAME)
  const box = element("div", "arriving")
  Object.assign(box, { contentEditable: "false", lang: "en", dir: "ltr" })
  box.setAttribute("role", "group")
  box.setAttribute("aria-label", `Picture ${name}`)
  const began = performance.now()
  const leave = () => (gone(), back())
  box.addEventListener("keydown", (event) => {
    event.stopPropagation()
    if (event.key === "Escape") leave()
  })

  async function start() {
    const ended = underway()
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 })
    bar.setAttribute("aria-label", `Sending ${name}`)
    const words = element("p", "", `Sending ${name}`)
    words.dir = "auto"
    const sending = send(form, file, (part) => {
      bar.value = part
      if (part === 1) words.textContent = `${name} has arrived; the library is reading it.`
    })
    box.classList.remove("refused")
    box.replaceChildren(words, bar, buttonFor("Stop", sending.stop, name))
    const answer = await sending.answer
    await settle(answer)
    ended(answer.refused)
  }

  async function again() {
    box.querySelector("button").disabled = true
    await renewed(form)
    start()
  }

  async function settle({ taken, same, refused, mayTryAgain }) {
    if (taken) return put(taken.media_id, taken)
    box.classList.add("refused")
    const sentence = element("p", "", refused)
    sentence.dir = "auto"
    if (same) offer(same, sentence)
    else box.replaceChildren(sentence, ...(mayTryAgain ? [buttonFor("Try again", again, name)] : []), buttonFor("Close", leave))
    say("text", refused)
  }

  async function put(mediaId, taken) {
    const found = await said(mediaId)
    const unasked = { ...taken, row: taken?.row || mediaId, name: `Media ID ${mediaId}`, rights: "unknown", rights_word: "Rights: not known" }
    await gone(() => done(found.row ? found : remember(unasked, mediaId)))
    const near = taken?.near?.find((one) => one.is_withdrawn) ?? taken?.near?.[0]
    const words = taken ? `Media ID ${mediaId} was taken in and stands in its place.` : `Media ID ${mediaId} stands in its place.`
    const compare = () => window.open(near.page, "_blank", "noopener")
    if (near) say("text", `${words} It looks like Media ID ${near.media_id}${near.is_withdrawn ? ", which was withdrawn" : ""}.`, ["Look at that one", compare])
    else say("text", words)
  }

  // The very same file is here already: one key takes the one that is there.
  function offer(same, sentence) {
    const words = element("p", "", [same.caption, same.credit].filter(Boolean).join(" "))
    words.dir = "auto"
    const use = buttonFor(`Use Media ID ${same.media_id}`, () => (back(), put(same.media_id)))
    const image = same.src ? [Object.assign(document.createElement("img"), { src: same.src, alt: "" })] : []
    box.replaceChildren(...image, sentence, words, use, buttonFor("Leave it out", leave))
    if (lastKey < began) use.focus() // nobody has typed since: Enter takes it
  }

  return { box, settled: start() }
}

export function filesIn(transfer) {
  return [...(transfer?.files || [])]
}
