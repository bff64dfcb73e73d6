// Adds rows to the bylines and the pictures, and keeps their order as numbers.
export function growing(list, enliven) {
  const prefix = list.dataset.rows
  const pattern = document.querySelector(`template[data-row="${prefix}"]`)
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`)
  if (!pattern || !total || list.closest("fieldset")?.disabled) return
  const last = list.lastElementChild
  if (prefix === "pictures") {
    // Blank rows are for browsers without scripts. Their numbers stay unused: a later row may have a higher one.
    for (const row of [...list.children].filter(isBlank)) row.remove()
  } else if (last && isBlank(last) && list.children.length > 1) {
    last.remove()
    total.value = String(Number(total.value) - 1)
  }
  list.addRow = () => {
    const number = Number(total.value)
    const holder = document.createElement("ol")
    holder.innerHTML = pattern.innerHTML.replaceAll("__prefix__", String(number))
    const row = holder.firstElementChild
    list.append(row)
    total.value = String(number + 1)
    enliven(row)
    return row
  }
  if (prefix === "pictures") return // they have a field of their own, always empty
  const button = Object.assign(document.createElement("button"), { type: "button" })
  button.textContent = `Add a ${list.dataset.noun}`
  button.className = "more-rows"
  button.addEventListener("click", () => list.addRow().querySelector("input:not([type=hidden])")?.focus())
  list.after(button)
}

function isBlank(row) {
  return ![...row.querySelectorAll("input, textarea")].some((box) => box.type === "checkbox" ? box.checked : box.value)
}
