// Offers searches, stories, tags and people while one types: the ARIA combobox with a list. Without it the form works.
const PATIENCE = 120
const words = document.querySelector("[data-suggestions]")
if (words) offering(words)
if (words?.hasAttribute("data-from-address") && !words.value) words.value = ofAddress(location.pathname)

// The words in the last part of an address that is not there: of a slug, not of a number. Here and not in the page, which is
// the same for every address.
function ofAddress(path) {
  let last = path.replace(/\/+$/, "").split("/").pop()
  try {
    last = decodeURIComponent(last)
  } catch {
    return ""
  }
  const found = last.split(".")[0].slice(0, 100).split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => /\p{L}/u.test(word))
  return found.join(" ")
}

function offering(input) {
  const list = document.createElement("ul")
  list.className = "offers"
  list.id = "seek-offers"
  list.hidden = true
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", input.dataset.named)
  input.closest("p").after(list)
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id]]) {
    input.setAttribute(name, value)
  }
  const known = new Map()
  let typed = input.value
  let at = -1
  let waiting = 0
  close()

  function close() {
    list.hidden = true
    at = -1
    input.setAttribute("aria-expanded", "false")
    input.removeAttribute("aria-activedescendant")
  }

  function option(one, number) {
    const line = document.createElement("li")
    const text = document.createElement("bdi")
    const note = document.createElement("small")
    text.textContent = one.text
    const kind = input.dataset[one.kind === "headline" ? "story" : one.kind] ?? ""
    const count = one.kind !== "headline" && one.stories ? one.stories.toLocaleString(document.documentElement.lang) : ""
    note.textContent = [kind, count].filter(Boolean).join(" · ")
    line.append(text, note)
    line.id = `${list.id}-${number}`
    line.setAttribute("role", "option")
    line.setAttribute("aria-selected", "false")
    line.offer = one
    // Before the field loses the focus, which closes the list.
    line.addEventListener("mousedown", (event) => event.preventDefault())
    line.addEventListener("click", () => location.assign(one.url))
    return line
  }

  function show(items) {
    list.replaceChildren(...items.map(option))
    at = -1
    list.hidden = !items.length
    input.setAttribute("aria-expanded", String(Boolean(items.length)))
    input.removeAttribute("aria-activedescendant")
  }

  // Beyond either end stands what was typed.
  function move(step) {
    const options = [...list.children]
    if (list.hidden || !options.length) return
    at = at + step > options.length - 1 ? -1 : at + step < -1 ? options.length - 1 : at + step
    options.forEach((one, number) => one.setAttribute("aria-selected", String(number === at)))
    if (at < 0) return input.removeAttribute("aria-activedescendant")
    input.setAttribute("aria-activedescendant", options[at].id)
    options[at].scrollIntoView({ block: "nearest" })
  }

  async function asked(text) {
    if (!known.has(text)) {
      // Beside the form's own address, so that a search in the past offers what stood there then.
      const answer = await fetch(new URL(`suggest.json?q=${encodeURIComponent(text)}`, input.form.action))
      known.set(text, answer.ok ? (await answer.json()).items : [])
    }
    return known.get(text)
  }

  async function offer() {
    const text = input.value.trim()
    try {
      const items = await asked(text)
      if (text === input.value.trim() && document.activeElement === input) show(items)
    } catch {
      close() // no connection: the form will say so
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting)
    if (input.value === typed) return
    typed = input.value
    if (typed.trim().length < 2) close()
    else waiting = setTimeout(offer, PATIENCE)
  })
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (list.hidden && input.value.trim().length > 1) offer()
      else move(event.key === "ArrowDown" ? 1 : -1)
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault()
      location.assign(list.children[at].offer.url)
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault()
      close()
    }
  })
  input.addEventListener("blur", close)
}
