// A name in the byline: found by any spelling it was ever printed in, one's own offered first, a new one made knowingly.
import { suggesting } from "./combobox.js"
import { boxIn } from "./copy_read.js"
import { fitting } from "./library.js"
import { whisper } from "./saying.js"

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
