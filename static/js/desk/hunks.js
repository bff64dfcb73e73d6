// What changed between two lists: of paragraphs, to merge them, or of words, to show them.
const MOST = 4_000_000 // pairs that are compared one by one; beyond, what differs is one piece

// [{ start, end, begin, stop }]: `was[start:end]` became `now[begin:stop]`.
export function hunks(was, now) {
  let [head, tail] = [0, 0]
  const least = Math.min(was.length, now.length)
  while (head < least && was[head] === now[head]) head += 1
  while (tail < least - head && was[was.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1
  const [one, other] = [was.slice(head, was.length - tail), now.slice(head, now.length - tail)]
  if (!one.length && !other.length) return []
  const whole = [{ start: 0, end: one.length, begin: 0, stop: other.length }]
  const inner = one.length * other.length > MOST || !one.length || !other.length ? whole : between(one, other)
  return inner.map(({ start, end, begin, stop }) => ({ start: start + head, end: end + head, begin: begin + head, stop: stop + head }))
}

// The longest common sequence, row by row; ties go to what stands first.
function between(one, other) {
  const width = other.length + 1
  const longest = new Uint32Array((one.length + 1) * width)
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const at = i * width + j
      longest[at] = one[i] === other[j] ? longest[at + width + 1] + 1 : Math.max(longest[at + width], longest[at + 1])
    }
  }
  const found = []
  let [i, j, open] = [0, 0, null]
  const close = () => {
    if (open) found.push({ ...open, end: i, stop: j })
    open = null
  }
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      close()
      i += 1
      j += 1
      continue
    }
    open ??= { start: i, begin: j }
    if (j === other.length || (i < one.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])) i += 1
    else j += 1
  }
  close()
  return found
}

// Paragraphs rewritten one for one are taken each for itself, as the desk takes them.
export function oneForOne(found) {
  return found.flatMap((hunk) => {
    const count = hunk.end - hunk.start
    if (count !== hunk.stop - hunk.begin || count < 2) return [hunk]
    return Array.from({ length: count }, (_, n) => ({ start: hunk.start + n, end: hunk.start + n + 1, begin: hunk.begin + n, stop: hunk.begin + n + 1 }))
  })
}

// Whether two changes touch the same place; two that only put something in at one place do not.
export const meets = (one, other) => {
  if (one.start === one.end && other.start === other.end) return false
  return one.start < other.end && other.start < one.end
}
