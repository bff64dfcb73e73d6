// The budget, edited in place: what is changed in a line is kept at once, and a refusal puts back what stands.
import { plan } from "./planning.js"

const table = document.querySelector("table.budget")
table?.addEventListener("focusin", (event) => {
  if ("name" in event.target) event.target.dataset.before ??= event.target.value
})
table?.addEventListener("change", async (event) => {
  const box = event.target
  const row = box.closest("tr[data-story]")
  // A date that is being typed is empty until it is whole: only a box that says so itself is taken to be emptied.
  if (!row || box.validity.badInput) return
  const line = row.querySelector(".quiet-line")
  const told = await plan(row.dataset.story, row.dataset.token, { [box.name]: box.value })
  line.classList.toggle("refused", !told.isDone)
  if (told.told.token) row.dataset.token = told.told.token
  if (told.isDone) {
    box.dataset.before = box.value
    box.classList.remove("overdue")
    if (box.name === "due_at") box.closest("td").querySelector(".state")?.remove()
    line.textContent = `Saved ${new Date().toTimeString().slice(0, 8)}`
  } else {
    line.textContent = told.said
    const stands = told.told[box.name]
    box.value = stands ?? box.dataset.before ?? ""
  }
})
table?.addEventListener("keydown", (event) => {
  if (event.target.name !== "planned_words" || event.key !== "Enter") return
  event.preventDefault()
  event.target.dispatchEvent(new Event("change", { bubbles: true }))
})
