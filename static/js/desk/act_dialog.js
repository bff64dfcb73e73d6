// The one confirm of an act: a dialog of the page itself, filled by the desk, that gives back answers and reasons or null.
import { readingMoments } from "./moments.js"
import { element } from "./saying.js"

let dialog = null

export function closeDialog() {
  dialog?.close()
}

function opened() {
  if (dialog) return dialog
  dialog = element("dialog", "act")
  dialog.setAttribute("aria-labelledby", "act-heading")
  dialog.addEventListener("close", () => {
    dialog.remove()
    dialog = null
  })
  document.body.append(dialog)
  return dialog
}

// `dialog` is the desk's page of it; `trouble` a sentence in place of an answer: what was typed stays, to be sent again.
export function confirmed({ dialog: html, trouble }, act) {
  const shown = opened()
  if (html) fill(shown, html, act)
  const form = shown.querySelector("form")
  form.removeAttribute("aria-busy")
  if (trouble) tell(form, trouble)
  if (!shown.open) shown.showModal()
  if (!trouble) first(form).focus()
  return new Promise((resolve) => {
    const left = () => resolve(null)
    shown.addEventListener("close", left, { once: true })
    form.onsubmit = (event) => {
      event.preventDefault()
      if (form.hasAttribute("aria-busy")) return
      form.setAttribute("aria-busy", "true")
      shown.removeEventListener("close", left)
      resolve(read(form, act))
    }
  })
}

function fill(shown, html, act) {
  const form = new DOMParser().parseFromString(html, "text/html").querySelector("form")
  shown.replaceChildren(form)
  form.querySelector("[data-back]").addEventListener("click", closeDialog)
  readingMoments(form, (short) => rename(form, act, short))
}

function tell(form, trouble) {
  form.querySelector("[role=alert]")?.remove()
  const line = element("p", "wrong", trouble)
  line.setAttribute("role", "alert")
  form.querySelector(".row").before(line)
}

function read(form, act) {
  const [answers, waived] = [{}, {}]
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith("waived-")) waived[name.slice(7)] = value
    else answers[name.slice(act.length + 1)] = value
  }
  return { answers, waived }
}

// Where the eye and the hand go first: what is wrong, then what is asked and not answered, then the button.
function first(form) {
  const wrong = form.querySelector("[data-first], [aria-invalid=true]")
  const asked = [...form.querySelectorAll("input:not([type=hidden]), textarea, select")]
  return wrong || asked.find((one) => !one.value) || form.querySelector("button")
}

function rename(form, act, short) {
  if (act !== "schedule") return
  form.querySelector("button.primary").textContent = `Publish ${short}`
  form.querySelector("#act-heading").textContent = `Publish ${short}?`
}
