// Keeps the story while it is written: what is typed goes to this browser's journal at once, to the desk within two seconds.
import { differing, readAll, readAsCame, same } from "./copy_read.js"
import { deliver } from "./delivering.js"
import { newPage, standHere } from "./journal.js"
import { letterOf } from "./letters.js"
import { Noting } from "./noting.js"

const [QUIET, LATEST] = [600, 1500] // milliseconds after the last letter typed, and after the first that was not sent
const NOTHING = "Nothing is written yet. A headline or a first line starts the story."
const ASKED = "Two of you changed the same passage. Choose yours, theirs or both, then go on."
const STUCK = ["away", "expired", "refused", "gone"]
const UNTOLD = "Not saved yet: the desk does not answer. It is tried again by itself."

// Tells “kept”, “clash”, “refused”, “offline”, “expired”, “moved”; and “state” whenever the status line may say another thing.
class Keeper extends EventTarget {
  page = newPage()
  serial = 0
  story = null // what the page stands on: the story, the version of its copy, the revision
  token = null
  revision = null
  state = "still" // still, typing, saving, kept, away, expired, refused, gone
  said = ""
  isBehind = false // the copy says something that the page does not show yet
  kept = {} // by field, what the desk has been told
  asking = new Map() // what two people changed and nobody has decided yet
  stuck = new Map() // by field, what the desk would not take as it is
  whyStuck = ""
  letter = null // what is on its way, sent again unchanged until it is answered
  tries = 0
  known = {} // by field, what the desk last said of desk, writer, dates
  sum = undefined // of the desk's body, where it is long
  #timer = 0; #first = 0; #noting = new Noting(this); #waiting = []

  begin(form) {
    this.form = form
    this.story = Number(form.dataset.story) || null
    this.token = form.elements.token.value || null
    this.revision = Number(form.dataset.revision) || null
    // A new story, and a form that came back with what was typed, are told whole.
    this.kept = this.story && !("typed" in form.dataset) ? readAsCame(form) : {}
    standHere(this.page)
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.touched())
    if (this.story && this.hasUnsent()) this.touched()
    window.addEventListener("online", () => this.again())
    document.addEventListener("visibilitychange", () => (!document.hidden ? this.again() : this.state !== "still" && this.send()))
  }

  // What the desk has not acknowledged; and of it what is worth sending: what it would not take before, it would not now.
  unsaid = () => (this.form ? differing(readAll(this.form), this.kept) : {})
  unsent() {
    const isStuck = ([field, value]) => this.stuck.has(field) && same(this.stuck.get(field), value)
    return Object.fromEntries(Object.entries(this.unsaid()).filter((one) => !isStuck(one)))
  }
  hasUnsent = () => Object.keys(this.unsent()).length > 0
  hasUnsaid = () => Boolean(this.letter) || Object.keys(this.unsaid()).length > 0

  touched() {
    this.note()
    this.#first ||= performance.now()
    if (["kept", "still"].includes(this.state)) this.become("typing")
    this.plan()
  }

  plan() {
    clearTimeout(this.#timer)
    if (this.letter) return // it is planned anew with the answer
    const size = this.kept.body?.length || 0 // a long one is sent less often
    const latest = (this.#first || performance.now()) + LATEST + size / 1500 - performance.now()
    this.#timer = setTimeout(() => this.send(), Math.max(0, Math.min(QUIET + size / 5000, latest)))
  }

  note = () => this.#noting.note()

  // `anyway`: ask for what others did though there is nothing to tell.
  async send({ anyway = false } = {}) {
    clearTimeout(this.#timer)
    if (!this.form || this.letter || ["expired", "gone"].includes(this.state)) return
    const changed = this.unsent()
    if (!Object.keys(changed).length && !(anyway && this.story)) {
      if (["typing", "away"].includes(this.state)) this.become(this.story ? "kept" : "still")
      return this.heard()
    }
    this.#first = 0
    this.letter = letterOf(this, changed, ++this.serial)
    await deliver(this)
  }

  // Now, and not after the pause.
  again() {
    if (this.letter && this.state === "away") deliver(this)
  }

  resume() {
    this.become("away")
    return this.letter ? deliver(this) : this.send()
  }

  // Another module changed the copy through a door of its own, and tells the version that stands now.
  moved({ token, revision = this.revision, ...facts }) {
    Object.assign(this, { token: String(token), revision })
    this.form.elements.token.value = this.token
    this.become(this.state, this.said, "moved", facts)
  }

  // Send what is not sent yet, and wait for the answers, as long as there are any.
  async flushed({ anyway = false } = {}) {
    for (let round = 0; this.form && round < 20 && (anyway || this.letter || this.hasUnsent()); round += 1) {
      const heard = new Promise((resolve) => this.#waiting.push(resolve))
      if (this.letter) this.again()
      else this.send({ anyway })
      anyway = false
      await heard
      if (STUCK.includes(this.state)) return
    }
  }

  // The same for who acts on the story: { story, token } once the desk has all of it, else an Error that says why not.
  async settled() {
    if (!this.asking.size) await this.flushed({ anyway: this.isBehind })
    if (this.asking.size) throw new Error(ASKED)
    if (this.form && this.hasUnsaid()) throw new Error(this.whyStuck || this.said || UNTOLD)
    if (this.form && this.story === null) throw new Error(NOTHING)
    return { story: this.story, token: this.token }
  }

  // An answer came, or none did: who waits is told.
  heard() {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  become(state, said = "", event = "", detail = {}) {
    Object.assign(this, { state, said })
    if (event) this.dispatchEvent(new CustomEvent(event, { detail }))
    this.dispatchEvent(new CustomEvent("state", { detail }))
  }
}

export const keeper = new Keeper()
