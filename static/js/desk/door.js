// Knocks at the door that keeps copy: one JSON letter there, one answer back, and a word for whatever went wrong.
const LEAST = 20_000 // milliseconds a letter may take, more for a long one
const IN_A_LAST_LETTER = 60_000 // bytes; browsers carry no more for a page that is closing

// { status, answer }; status 0 where no answer came at all. Sent again as it is, a letter does nothing twice.
export async function knock(form, letter, { isLast = false } = {}) {
  const body = JSON.stringify(letter)
  const settings = {
    method: "POST",
    credentials: "same-origin",
    redirect: "manual",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": tokenOf(form).value },
    body,
  }
  if (isLast) settings.keepalive = fitsALastLetter(body)
  else settings.signal = AbortSignal.timeout(LEAST + body.length / 20)
  try {
    const response = await fetch(form.dataset.keep, settings)
    if (response.type === "opaqueredirect") return { status: 401, answer: {} }
    const answer = await response.json().catch(() => null)
    if (answer === null && response.ok) return { status: 0, answer: {} } // somebody else's page: a hotel's, a proxy's
    return { status: response.status, answer: answer || {} }
  } catch {
    return { status: 0, answer: {} }
  }
}

export const fitsALastLetter = (body) => body.length < IN_A_LAST_LETTER && new TextEncoder().encode(body).length < IN_A_LAST_LETTER

const tokenOf = (form) => form.querySelector("[name=csrfmiddlewaretoken]")

// Read the page as it is now: the token of a new session goes to every form here, and whose session it is comes back.
export async function renewed(form) {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" })
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const fresh = page.querySelector("form#story")
    if (!fresh) return { isThere: false, person: page.querySelector("#login-form") ? "" : null }
    const token = tokenOf(fresh).value
    for (const box of document.querySelectorAll("[name=csrfmiddlewaretoken]")) box.value = token
    return { isThere: true, person: fresh.dataset.person, name: fresh.dataset.personName }
  } catch {
    return { isThere: false, person: null }
  }
}
