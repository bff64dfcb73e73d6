// Takes in what others did to the story: quietly where nobody else was, as a question where both changed the same.
import { bringIn } from "./body_merging.js"
import { rangesKept } from "./clash_places.js"
import { HALF, readAll, same } from "./copy_read.js"
import { reads, write } from "./copy_write.js"
import { ASSIGNED } from "./letters.js"

const keyOf = ({ field, theirs }) => field in HALF ? field : `${field} ${JSON.stringify(theirs)}`

// After an answer the page stands on the copy as it is now, once it shows it; until then on its own text, as the desk
// kept that: then the desk goes on merging, and whatever is typed is kept there too.
export function takeIn(keeper, answer) {
  const merged = answer.merged || {}
  for (const clash of answer.clashes || []) ask(keeper.asking, asOnThePage(clash))
  for (const half of Object.keys(HALF)) if (keeper.asking.delete(half)) delete keeper.kept[half] // told again
  keeper.latest = { token: answer.token, revision: answer.revision, as_typed: answer.as_typed, merged, by: answer.changed_by || keeper.latest?.by || "" }
  const isShown = !Object.keys(merged).length || (!keeper.asking.size && adopt(keeper, merged))
  stand(keeper, answer, isShown)
}

// What is no fact yet is asked for by the field that it stands in; a word half typed is its writer's, and never asked for.
function asOnThePage(clash) {
  if (clash.field !== "unfinished") return clash
  const words = (side) => (Array.isArray(side) ? side.map((one) => one.typed) : side)
  return { ...clash, field: clash.part, part: null, mine: words(clash.mine), theirs: words(clash.theirs) }
}

// The same question again, as one types on, is the one that stands there already.
function ask(asking, clash) {
  const [key, isSamePlace] = [keyOf(clash), (one) => one.field === clash.field && one.part === clash.part]
  const before = asking.get(key)
  for (const [other, one] of asking) if (other !== key && isSamePlace(one)) asking.set(other, { ...one, isOver: true })
  asking.set(key, { ...clash, choice: before?.choice || "", panel: before?.panel })
}

function stand(keeper, { token, revision, as_typed: asTyped }, isShown) {
  keeper.isBehind = !isShown
  if (isShown) Object.assign(keeper, { token: String(token), revision })
  else Object.assign(keeper, { token: null, revision: asTyped ?? keeper.revision })
}

// Put into the form what others changed. Nothing is, where the writer has typed on in the same place: the next save asks.
function adopt(keeper, merged, choices = new Map()) {
  const { form, kept } = keeper
  const now = readAll(form)
  const fields = Object.keys(merged).filter((field) => field !== "body" && field in now && choices.get(field) !== "mine")
  if (!choices.size && fields.some((field) => !same(now[field], kept[field]))) return false
  const area = form.elements.body
  if ("body" in merged && choices.get("body") !== "mine") {
    if (area.proseEditor) {
      if (!bringIn(area.proseEditor, kept.body ?? "", merged.body, rangesKept(area.proseEditor))) return false
    } else if (area.value === kept.body) area.value = merged.body
    else return false
  }
  for (const field of fields) {
    write(form, field, merged[field])
    kept[field] = reads(form, field)
  }
  // What the writer kept of theirs is told again, over what the desk has; the body always whole.
  for (const [field, choice] of choices) if (choice === "mine") kept[field] = merged[field]
  if ("body" in merged) kept.body = same(now.body, kept.body) && !choices.size ? area.value : merged.body
  return true
}

// All questions are answered: the form is made to say what was chosen, and stands on the copy as it is now. False where
// somebody types on just there.
export function decided(keeper) {
  const choices = new Map([["", "decided"]])
  for (const { field, choice } of keeper.asking.values()) if (field !== "body") choices.set(field, choice === "theirs" ? "theirs" : "mine")
  if (!adopt(keeper, keeper.latest.merged, choices)) return false
  for (const field of ASSIGNED) if (field in keeper.latest.merged) keeper.known[field] = keeper.latest.merged[field]
  keeper.asking.clear()
  stand(keeper, keeper.latest, true)
  keeper.touched()
  return true
}
