// Reads what the story form says now, field by field, as the door that keeps it is told: whatever was typed, as typed.
const WORDS = [
  "headline", "slug", "kicker", "standfirst", "dateline", "body", "language", "section", "note", "genre", "desk", "writer",
  "embargo_until", "due_at", "planned_words",
]
const ROWS = ["bylines", "pictures"]
// What is typed and not taken yet, by the box it stands in.
export const HALF = { tags_typing: "#id_tags_add", pictures_typing: "#picture_to_add" }
// What a row says before anybody has said anything, and what only says where it stands.
const SILENT = { bylines: ["role"], pictures: [] }
const PLACE = ["ORDER", "DELETE"]

export const LABELS = {
  headline: "Headline", slug: "Slug", kicker: "Kicker", standfirst: "Standfirst", dateline: "Dateline", body: "Body",
  language: "Language", section: "Section", note: "Note to the desk", genre: "Kind of story", desk: "Desk", writer: "Writer",
  embargo_until: "Embargo", due_at: "Due", planned_words: "Planned length", tags: "Tags", tags_typing: "A tag half typed",
  bylines: "Byline", pictures: "Pictures", pictures_typing: "A Media ID half typed",
}

export const boxOf = (form, name) => {
  const box = form.elements[name]
  return box instanceof Element && !box.matches(":disabled") ? box : null
}

export function rowsOf(form, prefix) {
  const rows = [...form.querySelectorAll(`[data-rows=${prefix}] > li`)]
  const order = (row) => Number(boxIn(row, "ORDER")?.value) || 10_000
  return rows.sort((one, other) => order(one) - order(other))
}

export const boxIn = (row, name) => row.querySelector(`[name$="-${name}"]`)

// What a box says, or said when the page came: what was typed before anything listened is not at the desk either.
const said = (box) => (box.type === "checkbox" ? box.checked : box.value)
function cameWith(box) {
  if (box.type === "checkbox") return box.defaultChecked
  if (box.options) return ([...box.options].find((one) => one.defaultSelected) || box.options[0])?.value ?? ""
  return box.defaultValue
}

// Every box of a row by its own name.
export function saidIn(row, says = said) {
  const all = {}
  for (const box of row.querySelectorAll("[name]")) {
    const name = box.name.replace(/^.*-/, "")
    if (!PLACE.includes(name)) all[name] = says(box)
  }
  return all
}

export const isBlank = (row, prefix) => Object.entries(saidIn(row)).every(([name, value]) => !value || SILENT[prefix].includes(name))

// The rows that say something, in their order: what the door counts when it speaks of a row.
export const spokenRows = (form, prefix) => rowsOf(form, prefix).filter((row) => !isBlank(row, prefix))

export const readAsCame = (form) => readAll(form, cameWith)

export function readAll(form, says = said) {
  const told = {}
  for (const name of WORDS) {
    const box = boxOf(form, name)
    if (box) told[name] = says(box)
  }
  const tags = boxOf(form, "tags")
  if (tags) told.tags = says(tags).split("\n").map((line) => line.trim()).filter(Boolean)
  for (const [name, box] of Object.entries(HALF)) {
    const typing = form.querySelector(`${box}:enabled`)
    if (typing) told[name] = says(typing)
  }
  for (const prefix of ROWS) {
    if (form.querySelector(`fieldset:not(:disabled) [data-rows=${prefix}]`)) {
      told[prefix] = spokenRows(form, prefix).map((row) => saidIn(row, says))
    }
  }
  return told
}

export const same = (one, other) => one === other || (typeof one === "object" && JSON.stringify(one) === JSON.stringify(other))
const isNothing = (value) => value === "" || value === undefined || (Array.isArray(value) && !value.length)

// What differs from what the desk is known to have; against nothing, whatever was filled in.
export function differing(now, kept) {
  return Object.fromEntries(
    Object.entries(now).filter(([name, value]) => !same(value, kept[name]) && !(kept[name] === undefined && isNothing(value))),
  )
}
