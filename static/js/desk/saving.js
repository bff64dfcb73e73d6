// Holds the form back while pictures are on their way, says so, and sends it when the last of them is there.
import { howMany, whenOneEnds } from "./uploads.js"
import { say } from "./saying.js"

export function waiting(form) {
  let pressed = null
  let isUrgent = false
  form.addEventListener("submit", (event) => {
    if (!howMany() || isUrgent) return
    event.preventDefault()
    event.stopImmediatePropagation()
    pressed = event.submitter || form
    const which = howMany() === 1 ? "A picture is" : `${howMany()} pictures are`
    const now = ["Save without waiting", () => { isUrgent = true; send() }]
    say("text", `${which} still on the way. The story is saved as soon as the last is there.`, now)
    tell(form, "Waits for pictures …")
  }, true)

  const send = () => {
    const button = pressed
    pressed = null
    tell(form, "")
    form.requestSubmit(button === form ? undefined : button)
  }

  whenOneEnds((refused) => {
    if (!pressed) return
    if (refused) {
      pressed = null
      tell(form, "")
      say("text", `${refused} The story was not saved yet: see to the picture, then save.`)
    } else if (!howMany()) send()
  })
}

function tell(form, words) {
  const acts = form.querySelector(".acts")
  acts?.querySelector(".waits")?.remove()
  if (words) acts?.append(Object.assign(document.createElement("p"), { className: "waits", textContent: words }))
}
