// Says quietly what came in from others, and what is typed and no fact yet, beside the field it is about.
import { LABELS, spokenRows } from "./copy_read.js"
import { element, say } from "./saying.js"

export function tellingWhatCame(keeper) {
  const { form } = keeper
  keeper.addEventListener("kept", ({ detail: { answer } }) => {
    const fields = [...(keeper.isBehind ? [] : Object.keys(answer.merged || {})), ...(answer.came || [])]
    const who = answer.changed_by || "Another page of yours"
    for (const field of fields) note(placeOf(form, field), "came-in", field, `${who} changed the ${(LABELS[field] || field).toLowerCase()}, ${answer.said}.`)
    if (fields.includes("body")) say("text", `${who} changed the text, ${answer.said}. Your own is as you left it.`)
    unfinished(form, answer.unfinished || [])
  })
  form.addEventListener("input", ({ target }) => target.closest(".field")?.querySelector(".came-in")?.remove())
  keeper.addEventListener("refused", ({ detail: { field } }) => {
    if (field) note(placeOf(form, field), "unfinished", field, keeper.said)
  })
}

function placeOf(form, field, row = null) {
  if (field === "pictures_typing") return form.querySelector(".placing")
  const box = row?.querySelector("input:not([type=hidden])")?.closest(".field")
  return box || form.querySelector(`.field.${CSS.escape(field === "tags_typing" ? "tags" : field)}`) || form.querySelector(`[data-rows=${CSS.escape(field)}]`)?.parentElement
}

function note(place, kind, field, sentence) {
  if (!place) return
  const there = [...place.querySelectorAll(`:scope > .${kind}`)].find((one) => one.dataset.of === field)
  const line = there || element("p", kind)
  line.dataset.of = field
  if (line.textContent !== sentence) line.textContent = sentence
  if (!there) place.append(line)
}

// Not under the hand of who types there: half a name is no mistake yet.
function unfinished(form, all) {
  const here = document.activeElement?.closest(".field, .placing")
  const wanted = new Map()
  for (const { field, at, said } of all) {
    const place = placeOf(form, field, at === null || at === undefined ? null : spokenRows(form, field)[at])
    if (place && place !== here) wanted.set(place, [field, said])
  }
  for (const line of form.querySelectorAll("p.unfinished")) if (!wanted.has(line.parentElement)) line.remove()
  for (const [place, [field, said]] of wanted) note(place, "unfinished", field, said)
}
