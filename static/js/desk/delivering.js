// Carries one letter to the door that keeps copy, again and again until it is answered, and does what the answer asks for.
import { knock, renewed } from "./door.js"
import { learn, onTheWire } from "./letters.js"
import { takeIn } from "./merging_in.js"

const PAUSES = [1, 2, 4, 8, 15, 30] // seconds between tries
const NOT_NOW = [0, 408, 429, 500, 502, 503, 504]
const NOT_HERE = "This story is not here for you any more. Copy what you need before you close the page: it is kept in this browser only."
let waiting = 0

export async function deliver(keeper) {
  clearTimeout(waiting)
  if (keeper.state !== "away") keeper.become("saving")
  const { letter } = keeper
  const { status, answer } = await knock(keeper.form, onTheWire(letter))
  if (keeper.letter !== letter) return // answered meanwhile by another try
  if ([200, 201, 409].includes(status)) taken(keeper, answer)
  else if (NOT_NOW.includes(status)) later(keeper, answer)
  else if (answer.wants_whole && !letter.isWhole) return deliver(keeper, (letter.isWhole = true))
  else if (status === 401) keeper.become("expired", "", "expired")
  else if (status === 403 && !("kept" in answer)) return oldToken(keeper, answer)
  else refused(keeper, status, answer)
  keeper.heard()
}

// The token of the form is an old one; the page as it is now has a fresh one, if the session is still this person's.
async function oldToken(keeper, answer) {
  const box = keeper.form.elements.csrfmiddlewaretoken
  const old = box.value
  const { isThere, person } = await renewed(keeper.form)
  const isMine = isThere && person === keeper.form.dataset.person
  if (isMine && box.value !== old) return deliver(keeper)
  if (isMine) refused(keeper, 403, answer)
  else keeper.become("expired", "", "expired", { person })
  keeper.heard()
}

function taken(keeper, answer) {
  const [letter, isNew] = [keeper.letter, keeper.story === null]
  Object.assign(keeper.kept, letter.changed)
  Object.assign(keeper, { letter: null, tries: 0, story: answer.story, sum: answer.sum })
  const came = learn(keeper, answer, letter.changed)
  answer.came = isNew ? [] : came // what the desk filled in of a new story is nobody's change
  takeIn(keeper, answer)
  if (keeper.token) keeper.form.elements.token.value = keeper.token
  keeper.become("kept", "", "kept", { answer, letter, isNew })
  if (answer.clashes?.length && keeper.asking.size) keeper.become("kept", "", "clash", { answer })
  keeper.note()
  if (keeper.hasUnsent()) keeper.touched()
  else if (!keeper.hasUnsaid()) keeper.whyStuck = ""
}

function later(keeper, answer) {
  keeper.become("away", saidIn(answer), "offline")
  clearTimeout(waiting)
  waiting = setTimeout(() => keeper.again(), PAUSES[Math.min(keeper.tries++, PAUSES.length - 1)] * 1000)
}

function refused(keeper, status, answer) {
  const { changed } = keeper.letter
  keeper.letter = null
  if (status === 404) return keeper.become("gone", saidIn(answer) || NOT_HERE, "refused", { status, answer })
  // Too much, or not to be read: what the desk names, else the largest, is left aside, and the rest goes on its way.
  const bySize = Object.keys(changed).sort((one, other) => sizeOf(changed[other]) - sizeOf(changed[one]))
  const isPart = status === 413 || status === 422
  const part = answer.field in changed ? answer.field : bySize[0]
  for (const field of isPart ? [part] : bySize) keeper.stuck.set(field, changed[field])
  keeper.whyStuck = saidIn(answer)
  keeper.become("refused", keeper.whyStuck, "refused", { status, answer, field: isPart ? part : null })
  // What was typed while it was on its way follows: the desk keeps aside what it does not take.
  if ((isPart || "kept" in answer) && keeper.hasUnsent()) keeper.plan()
}

const sizeOf = (value) => JSON.stringify(value).length
const saidIn = ({ refused: said = "" }) => (Array.isArray(said) ? said.join(" ") : String(said))
