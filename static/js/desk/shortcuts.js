// The keys of the text, each once: what they do and how they are told in the list that Ctrl-/ opens.
import { Extension } from "../../django_prose_editor/editor.js"
import { element } from "./saying.js"

const MAC = /Mac|iPhone|iPad/.test(navigator.platform)
const told = (keys) => keys.replace(/(^|-)([a-z])$/, (_, dash, letter) => dash + letter.toUpperCase()).replaceAll("Mod", MAC ? "⌘" : "Ctrl").replaceAll("Arrow", "").replaceAll("-", "+")

// [keys, what they do in words]; those of the editor itself, of the page and of this module.
const KEYS = [
  ["Mod-b", "Bold"], ["Mod-i", "Italic"], ["Mod-Shift-s", "Struck"], ["Mod-,", "Sub"], ["Mod-.", "Super"],
  ["Mod-Shift-k", "Link to an address or a story"],
  ["Mod-Alt-0", "Text"], ["Mod-Alt-2", "Heading"], ["Mod-Alt-3", "Subheading"], ["Mod-Shift-b", "Quote"],
  ["Mod-Alt-5", "Pull quote"], ["Mod-Alt-6", "Question"], ["Mod-Alt-7", "Answer"], ["Mod-Alt-8", "Note to the editor, never printed"],
  ["Mod-Shift-8", "List"], ["Mod-Shift-7", "Numbered list"], ["Tab", "One level down in a list; the next cell in a table"],
  ["Mod-Alt-t", "Table"], ["Mod-Alt-ArrowDown", "In a table: a row more"], ["Mod-Alt-ArrowRight", "In a table: a column more"],
  ["Mod-Alt-Backspace", "In a table: this row out"], ["Mod-Shift-x", "Turn the paragraph's direction"],
  ["Mod-h", "Find and replace"], ["Alt-ArrowUp", "A selected picture one place up; Alt+ArrowDown down"],
  ["Mod-z", "Undo"], ["Mod-Shift-z", "Redo"], ["Alt-F10", "To the buttons; Escape comes back"], ["Mod-/", "This list"],
]

export function keysFor(word) {
  const found = KEYS.find(([, what]) => what === word || what.startsWith(`${word} `) || what.startsWith(`${word},`))
  return found ? told(found[0]) : ""
}

export function listOfKeys() {
  const rows = KEYS.map(([keys, what]) => element("div", "", element("dt", "", element("kbd", "", told(keys))), element("dd", "", what)))
  const close = Object.assign(element("button", "primary", "Close"), { value: "" })
  const heading = Object.assign(element("h2", "", "Keys of the text"), { id: "keys-heading" })
  const form = Object.assign(element("form", "", heading, Object.assign(element("dl", "", ...rows), { tabIndex: 0 }), close), { method: "dialog" })
  const dialog = element("dialog", "asking keys", form)
  dialog.setAttribute("aria-labelledby", "keys-heading")
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

// `acts` are the toolbar's buttons by their words.
export const shortcuts = (acts) => {
  const press = (word) => ({ editor }) => (acts[word](editor), true)
  const inTable = (command) => ({ editor }) => editor.isActive("table") && editor.chain().focus()[command]().run()
  return Extension.create({
    name: "shortcuts",
    priority: 1100, // before the editor's own: its paragraph stays a turn, its Bold takes Shift for nothing
    addKeyboardShortcuts: () => ({
      "Mod-Shift-k": press("Link"), "Mod-Shift-b": press("Quote"), "Mod-Alt-0": press("Text"), "Mod-Alt-5": press("Pull quote"), "Mod-Alt-6": press("Question"), "Mod-Alt-7": press("Answer"),
      "Mod-Alt-8": press("Note"), "Mod-Alt-t": press("Table"), "Mod-Shift-x": press("Direction"), "Mod-h": press("Find"), "Mod-Shift-f": press("Find"),
      "Mod-Alt-ArrowDown": inTable("addRowAfter"), "Mod-Alt-ArrowRight": inTable("addColumnAfter"), "Mod-Alt-Backspace": inTable("deleteRow"),
      "Mod-/": press("Keys"),
      "Alt-F10": ({ editor }) => (editor.view.dom.closest(".field").querySelector(".toolbar [tabindex='0']")?.focus(), true),
    }),
  })
}

// The text has the keyboard before the next key comes; the editor's own command waits for a frame, and on a busy page keys fall between.
export const AtOnce = Extension.create({
  name: "atOnce",
  priority: 10, // after the editor's own, whose command this replaces
  addCommands: () => ({ focus: () => ({ editor }) => (queueMicrotask(() => editor.isDestroyed || editor.view.focus()), true) }),
})
