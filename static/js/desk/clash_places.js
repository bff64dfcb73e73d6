// Keeps, while one types on, where in the text two people changed the same passage, with the question standing below it.
import { pm } from "../../django_prose_editor/editor.js"
import { nodesOf, rangeOf } from "./body_merging.js"

const { Plugin, PluginKey } = pm.state
const { Decoration, DecorationSet } = pm.view
const places = new PluginKey("clashes")

const plugin = () => new Plugin({
  key: places,
  state: {
    init: () => DecorationSet.empty,
    apply(tr, set) {
      const { add = [], gone } = tr.getMeta(places) || {}
      const mapped = set.map(tr.mapping, tr.doc)
      const left = gone ? mapped.remove(mapped.find(undefined, undefined, (spec) => spec.clash === gone)) : mapped
      return add.length ? left.add(tr.doc, add) : left
    },
  },
  props: { decorations: (state) => places.getState(state) },
})

const stateOf = (editor) => places.getState(editor.state)

// Show `panel` below the writer's own side of the clash called `key`.
export function mark(editor, key, clash, panel) {
  if (!stateOf(editor)) editor.registerPlugin(plugin())
  unmark(editor, key)
  const { from, to } = rangeOf(editor, clash.mine, clash.part)
  panel.contentEditable = "false"
  const below = { clash: key, key, side: 1, stopEvent: () => true, ignoreSelection: true }
  const add = [Decoration.widget(to, panel, below)]
  if (to > from) editor.state.doc.nodesBetween(from, to, (node, at, parent) => {
    if (parent === editor.state.doc) add.push(Decoration.node(at, at + node.nodeSize, { class: "clashing" }, { clash: key }))
    return false
  })
  editor.view.dispatch(editor.state.tr.setMeta(places, { add }))
}

export function unmark(editor, key) {
  if (stateOf(editor)) editor.view.dispatch(editor.state.tr.setMeta(places, { gone: key }))
}

function rangeCalled(editor, key) {
  const all = stateOf(editor)?.find(undefined, undefined, (spec) => spec.clash === key) || []
  return { from: Math.min(...all.map((one) => one.from)), to: Math.max(...all.map((one) => one.to)) }
}

// Put their side in place of the writer's own, or after it.
export function putTheirs(editor, key, theirs, { after = false } = {}) {
  const { from, to } = rangeCalled(editor, key)
  if (!Number.isFinite(from)) return
  const nodes = nodesOf(editor, theirs)
  const { tr } = editor.state
  if (after) tr.insert(to, nodes)
  else {
    tr.replaceWith(from, to, nodes)
    tr.setMeta(places, { gone: key })
  }
  editor.view.dispatch(tr)
}

// Says of a place in the document whether it is one where the writer's own side is to stand.
export function rangesKept(editor) {
  const keys = new Set(stateOf(editor)?.find().map((one) => one.spec.clash))
  const kept = [...keys].map((key) => rangeCalled(editor, key))
  return (from, to) => kept.some((one) => (one.from === one.to ? from <= one.to && to >= one.from : from < one.to && to > one.from))
}

export function unmarkAll(editor, keys) {
  for (const key of keys) unmark(editor, key)
}
