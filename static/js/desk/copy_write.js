// Puts what somebody else wrote into the form, field by field, without moving the cursor from where it is.
import { HALF, boxIn, boxOf, isBlank, readAll, rowsOf } from "./copy_read.js"
import { arrange, place, rows } from "./pictures.js"

export function write(form, field, value) {
  if (field in HALF) return // a word half typed is its writer's
  if (field === "bylines") writeBylines(form, value)
  else if (field === "pictures") writePictures(value)
  else if (field === "tags") writeTags(form, value)
  else writeText(boxOf(form, field), String(value ?? ""))
}

function writeText(box, text) {
  if (!box || box.value === text) return
  const isHere = document.activeElement === box && typeof box.selectionStart === "number"
  const [was, from, to] = [box.value, box.selectionStart, box.selectionEnd]
  box.value = text
  if (box.proseEditor) box.proseEditor.commands.setContent(text, { parseOptions: { preserveWhitespace: true } })
  if (isHere) box.setSelectionRange(moved(was, text, from), moved(was, text, to))
  box.dispatchEvent(new Event("input", { bubbles: true }))
}

// Where a place in a text stands after the text was changed around it.
export function moved(was, now, at) {
  let start = 0
  while (start < at && was[start] === now[start]) start += 1
  return start === at ? at : Math.max(start, now.length - (was.length - at))
}

function writeTags(form, names) {
  const area = boxOf(form, "tags")
  if (!area) return
  area.value = names.join("\n")
  area.dispatchEvent(new CustomEvent("rewritten"))
  area.dispatchEvent(new Event("input", { bubbles: true }))
}

function fill(row, said) {
  for (const [name, value] of Object.entries(said)) {
    const box = boxIn(row, name)
    if (!box) continue
    if (box.type === "checkbox") box.checked = Boolean(value)
    else if (box.value !== String(value ?? "")) box.value = value ?? ""
  }
}

function writeBylines(form, said) {
  const list = form.querySelector("[data-rows=bylines]")
  const there = rowsOf(form, "bylines")
  said.forEach((line, number) => {
    const row = there[number] || list.addRow()
    fill(row, { as_printed: "", is_new: false, ...line, ORDER: there[number] ? boxIn(row, "ORDER")?.value : "" })
  })
  for (const row of there.slice(said.length)) if (!isBlank(row, "bylines")) fill(row, { contributor: "", as_printed: "", is_new: false })
  list.dispatchEvent(new Event("input", { bubbles: true }))
}

function writePictures(said) {
  const idOf = (row) => boxIn(row, "media_id")?.value.trim() || ""
  const isSame = (row, one) => (one.media_id ? idOf(row) === one.media_id : boxIn(row, "row")?.value === String(one.row))
  for (const row of rows()) if (!said.some((one) => isSame(row, one))) row.remove()
  said.forEach((one, number) => {
    const row = rows().find((each) => isSame(each, one)) || (one.media_id && place(one.media_id))
    if (row) fill(row, { ...one, ORDER: String(number + 1) })
  })
  rows().sort((one, other) => Number(boxIn(one, "ORDER").value) - Number(boxIn(other, "ORDER").value)).forEach((row) => row.parentElement.append(row))
  if (rows().length) arrange()
}

// What the form says of a field after it was written: what is compared from then on.
export const reads = (form, field) => readAll(form)[field]
