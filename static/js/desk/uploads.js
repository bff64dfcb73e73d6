// Sends picture files to the library, two at a time, each with its progress; knows how many are still on their way.
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

// Give a promise of the library's answer, { taken }, { same, refused } or { refused }, and a way to stop.
export function send(form, file, progressed) {
  const order = { form, file, progressed, request: new XMLHttpRequest(), isStopped: false }
  const answer = new Promise((resolve) => { order.resolve = resolve })
  queue.push(order)
  next()
  return {
    answer,
    stop() {
      order.isStopped = true
      if (queue.includes(order)) {
        queue.splice(queue.indexOf(order), 1)
        order.resolve({ refused: "Stopped: the picture was not taken in." })
      } else order.request.abort()
    },
  }
}

function next() {
  if (running >= AT_ONCE || !queue.length) return
  running += 1
  const order = queue.shift()
  const { form, file, request, resolve } = order
  const end = (said) => {
    resolve(said)
    running -= 1
    next()
  }
  request.upload.addEventListener("progress", (event) => event.lengthComputable && order.progressed(event.loaded / event.total))
  request.addEventListener("load", () => end(read(request)))
  request.addEventListener("error", () => end({ refused: "The picture did not arrive: the connection broke. Try again." }))
  request.addEventListener("abort", () => end({ refused: "Stopped: the picture was not taken in." }))
  request.open("POST", form.dataset.takeIn)
  request.setRequestHeader("Accept", "application/json")
  request.setRequestHeader("X-CSRFToken", form.querySelector("[name=csrfmiddlewaretoken]").value)
  const sent = new FormData()
  sent.append("file", file)
  request.send(sent)
  next()
}

function read(request) {
  let said = null
  try {
    said = JSON.parse(request.responseText)
  } catch {
    // Not the library's own words: a server in between, or a page that asks for the login.
  }
  if (request.status === 201 && said?.media_id) return { taken: said }
  if (said?.refused) return { refused: said.refused, same: said.same }
  if (request.status === 413) return { refused: "The file is larger than the library takes. Send a smaller copy." }
  if (request.status === 403 || request.status === 200) {
    return { refused: "Your session has ended. Log in in another tab, then press “Try again”." }
  }
  return { refused: `The library did not take the picture (answer ${request.status}). Try again in a minute.` }
}
