// Takes pictures that are dropped on the text or pasted into it: a notice stands in the text until the picture is there.
import { Extension, pm } from "../../django_prose_editor/editor.js"
import { filesIn, incoming } from "./incoming.js"
import { insertFigure } from "./figures.js"

const { Plugin, PluginKey } = pm.state
const { Decoration, DecorationSet } = pm.view
const notices = new PluginKey("arriving-pictures")
let made = 0

const takesIn = (view) => view.editable && view.dom.closest("form")?.dataset.takeIn

// Between two blocks of the text: where the file was let go.
function dropped(view, event) {
  const found = view.posAtCoords({ left: event.clientX, top: event.clientY })
  if (!found) return view.state.doc.content.size
  const $at = view.state.doc.resolve(found.inside >= 0 && !view.state.doc.resolve(found.pos).depth ? found.inside : found.pos)
  if (!$at.depth) return $at.pos
  const block = view.nodeDOM($at.before(1))?.getBoundingClientRect?.()
  return block && event.clientY > block.top + block.height / 2 ? $at.after(1) : $at.before(1)
}

function besideTheCursor({ state: { selection: { $from } } }) {
  if (!$from.depth) return $from.pos
  return $from.parent.content.size ? $from.after(1) : $from.before(1)
}

function take(view, files, at) {
  let before = Promise.resolve()
  for (const file of files) before = one(view, file, at, before)
}

// Several come to stand in the order in which they were dropped, whichever arrives first.
function one(view, file, at, before) {
  const id = ++made
  const spot = () => notices.getState(view.state).find(undefined, undefined, (spec) => spec.id === id)[0]
  const clear = (then) => {
    const notice = spot()
    if (notice) view.dispatch(view.state.tr.setMeta(notices, { remove: notice }))
    then?.(notice?.from ?? view.state.doc.content.size)
  }
  let putIn = null
  const { box, settled } = incoming(view.dom.closest("form"), file, {
    gone: async (put) => {
      if (!put) return clear()
      await before
      clear((place) => { putIn = place })
      put()
    },
    done: (found) => insertFigure(view, found.media_id, putIn),
    back: () => view.focus(),
  })
  const notice = Decoration.widget(at, box, { id, side: 1, key: `arriving-${id}`, stopEvent: () => true, ignoreSelection: true })
  view.dispatch(view.state.tr.setMeta(notices, { add: notice }))
  return settled
}

export const Arriving = Extension.create({
  name: "arriving",
  addProseMirrorPlugins: () => [new Plugin({
    key: notices,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const { add, remove } = tr.getMeta(notices) || {}
        const mapped = set.map(tr.mapping, tr.doc)
        if (add) return mapped.add(tr.doc, [add])
        return remove ? mapped.remove([remove]) : mapped
      },
    },
    props: {
      decorations: (state) => notices.getState(state),
      handleDrop(view, event) {
        const files = filesIn(event.dataTransfer)
        if (!files.length || !takesIn(view)) return false
        event.preventDefault()
        take(view, files, dropped(view, event))
        return true
      },
      handlePaste(view, event) {
        const held = event.clipboardData
        const files = filesIn(held).filter((file) => file.type.startsWith("image/"))
        const isText = held && [...held.types].some((type) => type === "text/plain" || type === "text/rtf")
        if (!files.length || isText || !takesIn(view)) return false
        take(view, files, besideTheCursor(view))
        return true
      },
    },
  })],
})
