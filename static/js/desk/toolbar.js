// The editor's buttons: words, in groups, each reached by Tab and told by aria-pressed.
import { askFor } from "./asking.js"
import { openPicker } from "./picker.js"

const paragraph = (cssClass) => (editor) =>
  editor.chain().focus().setParagraph().updateAttributes("paragraph", { cssClass, "data-speaker": null }).run()
const isParagraph = (cssClass) => (editor) => editor.isActive("paragraph", { cssClass })

function pull(editor) {
  const chain = editor.chain().focus()
  if (!editor.isActive("blockquote")) chain.toggleBlockquote()
  chain.updateAttributes("blockquote", { cssClass: editor.isActive("blockquote", { cssClass: "pull" }) ? null : "pull" }).run()
}

async function turn(editor, cssClass) {
  const now = editor.getAttributes("paragraph")["data-speaker"] || ""
  const speaker = await askFor("Who speaks? Leave empty to go on with the same speaker.", now)
  if (speaker === null) return
  const words = { cssClass, "data-speaker": speaker.trim() || null }
  editor.chain().focus().setParagraph().updateAttributes("paragraph", words).run()
}

async function link(editor) {
  const now = editor.getAttributes("link").href || ""
  const href = await askFor("Address of the link. Leave empty to take the link out.", now)
  if (href === null) return
  const chain = editor.chain().focus().extendMarkRange("link")
  if (href.trim()) chain.setLink({ href: href.trim() }).run()
  else chain.unsetLink().run()
}

const simple = (command, ...args) => (editor) => editor.chain().focus()[command](...args).run()
const active = (...args) => (editor) => editor.isActive(...args)
const inTable = (editor) => editor.isActive("table")

// [name of the group, [[word, what it does, is it on?, is it shown?], …]]
const GROUPS = [
  ["Paragraph", [
    ["Text", paragraph(null), isParagraph(null)],
    ["Heading", simple("toggleHeading", { level: 2 }), active("heading", { level: 2 })],
    ["Subheading", simple("toggleHeading", { level: 3 }), active("heading", { level: 3 })],
    ["Quote", simple("toggleBlockquote"), active("blockquote", { cssClass: null })],
    ["Pull quote", pull, active("blockquote", { cssClass: "pull" })],
    ["Question", (editor) => turn(editor, "question"), isParagraph("question")],
    ["Answer", (editor) => turn(editor, "answer"), isParagraph("answer")],
    ["Verse", paragraph("verse"), isParagraph("verse")],
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
    ["Delete row", simple("deleteRow"), null, inTable],
    ["Delete column", simple("deleteColumn"), null, inTable],
    ["Delete table", simple("deleteTable"), null, inTable],
  ]],
  ["Direction", [
    ["Right to left", (editor) => direct(editor, "rtl"), (editor) => editor.isActive({ dir: "rtl" })],
    ["Undo", simple("undo")],
    ["Redo", simple("redo")],
  ]],
]

function direct(editor, dir) {
  const wanted = editor.isActive({ dir }) ? null : dir
  const chain = editor.chain().focus()
  for (const node of ["paragraph", "heading", "blockquote", "bulletList", "orderedList"]) {
    if (editor.isActive(node)) chain.updateAttributes(node, { dir: wanted })
  }
  chain.run()
}

export function toolbar(editor, frame) {
  const bar = document.createElement("div")
  bar.className = "toolbar"
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", "Formatting")
  for (const [name, buttons] of GROUPS) {
    const group = document.createElement("div")
    group.setAttribute("role", "group")
    group.setAttribute("aria-label", name)
    group.append(...buttons.map((one) => button(editor, one)))
    bar.append(group)
  }
  frame.closest(".prose-editor").classList.add("with-toolbar")
  return bar
}

function button(editor, [word, act, isOn, isShown]) {
  const made = document.createElement("button")
  made.type = "button"
  made.textContent = word
  made.addEventListener("click", () => act(editor))
  const refresh = () => {
    if (isOn) made.setAttribute("aria-pressed", String(Boolean(isOn(editor))))
    if (isShown) made.hidden = !isShown(editor)
  }
  editor.on("transaction", refresh)
  editor.on("selectionUpdate", refresh)
  refresh()
  return made
}
