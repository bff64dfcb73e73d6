// Prints the editor's document as it is kept: bare lines in lists and cells, table heads, no traces of the editor.
const BARE = "li, td, th, blockquote"

export const serialised = (html, glue) => blocksIn(new DOMParser().parseFromString(html, "text/html").body).join(glue)

// The blocks that stand in an element of a page that is shown nowhere, each printed.
export function blocksIn(body) {
  for (const table of body.querySelectorAll("table")) divide(body.ownerDocument, table)
  for (const holder of body.querySelectorAll(BARE)) bare(holder)
  for (const paragraph of body.querySelectorAll("p[data-written]")) paragraph.removeAttribute("data-written")
  return [...body.children].filter((block) => !isEmpty(block)).map((block) => block.outerHTML)
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
