// The library beside the story: search it, walk it with the arrows, Enter puts a picture in, Escape goes back to the text.
import { idIn } from "./media_id.js"
import { looked, said } from "./library.js"
import { figuresOfText, place } from "./pictures.js"
import { buttonFor, element, say } from "./saying.js"

const PAUSE = 200 // thousandths of a second without a key before the library is asked
let panel = null

// `into` is "text" or "panel": where a picture that is chosen goes.
export function openPicker({ into }) {
  panel ||= built()
  panel.into = into
  panel.cameFrom = into === "text" ? document.querySelector(".ProseMirror") : document.activeElement
  if (!panel.dialog.open) panel.dialog.show()
  panel.search.focus()
  panel.search.select()
  if (!panel.grid.children.length) find("")
}

function built() {
  const dialog = element("dialog", "picker")
  dialog.setAttribute("aria-labelledby", "picker-heading")
  const heading = Object.assign(element("h2", "", "The picture library"), { id: "picker-heading" })
  const label = Object.assign(element("label", "", "Words, a credit or a Media ID"), { htmlFor: "picker-search" })
  const search = Object.assign(document.createElement("input"), { id: "picker-search", type: "search", autocomplete: "off" })
  const line = element("p", "help")
  line.setAttribute("role", "status")
  const grid = element("ul", "picker-grid")
  grid.setAttribute("aria-label", "Pictures found")
  const more = buttonFor("More", () => find(panel.asked, panel.next))
  more.hidden = true
  dialog.append(heading, buttonFor("Close", close), label, search, line, grid, more)
  document.querySelector("#content").append(dialog)
  let pause = 0
  search.addEventListener("input", () => {
    clearTimeout(pause)
    pause = setTimeout(() => find(search.value.trim()), PAUSE)
  })
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault()
      byNumber(search.value)
    } else if (event.key === "ArrowDown") {
      event.preventDefault()
      grid.querySelector("button")?.focus()
    }
  })
  grid.addEventListener("keydown", walk)
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    event.preventDefault()
    close()
  })
  return { dialog, search, line, grid, more, next: "", asked: "", into: "text", cameFrom: null }
}

function close() {
  panel.dialog.close()
  panel.cameFrom?.focus?.({ preventScroll: true })
}

async function find(typed, after = "") {
  panel.asked = typed
  const { found = [], next = "", missing = "" } = await looked(typed, after || "")
  if (panel.asked !== typed) return
  const shown = found.map(option)
  if (after) panel.grid.append(...shown)
  else panel.grid.replaceChildren(...shown)
  panel.next = next || ""
  panel.more.hidden = !next
  const count = panel.grid.children.length
  const none = typed ? `No picture is found by “${typed}”. Try fewer words, or drop the file into the text.` : "The library has no pictures yet."
  panel.line.textContent = missing || (count ? `${count} ${count === 1 ? "picture" : "pictures"}${next ? ", and more" : ""}. Arrows walk, Enter takes.` : none)
  panel.grid.querySelectorAll("button").forEach((button, number) => { button.tabIndex = number ? -1 : 0 })
  if (after) shown[0]?.querySelector("button").focus()
}

function option(one) {
  const words = element("span", "words", element("b", "", `Media ID ${one.media_id}`), " ", one.caption || "No caption", " ", one.credit || "")
  words.dir = "auto"
  const rights = one.rights && one.rights !== "clear" ? [element("span", `state rights-${one.rights}`, one.rights_said || one.rights)] : []
  const image = one.src ? Object.assign(document.createElement("img"), { src: one.src, alt: "", loading: "lazy" }) : element("span", "no-file", "no file")
  const button = Object.assign(element("button", "", image, words, ...rights), { type: "button" })
  button.addEventListener("click", () => take(one.media_id))
  return element("li", "", button)
}

function walk(event) {
  const buttons = [...panel.grid.querySelectorAll("button")]
  const at = buttons.indexOf(event.target)
  if (at < 0) return
  const columns = getComputedStyle(panel.grid).gridTemplateColumns.split(" ").length
  const forward = getComputedStyle(panel.grid).direction === "rtl" ? -1 : 1
  const steps = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: columns, ArrowUp: -columns, Home: -at, End: buttons.length - 1 - at }
  if (!(event.key in steps)) return
  event.preventDefault()
  const to = at + steps[event.key]
  if (to < 0 && event.key === "ArrowUp") return panel.search.focus()
  const next = buttons[Math.max(0, Math.min(to, buttons.length - 1))]
  event.target.tabIndex = -1
  next.tabIndex = 0
  next.focus()
}

// Enter in the search: a number takes its picture, words take the only one found.
async function byNumber(typed) {
  const mediaId = idIn(typed)
  if (mediaId) return take(mediaId)
  await find(typed.trim())
  const buttons = panel.grid.querySelectorAll("button")
  if (buttons.length === 1) buttons[0].click()
  else buttons[0]?.focus()
}

async function take(mediaId) {
  const found = await said(mediaId)
  if (!found.row || found.withdrawn) {
    panel.line.textContent = found.missing || found.withdrawn
    return
  }
  close()
  if (panel.into === "text") figuresOfText().insert(found.media_id)
  else place(found.media_id)
  const rights = found.rights === "clear" ? "" : ` ${found.rights_said}`
  say(panel.into, `${found.merged ? `${found.merged} ` : ""}${found.name} stands in the story.${rights}`)
}
