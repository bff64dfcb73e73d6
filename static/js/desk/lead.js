// The lead picture over the text, as readers will see it; a file dropped here becomes the lead.
import { filesIn, incoming } from "./incoming.js"
import { pictureShown } from "./figure.js"
import { known } from "./library.js"
import { idOf, isOpen, place, placeOf, rows } from "./pictures.js"
import { element, say } from "./saying.js"

export function leading(form) {
  const field = form.querySelector(".paper .field.body")
  if (!field) return
  const figure = element("figure", "lead-place")
  figure.setAttribute("aria-label", "Lead picture")
  const shown = element("div", "lead-shown")
  figure.append(shown)
  field.before(figure)

  const refresh = () => {
    const row = rows().find((one) => placeOf(one) === "lead")
    const mediaId = row ? idOf(row) : ""
    figure.classList.toggle("empty", !row)
    if (mediaId) pictureShown(shown, mediaId, known(mediaId))
    else shown.replaceChildren(element("p", "", row ? "The lead picture has no Media ID." : invitation(form)))
  }
  document.addEventListener("pictures", refresh)
  refresh()
  if (!isOpen()) return
  accepting(figure, (files) => {
    if (form.dataset.takeIn) files.forEach((file, number) => take(form, figure, file, number === 0))
  })
}

const invitation = (form) => `No lead picture. ${form.dataset.takeIn ? "Drop one here, or press" : "Press"} Alt P and type its Media ID.`

// The first of several leads, the others stand below the text.
function take(form, figure, file, leads) {
  const { box } = incoming(form, file, {
    done: (found) => {
      place(found.media_id, { leads })
    },
    gone: async (put) => {
      box.remove()
      put?.()
    },
    back: () => document.querySelector(".ProseMirror")?.focus(),
  })
  figure.append(box)
}

function accepting(place, take) {
  place.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return
    event.preventDefault()
    place.classList.add("over")
  })
  place.addEventListener("dragleave", () => place.classList.remove("over"))
  place.addEventListener("drop", (event) => {
    place.classList.remove("over")
    const files = filesIn(event.dataTransfer)
    if (!files.length) return
    event.preventDefault()
    event.stopPropagation()
    take(files)
  })
}

// A file let go anywhere else must not make the browser leave the page and what was typed in it.
export function keepingThePage() {
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (event.defaultPrevented || ![...(event.dataTransfer?.types || [])].includes("Files")) return
      if (event.target.closest("input[type=file]")) return
      event.preventDefault()
      if (kind === "drop") say("text", "Drop a picture on the text, or on the place of the lead picture.")
    })
  }
}
