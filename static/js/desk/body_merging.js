// Brings others' paragraphs into the open editor: only those that changed are put in, and the cursor stays where it was.
import { createDocument, pm } from "../../django_prose_editor/editor.js"
import { hunks, meets, oneForOne } from "./hunks.js"
import { blocksIn } from "./serialising.js"

const sheet = document.implementation.createHTMLDocument("")
const printed = new WeakMap() // a paragraph that nobody touched is printed once

function printedAs(node, schema) {
  if (!printed.has(node)) {
    const dom = pm.model.DOMSerializer.fromSchema(schema).serializeNode(node, { document: sheet })
    sheet.body.replaceChildren(dom)
    printed.set(node, blocksIn(sheet.body).join(""))
  }
  return printed.get(node)
}

// The paragraphs of a document as they are kept, each with where it stands; empty ones are not kept.
export function blocksOf(doc, schema) {
  const found = []
  doc.forEach((node, at) => {
    const html = printedAs(node, schema)
    if (html) found.push({ html, node, from: at, to: at + node.nodeSize })
  })
  return found
}

const asBlocks = (body, schema) => blocksOf(createDocument(body, schema, { preserveWhitespace: true }), schema)

// Put into the editor, made of `told`, what the desk made of it: `merged`. False, and nothing done, where the writer has
// typed on in the same paragraph meanwhile. What `spared` says true of, by its place in the document, stays as it is.
export function bringIn(editor, told, merged, spared = () => false) {
  const { schema } = editor
  const [was, wanted, here] = [asBlocks(told, schema), asBlocks(merged, schema), blocksOf(editor.state.doc, schema)]
  const html = (blocks) => blocks.map((one) => one.html)
  const theirs = oneForOne(hunks(html(was), html(wanted)))
  const mine = oneForOne(hunks(html(was), html(here)))
  const end = editor.state.doc.content.size
  const wantedFor = (hunk) => wanted.slice(hunk.begin, hunk.stop)
  const changes = []
  for (const hunk of theirs) {
    const [from, to] = [placeOf(hunk.start, mine, here, end), hunk.end > hunk.start ? endOf(hunk.end, mine, here) : null]
    if (spared(from, to ?? from)) continue
    const met = mine.filter((other) => meets(other, hunk))
    const isSame = met.length === 1 && html(here).slice(met[0].begin, met[0].stop).join() === html(wantedFor(hunk)).join()
    if (met.length && !isSame) return false
    if (!met.length) changes.push({ from, to: to ?? from, nodes: wantedFor(hunk).map((one) => one.node) })
  }
  put(editor, changes)
  return true
}

// Where a paragraph of the text that was told stands in the text that is here, and where the one before it ends.
const shift = (number, mine) =>
  mine.filter((one) => one.end <= number && (one.start < number || one.start !== one.end)).reduce((sum, one) => sum + (one.stop - one.begin) - (one.end - one.start), number)
const placeOf = (number, mine, here, end) => here[shift(number, mine)]?.from ?? end
const endOf = (number, mine, here) => here[shift(number - 1, mine)]?.to ?? here.at(-1)?.to ?? 0

function put(editor, changes) {
  if (!changes.length) return
  const { tr } = editor.state
  for (const { from, to, nodes } of changes.sort((one, other) => other.from - one.from)) {
    const old = tr.doc.nodeAt(from)
    if (nodes.length === 1 && old && to === from + old.nodeSize && old.sameMarkup(nodes[0]) && old.isTextblock) within(tr, from, old, nodes[0])
    else tr.replaceWith(from, to, nodes)
  }
  editor.view.dispatch(tr.setMeta("addToHistory", false))
}

// Only the letters that differ, so that a cursor in the same paragraph stays between the same two.
function within(tr, at, old, now) {
  const start = old.content.findDiffStart(now.content)
  if (start === null) return
  let { a, b } = old.content.findDiffEnd(now.content)
  const overlap = start - Math.min(a, b)
  if (overlap > 0) [a, b] = [a + overlap, b + overlap]
  tr.replace(at + 1 + start, at + 1 + a, now.slice(start, b))
}

// Where the writer's own side of a clash stands: `mine` as the desk heard it, among the paragraphs here; else after the
// paragraph that stands before it in the merged text.
export function rangeOf(editor, mine, part) {
  const here = blocksOf(editor.state.doc, editor.schema)
  const sought = mine ? asBlocks(mine, editor.schema).map((one) => one.html) : []
  for (let at = 0; sought.length && at + sought.length <= here.length; at += 1) {
    if (sought.every((html, n) => here[at + n].html === html)) return { from: here[at].from, to: here[at + sought.length - 1].to }
  }
  const before = here[Math.min(part ?? 0, here.length) - 1]
  return { from: before?.to ?? 0, to: before?.to ?? 0 }
}

export const nodesOf = (editor, body) => asBlocks(body, editor.schema).map((one) => one.node)
