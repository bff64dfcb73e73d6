// Which pasted tables are tables, and their parts: rows of heads, rows of cells, cells that span several.

// A table that only holds things in their places: of one cell, of mail, or around another table.
export function isLayout(table) {
  if (/^(presentation|none)$/.test(table.getAttribute("role") || "") || table.querySelector("table")) return true
  return table.querySelectorAll("td, th").length < 2
}

// Rows whose cells are all heads, at the top, are the table's head.
export function partsOf(table) {
  const rows = [...table.rows].filter((row) => row.cells.length)
  const isHead = (row) => row.parentElement.localName === "thead" && row.parentElement.parentElement === table
  const heads = rows.filter(isHead)
  return [{ tag: "thead", rows: heads }, { tag: "tbody", rows: rows.filter((row) => !heads.includes(row)) }].filter((part) => part.rows.length)
}

export function spansOf(cell) {
  const spans = { colspan: cell.colSpan, rowspan: cell.rowSpan }
  return Object.fromEntries(Object.entries(spans).filter(([, number]) => number > 1 && number < 100).map(([name, number]) => [name, String(number)]))
}
