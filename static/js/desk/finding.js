// Finds and replaces words in the text: matches are counted and marked; all of them are replaced in one step of undo.
import { Extension, pm } from "../../django_prose_editor/editor.js"
import { buttonFor, element } from "./saying.js"

const { Plugin, PluginKey, TextSelection } = pm.state
const { Decoration, DecorationSet } = pm.view
const key = new PluginKey("finding")
const MOST = 10_000

function pattern({ words, isExact, isWhole }) {
  const literal = words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
  return new RegExp(isWhole ? `(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])` : literal, isExact ? "gu" : "giu")
}

// Where the words stand, paragraph by paragraph, whatever marks run through them.
export function matches(doc, asked) {
  const found = []
  if (!asked.words) return found
  const sought = pattern(asked)
  doc.descendants((node, at) => {
    if (!node.isTextblock || found.length >= MOST) return !node.isTextblock
    const text = node.textBetween(0, node.content.size, "\n", "\ufffc")
    for (const hit of text.matchAll(sought)) found.push({ from: at + 1 + hit.index, to: at + 1 + hit.index + hit[0].length })
    return false
  })
  return found.slice(0, MOST)
}

export const Finding = Extension.create({
  name: "finding",
  addProseMirrorPlugins: () => [new Plugin({
    key,
    state: {
      init: () => ({ asked: { words: "" }, found: [], marks: DecorationSet.empty }),
      apply(tr, was) {
        const asked = tr.getMeta(key) || was.asked
        if (!tr.docChanged && !tr.getMeta(key)) return was
        const found = matches(tr.doc, asked)
        return { asked, found, marks: DecorationSet.create(tr.doc, found.map(({ from, to }) => Decoration.inline(from, to, { class: "found" }))) }
      },
    },
    props: { decorations: (state) => key.getState(state).marks },
  })],
})

const bars = new WeakMap()

export function openFinding(editor) {
  if (!bars.has(editor)) bars.set(editor, built(editor))
  const bar = bars.get(editor)
  const { from, to } = editor.state.selection
  const chosen = editor.state.doc.textBetween(from, to, "\n")
  bar.box.hidden = false
  if (chosen && !chosen.includes("\n") && chosen.length < 100) bar.words.value = chosen
  bar.ask()
  bar.words.focus()
  bar.words.select()
}

function built(editor) {
  const words = input("find-words", "search", "Find")
  const instead = input("find-instead", "text", "Replace with")
  const [exact, whole] = [tick("find-exact", "Same capitals"), tick("find-whole", "Whole words")]
  const line = element("span", "count")
  line.setAttribute("role", "status")
  const state = () => key.getState(editor.state)
  const at = () => state().found.findIndex(({ from, to }) => from === editor.state.selection.from && to === editor.state.selection.to)
  const count = () => {
    const { found, asked } = state()
    const number = at()
    line.textContent = !asked.words ? "" : found.length ? `${number >= 0 ? `${number + 1} of ` : ""}${found.length} found` : "Nothing found"
  }
  const ask = () => {
    const asked = { words: words.box.value, isExact: exact.box.checked, isWhole: whole.box.checked }
    editor.view.dispatch(editor.state.tr.setMeta(key, asked))
    count()
  }
  const go = (by) => {
    const { found } = state()
    if (!found.length) return count()
    const here = editor.state.selection.from
    const next = by > 0 ? found.findIndex(({ from }) => from > here || (from === here && at() < 0)) : found.findLastIndex(({ from }) => from < here)
    const { from, to } = found[next < 0 ? (by > 0 ? 0 : found.length - 1) : next]
    editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, from, to)).scrollIntoView())
    count()
  }
  const put = (some) => {
    const tr = pm.history.closeHistory(editor.state.tr)
    for (const { from, to } of [...some].reverse()) {
      if (instead.box.value) tr.insertText(instead.box.value, from, to)
      else tr.delete(from, to)
    }
    editor.view.dispatch(tr)
    editor.view.dispatch(pm.history.closeHistory(editor.state.tr))
  }
  const one = () => {
    const number = at()
    if (number >= 0) put([state().found[number]])
    go(1)
  }
  const all = () => {
    const { found } = state()
    if (found.length) put(found)
    line.textContent = `${found.length} replaced. Undo takes all of them back.`
  }
  const close = () => {
    box.hidden = true
    editor.view.dispatch(editor.state.tr.setMeta(key, { words: "" }))
    editor.commands.focus()
  }
  const box = element("div", "finding", words.label, words.box, instead.label, instead.box, exact.label, whole.label,
    ...[["Next", () => go(1)], ["Previous", () => go(-1)], ["Replace", one], ["Replace all", all], ["Close", close]].map(([word, act]) => buttonFor(word, act, word === "Close" ? "find and replace" : "")), line)
  box.setAttribute("role", "search")
  box.setAttribute("aria-label", "Find and replace in the text")
  for (const one of [words.box, exact.box, whole.box]) one.addEventListener("input", ask)
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close()
    else if (event.key === "Enter" && event.target.localName === "input") go(event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
  })
  editor.view.dom.closest(".prose-editor").before(box)
  return { box, words: words.box, ask }
}

function input(id, type, word) {
  const box = Object.assign(document.createElement("input"), { id, type, autocomplete: "off", dir: "auto" })
  return { box, label: Object.assign(element("label", "", word), { htmlFor: id }) }
}

function tick(id, word) {
  const box = Object.assign(document.createElement("input"), { id, type: "checkbox" })
  return { box, label: element("label", "tick", box, ` ${word}`) }
}
