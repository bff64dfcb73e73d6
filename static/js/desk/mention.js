// Offers the people who may read a story while their name is typed after an @ in a note.
import { element, whisper } from "./saying.js"

const MOST = 8
let made = 0

// `people()` gives a promise of [{ name, login }].
export function mentioning(area, people) {
  const list = element("ul", "suggested")
  list.id = `mentioned-${++made}`
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", "People who may read this story")
  list.hidden = true
  // Over what follows and not between: a list that goes must not move the button one is about to press.
  const holder = element("div", "suggesting")
  area.before(holder)
  holder.append(area, list)
  area.setAttribute("aria-autocomplete", "list")
  area.setAttribute("aria-controls", list.id)
  let at = -1

  const begun = () => /(?:^|[^\w])@([^@\n]{0,40})$/.exec(area.value.slice(0, area.selectionStart))

  function close() {
    list.hidden = true
    at = -1
    area.removeAttribute("aria-activedescendant")
  }

  function choose(name) {
    const typed = begun()
    close()
    if (!typed) return
    const start = area.selectionStart - typed[1].length
    area.setRangeText(name, start, area.selectionStart, "end")
    area.focus()
  }

  function show(names) {
    list.replaceChildren(...names.map((one, number) => {
      const option = element("li", "", one.name, element("small", "", ` ${one.login}`))
      option.id = `${list.id}-${number}`
      option.setAttribute("role", "option")
      option.setAttribute("aria-selected", "false")
      option.dataset.name = one.name
      option.addEventListener("mousedown", (event) => (event.preventDefault(), choose(one.name)))
      return option
    }))
    if (names.length && list.hidden) whisper(`${names.length} people; arrow keys to choose.`)
    list.hidden = !names.length
    at = -1
    if (names.length) move(1)
  }

  function move(step) {
    const options = [...list.children]
    at = (at + step + options.length) % options.length
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)))
    area.setAttribute("aria-activedescendant", options[at].id)
    options[at].scrollIntoView({ block: "nearest" })
  }

  area.addEventListener("input", async () => {
    const typed = begun()
    if (!typed) return close()
    const wanted = typed[1].trim().toLocaleLowerCase()
    const fits = ({ name, login }) => [name, login].some((one) => one.toLocaleLowerCase().split(" ").some((word) => word.startsWith(wanted)) || one.toLocaleLowerCase().startsWith(wanted))
    const fitting = (await people()).filter(fits).slice(0, MOST)
    const isWhole = fitting.length === 1 && fitting[0].name.toLocaleLowerCase() === wanted
    if (document.activeElement === area && begun()?.[1] === typed[1]) show(isWhole ? [] : fitting)
  })
  area.addEventListener("keydown", (event) => {
    if (list.hidden) return
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1)
    else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) choose(list.children[at].dataset.name)
    else if (event.key === "Escape") close()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  area.addEventListener("blur", close)
}
