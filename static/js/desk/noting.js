// Writes into this browser's journal what the desk has not acknowledged: one write at a time, each of what then stands.
import { journal } from "./journal.js"
import { LONG } from "./splicing.js"

const [BETWEEN, GATHERED] = [100, 120] // milliseconds between two writes, and for which keys of a long text are gathered
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time))

const isLong = (form) => form.elements.body?.proseEditor?.state.doc.content.size > LONG

export class Noting {
  #state = ""

  constructor(keeper) {
    this.keeper = keeper
  }

  async note() {
    if (this.#state) return void (this.#state = "again")
    do {
      this.#state = "now"
      if (isLong(this.keeper.form)) await pause(GATHERED)
      await this.#write()
      await pause(BETWEEN)
    } while (this.#state === "again")
    this.#state = ""
  }

  #write() {
    const { page, story, token, revision, serial, form } = this.keeper
    const changed = this.keeper.unsaid()
    const row = { page, story, token, revision, serial, changed, person: form.dataset.person, at: Date.now(), headline: form.elements.headline?.value || "" }
    return Object.keys(changed).length ? journal.write(row) : journal.clear(page)
  }
}
