// Marks in the text the words that notes are about: drawn over the editor, found again by their quote, never saved.
import { pm } from "../../django_prose_editor/editor.js"
import { flat, found } from "./quotes.js"

const { Plugin, PluginKey } = pm.state
const { Decoration, DecorationSet } = pm.view
const key = new PluginKey("notes")
const PAUSE = 400 // milliseconds without a letter typed before quotes are looked for again

// `chosen(id)` is called for a note whose words are clicked; `placed(ids)` with those whose words stand in the text.
export class NoteMarks {
  notes = []
  #timer = 0

  constructor(editor, { chosen, placed }) {
    this.editor = editor
    this.placed = placed
    editor.registerPlugin(
      new Plugin({
        key,
        state: {
          init: () => DecorationSet.empty,
          apply: (tr, before) => {
            const drawn = tr.getMeta(key)
            if (drawn) return drawn
            if (tr.docChanged) this.#soon()
            return before.map(tr.mapping, tr.doc)
          },
        },
        props: {
          decorations: (state) => key.getState(state),
          handleClick: (view, at) => {
            const one = this.at(at)
            if (one !== null) chosen(one)
            return false
          },
        },
      }),
    )
  }

  #soon() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.draw(), PAUSE)
  }

  // The note whose words stand at a place of the text.
  at(place) {
    const there = key.getState(this.editor.state).find(place, place)
    return there.length ? there[0].spec.note : null
  }

  show(notes) {
    this.notes = notes
    this.draw()
  }

  draw() {
    const { doc, tr } = this.editor.state
    const all = this.notes.length ? flat(doc) : null
    const places = this.notes.map((note) => ({ note, place: found(doc, note, all) })).filter((one) => one.place)
    const marks = places.map(({ note, place }) =>
      Decoration.inline(place.from, place.to, { nodeName: "mark", class: "noted", "data-note": String(note.id) }, { note: note.id }),
    )
    this.editor.view.dispatch(tr.setMeta(key, DecorationSet.create(doc, marks)).setMeta("addToHistory", false))
    this.placed(new Set(places.map(({ note }) => note.id)))
  }

  // Select the words of a note and bring them into view.
  goTo(id) {
    const one = key.getState(this.editor.state).find(undefined, undefined, (spec) => spec.note === id)[0]
    if (one) this.editor.chain().focus().setTextSelection({ from: one.from, to: one.to }).scrollIntoView().run()
    return Boolean(one)
  }
}
