// The notes on a story: read, written on the story or on selected words, answered, settled; their words marked in the text.
import { keeper } from "./keeping.js"
import { mentioning } from "./mention.js"
import { noteLine } from "./note_list.js"
import { NoteMarks } from "./note_marks.js"
import { presence } from "./presence.js"
import { FIELDS, selected } from "./quotes.js"
import { ask, refusal, tell } from "./together_door.js"

class Notes {
  notes = []
  there = new Set()
  about = null // { field, passage, opening } of what is selected, null for the whole story
  last = null // the box of the story that was written in last

  begin(form) {
    this.form = form
    this.place = form.querySelector("[data-notes]")
    if (!this.place) return
    this.part = (name) => this.place.querySelector(`[data-${name}]`)
    this.area = this.place.querySelector("#note-text")
    this.body = form.querySelector("textarea[data-markup]")
    if (this.body?.proseEditor) {
      const placed = (ids) => { this.there = ids; this.render() }
      this.marks = new NoteMarks(this.body.proseEditor, { chosen: (id) => this.focus(id), placed })
    }
    this.part("keep-note").addEventListener("click", () => this.keep())
    this.part("whole").addEventListener("click", () => this.on(null))
    this.part("on-selection").addEventListener("mousedown", (event) => event.preventDefault())
    this.part("on-selection").addEventListener("click", () => this.onSelection())
    for (const kind of ["input", "change"]) this.place.addEventListener(kind, (event) => event.stopPropagation())
    form.addEventListener("focusin", ({ target }) => { if (!this.place.contains(target)) this.last = target })
    this.area.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.keep()) // on a Mac, Alt changes what M types
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey && event.altKey && event.code === "KeyM") (event.preventDefault(), this.onSelection())
    })
    mentioning(this.area, () => this.people())
    keeper.addEventListener("kept", () => this.story !== keeper.story && this.load())
    presence.addEventListener("here", ({ detail }) => detail.stamp !== this.stamp && this.load())
    this.load()
  }

  async load() {
    this.render()
    if (!keeper.story) return
    this.story = keeper.story
    const { status, answer } = await ask(`notes/${keeper.story}/`)
    if (status === 200) this.take(answer)
  }

  people() {
    this.known ||= ask(`notes/${keeper.story}/people/`).then(({ answer }) => answer.people || [])
    return keeper.story ? this.known : Promise.resolve([])
  }

  take({ notes, stamp }) {
    Object.assign(this, { notes, stamp })
    const open = notes.filter((one) => !one.settled)
    const inFields = notes.filter((one) => FIELDS.includes(one.field) && this.form.elements[one.field]?.value.includes(one.passage))
    this.inFields = new Set(inFields.map((one) => one.id))
    if (this.marks) this.marks.show(open.filter((one) => one.field === "body"))
    else this.render()
  }

  render() {
    // A line in which somebody writes an answer stays as it is.
    if (this.place.querySelector(".answering textarea")?.value) return
    const at = document.activeElement?.closest?.("[data-notes] .note")?.id
    const lines = (wanted) => this.notes.filter(wanted).map((one) => noteLine(one, this.isThere(one), this.acts))
    const [open, settled] = [lines((one) => !one.settled), lines((one) => one.settled)]
    this.part("list").replaceChildren(...open)
    this.part("settled-list").replaceChildren(...settled)
    this.part("settled").hidden = !settled.length
    this.part("settled-count").textContent = `(${settled.length})`
    this.part("open-notes").textContent = open.length ? `(${open.length})` : ""
    this.part("no-notes").hidden = this.notes.length > 0
    if (at) document.getElementById(at)?.focus()
  }

  isThere = (note) => this.there.has(note.id) || Boolean(this.inFields?.has(note.id)) || Boolean(note.settled)

  acts = {
    people: () => this.people(),
    answer: (id, text) => this.send(`${id}/answer/`, { text }, id),
    settle: async (id) => (await this.send(`${id}/resolve/`, {})) && this.part("settled").querySelector("summary").focus(),
    reopen: (id) => this.send(`${id}/reopen/`, {}, id),
    goTo: (note) => (note.field === "body" ? this.marks?.goTo(note.id) : this.form.elements[note.field].focus()),
  }

  // What is selected; where the cursor stands in a note's words, that note.
  onSelection() {
    const editor = this.body?.proseEditor
    const quote = selected(this.last, editor)
    if (quote) return this.on(quote)
    const marked = editor && this.marks.at(editor.state.selection.from)
    if (marked) return this.focus(marked)
    this.on(null)
    this.say("No words are selected: the note is on the whole story. Select some in the text to note them.")
  }

  on(about) {
    this.about = about
    this.place.open = true
    this.part("passage").hidden = !about
    if (about) this.part("passage").querySelector("q").textContent = about.passage.slice(0, 200)
    this.part("on").textContent = about ? "on these words" : "on the story"
    this.area.focus()
  }

  async keep() {
    try {
      const { story } = await keeper.settled()
      this.story = story
    } catch (unsettled) {
      return this.say(unsettled.message)
    }
    if (await this.send("add/", { text: this.area.value, ...this.about })) {
      this.area.value = ""
      this.on(null)
    }
  }

  async send(path, letter, id = null) {
    const told = await tell(`notes/${keeper.story}/${path}`, letter)
    const isDone = [200, 201].includes(told.status)
    if (told.status === 401) keeper.become("expired", "", "expired")
    else if (isDone) {
      this.place.querySelector(".answering")?.remove()
      this.take(told.answer)
      if (id) this.focus(id)
    }
    this.say(isDone ? told.answer.done : refusal(told))
    return isDone
  }

  focus(id) {
    const line = document.getElementById(`note-${id}`)
    this.place.open = true
    if (line?.closest("[data-settled]")) this.part("settled").open = true
    line?.focus()
    line?.scrollIntoView({ block: "nearest" })
  }

  say(sentence) {
    this.part("said").textContent = sentence
  }
}

export const notes = new Notes()
