// What the buttons and keys of the text do, each once, by the word on its button.
import { askFor } from "./asking.js"
import { turnDirection } from "./direction.js"
import { openFinding } from "./finding.js"
import { link } from "./linking.js"
import { openPicker } from "./picker.js"
import { listOfKeys } from "./shortcuts.js"
import { isSmart, setSmart } from "./smart.js"

const simple = (command, ...args) => (editor) => editor.chain().focus()[command](...args).run()
const active = (...args) => (editor) => editor.isActive(...args)
const isParagraph = (cssClass) => (editor) => editor.isActive("paragraph", { cssClass })
const inTable = (editor) => editor.isActive("table")
const paragraph = (cssClass) => (editor) =>
  editor.chain().focus().setParagraph().updateAttributes("paragraph", { cssClass, "data-speaker": null }).run()

function pull(editor) {
  const chain = editor.chain().focus()
  const isPull = editor.isActive("blockquote", { cssClass: "pull" })
  if (!editor.isActive("blockquote")) chain.toggleBlockquote()
  chain.updateAttributes("blockquote", { cssClass: isPull ? null : "pull" }).run()
}

async function turn(editor, cssClass) {
  const now = editor.getAttributes("paragraph")["data-speaker"] || ""
  const speaker = await askFor("Who speaks? Leave empty to go on with the same speaker.", now)
  if (speaker === null) return
  const words = { cssClass, "data-speaker": speaker.trim() || null }
  editor.chain().focus().setParagraph().updateAttributes("paragraph", words).run()
}

// [name of the group, [[word, what it does, is it on?, is it shown?], …]]
export const GROUPS = [
  ["Paragraph", [
    ["Text", paragraph(null), isParagraph(null)],
    ["Heading", simple("toggleHeading", { level: 2 }), active("heading", { level: 2 })],
    ["Subheading", simple("toggleHeading", { level: 3 }), active("heading", { level: 3 })],
    ["Quote", simple("toggleBlockquote"), active("blockquote", { cssClass: null })],
    ["Pull quote", pull, active("blockquote", { cssClass: "pull" })],
    ["Question", (editor) => turn(editor, "question"), isParagraph("question")],
    ["Answer", (editor) => turn(editor, "answer"), isParagraph("answer")],
    ["Verse", paragraph("verse"), isParagraph("verse")],
    ["Note", (editor) => paragraph(isParagraph("note")(editor) ? null : "note")(editor), isParagraph("note")],
  ]],
  ["Letters", [
    ["Bold", simple("toggleBold"), active("bold")],
    ["Italic", simple("toggleItalic"), active("italic")],
    ["Struck", simple("toggleStrike"), active("strike")],
    ["Sub", simple("toggleSubscript"), active("subscript")],
    ["Super", simple("toggleSuperscript"), active("superscript")],
    ["Link", link, active("link")],
  ]],
  ["Lists, pictures, tables", [
    ["List", simple("toggleBulletList"), active("bulletList")],
    ["Numbered", simple("toggleOrderedList"), active("orderedList")],
    ["Picture", () => openPicker({ into: "text" }), active("figure")],
    ["Rule", simple("setHorizontalRule")],
    ["Table", simple("insertTable", { rows: 3, cols: 2, withHeaderRow: true }), inTable],
    ["Add row", simple("addRowAfter"), null, inTable],
    ["Add column", simple("addColumnAfter"), null, inTable],
    ["Head row", simple("toggleHeaderRow"), null, inTable],
    ["Delete row", simple("deleteRow"), null, inTable],
    ["Delete column", simple("deleteColumn"), null, inTable],
    ["Delete table", simple("deleteTable"), null, inTable],
  ]],
  ["The text as a whole", [
    ["Direction", turnDirection, (editor) => editor.isActive({ dir: "rtl" })],
    ["Smart quotes", (editor) => (setSmart(!isSmart()), editor.view.dispatch(editor.state.tr), editor.commands.focus()), isSmart],
    ["Find", openFinding],
    ["Undo", simple("undo")],
    ["Redo", simple("redo")],
    ["Keys", listOfKeys],
  ]],
]

export const ACTS = Object.fromEntries(GROUPS.flatMap(([, buttons]) => buttons.map(([word, act]) => [word, act])))
