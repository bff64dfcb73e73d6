// One picture's row beside the text: what the library says, which caption will be printed, and the ways to move it.
import { remember, said } from "./library.js"
import { figuresOfText, changed, idOf, isOpen, lead, nameOf, placeOf, rowOf, step, takeOut } from "./pictures.js"
import { ownOr, printed } from "./printed_words.js"
import { buttonFor, element } from "./saying.js"
import { idIn } from "./media_id.js"
import { dragging } from "./dragging.js"

const PLACES = { lead: "Lead picture", text: "In the text", below: "Below the text" }
const PRINTED = {
  own: "Printed: this story’s caption.", library: "Printed: the library’s caption.", file: "Printed: the file’s caption.",
  none: "Printed: no caption, as this story says.", absent: "No caption will be printed: nobody wrote one.",
}

export function pictured(input) {
  const row = input.closest("li")
  const box = row?.querySelector("[data-said]")
  if (!box) return
  input.addEventListener("change", () => look(row, input, box))
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return
    event.preventDefault() // it must not press the form's first button
    look(row, input, box)
  })
  const place = element("p", "place")
  box.prepend(place)
  const open = !input.matches(":disabled")
  const own = row.querySelector("[data-own-caption]")
  const none = row.querySelector("[data-no-caption]")
  const unsaid = row.querySelector("[data-caption-is-absent]")
  const back = buttonFor("Use the library’s again", () => {
    [own.value, none.checked, unsaid.checked] = ["", false, false]
    own.dispatchEvent(new Event("input", { bubbles: true }))
    own.focus()
  })
  back.className = "back"
  if (open) none.closest(".field").after(back)
  let typed = ""
  none.addEventListener("change", () => {
    if (none.checked) [typed, own.value, unsaid.checked] = [own.value, "", false]
    else own.value ||= typed
    changed()
  })
  unsaid.addEventListener("change", () => {
    if (unsaid.checked) [own.value, none.checked] = ["", false]
    changed()
  })
  own.addEventListener("input", () => {
    if (own.value) none.checked = unsaid.checked = false
    changed()
  })
  for (const one of row.querySelectorAll(".own-words :is(input, textarea)")) one.addEventListener("input", changed)
  const buttons = open ? actions(row, box) : null
  const refresh = () => row.isConnected && show(row, box, { place, back, buttons })
  document.addEventListener("pictures", refresh)
  if (box.dataset.picture) fill(row, box, remember(JSON.parse(box.dataset.picture)))
  dragging(row, box)
}

async function look(row, input, box) {
  const mediaId = idIn(input.value)
  if (!mediaId) {
    box.hidden = !input.value.trim()
    box.querySelector(".missing").textContent = box.hidden ? "" : "A Media ID is 4 to 12 digits."
    return
  }
  input.value = mediaId
  const found = await said(mediaId)
  if (mediaId !== input.value) return
  if (found.media_id) input.value = found.media_id
  fill(row, box, found)
  changed()
}

function fill(row, box, found) {
  box.hidden = false
  row.classList.toggle("known", Boolean(found.row))
  box.querySelector(".missing").textContent = found.missing || found.withdrawn || ""
  for (const layer of box.querySelectorAll("[data-layer]")) layer.textContent = found[layer.dataset.layer] || ""
  const name = box.querySelector("[data-name]")
  if (found.row) Object.assign(name, { textContent: found.name, href: found.page })
  const rights = box.querySelector("[data-rights]")
  rights.textContent = found.rights_word || ""
  rights.className = `state rights-${found.rights || "unknown"}`
  box.querySelector("[data-ai]").hidden = !found.is_made_by_ai
  box.querySelector("img")?.remove()
  if (found.src) {
    const image = Object.assign(document.createElement("img"), { src: found.src, alt: found.alt || "", draggable: false })
    box.querySelector(".known-as").before(image)
  }
  row.querySelector("[data-own-caption]").placeholder = found.caption || "No caption in the library"
  for (const name of ["credit", "alt"]) {
    row.querySelector(`[data-own-${name}]`).placeholder = found[name] ? `The library says: ${found[name]}` : "The library says nothing"
    row.querySelector(`[data-library=${name}]`).textContent = found[name] || "none"
  }
}

function actions(row, box) {
  const inTheText = () => placeOf(row) === "text"
  const made = {
    up: buttonFor("Up", () => step(row, -1), ""),
    down: buttonFor("Down", () => step(row, 1), ""),
    lead: buttonFor("Make it the lead", () => lead(row)),
    into: buttonFor("Put into the text", () => figuresOfText().insert(idOf(row))),
    out: buttonFor("Take out", () => takeOut(row)),
  }
  const group = element("div", "moves", ...Object.values(made))
  group.setAttribute("role", "group")
  box.append(group)
  row.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return
    event.preventDefault()
    step(row, event.key === "ArrowUp" ? -1 : 1)
  })
  return { group, ...made, inTheText }
}

function show(row, box, { place, back, buttons }) {
  const [where, { layer }] = [placeOf(row), printed(idOf(row), row)]
  place.textContent = PLACES[where]
  row.dataset.place = where
  for (const one of box.querySelectorAll("[data-printed]")) one.hidden = one.dataset.printed !== layer
  const line = row.querySelector("[data-prints]")
  if (line) line.textContent = PRINTED[layer]
  back.hidden = layer !== "own" && layer !== "none" && !row.querySelector("[data-caption-is-absent]").checked
  const alone = row.querySelector("[data-no-alt-here]").checked
  box.querySelector("[data-no-alt]").hidden = !idOf(row) || alone || Boolean(ownOr(idOf(row), "alt", row))
  if (!buttons) return
  buttons.group.setAttribute("aria-label", `Move ${nameOf(row)}`)
  buttons.lead.hidden = where === "lead"
  buttons.into.hidden = where === "text" || !idOf(row)
}

export function writeCaption(mediaId) {
  const row = rowOf(mediaId)
  row?.closest("details")?.setAttribute("open", "")
  row?.querySelector("[data-own-caption]").focus()
  return Boolean(row && isOpen())
}
