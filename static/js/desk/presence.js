// Tells who else has this story open and who holds it; asks again and again, and says only what is new.
import { keeper } from "./keeping.js"
import { refusal, tell } from "./together_door.js"

const [ALONE, TOGETHER] = [15_000, 5_000] // milliseconds between two knocks

class Presence extends EventTarget {
  #timer = 0
  #heard = []
  #shown = new Set()
  #isAsking = false
  #isMissed = false
  #isBack = false
  #every = ALONE

  begin(form) {
    this.form = form
    this.place = form.querySelector("[data-presence]")
    this.taken = form.querySelector("[data-taken]")
    if (!this.place) return
    this.button = this.place.querySelector("[data-take-over]")
    this.button.addEventListener("click", () => this.takeOver())
    addEventListener("pagehide", () => this.leave())
    addEventListener("pageshow", (event) => event.persisted && this.comeBack())
    document.addEventListener("visibilitychange", () => !document.hidden && this.knock())
    // The first save of a new story, and of a sitting, is news at once: others see it, and so do we.
    let wasKnown = Boolean(keeper.story)
    keeper.addEventListener("kept", () => {
      if (!wasKnown && keeper.story) this.knock()
      wasKnown = Boolean(keeper.story)
    })
    this.knock()
  }

  async knock() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.knock(), this.#every)
    if (!keeper.story) return
    // What is being answered was asked before whatever this knock is about: it is asked again then.
    if (this.#isAsking) return void (this.#isMissed = true)
    this.#isAsking = true
    const heard = this.#heard.splice(0)
    const back = this.#isBack
    this.#isBack = false
    const { status, answer } = await tell("here/", { page: keeper.page, story: keeper.story, heard, back })
    this.#isAsking = false
    if (status === 200) this.show(answer)
    else {
      this.#heard.push(...heard)
      this.#isBack ||= back
    }
    if (this.#isMissed) {
      this.#isMissed = false
      this.knock()
    }
  }

  leave() {
    clearTimeout(this.#timer)
    if (keeper.story) tell("here/", { page: keeper.page, story: keeper.story, left: true }, { isLast: true })
  }

  // Back from where the browser keeps pages that were left.
  comeBack() {
    this.#isBack = true
    this.knock()
  }

  show(answer) {
    const line = this.place.querySelector("[data-sentence]")
    // A status line that is written anew is read out anew: it is touched only when it says another thing.
    if (line.textContent !== answer.sentence) line.textContent = answer.sentence
    this.place.hidden = !answer.sentence
    const isTheirs = Boolean(answer.holder) && !answer.holder.this && !answer.holder.me
    this.place.classList.toggle("held", isTheirs)
    this.button.hidden = !isTheirs || this.form.querySelector("fieldset.paper")?.disabled
    for (const one of answer.taken) this.#tell(one)
    counted(answer.notices)
    this.#every = answer.others.length ? TOGETHER : ALONE
    this.dispatchEvent(new CustomEvent("here", { detail: answer }))
  }

  // Somebody took over: what is typed goes to the desk first, so that the sentence is true when it is read.
  async #tell(one) {
    if (this.#shown.has(one.id)) return
    this.#shown.add(one.id)
    await keeper.settled().catch(() => null)
    const line = Object.assign(document.createElement("p"), { textContent: one.text, dir: "auto" })
    const seen = Object.assign(document.createElement("button"), { type: "button", textContent: "Seen" })
    seen.addEventListener("click", () => {
      this.#heard.push(one.id)
      line.remove()
      this.taken.hidden = !this.taken.children.length
      this.knock()
    })
    line.append(" ", seen)
    this.taken.append(line)
    this.taken.hidden = false
  }

  async takeOver() {
    const told = await tell(`take-over/${keeper.story}/`, { page: keeper.page })
    if (told.status !== 200) return void (this.place.querySelector("[data-sentence]").textContent = refusal(told))
    this.show(told.answer)
    // What the other wrote up to now comes into this page; what is typed here stays.
    await keeper.send({ anyway: true })
    keeper.form.querySelector(".ProseMirror")?.focus()
  }
}

export function counted(count) {
  const place = document.querySelector("[data-unseen]")
  if (!place || count === null) return
  place.hidden = !count
  const number = place.querySelector("b")
  if (number.textContent !== String(count)) number.textContent = count
}

export const presence = new Presence()
