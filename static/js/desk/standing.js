// The line that is always in sight: state, words, reading time, and whether what was typed is saved, and where if it is not.
import { hasJournal } from "./journal.js"
import { element, say, whisper } from "./saying.js"
import { plainOf } from "./word_diff.js"

const WORD = /[\p{L}\p{M}\p{N}_]+(?:['’ʼ-][\p{L}\p{M}\p{N}_]+)*/gu
const A_MINUTE = 230
const [NO_LINE, BUSY] = ["Not saved: no connection", "Not saved: the desk does not answer"]
const WHERE = { true: "kept in this browser", false: "kept in this page only: do not close it" }

export function standing(keeper) {
  const line = document.querySelector("[data-keeping]")
  if (!line) return
  const part = (name) => line.querySelector(`[data-${name}]`)
  const saved = part("saved")
  let [heard, at, aside] = ["", "", ""]

  const where = async () => `${WHERE[await hasJournal()]}${aside}`
  async function words() {
    const choose = keeper.asking.size ? " One passage waits for your choice." : ""
    const stuck = keeper.stuck.size && keeper.whyStuck && Object.keys(keeper.unsaid()).length
    if (keeper.state === "kept" && stuck) return `Saved ${at}, but for one thing: ${keeper.whyStuck}`
    if (keeper.state === "kept") return at ? `Saved ${at}.${choose}` : saved.textContent
    if (keeper.state === "typing" || keeper.state === "saving") return "Saving …"
    if (keeper.state === "away") return `${navigator.onLine === false ? NO_LINE : BUSY}, ${await where()}. It is tried again by itself.`
    if (keeper.state === "expired") return `Not saved: your time at the desk ran out. What you write is ${await where()}.`
    if (keeper.state === "refused" || keeper.state === "gone") return `Not saved, ${await where()}: ${keeper.said}`
    return saved.textContent
  }

  async function show() {
    const said = await words()
    if (saved.textContent !== said) saved.textContent = said
    line.dataset.keeping = keeper.state
    // Who listens is told when it goes wrong and when it is right again, not at every save.
    const kind = { away: "away", expired: "expired", refused: "refused", gone: "gone" }[keeper.state] || (keeper.state === "kept" ? "kept" : heard)
    if (kind !== heard && (heard || kind !== "kept")) whisper(said)
    heard = kind === "kept" ? "" : kind
  }

  // What the desk would not write into the story it kept beside it.
  keeper.addEventListener("refused", ({ detail: { answer } }) => {
    aside = answer.kept ? ` and as revision ${answer.kept}` : ""
    show()
  })
  keeper.addEventListener("kept", ({ detail: { answer } }) => {
    aside = ""
    at = answer.said
    length(answer.words, answer.minutes)
    state(answer)
  })
  keeper.addEventListener("moved", ({ detail }) => state(detail))
  keeper.addEventListener("state", show)

  function state({ state: name, state_word: word }) {
    if (!word) return
    const made = element("span", `state ${name}`, word)
    part("state-word").replaceChildren(made)
  }
  function length(count, minutes) {
    part("length").textContent = `${count} ${count === 1 ? "word" : "words"} · ${minutes || 0} min`
  }

  const text = plainOf(keeper.form.elements.body?.value || "")
  const count = (text.match(WORD) || []).length
  length(count, Math.ceil(count / A_MINUTE))
  part("length").hidden = false
  return { say: async (sentence) => (sentence ? say("text", sentence) : whisper(await words())) }
}
