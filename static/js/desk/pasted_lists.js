// Word's lists are paragraphs that say which list and level they are of: they become lists again, one within the other.
const MARKER = /mso-list:\s*ignore/i
const NUMBER = /^\(?(\d{1,4}|[a-z]{1,4}|[\u0660-\u0669]{1,4})[.):\u2013-]/i

// What a paragraph says of its place in a list: level, kind, number; null where it stands in none.
export function placeInList(element, style, sheet) {
  if (element.localName === "li") return placeOnline(element)
  const [, list, level] = /\b(l\d+)\s+level(\d)/.exec(style["mso-list"] || "") || []
  if (!list) return null
  const marker = [...element.querySelectorAll("[data-style]")].find((one) => MARKER.test(one.dataset.style))
  const sign = (marker?.textContent || "").replace(/\u00a0/g, " ").trim()
  const format = sheet.get(`@list ${list}:level${level}`)?.["mso-level-number-format"]
  const isOrdered = sign ? NUMBER.test(sign) : !/bullet|image/.test(format || "bullet")
  return { level: Number(level), isOrdered, number: Number(/^\(?(\d+)/.exec(sign)?.[1]) || 0, marker, sign }
}

// Word in the browser gives each line a list of its own, and says its level beside.
function placeOnline(element) {
  const level = Number(element.getAttribute("data-aria-level"))
  if (!level) return null
  const isOrdered = element.parentElement?.localName === "ol"
  const first = element === element.parentElement?.firstElementChild
  return { level, isOrdered, number: (first && Number(element.parentElement.getAttribute("start"))) || 0, marker: null, sign: "" }
}

// Puts lines that follow each other into lists, level by level.
export class Lists {
  constructor(writer) {
    this.writer = writer
    this.open = [] // [{ level, isOrdered, list }], the outermost first
    this.home = null
  }

  get isOpen() { return this.open.length > 0 }

  line({ level, isOrdered, number }, dir, act) {
    const { writer } = this
    writer.endBlock()
    if (!this.isOpen) this.home = writer.container
    while (this.isOpen && this.open.at(-1).level > level) this.open.pop()
    const top = this.open.at(-1)
    const isAnew = top?.level === level && (top.isOrdered !== isOrdered || (isOrdered && number && number !== top.count + 1))
    if (isAnew) this.open.pop()
    if (this.open.at(-1)?.level !== level) this.begin(level, isOrdered, number, dir)
    const here = this.open.at(-1)
    here.count += 1
    writer.within(here.list, () => writer.inside("li", {}, act))
  }

  begin(level, isOrdered, number, dir) {
    const around = this.open.at(-1)?.list
    const start = isOrdered && number > 1 ? String(number) : null
    this.writer.within(around ? around.lastElementChild || around : this.home, () => {
      const list = this.writer.put(isOrdered ? "ol" : "ul", { dir, start })
      this.open.push({ level, isOrdered, list, count: start ? number - 1 : 0 })
    })
  }

  // A paragraph that belongs to the line before it: it has no sign of its own, and the list goes on behind it.
  goOn(act) {
    this.writer.within(this.open.at(-1).list.lastElementChild, act)
  }

  end() {
    this.open = []
  }
}

// The number at which a list begins, where that is not one.
export function startOf(list) {
  const start = Number(list.getAttribute("start"))
  return list.localName === "ol" && start > 1 && start < 10000 ? String(start) : null
}
