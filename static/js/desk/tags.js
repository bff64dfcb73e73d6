// Turns the lines of the tags' text area into a list of names with a box that suggests; the lines stay what is sent.
import { suggesting } from "./combobox.js"
import { buttonFor, element, whisper } from "./saying.js"

const KINDS = ["topic", "place", "person", "organisation"]
const LONGEST = 100

export function tagging(area) {
  const label = document.querySelector(`label[for="${area.id}"]`)
  const list = element("ul", "tag-list")
  list.setAttribute("aria-label", "Tags of the story")
  const input = Object.assign(document.createElement("input"), { type: "text", id: `${area.id}_add`, autocomplete: "off", dir: "auto" })
  const said = element("p", "quiet-line")
  said.id = `${area.id}_said`
  said.setAttribute("role", "status")
  input.setAttribute("aria-describedby", said.id)
  const adding = element("div", "adding")
  area.before(list, adding)
  adding.append(input)
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
      const remove = buttonFor("×", () => {
        keep(lines().filter((one) => one !== name))
        whisper(`${name} was taken out.`)
        input.focus()
      })
      remove.disabled = disabled
      remove.setAttribute("aria-label", `Take out ${name}`)
      const shown = element("bdi", "", name)
      return element("li", "", shown, " ", remove)
    }))
  }

  function add(line) {
    input.value = ""
    said.textContent = ""
    keep([...lines(), line])
  }

  // Nothing is made that nobody chose: who types a name that is new says of what kind it is.
  const making = (typed) => {
    said.textContent = typed.length > LONGEST ? `A tag has at most ${LONGEST} characters; this one has ${typed.length}. Shorten it.` : ""
    if (said.textContent) return []
    return KINDS.map((kind) => ({
      shown: `Make a new tag “${typed}”`,
      note: kind,
      act: () => add(kind === "topic" ? typed : `${kind}: ${typed}`),
    }))
  }

  const box = suggesting(input, "tags", add, making)
  adding.append(buttonFor("Add tag", () => (input.focus(), box.ask())), said)
  area.form?.addEventListener("submit", (event) => {
    if (disabled || !input.value.trim()) return
    event.preventDefault()
    event.stopImmediatePropagation()
    input.focus()
    said.textContent = "This tag was typed and not chosen. Choose what it is, or take it out."
    box.ask()
  }, { capture: true })
  area.addEventListener("rewritten", show)
  show()
}
