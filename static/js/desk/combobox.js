// A text box that suggests names while one types: the ARIA combobox with a list, nothing lost without it.
import { fitting } from "./library.js"

let made = 0

export function suggesting(input, kind, chosen = (name) => { input.value = name }) {
  const list = document.createElement("ul")
  list.id = `suggested-${++made}`
  list.className = "suggested"
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", "Suggestions")
  list.hidden = true
  const holder = document.createElement("div")
  holder.className = "suggesting"
  input.before(holder)
  holder.append(input, list)
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id]]) {
    input.setAttribute(name, value)
  }
  let at = -1
  let typed = ""
  close()

  function close() {
    list.hidden = true
    at = -1
    input.setAttribute("aria-expanded", "false")
    input.removeAttribute("aria-activedescendant")
  }

  function choose(option) {
    chosen(option.dataset.name)
    input.dispatchEvent(new Event("input", { bubbles: true }))
    typed = null // an answer that is still on its way is no longer wanted
    close()
  }

  function show(found) {
    list.replaceChildren(...found.map((one, number) => {
      const option = document.createElement("li")
      option.id = `${list.id}-${number}`
      option.setAttribute("role", "option")
      option.setAttribute("aria-selected", "false")
      option.dataset.name = one.name
      option.textContent = one.shown
      const note = document.createElement("small")
      note.textContent = ` ${one.note}`
      option.append(note)
      option.addEventListener("mousedown", (event) => (event.preventDefault(), choose(option)))
      return option
    }))
    at = -1
    list.hidden = !found.length
    input.setAttribute("aria-expanded", String(Boolean(found.length)))
  }

  function move(step) {
    const options = [...list.children]
    if (list.hidden || !options.length) return
    at = (at + step + options.length) % options.length
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)))
    input.setAttribute("aria-activedescendant", options[at].id)
    options[at].scrollIntoView({ block: "nearest" })
  }

  input.addEventListener("input", async () => {
    typed = input.value.trim()
    const asked = typed
    if (!asked) return close()
    const found = await fitting(kind, asked)
    if (asked === typed && document.activeElement === input) show(found)
  })
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      move(event.key === "ArrowDown" ? 1 : -1)
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault()
      event.stopImmediatePropagation()
      choose(list.children[at])
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault()
      close()
    }
  })
  input.addEventListener("blur", close)
}
