// Starts a story from a Word file that is dropped on the page or chosen, and opens it.
import { newPage } from "./journal.js"
import { buttonFor } from "./saying.js"
import { WORKING, carried } from "./word_door.js"

const ONE = "Drop one Word file at a time: each starts a story of its own."
const pages = new WeakMap() // the same file tried again starts no second story
let isBusy = false

export const wordFileBox = () => document.querySelector("[data-word-file]")

// `take(file, event)` gets the one file that was dropped or chosen; `isOurs` says which dropped files are.
export function acceptingWordFiles(box, take, isOurs = () => true) {
  box.hidden = false
  const input = box.querySelector("input[type=file]")
  input.addEventListener("input", (event) => event.stopPropagation()) // it is no field of the story
  input.addEventListener("change", (event) => {
    event.stopPropagation()
    const [file] = input.files
    if (file) take(file, null)
  })
  const over = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files")
  document.addEventListener("dragover", (event) => {
    if (!over(event) || event.target.closest?.("input[type=file]")) return
    // Before it is let go, a file has no name, and its kind only where the browser knows it.
    if (![...event.dataTransfer.items].some(({ type }) => isOurs({ name: "", type }))) return
    document.body.classList.add("word-file-over")
    event.preventDefault()
  })
  for (const kind of ["dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (kind === "drop" || !event.relatedTarget) document.body.classList.remove("word-file-over")
    }, true)
  }
  document.addEventListener("drop", (event) => {
    if (!over(event) || event.target.closest?.("input[type=file]")) return
    const files = [...event.dataTransfer.files]
    if (!files.length || !files.some(isOurs)) return
    event.preventDefault()
    event.stopPropagation()
    if (files.length > 1) return tell(box, ONE, true)
    take(files[0], event)
  }, true)
}

export function tell(box, sentence, isRefused = false, ...offers) {
  box.classList.toggle("refused", isRefused)
  const line = box.querySelector("[role=status]")
  line.replaceChildren(sentence, ...offers.flatMap((offer) => [" ", offer]))
}

export async function start(box, file, leaving = () => {}) {
  if (isBusy) return
  isBusy = true
  if (!pages.has(file)) pages.set(file, newPage())
  tell(box, WORKING(file))
  const { answer, refused, mayTryAgain } = await carried(box, file, { page: pages.get(file) })
  isBusy = false
  box.querySelector("input[type=file]").value = ""
  if (answer) {
    leaving()
    return location.assign(answer.address)
  }
  const again = buttonFor("Try again", () => start(box, file, leaving))
  tell(box, refused, true, ...(mayTryAgain ? [again] : []))
}

const box = wordFileBox()
if (box && !document.querySelector("form#story")) acceptingWordFiles(box, (file) => start(box, file))
