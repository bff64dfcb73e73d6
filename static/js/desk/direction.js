// Which way each block runs: turned by hand, and by itself for a paragraph that begins in the other script.
import { Extension, pm } from "../../django_prose_editor/editor.js"

const { Plugin, PluginKey } = pm.state
const TURNED = ["paragraph", "heading", "blockquote", "bulletList", "orderedList"]
const RTL = /[\u0591-\u07ff\u08a0-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc]/
const STRONG = /\p{L}/u

const baseOf = (view) => (view.dom.dir === "rtl" ? "rtl" : "ltr")
const other = (base) => (base === "rtl" ? "ltr" : "rtl")

// The direction of the first letter that has one; "" for numbers and signs.
export function runs(text) {
  const letter = STRONG.exec(text.slice(0, 200))?.[0]
  return letter ? (RTL.test(letter) ? "rtl" : "ltr") : ""
}

export function turnDirection(editor) {
  const turned = other(baseOf(editor.view))
  const dir = editor.isActive({ dir: turned }) ? null : turned
  const chain = editor.chain().focus()
  for (const node of TURNED) if (editor.isActive(node)) chain.updateAttributes(node, { dir })
  chain.run()
}

// A paragraph that nobody turned takes the direction of its first letter, when that letter is typed or pasted.
function turnedAlone(transactions, old, state, base) {
  if (!transactions.some((one) => one.docChanged && one.getMeta("addToHistory") !== false && !one.getMeta("history$"))) return null
  const { $from } = state.selection
  const block = $from.depth === 1 ? $from.parent : null
  if (!block || !["paragraph", "heading"].includes(block.type.name) || block.attrs.dir) return null
  const before = old.doc.childCount > $from.index(0) && old.doc.child($from.index(0))
  const isNew = !before || !runs(before.textContent) || before.childCount === 0
  if (!isNew || runs(block.textContent) !== other(base)) return null
  return state.tr.setNodeMarkup($from.before(1), undefined, { ...block.attrs, dir: other(base) })
}

export const Directions = Extension.create({
  name: "directions",
  addProseMirrorPlugins() {
    const { editor } = this
    return [new Plugin({
      key: new PluginKey("directions"),
      appendTransaction: (transactions, old, state) => turnedAlone(transactions, old, state, baseOf(editor.view)),
    })]
  },
})
