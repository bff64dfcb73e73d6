// Sets a link: an address, or a story of ours found by its ID or by words; a story's link is kept without its host.
import { buttonFor, element } from "./saying.js"

const PAUSE = 200 // thousandths of a second without a key before the desk is asked
const OURS = /^(?:\/story\/)?([0-9]{8})\/?$/
const ADDRESS = /^(https?:\/\/\S|mailto:\S|\/(?!\/)\S*|#)/i

const door = () => document.querySelector("[data-palette]")?.dataset.palette || ""

// What was typed as the address that is kept; "" where it is none.
export function addressIn(typed) {
  const text = typed.trim()
  const number = OURS.exec(text)
  if (number) return `/story/${number[1]}/`
  if (text.startsWith(`${location.origin}/`)) return text.slice(location.origin.length)
  if (ADDRESS.test(text)) return text
  return /^[^\s/@]+\.[a-z]{2,}(\/\S*)?$/i.test(text) ? `https://${text}` : /^[^\s/@]+@[^\s/@]+\.[a-z]{2,}$/i.test(text) ? `mailto:${text}` : ""
}

const storyAddress = (one) => (one.kind === "published" ? one.address : `/story/${one.number}/${one.note.split(" · ").pop()}/`)

async function storiesFor(typed) {
  try {
    const answer = await fetch(`${door()}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } })
    const { found = [] } = answer.ok ? await answer.json() : {}
    return found.filter((one) => one.number && /^(story|published)$/.test(one.kind))
  } catch {
    return []
  }
}

export function link(editor) {
  const { from, to } = editor.state.selection
  const words = editor.state.doc.textBetween(from, to, " ")
  const now = editor.getAttributes("link").href || ""
  const input = Object.assign(document.createElement("input"), { id: "link-to", type: "text", value: now, autocomplete: "off", spellcheck: false })
  const label = Object.assign(element("label", "", "Address, story ID, or words of a story"), { htmlFor: "link-to" })
  const list = element("ul", "link-stories")
  const line = element("p", "help")
  line.setAttribute("role", "status")
  const set = Object.assign(buttonFor("Set link", () => put(addressIn(input.value))), { className: "primary" })
  const buttons = element("p", "", set, " ", ...(now ? [buttonFor("Take the link out", () => put(null)), " "] : []), buttonFor("Cancel", () => dialog.close()))
  const dialog = element("dialog", "asking linking", label, input, line, list, buttons)
  dialog.setAttribute("aria-label", "Link")

  function put(href) {
    if (href === "") {
      line.textContent = "This is no address. Choose a story below, or write an address that begins with https://."
      return
    }
    dialog.close()
    const chain = editor.chain().focus().setTextSelection({ from, to }).extendMarkRange("link")
    if (href === null) chain.unsetLink().run()
    else if (!words && !now) chain.insertContent({ type: "text", text: input.dataset.name || href, marks: [{ type: "link", attrs: { href } }] }).run()
    else chain.setLink({ href }).run()
  }

  async function suggest() {
    const typed = input.value.trim()
    if (typed.length < 2 || /^(https?:|mailto:|#)/i.test(typed)) return list.replaceChildren()
    const found = await storiesFor(OURS.exec(typed)?.[1] || typed)
    if (input.value.trim() !== typed) return
    line.textContent = found.length ? `${found.length} ${found.length === 1 ? "story" : "stories"}. The arrows go to them.` : "No story is found by these words."
    list.replaceChildren(...found.map((one) => {
      const button = buttonFor(one.name, () => (input.dataset.name = one.name, put(storyAddress(one))))
      button.append(element("small", "", ` ${one.note}`))
      button.dir = "auto"
      return element("li", "", button)
    }))
  }

  let pause = 0
  input.addEventListener("input", () => (clearTimeout(pause), (pause = setTimeout(suggest, PAUSE))))
  input.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), put(input.value.trim() || !now ? addressIn(input.value) : null)))
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const stops = [input, ...list.querySelectorAll("button")]
    const at = stops.indexOf(document.activeElement)
    if (!step || at < 0) return
    event.preventDefault()
    stops[(at + step + stops.length) % stops.length].focus()
  })
  dialog.addEventListener("close", () => (dialog.remove(), editor.commands.focus()))
  document.body.append(dialog)
  dialog.showModal()
  input.select()
}
