// The page of one picture: its number is copied by one button, the file's other value goes into the form, a story gets its headline.
import { meant } from "./caption_meant.js"
import { guarding } from "./unsaved.js"

async function copied(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text)
  const box = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" })
  document.body.append(box)
  box.select()
  const isDone = document.execCommand("copy") // the only way on a desk without https
  box.remove()
  return isDone ? undefined : Promise.reject(new Error("not copied"))
}

for (const button of document.querySelectorAll("[data-copies]")) {
  const said = button.parentElement.querySelector("[role=status]")
  button.hidden = false
  button.addEventListener("click", async () => {
    try {
      await copied(button.dataset.copies)
      said.textContent = "Copied"
    } catch {
      said.textContent = `Not copied: ${button.dataset.copies}`
    }
    button.focus()
  })
}

const form = document.getElementById("picture")
for (const button of document.querySelectorAll("button[name=take][data-into]")) {
  button.addEventListener("click", (event) => {
    const box = form?.elements[button.dataset.into]
    if (!box) return
    event.preventDefault()
    box.value = button.dataset.value
    if (button.dataset.into === "caption") form.querySelector("[name=caption_is][value=written]").checked = true
    box.dispatchEvent(new Event("input", { bubbles: true }))
    const fold = box.closest("details")
    if (fold) fold.open = true
    box.focus()
    let said = button.parentElement.querySelector("[role=status]")
    if (!said) {
      said = Object.assign(document.createElement("span"), { className: "help" })
      said.setAttribute("role", "status")
      button.after(said)
    }
    said.textContent = " Taken into the form. Save to keep it."
  })
}

if (form?.elements.caption && form.elements.caption_is) meant(form.elements.caption, form.elements.caption_is, "written")

const story = form?.elements.only_story
const headline = document.querySelector("[data-headline]")
if (story && headline) {
  let asked = 0
  story.addEventListener("input", async () => {
    const number = /(?<![0-9])[1-9][0-9]{7}(?![0-9])/.exec(story.value)?.[0]
    const mine = ++asked
    if (!number) {
      headline.textContent = ""
      return
    }
    const answer = await fetch(`${headline.dataset.headline}${number}/`, { headers: { Accept: "application/json" } }).catch(() => null)
    const said = answer?.ok ? (await answer.json()).headline : "The headline could not be looked up."
    if (mine === asked) headline.textContent = said
  })
}

if (form?.querySelector("button.primary")) guarding(form)
