// Writes the letter to the door that keeps copy: what changed, on what it stands, and of a long body only the change.
import { boxOf } from "./copy_read.js"
import { write } from "./copy_write.js"
import { LONG, forTheDesk } from "./splicing.js"

// What the desk decides of a story; none of it is text that could be merged.
export const ASSIGNED = ["desk", "writer", "embargo_until", "genre", "due_at", "planned_words"]

// `base` is the body that the desk was last told; `sum` that of the desk's own after its last answer, if it told any.
export function letterOf(keeper, changed, serial) {
  const { page, story, token, revision, kept, known, sum } = keeper
  const was = Object.fromEntries(ASSIGNED.filter((field) => field in changed && (known[field] ?? kept[field]) !== undefined).map((field) => [field, known[field] ?? kept[field]]))
  return { page, serial, story, token, revision, changed, was, base: kept.body, sum }
}

// The same as it goes over the line.
export function onTheWire({ base, sum, isWhole, ...letter }) {
  const { body, ...changed } = letter.changed
  if (isWhole || letter.story === null || typeof body !== "string" || !(base?.length > LONG)) return letter
  const spliced = forTheDesk(base, body)
  const isKnown = sum === undefined || sum === null || sum === spliced.sum
  return isKnown && spliced.text.length < body.length / 2 ? { ...letter, changed, spliced } : letter
}

// What others decided is shown where nobody is just changing it; gives the fields. `sent` are those of one's own letter.
export function learn(keeper, { assigned = {}, clashes = [] }, sent) {
  const { form, kept, known } = keeper
  const came = []
  for (const [field, shown] of Object.entries(assigned)) {
    const box = boxOf(form, field)
    if (!box || clashes.some((one) => one.field === field)) continue
    const isNews = !(field in sent) && shown !== (known[field] ?? kept[field] ?? "")
    if (isNews && box.value !== (kept[field] ?? "")) continue // the next letter asks
    known[field] = shown
    if (!isNews) continue
    kept[field] = shown
    write(form, field, shown)
    kept[field] = box.value
    came.push(field)
  }
  return came
}
