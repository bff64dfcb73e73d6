// The story's buttons: one press, one confirm where it is asked for, and the page tells in place where the story stands.
import { closeDialog, confirmed } from "./act_dialog.js"
import { readingMoments } from "./moments.js"

const EXPIRED = "Your time at the desk ran out. Log in here, then press again."
const SILENT = "The desk does not answer, and nothing was done. Press again."

export function publishing(keeper, form) {
  let isBusy = false
  const part = (name) => form.querySelector(`[data-${name}]`)
  const address = () => `${form.dataset.suggestFrom}${keeper.story}/act/`

  form.addEventListener("submit", (event) => {
    const button = event.submitter
    if (button?.name !== "act" || !button.value || button.value === "preview") return
    event.preventDefault()
    event.stopImmediatePropagation()
    press(button.value, "asks" in button.dataset)
  })

  async function press(act, isAsked) {
    if (isBusy) return
    isBusy = true
    part("acts").setAttribute("aria-busy", "true")
    try {
      say("")
      const { token } = await keeper.settled()
      const answer = await ask({ act, token, ask: isAsked })
      if (answer.dialog) await confirm(act, answer)
      else done(answer)
    } catch (reason) {
      say(reason.message, true)
    } finally {
      isBusy = false
      part("acts").removeAttribute("aria-busy")
    }
  }

  // The dialog stays until it is done or left: each answer of the desk takes the place of the one before.
  async function confirm(act, answer) {
    while (answer.dialog || answer.trouble) {
      const given = await confirmed(answer, act)
      if (!given) return
      try {
        const { token } = await keeper.settled()
        answer = await ask({ act, token, ...given })
      } catch (reason) {
        answer = { trouble: reason.message }
      }
    }
    closeDialog()
    done(answer)
  }

  async function ask(letter) {
    let answer
    try {
      answer = await fetch(address(), {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify(letter),
      })
    } catch {
      throw new Error(SILENT)
    }
    const told = await answer.json().catch(() => ({}))
    if (answer.status === 401) {
      keeper.become("expired", "", "expired")
      throw new Error(EXPIRED)
    }
    if (!told.offers && !told.dialog) throw new Error((told.refused || [SILENT]).join(" "))
    return told
  }

  function done(answer) {
    if (answer.leave) return location.assign(answer.leave)
    show(answer)
    if (!answer.refused) keeper.moved(answer)
    say((answer.refused || [answer.done]).join(" "), Boolean(answer.refused))
  }

  function show(answer) {
    for (const [name, html] of [["acts", answer.offers], ["further", answer.further], ["standing", answer.standing]]) {
      const fresh = new DOMParser().parseFromString(html, "text/html").body
      const old = name === "standing" ? document.querySelector(".standing") : part(name)
      const found = name === "standing" ? fresh.querySelector(".standing") : fresh.querySelector(`[data-${name}]`)
      if (old && found) old.replaceWith(found)
      if (name === "acts") part("before").replaceChildren(...fresh.querySelector("[data-before]").childNodes)
    }
    for (const fields of form.querySelectorAll(":scope > .columns fieldset")) fields.disabled = answer.is_closed
    // What may not be changed takes no letter either: one typed there would be in no field that is read.
    form.elements.body?.proseEditor?.setEditable(!answer.is_closed, false)
    for (const bar of form.querySelectorAll(".toolbar")) bar.inert = answer.is_closed
    ready()
  }

  function say(sentence = "", isWrong = false) {
    const line = part("done")
    line.textContent = sentence
    line.classList.toggle("wrong", isWrong)
    if (sentence && (document.activeElement === document.body || !document.activeElement)) {
      line.tabIndex = -1
      line.focus()
    }
  }

  // With scripts the questions are asked in the dialog; and what keeps itself needs no button for it.
  function ready() {
    for (const details of form.querySelectorAll("details[data-plain]")) details.remove()
    for (const button of form.querySelectorAll("[data-scripted]")) button.hidden = false
    for (const button of form.querySelectorAll("button[name=act][value=''], button[name=act][value=preview]")) button.hidden = true
  }

  // A story that was started, handed over, or moved on by somebody else stands elsewhere than the page was drawn for.
  for (const news of ["story-started", "story-handed-over", "story-moved-on"]) {
    document.addEventListener(news, async () => {
      const answer = await ask({}).catch(() => null)
      if (!answer) return
      show(answer)
      keeper.become(keeper.state, keeper.said, "moved", answer)
    })
  }
  // What stood in the way when the page was opened may be mended by now: the dialog says what still does.
  keeper.addEventListener("kept", () => part("before")?.replaceChildren())
  ready()
  readingMoments(document)
}
