// A Media ID on a line of its own and Enter become the picture, when the library knows it; else the line stays as typed.
import { Extension, pm } from "../../django_prose_editor/editor.js"
import { alone } from "./figures.js"
import { idOnALine } from "./media_id.js"
import { said } from "./library.js"
import { say } from "./saying.js"

const { Plugin, PluginKey } = pm.state
const { Decoration, DecorationSet } = pm.view
const waiting = new PluginKey("numbers-asked-for")
let asked = 0

// With the cursor at the line's end: the library is asked, and the line stays until it knows.
function askForLine({ editor: { state, view } }) {
  const { empty, $from } = state.selection
  const mediaId = $from.depth === 1 && $from.parent.type.name === "paragraph" ? idOnALine($from.parent.textContent) : ""
  if (!empty || !mediaId || $from.parentOffset !== $from.parent.content.size) return false
  const id = ++asked
  const line = $from.parent.textContent
  view.dispatch(state.tr.setMeta(waiting, { add: Decoration.inline($from.start(), $from.end(), { class: "asked" }, { id }) }))
  said(mediaId).then((found) => answer(view, id, line, found))
  return false // the line ends as lines do
}

function answer(view, id, line, found) {
  const [spot] = waiting.getState(view.state).find(undefined, undefined, (spec) => spec.id === id)
  const tr = view.state.tr.setMeta(waiting, { remove: spot })
  const $at = spot && tr.doc.resolve(spot.from)
  const stands = $at && $at.depth === 1 && $at.parent.textContent === line
  if (!found.row || found.withdrawn) {
    say("text", `${found.missing || found.withdrawn} The line stays as you typed it.`)
  } else if (stands) {
    tr.replaceWith($at.before(1), $at.after(1), view.state.schema.nodes.figure.create({ mediaId: found.media_id }))
    say("text", `${found.merged ? `${found.merged} ` : ""}${found.name} stands in the text. ${found.rights === "clear" ? "" : found.rights_said}`)
  }
  alone(view, tr)
}

export const NumberLines = Extension.create({
  name: "numberLines",
  priority: 1000, // asked before the paragraph's own Enter
  addKeyboardShortcuts: () => ({ Enter: askForLine }),
  addProseMirrorPlugins: () => [new Plugin({
    key: waiting,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const { add, remove } = tr.getMeta(waiting) || {}
        const mapped = set.map(tr.mapping, tr.doc)
        if (add) return mapped.add(tr.doc, [add])
        return remove ? mapped.remove([remove]) : mapped
      },
    },
    props: { decorations: (state) => waiting.getState(state) },
  })],
})
