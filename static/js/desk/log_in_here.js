// Renews a login that ran out without leaving the text: name and password beside it, and on it goes where it stood.
import { renewed } from "./door.js"
import { buttonFor, element, whisper } from "./saying.js"

const RAN_OUT = "Your time at the desk ran out. What you write is kept in this browser: log in here, and it goes to the desk."

export function loggingInHere(keeper, told = () => {}) {
  const { form } = keeper
  const me = form.dataset.person
  let panel = null
  let wroteIn = null
  form.addEventListener("focusin", ({ target }) => { wroteIn = target })
  keeper.addEventListener("expired", ({ detail }) => (panel?.isConnected ? null : open(detail.person)))
  keeper.addEventListener("kept", close)
  document.addEventListener("keydown", (event) => {
    // Control S leads to where one logs in, from wherever one writes.
    if (panel?.isConnected && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") panel.querySelector("[type=password]")?.focus()
  })

  function close() {
    panel?.remove()
    panel = null
  }

  // The editor's own focus leaves the cursor where it was.
  function backToTheText() {
    const body = form.elements.body?.proseEditor
    if (body?.view.dom === wroteIn) body.view.focus()
    else wroteIn?.focus()
  }

  function open(other) {
    close()
    const why = other ? `${other} is logged in in this browser now, and this text is ${me}’s. Log in as ${me} to go on.` : RAN_OUT
    panel = element("form", "log-in-here")
    panel.setAttribute("aria-label", "Log in again")
    panel.method = "post"
    const said = element("p", "")
    said.setAttribute("role", "alert")
    const boxes = element("div", "")
    panel.append(element("p", "", why), boxes, said, Object.assign(buttonFor("Log in and go on", () => {}), { type: "submit", className: "primary" }))
    boxes.append(...boxFor("username", "Name", { value: me, readOnly: true, autocomplete: "username" }))
    boxes.append(...boxFor("password", "Password", { type: "password", required: true, autocomplete: "current-password" }))
    panel.addEventListener("submit", async (event) => {
      event.preventDefault()
      said.textContent = await logIn(new FormData(panel), boxes)
      if (said.textContent) panel.querySelector("[type=password]").select()
    })
    document.querySelector("#content, main, body").append(panel)
    whisper(`${why} Control S leads to the password.`)
  }

  // An empty sentence, or why not.
  async function logIn(facts, boxes) {
    let page
    try {
      page = await read(await fetch(form.dataset.login, { credentials: "same-origin" }))
      facts.set("csrfmiddlewaretoken", page.querySelector("[name=csrfmiddlewaretoken]")?.value || "")
      const answer = await fetch(form.dataset.login, { method: "POST", body: new URLSearchParams(facts), credentials: "same-origin", redirect: "manual" })
      if (answer.type !== "opaqueredirect") return refused(await read(answer), boxes)
    } catch {
      return "The desk does not answer just now. Your text stays here: try again in a minute."
    }
    const { isThere, person } = await renewed(form)
    if (!isThere || person !== me) return `This text is ${me}’s: nobody else can send it. Log in as ${me}.`
    close()
    backToTheText()
    whisper("Logged in again. What you wrote goes to the desk.")
    told()
    await keeper.resume()
    return ""
  }
}

const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html")

// What the login page says, and whatever else it asks for: a second factor has a box of its own there.
function refused(page, boxes) {
  for (const box of page.querySelectorAll("#login-form input:not([type=hidden], [type=submit])")) {
    if (boxes.querySelector(`[name="${CSS.escape(box.name)}"]`)) continue
    const label = page.querySelector(`label[for="${CSS.escape(box.id)}"]`)?.textContent.trim() || box.name
    boxes.append(...boxFor(box.name, label, { type: box.type, autocomplete: "one-time-code" }))
  }
  const said = page.querySelector(".errornote, .errorlist, #content p, main p")?.textContent.trim()
  return said || "You were not logged in. Check the password and try again."
}

function boxFor(name, words, settings) {
  const box = Object.assign(document.createElement("input"), { id: `again_${name}`, name, ...settings })
  return [Object.assign(element("label", "", words), { htmlFor: box.id }), box]
}
