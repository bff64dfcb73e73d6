// Knocks at the doors of the room where people work on one story together: JSON there, JSON back, a word for what went wrong.
const LATEST = 20_000

const address = (path) => `/admin/desk/${path}`
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value

async function knock(path, settings) {
  try {
    const response = await fetch(address(path), { credentials: "same-origin", redirect: "manual", ...settings })
    return { status: response.status, answer: (await response.json().catch(() => null)) || {} }
  } catch {
    return { status: 0, answer: {} }
  }
}

// { status, answer }; status 0 where no answer came at all.
export const ask = (path) => knock(path, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(LATEST) })

export const tell = (path, letter, { isLast = false } = {}) =>
  knock(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(letter),
    ...(isLast ? { keepalive: true } : { signal: AbortSignal.timeout(LATEST) }),
  })

// What a refusal is called in the place where the person looks.
export function refusal({ status, answer }) {
  if (answer.refused) return answer.refused.join(" ")
  if (status === 401 || answer.login) return "Your login has expired. Log in again; what you wrote here stays."
  if (status === 403) return "This page is older than your login. Reload it; what you wrote in the story is kept."
  if (status === 404) return "This story is no longer yours to read. Ask its desk."
  return "The desk does not answer. Nothing was sent; try again in a moment."
}
