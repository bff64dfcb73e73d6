// The editor's buttons: words, in groups. Tab comes to the bar once, the arrows go along it, Escape goes back to the text.
import { keysFor } from "./shortcuts.js"
import { GROUPS } from "./text_acts.js"

const NAMES = { Sub: "Subscript", Super: "Superscript", Rule: "Rule between parts", Note: "Note to the editor, never printed", Keys: "Keys of the text", Find: "Find and replace", Direction: "Right to left" }

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
  bar.querySelector("button").tabIndex = 0
  bar.addEventListener("keydown", (event) => walk(event, bar, editor))
  bar.addEventListener("focusin", (event) => rove(bar, event.target))
  return bar
}

function rove(bar, to) {
  for (const one of bar.querySelectorAll("button")) one.tabIndex = one === to ? 0 : -1
}

function walk(event, bar, editor) {
  if (event.key === "Escape") {
    event.preventDefault()
    return editor.view.focus()
  }
  const shown = [...bar.querySelectorAll("button:not([hidden])")]
  const at = shown.indexOf(event.target)
  const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 }
  if (at < 0 || !(event.key in steps)) return
  event.preventDefault()
  shown[(steps[event.key] + shown.length) % shown.length].focus()
}

function button(editor, [word, act, isOn, isShown]) {
  const made = document.createElement("button")
  const keys = keysFor(NAMES[word] || word) || keysFor(word)
  made.type = "button"
  made.tabIndex = -1
  made.textContent = word
  made.title = keys ? `${NAMES[word] || word} (${keys})` : NAMES[word] || ""
  made.addEventListener("click", () => act(editor))
  const refresh = () => {
    if (isOn) made.setAttribute("aria-pressed", String(Boolean(isOn(editor))))
    if (!isShown) return
    made.hidden = !isShown(editor)
    // A button that goes while it is the bar's way in leaves it to the first.
    if (made.hidden && made.tabIndex === 0) rove(made.closest(".toolbar"), made.closest(".toolbar").querySelector("button"))
  }
  editor.on("transaction", refresh)
  editor.on("selectionUpdate", refresh)
  refresh()
  return made
}
