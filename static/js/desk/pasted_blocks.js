// Writes pasted text down as blocks of the body: paragraphs are opened by their first word and closed by the next block.
const MARKS = ["sub", "sup", "s", "em", "strong"]
const LINES = new Set(["P", "H2", "H3"])

export class Writer {
  constructor() {
    this.page = document.implementation.createHTMLDocument("")
    this.container = this.page.body
    this.kind = { tag: "p" } // what the next word opens
    this.block = null
    this.after = [] // what was found amid a paragraph and stands behind it
  }

  text(words, marks) {
    const isBlank = !/[^ \t\r\n\f\u00a0]/.test(words)
    if (!this.block && isBlank) return
    const { tag, ...attributes } = this.kind
    this.block ||= this.put(tag, attributes)
    const even = words.replace(/[ \t\r\n\f]+/g, " ").replace(/\u00a0{2,}|\u00a0 | \u00a0/g, " ")
    const begins = !this.block.lastChild || this.block.lastChild.localName === "br"
    if (begins && isBlank) return
    let inner = this.page.createTextNode(begins ? even.replace(/^ +/, "") : even)
    const wrap = (name, attributes = {}) => {
      const around = this.page.createElement(name)
      for (const [key, value] of Object.entries(attributes)) around.setAttribute(key, value)
      around.append(inner)
      inner = around
    }
    for (const name of MARKS) if (marks[name] && !(isBlank && name.startsWith("su"))) wrap(name)
    if (marks.href) wrap("a", { href: marks.href })
    this.block.append(inner)
  }

  // Two line breaks in a row end a paragraph, as mail has them.
  lineBreak() {
    if (!this.block) return
    const last = this.lastPiece()
    if (last?.localName === "br") {
      const { kind } = this
      this.endBlock()
      this.kind = kind
    } else this.block.append(this.page.createElement("br"))
  }

  lastPiece() {
    let last = this.block.lastChild
    while (last?.nodeType === Node.TEXT_NODE && !last.data.trim()) last = last.previousSibling
    return last
  }

  endBlock() {
    const { block } = this
    this.block = null
    if (block) {
      for (let last = block.lastChild; last && (last.localName === "br" || !last.textContent.replace(/\u00a0/g, " ").trim()); last = block.lastChild) last.remove()
      if (!block.firstChild) block.remove()
      let end = block.lastChild
      while (end?.lastChild) end = end.lastChild
      if (end) end.data = end.data.replace(/ +$/, "")
    }
    const waiting = this.after
    this.after = []
    for (const [tag, attributes, words] of waiting) this.whole(tag, attributes, words)
  }

  put(tag, attributes) {
    const made = this.page.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) if (value) made.setAttribute(name, value)
    this.container.append(made)
    return made
  }

  // A block that is complete: a rule, a picture, a note. Amid a paragraph it waits for its end.
  whole(tag, attributes = {}, words = "") {
    if (this.block) this.after.push([tag, attributes, words])
    else this.put(tag, attributes).append(words)
  }

  inside(tag, attributes, act) {
    this.endBlock()
    const [outer, kind] = [this.container, this.kind]
    const made = this.put(tag, attributes)
    this.container = made
    this.kind = { tag: "p" }
    act()
    this.endBlock()
    this.container = outer
    this.kind = kind
    if (!made.firstChild && !["TD", "TH"].includes(made.tagName)) made.remove()
  }

  as(kind, act) {
    this.endBlock()
    const outer = this.kind
    this.kind = kind
    act()
    this.endBlock()
    this.kind = outer
  }

  within(container, act) {
    this.endBlock()
    const outer = this.container
    this.container = container
    act()
    this.endBlock()
    this.container = outer
  }

  get html() {
    this.endBlock()
    for (const holder of this.page.querySelectorAll("li, blockquote, td, th")) bare(holder)
    return this.page.body.innerHTML
  }
}

// The one plain paragraph of a line, a cell or a quotation stands there without its tags.
function bare(holder) {
  const lines = [...holder.children].filter((child) => LINES.has(child.tagName))
  const [first] = lines
  if (lines.length !== 1 || first.tagName !== "P" || first.attributes.length || first !== holder.firstElementChild) return
  if (holder.tagName === "BLOCKQUOTE" && holder.children.length > 1) return
  first.replaceWith(...first.childNodes)
}
