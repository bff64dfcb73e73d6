// On a story's page: a Word file starts the story where nothing is written yet, else its text is pasted where the cursor stands.
import { readAll } from "./copy_read.js"
import { rowOf } from "./pictures.js"
import { say } from "./saying.js"
import { WORKING, carried } from "./word_door.js"
import { acceptingWordFiles, start, tell, wordFileBox } from "./word_files.js"

// Pictures go to the library as ever. What a file holds the desk looks up itself; this only says where it is sent.
const WORDLIKE = /\.(docx?|docm|dotx?|dotm|odt|rtf)$/i
const WORDLIKE_KIND = /msword|wordprocessingml|opendocument\.text|rtf/
const INTO = "Put a Word file into the text"
const isWordlike = (file) => WORDLIKE.test(file.name) || WORDLIKE_KIND.test(file.type)

export function wordFiles(keeper, form) {
  const box = wordFileBox()
  const area = form.querySelector("textarea[data-markup]")
  if (!box || !area || area.matches(":disabled")) return
  const editor = () => area.proseEditor
  document.addEventListener("story-started", () => { box.querySelector("label").textContent = INTO })
  acceptingWordFiles(box, (file, event) => {
    const isEmpty = !keeper.story && !form.elements.headline.value.trim() && !editor().getText().trim()
    // The page is left for the story that starts: what it was filled in with starts none of its own.
    if (isEmpty) start(box, file, () => { keeper.kept = readAll(form) })
    else paste(box, file, editor(), form, event)
  }, isWordlike)
}

async function paste(box, file, editor, form, event) {
  if (event?.target.closest?.(".ProseMirror")) {
    const found = editor.view.posAtCoords({ left: event.clientX, top: event.clientY })
    if (found) editor.commands.setTextSelection(found.pos)
  }
  say("text", WORKING(file))
  const { answer, refused } = await carried(box, file, { into: "text", language: form.elements.language.value })
  box.querySelector("input[type=file]").value = ""
  if (!answer) {
    tell(box, refused, true)
    return say("text", refused)
  }
  editor.commands.focus()
  editor.view.pasteHTML(answer.body)
  for (const { media_id: mediaId, caption, alt } of answer.pictures) {
    fill(rowOf(mediaId), "[data-own-caption]", caption)
    fill(rowOf(mediaId), "[data-own-alt]", alt)
  }
  tell(box, "")
  say("text", answer.said.join(" "))
}

// What this story says itself already stays.
function fill(row, where, words) {
  const field = row?.querySelector(where)
  if (!words || !field || field.value) return
  field.value = words
  field.dispatchEvent(new Event("input", { bubbles: true }))
}
