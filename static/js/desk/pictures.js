// The pictures of the story as the form keeps them: rows in order, which one leads, which stand in the text.
import { inForce } from "./library.js"
import { say } from "./saying.js"

const list = () => document.querySelector("[data-rows=pictures]")
const aside = new Map() // rows taken out, by Media ID: what was written in them comes back with them
const staying = new Set() // pictures that leave the text and not the story
let figures = { ids: () => [], insert() {}, remove() {}, step: () => false, select() {} }
let before = []

export const isOpen = () => Boolean(list()?.addRow)
export const rows = () => [...(list()?.children || [])]
export const idOf = (row) => inForce(row.querySelector("input[data-media]").value.trim())
export const nameOf = (row) => (idOf(row) ? `Media ID ${idOf(row)}` : "the picture without a number")
export const rowOf = (mediaId) => rows().find((row) => idOf(row) && idOf(row) === inForce(mediaId))

// The editor tells here what it can do with figures; `ids` are those in the text, in order, each once.
export function joined(text) {
  figures = text
  before = text.ids()
  changed()
}

export const figuresOfText = () => figures

export function placeOf(row) {
  if (isInText(row)) return "text"
  return rows().find((one) => !isInText(one)) === row ? "lead" : "below"
}

const isInText = (row) => figures.ids().map(inForce).includes(idOf(row))

// The figures in the text are others, or in another order: rows come and go with them.
export function figuresChanged() {
  const [now, was] = [figures.ids().map(inForce), before.map(inForce)]
  if (now.join() === was.join()) return
  const gone = was.filter((one) => !now.includes(one) && !staying.has(one))
  const come = now.filter((one) => !was.includes(one) && !rowOf(one))
  before = now
  if (!isOpen()) return
  for (const row of gone.map(rowOf).filter(Boolean)) putAside(row)
  for (const one of come) bring(one)
  arrange()
}

function putAside(row) {
  aside.set(idOf(row), row)
  row.remove()
}

function bring(mediaId) {
  const row = aside.get(mediaId) || list().addRow()
  if (aside.delete(mediaId)) list().append(row)
  const box = row.querySelector("input[data-media]")
  if (box.value !== mediaId) {
    box.value = mediaId
    box.dispatchEvent(new Event("change"))
  }
  return row
}

// Put a picture beside the text, as the lead or after what stands there; its row if it is there already.
export function place(mediaId, { leads = false } = {}) {
  const there = rowOf(mediaId)
  const row = there || bring(mediaId)
  if (leads) lead(row)
  else arrange()
  const words = { lead: "is the lead picture", text: "stands in the text", below: "stands below the text" }
  say("panel", `${nameOf(row)} ${words[placeOf(row)]}${there && !leads ? " already" : ""}.`)
  return row
}

export function lead(row) {
  if (isInText(row)) leaveText(row)
  list().prepend(row)
  arrange()
}

function leaveText(row) {
  staying.add(idOf(row))
  figures.remove(idOf(row))
  staying.delete(idOf(row))
}

export function takeOut(row) {
  const [name, next, wasInText] = [nameOf(row), row.nextElementSibling, isInText(row)]
  putAside(row)
  const at = wasInText ? figures.remove(idOf(row)) : null
  arrange()
  const back = () => {
    aside.delete(idOf(row))
    list().insertBefore(row, next?.parentElement === list() ? next : null)
    if (wasInText) figures.insert(idOf(row), at)
    arrange()
    row.querySelector("button")?.focus()
  }
  say("panel", `${name} was taken out.`, ["Put it back", back])[0].focus()
}

// One place up or down among its own kind: beside the text, or in it.
export function step(row, by) {
  const here = document.activeElement
  const place = placeOf(row)
  const kind = rows().filter((one) => isInText(one) === (place === "text"))
  const other = kind[kind.indexOf(row) + by]
  const moved = other && (place === "text" ? figures.step(idOf(row), by) : swap(row, other, by))
  if (moved) arrange()
  keepFocus(here)
  const words = { lead: "is the lead picture now", text: "moved in the text", below: "moved below the text" }
  say("panel", moved ? `${nameOf(row)} ${words[placeOf(row)]}.` : `${nameOf(row)} cannot move further ${by < 0 ? "up" : "down"}.`)
}

function swap(row, other, by) {
  if (by < 0) other.before(row)
  else other.after(row)
  return true
}

// As the page prints them: the lead, those in the text, those below it. What is shown is the order that is saved.
export function arrange() {
  const here = document.activeElement
  const order = figures.ids().map(inForce)
  const inText = rows().filter(isInText).sort((one, two) => order.indexOf(idOf(one)) - order.indexOf(idOf(two)))
  const beside = rows().filter((row) => !isInText(row))
  const wanted = [...beside.slice(0, 1), ...inText, ...beside.slice(1)]
  if (wanted.some((row, number) => row !== rows()[number])) list().append(...wanted)
  wanted.forEach((row, number) => { row.querySelector("input[name$=ORDER]").value = String(number + 1) })
  keepFocus(here)
  list().dispatchEvent(new Event("input", { bubbles: true }))
  changed()
}

function keepFocus(here) {
  if (here !== document.activeElement && here?.isConnected) here.focus({ preventScroll: true })
}

export function changed() {
  document.dispatchEvent(new CustomEvent("pictures"))
}
