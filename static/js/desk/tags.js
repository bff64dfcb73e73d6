// Turns the lines of the tags' text area into a list of names with a box that suggests; the lines stay what is sent.
import { suggesting } from "./combobox.js"

const KINDS = ["topic", "place", "person", "organisation"]

export function tagging(area) {
  const label = document.querySelector(`label[for="${area.id}"]`)
  const list = document.createElement("ul")
  list.className = "tag-list"
  list.setAttribute("aria-label", "Tags of the story")
  const input = Object.assign(document.createElement("input"), { type: "text", id: `${area.id}_add`, autocomplete: "off" })
  const kind = document.createElement("select")
  kind.setAttribute("aria-label", "Kind, for a new tag")
  kind.append(...KINDS.map((one) => new Option(one === "topic" ? "new: topic" : `new: ${one}`, one)))
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Add tag" })
  const adding = document.createElement("div")
  adding.className = "adding"
  adding.append(input, kind, button)
  area.before(list, adding)
  area.hidden = true
  const help = document.getElementById(`${area.id}_helptext`)
  if (help) help.hidden = true
  if (label) label.htmlFor = input.id
  const disabled = area.matches(":disabled")

  const lines = () => area.value.split("\n").map((line) => line.trim()).filter(Boolean)
  const keep = (names) => {
    area.value = [...new Set(names)].join("\n")
    area.dispatchEvent(new Event("input", { bubbles: true }))
    show()
  }

  function show() {
    list.replaceChildren(...lines().map((name) => {
      const line = document.createElement("li")
      const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "×", disabled })
      remove.setAttribute("aria-label", `Take out ${name}`)
      remove.addEventListener("click", () => (keep(lines().filter((one) => one !== name)), input.focus()))
      line.append(name, " ", remove)
      return line
    }))
  }

  // A name from the suggestions has its kind already; a new one gets the kind that is chosen beside the box.
  function add(name, isKnown) {
    const typed = name.trim()
    if (!typed) return
    const line = isKnown || kind.value === "topic" || typed.includes(":") ? typed : `${kind.value}: ${typed}`
    input.value = ""
    keep([...lines(), line])
  }

  suggesting(input, "tags", (name) => add(name, true))
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return
    event.preventDefault()
    add(input.value, false)
  })
  button.addEventListener("click", () => (add(input.value, false), input.focus()))
  area.form?.addEventListener("submit", () => add(input.value, false))
  show()
}
