// Reads a Media ID however it was typed, pasted or said; media/numbers.py reads alike.
const LONGEST = 300
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
const IN_AN_ADDRESS = /^(?:https?:\/)?\/\S*?media\/([0-9]{4,12})(?:[/.?#]\S*)?$/i
const IN_WORDS = /^(?:media\s*id\s*[:#.]?\s*)?([0-9]+(?:[\s-][0-9]+)*)$/i
const isDigit = (point) => /^\p{Nd}$/u.test(String.fromCodePoint(point))

// The digits of every script stand in runs of ten, so that the way down to the run's beginning is the digit's value.
function plain(sign) {
  const point = sign.codePointAt(0)
  let below = 0
  while (isDigit(point - below - 1)) below += 1
  return String(below % 10)
}

function seen(text) {
  return text.slice(0, LONGEST).replace(UNSEEN, "").replace(/\p{Nd}/gu, plain).trim()
}

// The Media ID in what was typed, in plain digits; "" where it holds none, or anything beside.
export function idIn(text) {
  const typed = seen(text)
  const found = IN_AN_ADDRESS.exec(typed) || IN_WORDS.exec(typed)
  const digits = found ? found[1].replace(/[\s-]/g, "") : ""
  return digits.length >= 4 && digits.length <= 12 ? digits : ""
}

// The same for a line of the text, where a bare year or a sum is no Media ID.
export function idOnALine(text) {
  const mediaId = idIn(text)
  const isBare = /^[0-9][0-9\s-]*$/.test(seen(text))
  return isBare && (mediaId.length < 8 || seen(text).includes("-")) ? "" : mediaId
}
