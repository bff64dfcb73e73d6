// Shows two texts as one, word by word: what only the first has is struck, what only the second has is underlined.
import { hunks } from "./hunks.js"
import { element } from "./saying.js"

const words = (text) => text.match(/\s+|[^\s]+/g) || []
const BLOCKS = "p, h2, h3, li, blockquote, td, th, figure, hr, tr"

// A body as its words, a line a paragraph; figures and rules by a word that says what stands there.
export function plainOf(html) {
  const page = new DOMParser().parseFromString(html, "text/html")
  for (const one of page.querySelectorAll("figure")) one.textContent = `[Media ID ${one.dataset.mediaId || "unknown"}]`
  for (const one of page.querySelectorAll("br, hr")) one.replaceWith("\n")
  for (const one of page.querySelectorAll(BLOCKS)) one.append("\n")
  return page.body.textContent.replace(/\n+/g, "\n").trim()
}

// `was` and `now` are plain; the answer is a <p> with <del> and <ins>, bracketed for who cannot see the strokes.
export function redlined(was, now) {
  const [before, after] = [words(was), words(now)]
  const line = element("p", "redlined")
  line.dir = "auto"
  line.tabIndex = 0 // a long one scrolls, by keyboard too
  line.setAttribute("role", "group")
  line.setAttribute("aria-label", "What differs")
  let at = 0
  for (const { start, end, begin, stop } of [...hunks(before, after), { start: before.length, end: before.length }]) {
    line.append(before.slice(at, start).join(""))
    if (end > start) line.append(told("del", "taken out", before.slice(start, end).join("")))
    if (stop > begin) line.append(told("ins", "put in", after.slice(begin, stop).join("")))
    at = end
  }
  return line
}

function told(tag, word, text) {
  const made = element(tag, "")
  made.append(element("span", "visually-hidden", `[${word}: `), text, element("span", "visually-hidden", "]"))
  return made
}

// Any field's value as words a person can read.
export function inWords(field, value) {
  if (value === null || value === undefined) return ""
  if (field === "body") return plainOf(String(value))
  if (Array.isArray(value)) return value.map((one) => inWords("", one)).join("\n")
  if (typeof value === "object") return Object.values(value).filter((one) => typeof one === "string" && one).join(", ")
  return String(value)
}
