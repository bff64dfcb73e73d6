// A name in the byline: found by any spelling it was ever printed in, one's own offered first, a new one made knowingly.
import { suggesting } from "./combobox.js"
import { boxIn } from "./copy_read.js"
import { fitting } from "./library.js"
import { buttonFor, element, whisper } from "./saying.js"

export function crediting(input) {
  const row = input.closest("li")
  const isNew = (answer) => {
    const box = boxIn(row, "is_new")
    if (box && box.checked !== answer) box.click()
  }

  function take(name, found) {
    input.value = name
    isNew(Boolean(found.is_new))
    const printed = boxIn(row, "as_printed")
    if (printed && found.as_printed && !printed.value) {
      printed.value = found.as_printed
      printed.dispatchEvent(new Event("input", { bubbles: true }))
      printed.closest("details")?.setAttribute("open", "")
      whisper(`Printed as ${found.as_printed}.`)
    }
  }

  const making = (typed) => [{ shown: `Add “${typed}”`, note: "new to the paper", act: () => take(typed, { is_new: true }) }]
  const box = suggesting(input, "contributors", take, making)
  input.addEventListener("focus", async () => {
    if (input.value) return
    const own = await fitting("contributors", "")
    if (!input.value && document.activeElement === input) box.offer(own)
  })
}

// Buttons that move a row up or down, for who does not drag; the numbers behind are what is kept.
export function moving(row) {
  const order = boxIn(row, "ORDER")
  if (!order || row.querySelector(".move-row")) return
  const move = (step) => {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling
    if (!other) return whisper(step < 0 ? "This is the first name." : "This is the last name.")
    if (step < 0) other.before(row)
    else other.after(row)
    const rows = [...row.parentElement.children]
    rows.forEach((one, number) => (boxIn(one, "ORDER").value = String(number + 1)))
    order.dispatchEvent(new Event("input", { bubbles: true }))
    row.querySelector(step < 0 ? ".up" : ".down").focus()
    whisper(`${boxIn(row, "contributor")?.value || "This name"} is now ${rows.indexOf(row) + 1} of ${rows.length}.`)
  }
  const up = buttonFor("↑", () => move(-1))
  const down = buttonFor("↓", () => move(1))
  up.className = "up"
  down.className = "down"
  up.setAttribute("aria-label", "Move this name up")
  down.setAttribute("aria-label", "Move this name down")
  row.append(element("span", "move-row", up, down))
}
