// Grows the body's editor out of its text area; without JavaScript the text area itself is edited.
import { Editor } from "../../django_prose_editor/editor.js"
import { Arriving } from "./arriving.js"
import { blocksOf } from "./body_merging.js"
import { Directions } from "./direction.js"
import { Figures, figuresOf } from "./figures.js"
import { Finding } from "./finding.js"
import { nodes } from "./markup.js"
import { LONG } from "./splicing.js"
import { NumberLines } from "./number_lines.js"
import { figuresChanged, joined } from "./pictures.js"
import { lineFor, say } from "./saying.js"
import { read } from "./pasting.js"
import { printedLate } from "./printing.js"
import { leftSaid } from "./pasted_pictures.js"
import { AtOnce, shortcuts } from "./shortcuts.js"
import { Smart } from "./smart.js"
import { ACTS } from "./text_acts.js"
import { toolbar } from "./toolbar.js"

// What the last paste had to leave is said until the next one.
let wasLeft = 0
function pasted(html, area) {
  const { html: body, left } = read(html, area.dir === "rtl" ? "rtl" : "ltr")
  if (left || wasLeft) setTimeout(() => say("text", left ? leftSaid(left) : ""))
  wasLeft = left
  return body
}

function grow(area) {
  const table = JSON.parse(area.dataset.markup)
  const disabled = area.matches(":disabled")
  const frame = document.createElement("div")
  frame.className = "prose-editor"
  area.before(frame)
  const label = document.querySelector(`label[for="${area.id}"]`)
  if (label) label.id ||= `${area.id}_label`
  const glue = />\n</.test(area.value) ? "\n" : ""

  const printing = printedLate(area)
  const editor = new Editor({
    element: frame,
    editable: !disabled,
    enablePasteRules: false, // asterisks in pasted text are asterisks
    injectCSS: false, // its few rules are in desk-editor.css: the policy lets no script add styles
    extensions: [...nodes(table), Figures, NumberLines, Arriving, Directions, Finding, Smart, shortcuts(ACTS), AtOnce],
    content: area.value,
    parseOptions: { preserveWhitespace: true },
    editorProps: {
      attributes: ({ doc }) => ({
        ...(doc.content.size > LONG ? { class: "long" } : {}), // what is out of sight is not laid out
        role: "textbox",
        "aria-multiline": "true",
        lang: area.lang,
        dir: area.dir,
        ...(label ? { "aria-labelledby": label.id } : {}),
        ...(area.getAttribute("aria-describedby") ? { "aria-describedby": area.getAttribute("aria-describedby") } : {}),
        ...(area.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
      }),
      // On a busy page a key overtakes the browser's word of where the cursor went: End, then Enter, would split the line elsewhere.
      handleDOMEvents: { keydown: (view) => (view.composing || view.domObserver.flush(), false) },
      transformPastedHTML: (html) => pasted(html, area),
    },
    onUpdate: ({ editor: { state, schema } }) => {
      printing(() => blocksOf(state.doc, schema).map((block) => block.html).join(glue), state.doc.content.size > LONG)
      area.dispatchEvent(new Event("input", { bubbles: true }))
      figuresChanged()
    },
  })
  area.hidden = true
  if (label) label.addEventListener("click", (event) => (event.preventDefault(), editor.commands.focus()))
  if (!disabled) frame.before(toolbar(editor, frame))
  area.dataset.ready = ""
  area.proseEditor = editor
  frame.before(lineFor("text"))
  joined(figuresOf(editor))
}

for (const area of document.querySelectorAll("textarea[data-markup]")) grow(area)
