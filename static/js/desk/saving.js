// Holds back what is done with a story while pictures are on their way, says so, and does it when the last of them is there.
import { howMany, whenOneEnds } from "./uploads.js"
import { say } from "./saying.js"

let held = null // what was pressed last, and by which form
let isUrgent = false

const which = () => (howMany() === 1 ? "A picture is" : `${howMany()} pictures are`)

// What is typed is kept meanwhile: nobody saves a picture, and who asks is told.
export const stillComing = () => (howMany() ? `What you typed is saved. ${which()} still on the way, and kept as soon as it has come.` : "")

// True where `act` has to wait: it is done later, or a sentence says why it was not.
export function heldBack(form, act) {
  if (!howMany() || isUrgent) return false
  held = { form, act }
  say("text", `${which()} still on the way. What you pressed is done as soon as the last is there.`, ["Go on without waiting", atOnce])
  tell(form, "Waits for pictures …")
  return true
}

export function waiting(form) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter
    if (!heldBack(form, () => form.requestSubmit(button))) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }, true)
}

function atOnce() {
  isUrgent = true
  goOn()
  isUrgent = false
}

function goOn() {
  const { act } = letGo()
  act()
}

function letGo() {
  const was = held
  held = null
  tell(was.form, "")
  return was
}

whenOneEnds((refused) => {
  if (!held) return
  if (refused) {
    letGo()
    say("text", `${refused} What you pressed was not done yet: see to the picture, then press again.`)
  } else if (!howMany()) goOn()
})

function tell(form, words) {
  const acts = form.querySelector(".acts")
  acts?.querySelector(".waits")?.remove()
  if (words) acts?.append(Object.assign(document.createElement("p"), { className: "waits", textContent: words }))
}
