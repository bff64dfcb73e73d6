// Prints the editor's document as it is kept: bare lines in lists and cells, table heads, no traces of the editor.
const BARE = "li, td, th, blockquote"

export function serialised(html, glue) {
  const page = new DOMParser().parseFromString(html, "text/html")
  for (const table of page.querySelectorAll("table")) divide(page, table)
  for (const holder of page.querySelectorAll(BARE)) bare(holder)
  for (const paragraph of page.querySelectorAll("p[data-written]")) paragraph.removeAttribute("data-written")
  const blocks = [...page.body.children].filter((block) => !isEmpty(block))
  return blocks.map((block) => block.outerHTML).join(glue)
}

function isEmpty(block) {
  return block.tagName === "P" && !block.attributes.length && !block.textContent.trim() && !block.querySelector("br")
}

// The one unmarked paragraph of a list line, a cell or a quotation is printed without its tags.
function bare(holder) {
  const first = holder.firstElementChild
  const only = [...holder.children].filter((child) => child.tagName === "P").length === 1
  if (first?.tagName !== "P" || !only || first.attributes.length) return
  if (holder.tagName === "BLOCKQUOTE" && holder.children.length > 1) return
  first.replaceWith(...first.childNodes)
}

// Rows that stood in a table's head go back there.
function divide(page, table) {
  const rows = [...table.querySelectorAll("tr[data-head]")]
  const body = table.querySelector("tbody")
  if (!rows.length || !body) return
  const head = page.createElement("thead")
  for (const row of rows) {
    row.removeAttribute("data-head")
    head.append(row)
  }
  body.before(head)
  if (!body.children.length) body.remove()
}
