// Reads the styles of pasted text: a style attribute, and the style sheet that word processors put beside the text.
const SHEET = /<style[^>]*>([\s\S]*?)<\/style\s*>/gi
const TAG = /<[a-z][^<>]*>/gi
const RULE = /([^{}]+)\{([^{}]*)\}/g
const WANTED = /^(font|font-weight|font-style|text-decoration(-line)?|vertical-align|display|direction|mso-list|mso-element|mso-outline-level|mso-style-name|mso-level-number-format|mso-spacerun|mso-tab-count)$/

// The page with its sheets taken out and every style attribute under another name, both before anything parses it: under
// the desk's policy a style is neither applied nor may it stand there.
export function unstyled(html) {
  const sheets = []
  const bare = html.replace(SHEET, (_, sheet) => (sheets.push(sheet), ""))
  const text = bare.replace(TAG, (tag) => tag.replace(/([\s"'])style(\s*=)/gi, "$1data-style$2"))
  return { text, sheet: rules(sheets.join("\n")) }
}

function declared(text) {
  const found = {}
  for (const one of text.split(";")) {
    const [name, value] = [one.slice(0, one.indexOf(":")).trim().toLowerCase(), one.slice(one.indexOf(":") + 1).trim()]
    if (!WANTED.test(name)) continue
    if (name === "font") shorthand(value, found)
    else found[name] = value.replace(/\s*!important$/, "").replace(/^["']|["']$/g, "").toLowerCase()
  }
  return found
}

// "font: italic bold 12px Helvetica" says both; "font: 12px Helvetica" takes both back.
function shorthand(value, found) {
  const before = value.toLowerCase().split(/[\d.]+(?:px|pt|em|rem|%)/)[0]
  found["font-weight"] = /\b(bold|bolder)\b/.test(before) ? "bold" : /\b([6-9]00)\b/.exec(before)?.[1] || "normal"
  found["font-style"] = /\b(italic|oblique)\b/.test(before) ? "italic" : "normal"
}

// Only selectors of one element: "p.MsoQuote", ".s1", "h1", and Word's "@list l0:level2".
function rules(sheet) {
  const found = new Map()
  for (const [, selectors, body] of sheet.replace(/<!--|-->|\/\*[\s\S]*?\*\//g, "").matchAll(RULE)) {
    const facts = declared(body)
    for (const selector of selectors.split(",").map((one) => one.trim())) {
      const key = /^@list/i.test(selector) ? selector.replace(/\s+/g, " ").toLowerCase() : selector
      if (Object.keys(facts).length) found.set(key, { ...found.get(key), ...facts })
    }
  }
  return found
}

// What an element's own tag, classes and style say of it; nothing that it inherits.
export function styleOf(element, sheet) {
  const tag = element.localName
  const classes = element.classList.length ? [...element.classList] : []
  const own = element.dataset?.style
  if (!own && !sheet.size) return {}
  const named = sheet.size ? [tag, ...classes.flatMap((one) => [`.${one}`, `${tag}.${one}`])].map((key) => sheet.get(key)) : []
  return Object.assign({}, ...named, own ? declared(own) : {})
}

const BOLD = /^(bold|bolder|[6-9]\d\d)$/
const TAGS = {
  b: "strong", strong: "strong", i: "em", em: "em", cite: "em", dfn: "em", s: "s", strike: "s", del: "s", sub: "sub", sup: "sup",
}

// The marks that stand on the words in an element: those around it, its tag's, and what its style adds or takes back.
export function marksOf(element, style, around) {
  const marks = { ...around }
  const tag = TAGS[element.localName]
  if (tag) marks[tag] = true
  const weight = style["font-weight"]
  if (weight && weight !== "inherit") marks.strong = BOLD.test(weight)
  const slant = style["font-style"]
  if (slant && slant !== "inherit") marks.em = /^(italic|oblique)/.test(slant)
  if (/line-through/.test(`${style["text-decoration"]} ${style["text-decoration-line"]}`)) marks.s = true
  if (/^super/.test(style["vertical-align"] || "")) marks.sup = true
  if (/^sub$/.test(style["vertical-align"] || "")) marks.sub = true
  if (element.localName === "a") marks.href = addressOf(element) || marks.href
  return marks
}

// Where a link leads: past the gates that mail programs put before it; within this paper from its own root.
function addressOf(element) {
  const typed = (element.getAttribute("href") || "").trim()
  if (!/^(https?:\/\/|mailto:|\/(?!\/))/i.test(typed)) return ""
  let address
  try { address = new URL(typed, location.origin) } catch { return "" }
  const behind = address.searchParams.get("url") || address.searchParams.get("q") || ""
  const isGate = /\.safelinks\.protection\.outlook\.com$/.test(address.hostname) || (/^www\.google\.[a-z.]+$/.test(address.hostname) && address.pathname === "/url")
  if (isGate && /^https?:\/\//.test(behind)) return behind
  if (address.origin === location.origin) return address.pathname + address.search + address.hash
  return typed
}
