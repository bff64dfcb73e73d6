// What a pasted paragraph is, by its tag, its style's name or its part: heading, quotation, verse, speaker's turn, note.
const NAMED = { MsoTitle: 1, MsoSubtitle: 2, MsoHeading7: 7, MsoHeading8: 8, MsoHeading9: 9 }
const LINES = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6"])

function levelOf(element, style) {
  const [, tagged] = /^h([1-6])$/.exec(element.localName) || []
  if (tagged) return Number(tagged)
  if (element.getAttribute("role") === "heading") return Number(element.getAttribute("aria-level")) || 2
  const named = [...element.classList].find((name) => name in NAMED)
  return named ? NAMED[named] : Number(style["mso-outline-level"]) || 0
}

// The headline is the page's first heading, so that a text's own begin with the second: all move down where it has a first.
const headingOf = (level, hasTop) => ({ tag: level + (hasTop ? 1 : 0) <= 2 ? "h2" : "h3" })

function isQuoted(element, style) {
  if (/\b(Mso(Intense)?Quote|MsoBlockText)/i.test(element.className)) return true
  return /quot|zitat|citation|cita\b/i.test(style["mso-style-name"] || "")
}

// null where an element says nothing of its own: what stands in it is what stands around it.
export function kindOf(element, style, hasTop, around) {
  const tag = element.localName
  if (isNotes(element, style) || around.class === "note") return { tag: "p", class: "note" }
  const level = levelOf(element, style)
  if (level) return headingOf(level, hasTop)
  if (!LINES.has(tag) || around.tag !== "p") return null
  const { classList } = element
  if (isQuoted(element, style)) return { isQuote: true, class: /pull/i.test(style["mso-style-name"] || "") ? "pull" : null }
  for (const role of ["question", "answer"]) {
    if (classList.contains(role)) return { tag: "p", class: role, "data-speaker": element.getAttribute("data-speaker") || speakerOf(element) }
  }
  for (const name of ["verse", "note"]) if (classList.contains(name)) return { tag: "p", class: name }
  return { tag: "p", isPlain: true }
}

// The name that our own pages print before a turn is the turn's, and no part of what was said.
function speakerOf(element) {
  const name = element.querySelector(":scope > b.speaker")
  const words = name?.textContent.trim() || null
  name?.remove()
  return words
}

// Word's comments and ours: what was said about the text, not in it.
function isNotes(element, style) {
  return /^comment(-list)?$/.test(style["mso-element"] || "") || element.classList.contains("MsoCommentText")
}

// A paragraph without a sign amid the lines of a list, which go on behind it.
export function isGoingOn(element) {
  if (!/MsoList(Paragraph|Continue)/.test(element.className)) return false
  let next = element.nextElementSibling
  while (next && !/[^\s\u00a0]/.test(next.textContent)) next = next.nextElementSibling
  return /mso-list:\s*l\d/.test(next?.dataset?.style || "")
}
