// What changed in a long text, so that it need not be written down or sent whole at every key.
export const LONG = 50_000 // characters from which a text is long

// { start, gone, text }: in `was`, from `start` on, `gone` letters became `text`. No letter of two halves is cut.
export function splice(was, now) {
  const most = Math.min(was.length, now.length)
  let start = shared(most, (from, to) => was.slice(from, to) === now.slice(from, to))
  let end = shared(most - start, (from, to) => cutFromEnd(was, from, to) === cutFromEnd(now, from, to))
  if (start && isHalf(was.charCodeAt(start - 1), 0xd800)) start -= 1
  if (end && isHalf(was.charCodeAt(was.length - end), 0xdc00)) end -= 1
  return { start, gone: was.length - start - end, text: now.slice(start, now.length - end) }
}

export const spliced = (was, { start, gone, text }) => was.slice(0, start) + text + was.slice(start + gone)

// The same as the desk counts: by whole letters, and with the sum by which both know which text is meant.
export function forTheDesk(was, now) {
  const { start, gone, text } = splice(was, now)
  return { sum: sumOf(was), start: lettersIn(was.slice(0, start)), gone: lettersIn(was.slice(start, start + gone)), text }
}

const cutFromEnd = (text, from, to) => text.slice(text.length - to, text.length - from)
const isHalf = (code, first) => code >= first && code < first + 0x400
const lettersIn = (text) => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length || 0)

// How many of `most` letters are alike, by halving: long pieces are compared at once.
function shared(most, isAlike) {
  let [low, high] = [0, most]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (isAlike(low, middle)) low = middle
    else high = middle - 1
  }
  return low
}

const TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
  for (let bit = 0; bit < 8; bit += 1) number = number & 1 ? (number >>> 1) ^ 0xedb88320 : number >>> 1
  return number
})
let known = { text: "", sum: 0 }

// The CRC-32 of a text's UTF-8; that of the last one is remembered.
export function sumOf(text) {
  if (known.text === text) return known.sum
  let sum = 0xffffffff
  for (const byte of new TextEncoder().encode(text)) sum = (sum >>> 8) ^ TABLE[(sum ^ byte) & 255]
  known = { text, sum: (sum ^ 0xffffffff) >>> 0 }
  return known.sum
}
