// Asks the desk what the library says of a Media ID, and which names fit what is being typed; each question once.
const asked = new Map()

function desk() {
  return document.querySelector("[data-suggest-from]")?.dataset.suggestFrom
}

async function ask(path) {
  try {
    const answer = await fetch(desk() + path, { headers: { Accept: "application/json" }, credentials: "same-origin" })
    const type = answer.headers.get("Content-Type") || ""
    if (type.includes("json")) return await answer.json()
  } catch {
    // The network is away: the form works without suggestions.
  }
  return { missing: "The library does not answer just now. What you typed is kept.", found: [] }
}

function once(path) {
  if (!asked.has(path)) asked.set(path, ask(path))
  return asked.get(path)
}

export function said(mediaId) {
  if (!/^[0-9]{4,12}$/.test(mediaId)) return Promise.resolve({ missing: "A Media ID is 4 to 12 digits." })
  return once(`picture/${mediaId}/`)
}

export function fitting(kind, typed) {
  return once(`suggest/${kind}/?q=${encodeURIComponent(typed)}`).then((answer) => answer.found || [])
}
