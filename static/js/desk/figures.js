// What one can do with the pictures in the text: put one in, move it, take it out, go to its caption.
import { Extension, pm } from "../../django_prose_editor/editor.js"
import { inForce } from "./library.js"
import { writeCaption } from "./picture_row.js"
import { say } from "./saying.js"

const { NodeSelection, Plugin, PluginKey, Selection } = pm.state
const clicks = new PluginKey("clicks-on-figures")

const positions = (doc) => {
  const found = []
  doc.descendants((node, at) => { if (node.type.name === "figure") found.push({ mediaId: node.attrs.mediaId, at, node }) })
  return found
}
const isOf = (mediaId) => (one) => inForce(one.mediaId) === inForce(mediaId)

// A step of its own for undo, joined neither with what was typed before nor with what comes after.
export function alone(view, tr) {
  view.dispatch(pm.history.closeHistory(tr))
  view.dispatch(pm.history.closeHistory(view.state.tr))
}

// Insert figures between blocks at `at`, after the block the cursor stands in, or in place of an empty one.
export function insertFigure(view, mediaId, at = null) {
  const { doc, schema, selection, tr } = view.state
  const figure = schema.nodes.figure.create({ mediaId })
  const { $to } = selection
  if (at !== null) {
    const $at = doc.resolve(Math.min(at, doc.content.size))
    return alone(view, tr.insert($at.depth ? $at.after(1) : $at.pos, figure))
  }
  const isEmpty = $to.depth === 1 && $to.parent.isTextblock && !$to.parent.content.size
  const after = $to.depth ? $to.after(1) : selection.to
  if (isEmpty) tr.replaceWith($to.before(1), after, figure)
  else tr.insert(Math.min(after, doc.content.size), figure)
  const end = isEmpty ? $to.before(1) + 1 : after + 1
  if (end >= tr.doc.content.size) tr.insert(tr.doc.content.size, schema.nodes.paragraph.create())
  tr.setSelection(Selection.near(tr.doc.resolve(end), 1))
  alone(view, tr.scrollIntoView())
}

// What the pictures' panel may do with the figures of this editor.
export function figuresOf(editor) {
  const { view } = editor
  const step = (mediaId, by) => {
    const each = positions(view.state.doc)
    const number = each.findIndex(isOf(mediaId))
    const other = each[number + by]
    if (!other) return false
    const { tr } = view.state
    tr.delete(each[number].at, each[number].at + 1)
    tr.insert(tr.mapping.map(by < 0 ? other.at : other.at + 1), each[number].node)
    alone(view, tr)
    return true
  }
  return {
    ids: () => [...new Set(positions(view.state.doc).map((one) => one.mediaId))],
    insert(mediaId, at = null) {
      insertFigure(view, mediaId, at)
      view.focus()
    },
    step,
    remove(mediaId) {
      const { tr } = view.state
      const each = positions(view.state.doc).filter(isOf(mediaId))
      for (const one of [...each].reverse()) tr.delete(one.at, one.at + 1)
      alone(view, tr)
      return each[0]?.at
    },
    select(mediaId) {
      const found = positions(view.state.doc).find(isOf(mediaId))
      if (found) view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, found.at)).scrollIntoView())
      view.focus()
    },
  }
}

// The selected figure past the block before or after it.
function moveSelected({ editor: { state, view } }, by) {
  const { from, node, $from } = state.selection
  if (node?.type.name !== "figure") return false
  const next = $from.index() + by
  if (next < 0 || next >= $from.parent.childCount) {
    say("text", `The picture stands at the ${by < 0 ? "beginning" : "end"} of the text already.`)
    return true
  }
  const sibling = $from.parent.child(next)
  const to = by < 0 ? from - sibling.nodeSize : from + sibling.nodeSize
  const tr = state.tr.delete(from, from + node.nodeSize).insert(to, node)
  alone(view, tr.setSelection(NodeSelection.create(tr.doc, to)).scrollIntoView())
  const words = sibling.textContent.trim().slice(0, 40) || (sibling.type.name === "figure" ? "another picture" : "an empty line")
  say("text", `The picture stands ${by < 0 ? "before" : "after"}: ${words}`)
  return true
}

export const Figures = Extension.create({
  name: "figures",
  addKeyboardShortcuts: () => ({
    "Alt-ArrowUp": (at) => moveSelected(at, -1),
    "Alt-ArrowDown": (at) => moveSelected(at, 1),
    "Alt-Enter": ({ editor }) => writeCaption(editor.state.selection.node?.attrs.mediaId || ""),
  }),
  addProseMirrorPlugins: () => [new Plugin({
    key: clicks,
    props: {
      // A click on a figure that was selected before the text lost the focus selects it again, not the line beside it.
      handleClickOn(view, at, node) {
        if (node.type.name === "figure") view.domObserver.suppressSelectionUpdates()
        return false
      },
    },
  })],
})
