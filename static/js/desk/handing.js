// Hands the story over from its page in one click, and tells who has it and what changed since this person had it.
import { keeper } from "./keeping.js"
import { heldBack } from "./saving.js"
import { element } from "./saying.js"
import { ask, refusal, tell } from "./together_door.js"

class Handing {
  begin(form) {
    this.form = form
    this.place = form.querySelector("[data-handing]")
    if (!this.place) return
    this.since = form.querySelector("[data-since]")
    this.to = this.place.querySelector("select")
    this.note = this.place.querySelector("textarea")
    this.button = this.place.querySelector("[data-hand-over]")
    this.said = this.place.querySelector("[data-said]")
    this.to.addEventListener("change", () => this.name())
    this.button.addEventListener("click", () => this.handOver())
    for (const kind of ["input", "change"]) this.place.addEventListener(kind, (event) => event.stopPropagation())
    keeper.addEventListener("kept", () => this.story !== keeper.story && this.load())
    this.load()
  }

  async load() {
    if (!keeper.story) return
    this.story = keeper.story
    const { status, answer } = await ask(`with/${keeper.story}/`)
    if (status === 200) this.show(answer)
  }

  show({ receivers, with: last, since }) {
    const group = (label, wanted) => {
      const made = element("optgroup", "")
      made.label = label
      made.append(...receivers.filter(wanted).map((one) => {
        const option = element("option", "", one.about === "desk" ? `${one.name} (desk)` : `${one.name} (${one.about})`)
        option.value = one.key
        option.dataset.name = one.about === "desk" ? `the desk ${one.name}` : one.name
        return option
      }))
      return made
    }
    const first = receivers[0]?.key
    this.place.hidden = !receivers.length
    this.to.replaceChildren(
      group("Most likely", (one) => one.key === first),
      group("Desks", (one) => one.key !== first && one.key.startsWith("desk:")),
      group("People", (one) => one.key !== first && one.key.startsWith("person:")),
    )
    this.name()
    this.with(last)
    this.tellSince(since)
  }

  name() {
    const chosen = this.to.selectedOptions[0]
    this.button.textContent = chosen ? `Hand over to ${chosen.dataset.name}` : "Hand over"
    this.button.disabled = !chosen
  }

  with(last) {
    const line = this.form.querySelector("[data-with]")
    line.hidden = !last
    line.classList.toggle("mine", Boolean(last?.is_mine))
    if (last) line.replaceChildren(last.sentence, ...(last.note ? [" ", element("q", "", last.note)] : []))
    for (const quote of line.querySelectorAll("q")) quote.dir = "auto"
  }

  tellSince(since) {
    this.since.hidden = !since
    if (!since) return
    const link = element("a", "", "See what changed")
    link.href = since.address
    this.since.replaceChildren(`${since.sentence.replace(/\.$/, "")} (`, element("span", "changed", since.changed.join(", ")), "). ", link)
  }

  async handOver() {
    if (this.button.getAttribute("aria-disabled") === "true" || heldBack(this.form, () => this.handOver())) return
    this.button.setAttribute("aria-disabled", "true")
    this.said.textContent = ""
    try {
      await this.send()
    } catch (unsettled) {
      this.said.textContent = unsettled.message
    }
    this.button.removeAttribute("aria-disabled")
  }

  // A version that is old by a moment is taken in and tried once more: nothing of the text depends on it.
  async send(isSecond = false) {
    const { story, token } = await keeper.settled()
    const told = await tell(`hand-over/${story}/`, { token, to: this.to.value, note: this.note.value })
    if (told.status === 409 && !isSecond) {
      await keeper.send({ anyway: true })
      if (keeper.token !== token) return this.send(true)
    }
    if (told.status === 401) keeper.become("expired", "", "expired")
    if (told.status !== 200) return void (this.said.textContent = refusal(told))
    const { answer } = told
    this.note.value = ""
    if (!answer.is_readable) return void location.assign("/admin/")
    keeper.moved({ token: answer.token, revision: answer.revision, state: answer.state, state_word: answer.state_word })
    document.dispatchEvent(new CustomEvent("story-handed-over", { detail: { story } }))
    this.said.textContent = answer.done
    const fresh = await ask(`with/${story}/`)
    if (fresh.status === 200) this.show(fresh.answer)
  }
}

export const handing = new Handing()
