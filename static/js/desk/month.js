// The month by keyboard and by pointer: arrows between days, a story's due date moved by drag, by M and arrows, or by D.
import { askFor } from "./asking.js"
import { plan } from "./planning.js"
import { whisper } from "./saying.js"

const table = document.querySelector("table.month")
const squares = [...table.querySelectorAll("[data-day]")]
const dayOf = (square) => square.querySelector("time").textContent.trim().replace(/\s+/g, " ")
const squareOf = (day) => table.querySelector(`[data-day="${day}"]`)
let moving = null // { entry, goal } while a story is carried by keyboard

function stand(square) {
  for (const one of squares) one.tabIndex = one === square ? 0 : -1
}
stand(table.querySelector(".today:not(.neighbour)") || table.querySelector("td:not(.neighbour)"))

function stepped(square, key) {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[key]
  const at = squares.indexOf(square)
  if (key === "Home") return squares[at - (at % 7)]
  if (key === "End") return squares[at - (at % 7) + 6]
  return step ? squares[at + step] : undefined
}

function aim(square) {
  table.querySelector(".goal")?.classList.remove("goal")
  square?.classList.add("goal")
  if (moving) moving.goal = square
}

function carry(entry) {
  moving = { entry, goal: null }
  entry.classList.add("moving")
  aim(entry.closest("td"))
  whisper(`Moving ${entry.querySelector("a").textContent}. Arrow keys choose the day, Enter sets it, Escape leaves it.`)
}

function drop() {
  moving?.entry.classList.remove("moving")
  moving = null
  aim(null)
}

async function set(entry, due) {
  const slug = entry.querySelector("a").textContent
  const { isDone, said, told } = await plan(entry.dataset.story, entry.dataset.token, { due_at: due })
  if (told.token) entry.dataset.token = told.token
  if (!isDone) return tell(said)
  if (!told.due_at) return location.reload()
  entry.dataset.due = told.due_at
  entry.querySelector(".hour").textContent = told.due_at.slice(11)
  entry.classList.toggle("overdue", told.is_overdue)
  entry.querySelector(".why").textContent = told.is_overdue ? "overdue" : "due"
  const square = squareOf(told.due_at.slice(0, 10))
  square?.querySelector("ul").prepend(entry)
  square?.classList.remove("bare")
  entry.querySelector("a").focus()
  tell(`${slug} is due ${told.due}.`)
}

const line = table.before(Object.assign(document.createElement("p"), { className: "quiet-line", role: "status" })) || table.previousElementSibling
function tell(sentence) {
  line.textContent = sentence
}

table.addEventListener("keydown", async (event) => {
  const entry = event.target.closest("[data-story]")
  const square = event.target.closest("[data-day]")
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (moving) {
    const next = stepped(moving.goal, event.key)
    if (!next && !["Enter", "Escape"].includes(event.key)) return
    event.preventDefault() // before anything is awaited: Enter on a story's link would follow it
    if (next) return (aim(next), whisper(dayOf(next)))
    const { entry: carried, goal } = moving
    drop()
    return event.key === "Enter" ? set(carried, goal.dataset.day) : whisper("Left where it was.")
  }
  if (entry && event.key.toLowerCase() === "m") return (event.preventDefault(), carry(entry))
  if (entry && event.key.toLowerCase() === "d") {
    event.preventDefault()
    const due = await askFor("Due on", entry.dataset.due, { type: "datetime-local" })
    return due === null ? entry.querySelector("a").focus() : set(entry, due)
  }
  if (event.key === "Escape" && event.target !== square) return square.focus()
  if (event.key === "Enter" && event.target === square) return square.querySelector("a")?.focus()
  if (event.key === "PageUp") return document.querySelector(".months [rel=prev]").click()
  if (event.key === "PageDown") return document.querySelector(".months [rel=next]").click()
  const next = stepped(square, event.key)
  if (next) (event.preventDefault(), stand(next), next.focus())
})

table.addEventListener("focusin", (event) => stand(event.target.closest("[data-day]")))
table.addEventListener("dragstart", (event) => {
  const entry = event.target.closest("[data-story]")
  if (!entry) return
  event.dataTransfer.setData("text/plain", entry.dataset.story)
  event.dataTransfer.effectAllowed = "move"
})
table.addEventListener("dragover", (event) => {
  const square = event.target.closest("[data-day]")
  if (square) (event.preventDefault(), aim(square))
})
table.addEventListener("dragend", () => aim(null))
table.addEventListener("drop", (event) => {
  const square = event.target.closest("[data-day]")
  const entry = table.querySelector(`[data-story="${CSS.escape(event.dataTransfer.getData("text/plain"))}"]`)
  aim(null)
  if (!square || !entry) return
  event.preventDefault()
  if (entry.closest("td") !== square) set(entry, square.dataset.day)
})
