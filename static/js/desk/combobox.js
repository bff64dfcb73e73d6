// A text box that suggests names while one types: the ARIA combobox with a list, nothing lost without it.
import { fitting } from "./library.js"
import { element, whisper } from "./saying.js"

let made = 0

// `chosen(name, found)` takes a suggestion. `making(typed)`, where given, returns what else may be done with a name that
// nobody knows, each { shown, note, act }: it is offered on Enter, behind the names that may be meant instead.
export function suggesting(input, kind, chosen = (name) => { input.value = name }, making = null) {
  const list = element("ul", "suggested")
  list.id = `suggested-${++made}`
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", "Suggestions")
  list.hidden = true
  const holder = element("div", "suggesting")
  input.before(holder)
  holder.append(input, list)
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id]]) {
    input.setAttribute(name, value)
  }
  let at = -1
  let typed = ""
  let isUnasked = false
  close()

  function close() {
    list.hidden = true
    at = -1
    input.setAttribute("aria-expanded", "false")
    input.removeAttribute("aria-activedescendant")
  }

  function take(act) {
    act()
    input.dispatchEvent(new Event("input", { bubbles: true }))
    typed = null // an answer that is still on its way is no longer wanted
    close()
  }

  function show(offers) {
    list.replaceChildren(...offers.map((one, number) => {
      const option = element("li", one.isNew ? "makes" : "", one.shown, element("small", "", ` ${one.note}`))
      option.id = `${list.id}-${number}`
      option.setAttribute("role", "option")
      option.setAttribute("aria-selected", "false")
      option.take = () => take(one.act)
      option.addEventListener("mousedown", (event) => (event.preventDefault(), option.take()))
      return option
    }))
    at = -1
    list.hidden = !offers.length
    input.setAttribute("aria-expanded", String(Boolean(offers.length)))
    input.removeAttribute("aria-activedescendant")
  }

  function move(step) {
    const options = [...list.children]
    if (list.hidden || !options.length) return
    at = at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)))
    input.setAttribute("aria-activedescendant", options[at].id)
    options[at].scrollIntoView({ block: "nearest" })
  }

  const offered = (one, shown = one.shown) => ({ shown, note: one.note, act: () => chosen(one.name, one) })

  // A name that is there is taken; else those that may be meant are asked about first, and a new one comes last.
  async function ask() {
    const asked = input.value.trim()
    if (!asked) return
    typed = null
    const found = await fitting(kind, asked)
    if (input.value.trim() !== asked) return
    const known = found.find((one) => one.is_exact)
    if (known) return take(() => chosen(known.name, known))
    const near = found.filter((one) => one.is_near)
    show([...near.map((one) => offered(one, `Did you mean ${one.shown}?`)), ...making(asked).map((one) => ({ ...one, isNew: true }))])
    move(1)
    whisper(near.length ? `“${asked}” is new. Did you mean ${near[0].shown}, ${near[0].note}? Enter takes it; arrow keys for more.` : `“${asked}” is new. Choose with the arrow keys what it is; Enter makes it.`)
  }

  input.addEventListener("input", async () => {
    typed = input.value.trim()
    const asked = typed
    if (!asked || isUnasked) close() // what was offered before anything was typed is no answer to it
    isUnasked = false
    if (!asked) return
    const found = await fitting(kind, asked)
    if (asked === typed && document.activeElement === input) show(found.map((one) => offered(one)))
  })
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      move(event.key === "ArrowDown" ? 1 : -1)
    } else if (event.key === "Enter" && !event.isComposing && (at >= 0 || making)) {
      event.preventDefault()
      event.stopImmediatePropagation()
      if (at >= 0) list.children[at].take()
      else ask()
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault()
      close()
    }
  })
  input.addEventListener("blur", close)
  return { ask, offer: (found) => (show(found.map((one) => offered(one))), (isUnasked = true)) }
}
