// The field among the pictures that is always empty: a Media ID and Enter put the picture into the story; Alt P leads here.
import { idIn } from "./media_id.js"
import { said } from "./library.js"
import { place } from "./pictures.js"
import { openPicker } from "./picker.js"
import { buttonFor, element, lineFor, say } from "./saying.js"

export function placing(list) {
  const form = list.closest("form")
  const line = lineFor("panel")
  list.after(line)
  if (!list.addRow) return
  list.classList.add("enlivened")
  const label = Object.assign(element("label", "", "Media ID of a picture to add"), { htmlFor: "picture_to_add" })
  const input = Object.assign(document.createElement("input"), { id: "picture_to_add", type: "text", autocomplete: "off", inputMode: "numeric" })
  const help = Object.assign(element("p", "help", "Eight digits and Enter. Alt P leads here from anywhere; in the text, the digits on a line of their own and Enter do the same."), { id: "picture_to_add_help" })
  input.setAttribute("aria-describedby", help.id)
  input.setAttribute("aria-keyshortcuts", "Alt+P")
  const choose = buttonFor("Choose from the library", () => openPicker({ into: "panel" }))
  choose.setAttribute("aria-keyshortcuts", "Alt+Shift+P")
  list.before(element("div", "placing", label, input, help, choose))

  input.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter") return
    event.preventDefault()
    const typed = input.value
    if (!typed.trim()) return
    const mediaId = idIn(typed)
    if (!mediaId) return say("panel", "A Media ID is 4 to 12 digits. Check what was typed.")
    const found = await said(mediaId)
    if (!found.row || found.withdrawn) return say("panel", found.missing || found.withdrawn)
    if (input.value === typed) input.value = ""
    place(found.media_id)
    if (found.merged || found.rights !== "clear") line.append(` ${found.merged} ${found.rights === "clear" ? "" : found.rights_said}`)
  })
  // A number that nobody confirmed with Enter is taken with what is pressed next: the desk says what it thinks of it.
  const taken = () => {
    const mediaId = idIn(input.value)
    if (!mediaId) return
    input.value = ""
    place(mediaId)
  }
  form.addEventListener("submit", taken, true)
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s") taken()
  }, true)
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyP") return
    event.preventDefault()
    if (event.shiftKey) return openPicker({ into: event.target.closest(".ProseMirror") ? "text" : "panel" })
    input.closest("details").open = true
    input.focus({ preventScroll: true })
    input.scrollIntoView({ block: "nearest" })
  })
}
