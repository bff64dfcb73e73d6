// Walks pasted text, element by element, and writes down what each is in a body.
import { Writer } from "./pasted_blocks.js"
import { isGoingOn, kindOf } from "./pasted_kinds.js"
import { Lists, placeInList, startOf } from "./pasted_lists.js"
import { leftNote, mediaIdOf, pictureIn } from "./pasted_pictures.js"
import { marksOf, styleOf } from "./pasted_styles.js"
import { isLayout, partsOf, spansOf } from "./pasted_tables.js"

const UNSEEN = new Set("script style title meta link template noscript head xml colgroup object iframe svg math button select".split(" "))
const BLOCKS = new Set((
  "p div h1 h2 h3 h4 h5 h6 section article header footer main nav aside address center dt dd dl pre caption figcaption figure " +
  "form fieldset details summary legend hgroup table tbody thead tfoot tr td th"
).split(" "))
export const PLAIN = { tag: "p" }

export class Reading {
  constructor(page, sheet, base) {
    Object.assign(this, { sheet, base, left: 0, writer: new Writer() })
    this.lists = new Lists(this.writer)
    this.hasTop = Boolean(page.querySelector("h1")) && !page.querySelector("figure[data-media-id], a.media-id, .turn")
  }

  children(element, state) {
    for (const child of element.childNodes) {
      if (child.nodeType === Node.ELEMENT_NODE && !UNSEEN.has(child.localName)) this.element(child, state)
      else if (child.nodeType === Node.TEXT_NODE) this.words(child.data, state)
    }
  }

  words(text, state) {
    if (/[^\s\u00a0]/.test(text)) this.leaveLists(state)
    if (!state.isPre) return this.writer.text(text, state.marks)
    text.split(/\r?\n/).forEach((line, number) => {
      if (number) this.writer.lineBreak()
      this.writer.text(line, state.marks)
    })
  }

  leaveLists(state) {
    if (!state.inLine) this.lists.end()
  }

  element(element, around) {
    const style = styleOf(element, this.sheet)
    const tag = element.localName
    if (style.display === "none" || element.hidden) return
    if (style["mso-list"] === "ignore" && around.kind.tag === "p") return // a list has its own signs
    if (/\b(MsoCommentReference|msocomanchor)\b/.test(element.className) && around.kind.class !== "note") return
    if (tag === "br") return element.className === "Apple-interchange-newline" ? null : this.writer.lineBreak()
    if (tag === "img" || tag === "v:imagedata") return this.picture(element, around)
    const dir = (element.getAttribute("dir") || style.direction || "").toLowerCase()
    const state = { ...around, dir: /^(rtl|ltr)$/.test(dir) ? dir : around.dir, isPre: around.isPre || tag === "pre" }
    if (tag === "hr") return this.alone(state, () => this.writer.whole("hr"))
    if (tag === "figure" && mediaIdOf(element)) return this.alone(state, () => this.writer.whole("figure", { "data-media-id": mediaIdOf(element) }))
    if (tag === "ul" || tag === "ol") return this.list(element, state)
    if (tag === "li" || /^(p|div)$/.test(tag)) {
      const place = placeInList(element, style, this.sheet)
      const marks = marksOf(element, style, state.marks)
      if (place) return this.lists.line(place, this.said(state), () => this.children(element, { ...state, marks, inLine: true, kind: PLAIN }))
    }
    if (tag === "li") return this.line(element, state)
    if (tag === "table" && !isLayout(element)) return this.table(element, state)
    if (tag === "blockquote") return this.quote(element, state, element.classList.contains("pull") ? "pull" : null)
    if (BLOCKS.has(tag)) return this.block(element, style, state)
    this.children(element, { ...state, marks: marksOf(element, style, state.marks) })
  }

  said({ dir }) { return dir === this.base ? null : dir }
  alone(state, act) {
    this.leaveLists(state)
    act()
  }

  // A heading, a quotation and a turn are set in their own way: bold or slanted as a whole is no mark on their words.
  block(element, style, state) {
    const kind = kindOf(element, style, this.hasTop, state.kind)
    if (kind?.isQuote) return this.quote(element, state, kind.class, true)
    const marks = !kind || kind.isPlain ? marksOf(element, style, state.marks) : state.marks
    const { isPlain, ...made } = kind || state.kind
    if (state.inLine && made.tag !== "p" && this.writer.container.localName === "li") made.tag = "p"
    const act = () => this.writer.as({ ...made, dir: this.said(state) }, () => this.children(element, { ...state, marks, kind: made, inLine: state.inLine || isGoing }))
    const isGoing = this.lists.isOpen && isGoingOn(element)
    if (isGoing) this.lists.goOn(act)
    else act()
  }

  quote(element, state, cssClass, isStyled = false) {
    const next = { ...state, kind: PLAIN }
    const last = this.writer.block ? null : this.writer.container.lastElementChild
    this.leaveLists(state)
    const inner = () => this.writer.as({ ...PLAIN, dir: null }, () => this.children(element, { ...next, inLine: state.inLine }))
    if (isStyled && last && last === this.styled) return this.writer.within(last, inner)
    this.writer.inside("blockquote", { class: cssClass, dir: this.said(state) }, inner)
    if (isStyled) this.styled = this.writer.container.lastElementChild
  }

  list(element, state) {
    if (element.querySelector(":scope > li[data-aria-level]")) return this.children(element, state)
    this.leaveLists(state)
    const inner = () => this.writer.inside(element.localName, { dir: this.said(state), start: startOf(element) }, () => this.children(element, { ...state, kind: PLAIN, inLine: true }))
    const { container } = this.writer
    const isBare = /^[uo]l$/.test(container.localName) && container.lastElementChild // a list straight in a list is of the line before
    if (isBare) this.writer.within(container.lastElementChild, inner)
    else inner()
  }

  line(element, state) {
    const act = () => this.writer.inside("li", {}, () => this.children(element, { ...state, kind: PLAIN, inLine: true }))
    if (/^[uo]l$/.test(this.writer.container.localName)) return act()
    this.writer.inside("ul", { dir: this.said(state) }, act)
  }

  table(element, state) {
    this.leaveLists(state)
    const next = { ...state, kind: PLAIN, inLine: true }
    this.writer.inside("table", {}, () => {
      for (const part of partsOf(element)) this.writer.inside(part.tag, {}, () => part.rows.forEach((row) => this.row(row, next)))
    })
  }

  row(row, state) {
    this.writer.inside("tr", {}, () => {
      for (const cell of row.cells) {
        const marks = marksOf(cell, styleOf(cell, this.sheet), {})
        this.writer.inside(cell.localName, spansOf(cell), () => this.children(cell, { ...state, marks }))
      }
    })
  }

  picture(image, state) {
    const { words, name } = pictureIn(image)
    if (words) return this.words(words, state)
    if (name === undefined) return
    this.left += 1
    this.alone(state, () => this.writer.whole("p", { class: "note" }, leftNote(name)))
  }
}
