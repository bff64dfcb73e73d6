// Asks the desk what the library says of a Media ID, and which names or pictures fit what is typed; each question once.
const asked = new Map()
const heard = new Map() // what is known already, by every number that leads to it

const form = () => document.querySelector("[data-suggest-from]")

async function ask(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" })
    const type = answer.headers.get("Content-Type") || ""
    if (type.includes("json")) return await answer.json()
  } catch {
    // The network is away: the form works without suggestions.
  }
  return { missing: "The library does not answer just now. What you typed is kept.", found: [] }
}

function once(path) {
  if (!asked.has(path)) asked.set(path, ask(form()?.dataset.suggestFrom + path))
  return asked.get(path)
}

export function remember(found, mediaId = found.media_id) {
  if (found.media_id) heard.set(found.media_id, found).set(mediaId, found)
  return found
}

// What the page itself brought along.
for (const one of document.querySelectorAll("[data-picture]")) remember(JSON.parse(one.dataset.picture))

// What is known of a picture without asking: undefined where nobody has asked yet.
export const known = (mediaId) => heard.get(mediaId)

// The number of the picture in force, where this one was merged.
export const inForce = (mediaId) => heard.get(mediaId)?.media_id || mediaId

export async function said(mediaId) {
  if (!/^[0-9]{4,12}$/.test(mediaId)) return { missing: "A Media ID is 4 to 12 digits." }
  if (heard.has(mediaId)) return heard.get(mediaId)
  const path = `picture/${mediaId}/?story=${form()?.dataset.story || ""}`
  const found = await once(path)
  if (found.missing) asked.delete(path) // it may be added to the library meanwhile
  else remember(found, mediaId)
  return found
}

export function fitting(kind, typed) {
  return once(`suggest/${kind}/?q=${encodeURIComponent(typed)}`).then((answer) => answer.found || [])
}

// A page of the library's pictures, newest first: { found, next } or { missing }.
export function looked(typed, after = "") {
  return ask(`${form().dataset.find}?${new URLSearchParams({ q: typed, after })}`)
}
