// The grid of pictures by keyboard: arrows move, Space ticks, Shift takes a range, Enter opens, a slash goes to the search.
const form = document.querySelector("[data-library]")
const search = document.getElementById("find-q")
const grid = form?.querySelector("[data-grid]")
const cells = [...(grid?.querySelectorAll("[data-cell]") ?? [])]
const ticks = [...(form?.querySelectorAll("input[name=chosen]") ?? [])]
const status = form?.querySelector("[data-chosen]")
let anchor = 0

function said() {
  const count = ticks.filter((tick) => tick.checked).length
  status.textContent = count ? `${count} chosen` : "None chosen"
  form.querySelector("[data-none]").hidden = count === 0
}

function mark(index, isChosen) {
  ticks[index].checked = isChosen
  cells[index]?.setAttribute("aria-selected", String(isChosen))
}

function between(from, to) {
  ticks.forEach((_, index) => mark(index, index >= Math.min(from, to) && index <= Math.max(from, to)))
}

function every(isChosen) {
  ticks.forEach((_, index) => mark(index, isChosen))
  said()
}

function enter(index) {
  for (const cell of cells) cell.tabIndex = -1
  cells[index].tabIndex = 0
}

// The picture above or below is the one whose middle is nearest in the next row of the page, however many stand in one.
function vertical(index, way) {
  const here = cells[index].getBoundingClientRect()
  const rows = cells.map((cell, at) => [at, cell.getBoundingClientRect()])
  const beyond = rows.filter(([, box]) => (way > 0 ? box.top > here.top + 4 : box.top < here.top - 4))
  if (!beyond.length) return index
  const top = way > 0 ? Math.min(...beyond.map(([, box]) => box.top)) : Math.max(...beyond.map(([, box]) => box.top))
  const row = beyond.filter(([, box]) => Math.abs(box.top - top) < 4)
  return row.reduce((best, one) => (Math.abs(one[1].left - here.left) < Math.abs(best[1].left - here.left) ? one : best))[0]
}

function target(key, index) {
  const onward = getComputedStyle(grid).direction === "rtl" ? -1 : 1
  const steps = { ArrowRight: onward, ArrowLeft: -onward }
  if (key in steps) return Math.min(Math.max(index + steps[key], 0), cells.length - 1)
  if (key === "ArrowDown" || key === "ArrowUp") return vertical(index, key === "ArrowDown" ? 1 : -1)
  return { Home: 0, End: cells.length - 1 }[key] ?? null
}

function keyed(event) {
  const cell = event.target.closest("[data-cell]")
  const index = cells.indexOf(cell)
  if (index < 0 || event.altKey) return
  if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    return every(true)
  }
  if (event.ctrlKey || event.metaKey) return
  const next = target(event.key, index)
  if (next !== null) {
    event.preventDefault()
    if (event.shiftKey) between(anchor, next)
    else anchor = next
    enter(next)
    cells[next].focus()
    return said()
  }
  if (event.target !== cell) return
  if (event.key === " ") {
    event.preventDefault()
    mark(index, !ticks[index].checked)
    anchor = index
    said()
  } else if (event.key === "Enter") {
    event.preventDefault()
    cell.querySelector("a").click()
  } else if (event.key === "Escape") {
    every(false)
  }
}

function upgraded() {
  grid.setAttribute("role", "grid")
  grid.setAttribute("aria-multiselectable", "true")
  cells.forEach((cell, index) => {
    cell.parentElement.setAttribute("role", "row")
    cell.setAttribute("role", "gridcell")
    cell.setAttribute("aria-selected", String(ticks[index].checked))
    cell.tabIndex = index === 0 ? 0 : -1
    for (const inner of cell.querySelectorAll("a, input")) inner.tabIndex = -1
    cell.addEventListener("focusin", () => enter(index))
  })
  grid.addEventListener("keydown", keyed)
  grid.addEventListener("click", (event) => {
    const index = ticks.indexOf(event.target)
    if (index < 0) return
    if (event.shiftKey) between(anchor, index)
    else anchor = index
    mark(index, event.shiftKey || ticks[index].checked)
    cells[index].focus()
    said()
  })
  form.querySelector("[data-keys]").hidden = false
}

async function copied(event) {
  const chosen = ticks.filter((tick) => tick.checked)
  if (!chosen.length || !navigator.clipboard) return
  event.preventDefault()
  const numbers = chosen.map((tick) => tick.getAttribute("aria-label").replace(/^Choose /, ""))
  try {
    await navigator.clipboard.writeText(numbers.join("\n"))
    status.textContent = `${numbers.length} Media ID${numbers.length === 1 ? "" : "s"} copied`
  } catch {
    status.textContent = "The browser does not let this page copy. Press the button again to see the numbers."
    form.querySelector("[data-copy]").removeEventListener("click", copied)
  }
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey || !search) return
  event.preventDefault()
  search.select()
  search.focus()
})

if (form) {
  if (grid) upgraded()
  form.querySelector("[data-all]").hidden = false
  form.querySelector("[data-all]").addEventListener("click", () => every(true))
  form.querySelector("[data-none]").addEventListener("click", () => every(false))
  form.querySelector("[data-copy]").addEventListener("click", copied)
  form.addEventListener("change", said)
  window.addEventListener("pageshow", () => ticks.forEach((tick, index) => mark(index, tick.checked)))
  if (ticks.some((tick) => tick.checked)) said()
}
