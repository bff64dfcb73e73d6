// Sends picture files to the library, two at a time; knows how many are still on their way.
import { send as sent } from "./sending.js"

const AT_ONCE = 2
const queue = []
const listeners = new Set()
let running = 0
let onTheWay = 0

export const howMany = () => onTheWay
export const whenOneEnds = (listener) => listeners.add(listener)

// Count a picture as on its way; what is given back is called with the sentence of its refusal, or with nothing.
export function underway() {
  onTheWay += 1
  return (refused) => {
    onTheWay -= 1
    for (const listener of listeners) listener(refused)
  }
}

// Give a promise of the library's answer, { taken }, { refused, same } or { refused, mayTryAgain }, and a way to stop.
export function send(form, file, progressed) {
  const order = { form, file, progressed, abort: null }
  const answer = new Promise((resolve) => { order.resolve = resolve })
  queue.push(order)
  next()
  return { answer, stop: () => (order.abort ? order.abort() : leave(order)) }
}

function leave(order) {
  queue.splice(queue.indexOf(order), 1)
  order.resolve(outcome({ stopped: true }))
}

async function next() {
  if (running >= AT_ONCE || !queue.length) return
  running += 1
  const { form, file, progressed, resolve } = queue[0]
  const facts = new FormData()
  facts.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value)
  facts.append("file", file, file.name || "pasted.png")
  const { answered, abort } = sent(form.dataset.takeIn, facts, progressed)
  queue.shift().abort = abort
  next()
  resolve(outcome(await answered))
  running -= 1
  next()
}

function outcome(answer) {
  if (answer.media_id) return { taken: answer }
  if (answer.stopped) return { refused: "Stopped: the picture was not taken in.", mayTryAgain: true }
  return answer
}

// Who logged in again in another tab has a new token: it is read from the page as it is now, for the form's own save too.
export async function renewed(form) {
  try {
    const page = await (await fetch(location.href, { credentials: "same-origin" })).text()
    const box = new DOMParser().parseFromString(page, "text/html").querySelector("form#story [name=csrfmiddlewaretoken]")
    if (box) form.querySelector("[name=csrfmiddlewaretoken]").value = box.value
  } catch {
    // The network is away: the sending itself will say so.
  }
}
