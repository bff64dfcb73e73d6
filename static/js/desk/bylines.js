// The order of the names over a story: a row moves held by its grip, by its buttons, or by Alt with the arrows.
import { boxIn } from "./copy_read.js"
import { following } from "./dragging.js"
import { buttonFor, element, whisper } from "./saying.js"

const nameIn = (row) => boxIn(row, "contributor")?.value || "This name"

export function moving(row) {
  const order = boxIn(row, "ORDER")
  if (!order || row.querySelector(".move-row")) return
  row.parentElement?.classList.add("movable")
  const grip = element("span", "grip")
  grip.setAttribute("aria-hidden", "true") // the buttons beside it say and do the same
  grip.title = "Drag to move this name"
  grip.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || order.matches(":disabled")) return
    event.preventDefault()
    following(row, event.clientY, () => [...row.parentElement.children], () => settle(row))
  })
  const up = stepping(row, -1, "↑", "up")
  const down = stepping(row, 1, "↓", "down")
  row.append(element("span", "move-row", up, down, grip))
  row.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return
    event.preventDefault()
    step(row, event.key === "ArrowUp" ? -1 : 1)
  })
}

function stepping(row, by, sign, way) {
  const button = buttonFor(sign, () => {
    if (step(row, by)) button.focus()
  })
  button.className = way
  button.setAttribute("aria-label", `Move this name ${way}`)
  button.setAttribute("aria-keyshortcuts", by < 0 ? "Alt+ArrowUp" : "Alt+ArrowDown")
  return button
}

function step(row, by) {
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling
  if (!other) {
    whisper(by < 0 ? "This is the first name." : "This is the last name.")
    return false
  }
  const here = document.activeElement
  if (by < 0) other.before(row)
  else other.after(row)
  if (row.contains(here)) here.focus({ preventScroll: true })
  settle(row)
  return true
}

// The numbers behind the rows are what is kept.
function settle(row) {
  const rows = [...row.parentElement.children]
  rows.forEach((one, number) => { boxIn(one, "ORDER").value = String(number + 1) })
  boxIn(row, "ORDER").dispatchEvent(new Event("input", { bubbles: true }))
  whisper(`${nameIn(row)} is now ${rows.indexOf(row) + 1} of ${rows.length}.`)
}
