// Leaving the page loses nothing: what is unsent goes with a last letter, and one is held back only where it cannot.
import { fitsALastLetter, knock } from "./door.js"
import { letterOf, onTheWire } from "./letters.js"
import { stillComing } from "./saving.js"
import { howMany } from "./uploads.js"

const CANNOT = ["away", "expired", "refused", "gone"]

export function leaving(keeper, { say }) {
  const { form } = keeper
  const last = (changed) => onTheWire(letterOf(keeper, changed, keeper.serial + 1))
  let isSettled = false
  form.classList.add("keeps-itself")
  // What is kept by itself needs no button for it.
  for (const button of form.querySelectorAll("button[name=act][value=''], button[name=act][value=preview]")) button.hidden = true

  // A button that acts on the story by a form's own way: the story is whole at the desk first.
  form.addEventListener("submit", async (event) => {
    if (isSettled) return void (isSettled = false)
    event.preventDefault()
    event.stopImmediatePropagation()
    const button = event.submitter
    try {
      await keeper.settled()
      isSettled = true
      form.requestSubmit(button)
    } catch (reason) {
      say(reason.message)
    }
  })

  document.addEventListener("keydown", async (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return
    event.preventDefault()
    await keeper.flushed()
    say(stillComing())
  })

  window.addEventListener("beforeunload", (event) => {
    if (howMany()) event.preventDefault() // a file on its way goes with no letter
    if (!keeper.hasUnsaid()) return
    if (CANNOT.includes(keeper.state) || !fitsALastLetter(JSON.stringify(last(keeper.unsaid())))) event.preventDefault()
  })

  window.addEventListener("pagehide", () => {
    if (!keeper.hasUnsent() && !keeper.letter) return
    if (keeper.story === null && keeper.state === "still") return // nobody typed: what the page came with starts no story
    knock(form, last({ ...keeper.letter?.changed, ...keeper.unsent() }), { isLast: true })
    keeper.serial += 1
  })
}
