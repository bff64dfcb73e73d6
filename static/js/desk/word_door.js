// Carries one Word file to its door as it is, and brings back what the desk made of it.
import { renewed } from "./uploads.js"

const LATEST = 150_000
const AWAY = "The desk does not answer. Nothing was lost; try again in a moment."
const ENDED = "Your login has expired. Log in again in another tab, then try again here."

// { status, answer }; status 0 where no answer came. `asked` goes into the address.
async function send(box, file, asked) {
  const address = `${box.dataset.wordFile}?${new URLSearchParams({ name: file.name || "", ...asked })}`
  try {
    const response = await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      headers: {
        "Content-Type": "application/octet-stream",
        Accept: "application/json",
        "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body: file,
      signal: AbortSignal.timeout(LATEST),
    })
    return { status: response.status, answer: (await response.json().catch(() => null)) || {} }
  } catch {
    return { status: 0, answer: {} }
  }
}

// { answer } where it went well, else { refused, mayTryAgain }.
export async function carried(box, file, asked) {
  if (file.size > Number(box.dataset.largest)) return { refused: box.dataset.tooBig }
  let { status, answer } = await send(box, file, asked)
  const form = document.querySelector("form#story")
  if (status === 403 && form) {
    await renewed(form) // the page is older than the login: its token is read anew, once
    ;({ status, answer } = await send(box, file, asked))
  }
  if (status === 200 || status === 201) return { answer }
  if (status === 401) return { refused: ENDED, mayTryAgain: true }
  const refused = Array.isArray(answer.refused) && status < 500 ? answer.refused.join(" ") : AWAY
  return { refused, mayTryAgain: status === 0 || status >= 500 }
}

export const WORKING = (file) => `Reading ${file.name || "the Word file"} …`
