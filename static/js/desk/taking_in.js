// The page that takes pictures in: they are dropped, pasted or chosen, and go in two at a time, each with its own line.
import { Arrival } from "./arrival.js"
import { filesIn } from "./dropped.js"
import { send } from "./sending.js"

const AT_ONCE = 2
const form = document.getElementById("taking-in")
const list = form.querySelector(".arrivals")
const said = document.getElementById("progress")
const [start, stop, again] = ["start", "stop", "again"].map((id) => document.getElementById(id))
const all = []
let running = new Map()
let isGoing = false
let isChanged = false

function wait(files) {
  for (const file of files) {
    if (all.some((one) => one.isSame(file) && one.state !== "taken")) continue
    const one = new Arrival(file, list, () => leaveOut(one))
    all.push(one)
    if (file.size > Number(form.dataset.largest)) one.refuse(form.dataset.tooBig)
  }
  if (isGoing) go()
  tell()
}

function leaveOut(one) {
  running.get(one)?.abort()
  running.delete(one)
  all.splice(all.indexOf(one), 1)
  one.remove()
  go()
}

function go() {
  for (const one of all) {
    if (!isGoing || running.size >= AT_ONCE) break
    if (one.state === "waiting" && !running.has(one)) begin(one)
  }
  if (isGoing && !running.size) isGoing = false
  tell()
}

function begin(one) {
  one.begin()
  const facts = new FormData(form)
  facts.delete("file")
  facts.append("file", one.file, one.file.name || "pasted.png")
  const request = send(form.dataset.takeIn, facts, (part) => one.sent(part))
  running.set(one, request)
  request.answered.then((answer) => {
    if (running.get(one) !== request) return
    running.delete(one)
    one.answer(answer)
    go()
  })
}

function tell() {
  const count = (state) => all.filter((one) => one.state === state).length
  const taken = count("taken")
  const failed = count("refused")
  const left = count("waiting") + running.size
  const parts = [`${taken} of ${all.length} taken in`]
  if (failed) parts.push(`${failed} refused: each says why, and what to do`)
  if (count("stopped")) parts.push(`${count("stopped")} stopped`)
  if (!isGoing && left) parts.push(`${left} waiting`)
  const line = all.length ? `${parts.join(", ")}.` : ""
  if (said.textContent !== line) said.textContent = line
  stop.hidden = !isGoing
  start.hidden = isGoing
  again.hidden = isGoing || !all.some((one) => one.mayTryAgain)
  if (stop.hidden && document.activeElement === document.body) (again.hidden ? start : again).focus({ preventScroll: true })
}

form.addEventListener("submit", (event) => {
  if (event.submitter?.name === "without_file") return void (isChanged = false)
  event.preventDefault()
  wait(takenOut(document.getElementById("id_file")))
  if (!all.some((one) => one.state === "waiting")) {
    said.textContent = "Choose, drop or paste a picture first."
    return
  }
  isGoing = true
  isChanged = false
  go()
})
stop.addEventListener("click", () => {
  isGoing = false
  for (const [one, request] of running) (request.abort(), one.halt())
  for (const one of all) if (one.state === "waiting") one.halt()
  running = new Map()
  tell()
})
again.addEventListener("click", async () => {
  await freshToken()
  for (const one of all) if (one.mayTryAgain) one.wait()
  isGoing = true
  go()
})

// Whoever logged in again in another window has a new token; the pictures and what was typed stay here.
async function freshToken() {
  try {
    const page = await fetch(window.location.href, { credentials: "same-origin" })
    const token = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#taking-in [name=csrfmiddlewaretoken]")
    if (token) form.elements.csrfmiddlewaretoken.value = token.value
  } catch {
    // The line is away: the old token is tried.
  }
}

// Of a folder, what the system hides stays out, and the rest goes by name: numbers are given out in that order.
function takenOut(input) {
  const files = [...input.files].filter((file) => !(file.webkitRelativePath && file.name.startsWith(".")))
  input.value = ""
  return files.sort((one, other) => one.webkitRelativePath.localeCompare(other.webkitRelativePath, undefined, { numeric: true }))
}

for (const id of ["id_file", "id_folder"]) {
  const input = document.getElementById(id)
  input.addEventListener("change", () => wait(takenOut(input)))
}
for (const part of form.querySelectorAll(".by-hand")) part.hidden = false

document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files || [])]
  if (!files.length) return
  event.preventDefault()
  wait(files)
})
document.addEventListener("dragover", (event) => {
  if (![...event.dataTransfer.types].includes("Files")) return
  event.preventDefault()
  document.body.classList.add("dragged-over")
})
document.addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("dragged-over"))
document.addEventListener("drop", async (event) => {
  document.body.classList.remove("dragged-over")
  if (![...event.dataTransfer.types].includes("Files")) return
  event.preventDefault()
  wait(await filesIn(event.dataTransfer))
})
form.addEventListener("input", () => { isChanged = true })
window.addEventListener("beforeunload", (event) => {
  if (running.size || isChanged || all.some((one) => one.state !== "taken" && one.state !== "refused")) event.preventDefault()
})
