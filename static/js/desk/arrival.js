// One picture on its way in, and its line: name, thumbnail, how much has gone, and what became of it.
export class Arrival {
  constructor(file, list, leftOut) {
    this.file = file
    this.state = "waiting"
    this.mayTryAgain = false
    this.line = document.getElementById("arrival").content.firstElementChild.cloneNode(true)
    this.part = (name) => this.line.querySelector(name)
    this.part(".name").textContent = file.webkitRelativePath || file.name || "pasted picture"
    this.bar = this.part("progress")
    this.bar.setAttribute("aria-label", `Sending ${file.name || "the pasted picture"}`)
    const button = this.part(".leave-out")
    button.setAttribute("aria-label", `Leave out ${file.name || "the pasted picture"}`)
    button.addEventListener("click", leftOut)
    list.append(this.line)
  }

  isSame(file) {
    const mine = this.file
    return mine.name === file.name && mine.size === file.size && mine.lastModified === file.lastModified
      && mine.webkitRelativePath === file.webkitRelativePath
  }

  become(state, sentence = "") {
    this.state = state
    this.line.className = `arrival ${state}`
    this.bar.hidden = state !== "sending"
    this.part(".sentence").replaceChildren(sentence)
    this.part(".leave-out").hidden = state === "taken"
  }

  wait() {
    this.mayTryAgain = false
    this.become("waiting", "Waiting")
  }

  begin() {
    this.bar.value = 0
    this.become("sending", "Sending")
    this.draw()
  }

  sent(part) {
    this.bar.value = part
    if (part >= 1) this.part(".sentence").replaceChildren("Being read")
  }

  halt() {
    this.mayTryAgain = true
    this.become("stopped", "Stopped: it was not taken in.")
  }

  refuse(sentence, mayTryAgain = false) {
    this.mayTryAgain = mayTryAgain
    this.become("refused", sentence)
  }

  answer(answer) {
    if (answer.stopped) return this.halt()
    if (answer.refused) {
      this.refuse(answer.refused, answer.mayTryAgain)
      if (answer.same) {
        this.show(answer.same.src)
        this.part(".sentence").append(" ", link(answer.same.page, `Use Media ID ${answer.same.media_id}`))
      }
      return undefined
    }
    this.become("taken")
    this.show(answer.src)
    const number = link(answer.page, `Media ID ${answer.media_id}`)
    number.className = "media-id"
    const credit = answer.credit ? ` (${answer.credit})` : ""
    this.part(".sentence").replaceChildren(number, ` ${answer.caption || "No caption yet."}${credit}`)
    this.suggest(answer.near || [])
    this.file = { name: this.file.name, size: this.file.size, lastModified: this.file.lastModified, webkitRelativePath: this.file.webkitRelativePath }
    return undefined
  }

  suggest(near) {
    this.part(".near").hidden = !near.length
    this.part(".near ul").replaceChildren(...near.map((other) => {
      const line = document.createElement("li")
      const to = link(other.page, ` Media ID ${other.media_id}${other.is_withdrawn ? ", withdrawn" : ""}`)
      if (other.src) to.prepend(Object.assign(new Image(), { src: other.src, alt: "" }))
      line.append(to)
      return line
    }))
  }

  show(src) {
    if (src) this.part(".thumb").replaceChildren(Object.assign(new Image(), { src, alt: "" }))
  }

  // Drawn, not loaded: the policy lets no page load a picture that is not the site's own.
  async draw() {
    try {
      const drawn = await createImageBitmap(this.file, { resizeWidth: 192, resizeQuality: "low" })
      const canvas = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height })
      canvas.getContext("2d").drawImage(drawn, 0, 0)
      if (!this.part(".thumb img")) this.part(".thumb").replaceChildren(canvas)
      drawn.close()
    } catch {
      // The browser cannot read this kind: its thumbnail comes with the answer.
    }
  }

  remove() {
    this.line.remove()
  }
}

// To a new window: what waits on this page stays.
function link(to, words) {
  return Object.assign(document.createElement("a"), { href: to, textContent: words, target: "_blank", rel: "noopener" })
}
