// Reads pasted text as its writer saw it, from whichever program, and writes it as a body: all words, and what they are.
import { PLAIN, Reading } from "./pasted_reading.js"
import { unstyled } from "./pasted_styles.js"

// The text as a body, with how many pictures it could not bring. `base` is the direction in which the story runs.
export function read(html, base = "ltr") {
  if (isFromHere(html)) return { html, left: 0 }
  const { text, sheet } = unstyled(html)
  const page = new DOMParser().parseFromString(text, "text/html")
  for (const caption of page.querySelectorAll("table > caption")) caption.parentElement.before(caption)
  const reading = new Reading(page, sheet, base)
  reading.children(page.body, { marks: {}, kind: PLAIN, dir: base })
  return { html: asWords(reading.writer), left: reading.left }
}

// Cut from a text of the desk: what the editor itself put on the clipboard says it all.
function isFromHere(html) {
  return /\sdata-pm-slice=/.test(html) && !/<[^<>]*\sstyle\s*=|<(h1|img|div|span|b|i|font)[\s>]/i.test(html)
}

// Words of one paragraph go into the line where they are pasted, whatever that is.
function asWords({ html, page: { body } }) {
  const isOne = body.children.length === 1 && body.firstChild.localName === "p" && !body.firstChild.attributes.length
  return isOne ? body.firstChild.innerHTML : html
}
