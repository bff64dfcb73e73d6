// Ctrl-K on every page of the desk: one line that finds a story, a picture, a person, a tag, or something to do.
import { element } from "./saying.js"

const opener = document.querySelector("[data-palette]")
const KINDS = { story: "Stories", published: "In the paper", picture: "Pictures", person: "People", tag: "Tags", section: "Sections", command: "Go to", search: "Further" }
let dialog = null
let input, list, line
let at = -1
let asked = 0

const options = () => [...list.querySelectorAll("[role=option]")]

function build() {
  dialog = element("dialog", "palette")
  dialog.setAttribute("aria-label", "Find anything")
  input = Object.assign(document.createElement("input"), { type: "search", autocomplete: "off", spellcheck: false })
  input.placeholder = "A headline, slug, number, address, name, tag, or what to do"
  list = element("ul")
  list.id = "palette-found"
  line = element("p", "quiet-line")
  line.setAttribute("role", "status")
  const facts = { role: "combobox", "aria-label": "Find", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }
  for (const [name, value] of Object.entries(facts)) input.setAttribute(name, value)
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", "Found")
  dialog.append(input, list, line)
  document.body.append(dialog)
  input.addEventListener("input", ask)
  input.addEventListener("keydown", keyed)
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]")
    if (option) go(option, event.ctrlKey || event.metaKey)
  })
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close())
}

function open() {
  if (dialog?.open) return dialog.close()
  if (!dialog) build()
  input.value = ""
  dialog.showModal()
  input.focus()
  ask()
}

async function ask(event) {
  const mine = ++asked
  const isPasted = event?.inputType === "insertFromPaste"
  await new Promise((resolve) => setTimeout(resolve, input.value && !isPasted ? 120 : 0))
  if (mine !== asked) return
  try {
    const { found, further } = await fetched("")
    if (mine !== asked) return
    show(found, found.length ? "" : "Nothing is called that.")
    if (!further) return
    // Names and older pictures that are looked at one by one come on top; what is marked stays marked.
    const onTop = (await fetched("&further=1")).found.filter((one) => !found.some((known) => known.kind === one.kind && known.address === one.address))
    if (mine === asked && onTop.length) show([...found, ...onTop], "", options()[at]?.dataset.address)
  } catch {
    if (mine === asked) show([], "The desk does not answer, or your login has ended. Reload the page and try again.")
  }
}

async function fetched(more) {
  const response = await fetch(`${opener.dataset.palette}?q=${encodeURIComponent(input.value)}${more}`, { redirect: "manual" })
  if (!response.ok) throw new Error(response.status)
  return response.json()
}

function show(found, said, marked = null) {
  const rows = Object.entries(KINDS).flatMap(([kind, heading]) => {
    const ours = found.filter((one) => one.kind === kind)
    if (!ours.length) return []
    const group = element("ul", "", ...ours.map(option))
    group.setAttribute("role", "group")
    group.setAttribute("aria-label", heading)
    const name = element("span", "heading", heading)
    name.setAttribute("aria-hidden", "true")
    const holder = element("li", "kind", name, group)
    holder.setAttribute("role", "presentation")
    return [holder]
  })
  list.replaceChildren(...rows)
  options().forEach((one, number) => (one.id = `palette-${number}`))
  list.hidden = !rows.length
  input.setAttribute("aria-expanded", String(Boolean(rows.length)))
  line.textContent = said
  const place = options().findIndex((one) => marked && one.dataset.address === marked)
  mark(found.length && input.value ? Math.max(place, 0) : -1)
}

function option(one) {
  const row = element("li", "", element("span", "name", one.name), element("small", "", one.note))
  row.setAttribute("role", "option")
  row.setAttribute("aria-selected", "false")
  row.querySelector(".name").dir = "auto"
  if (one.address) row.dataset.address = one.address
  else row.setAttribute("aria-disabled", "true")
  return row
}

function mark(number) {
  const all = options()
  at = all.length ? (number + all.length) % all.length : -1
  if (number < 0 && !input.value) at = -1
  all.forEach((one, place) => one.setAttribute("aria-selected", String(place === at)))
  if (at < 0) return input.removeAttribute("aria-activedescendant")
  input.setAttribute("aria-activedescendant", all[at].id)
  all[at].scrollIntoView({ block: "nearest" })
}

function go(option, beside) {
  const { address } = option.dataset
  if (!address) return void (line.textContent = "This story is under embargo. Its writer and editors see more of it than its slug.")
  dialog.close()
  if (beside) window.open(address, "_blank", "noopener")
  else location.assign(address)
}

function keyed(event) {
  const all = options()
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault()
    if (!all.length) return
    const step = event.key === "ArrowDown" ? 1 : -1
    mark(at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length)
  } else if (event.key === "Escape") {
    event.preventDefault() // a search box would only be emptied
    dialog.close()
  } else if (event.key === "Enter") {
    event.preventDefault()
    if (at >= 0) go(all[at], event.ctrlKey || event.metaKey)
  }
}

if (opener) {
  opener.hidden = false
  opener.addEventListener("click", open)
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k" && !event.defaultPrevented) {
      event.preventDefault()
      open()
    }
  })
}
