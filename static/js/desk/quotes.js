// Finds the words a note is about in the text as it stands now; the text itself is never touched for it.

// The text of a document as one string, with where each piece of it stands; blocks are a line each.
export function flat(doc) {
  const pieces = []
  let text = ""
  doc.descendants((node, at) => {
    if (node.isText) {
      pieces.push({ at, from: text.length, length: node.text.length })
      text += node.text
    } else if (node.type.name === "hardBreak") {
      text += "\n"
    } else if (node.isBlock && text && !text.endsWith("\n")) {
      text += "\n"
    }
  })
  return { text, pieces }
}

// The boxes of the story, beside its body, in which words can be noted.
export const FIELDS = ["headline", "kicker", "standfirst", "dateline"]
const OPENING = 60 // letters before the words, which tell apart the same words said twice
const ALIKE = 4 // letters that must be the same before a few words
const LONG = 25 // letters of a passage that nobody writes twice

// What is selected in the box that was written in last, or else in the text: { field, passage, opening } or null.
export function selected(box, editor) {
  if (FIELDS.includes(box?.name)) {
    const [start, end] = [box.selectionStart, box.selectionEnd]
    const passage = box.value.slice(start, end).trim()
    return passage ? { field: box.name, passage, opening: box.value.slice(Math.max(0, start - OPENING), start) } : null
  }
  const quote = editor && !editor.state.selection.empty ? quoted(editor.state.doc, editor.state.selection) : null
  return quote && { field: "body", ...quote }
}

// Where the letter number `offset` of the flat text stands in the document.
function position({ pieces }, offset, isEnd) {
  for (const one of pieces) {
    const within = offset - one.from
    if (within >= 0 && (isEnd ? within <= one.length : within < one.length)) return one.at + within
  }
  return null
}

// And the other way about: how many letters stand before a place of the document.
function offsetOf({ pieces, text }, at) {
  for (const one of pieces) {
    if (at <= one.at) return one.from
    if (at <= one.at + one.length) return one.from + at - one.at
  }
  return text.length
}

// The words that are selected and those before them, as a note keeps them; null where none are.
function quoted(doc, { from, to }) {
  const all = flat(doc)
  const [start, end] = [offsetOf(all, from), offsetOf(all, to)]
  const words = all.text.slice(start, end)
  const lead = words.length - words.trimStart().length
  const passage = words.trim().slice(0, 1000)
  return passage ? { passage, opening: all.text.slice(Math.max(0, start + lead - OPENING), start + lead) } : null
}

// { from, to } of a quote in the document, or null: of the same words said twice, those after the same opening. A few
// words that stand after quite another opening are taken to be others: those that were noted have been rewritten.
export function found(doc, { passage, opening }, all = flat(doc)) {
  let [best, times] = [null, 0]
  for (let at = all.text.indexOf(passage); at !== -1; at = all.text.indexOf(passage, at + 1)) {
    const alike = shared(all.text.slice(Math.max(0, at - opening.length), at), opening)
    times += 1
    if (!best || alike > best.alike) best = { at, alike }
    if (alike === opening.length && opening) break
  }
  const isOther = best && best.alike < Math.min(ALIKE, opening.length) && (times > 1 || passage.length < LONG)
  if (!best || isOther) return null
  const [from, to] = [position(all, best.at, false), position(all, best.at + passage.length, true)]
  return from === null || to === null || to <= from ? null : { from, to }
}

// How many letters two texts end with alike.
function shared(one, other) {
  let count = 0
  while (count < one.length && count < other.length && one.at(-1 - count) === other.at(-1 - count)) count += 1
  return count
}
