// Sends one picture with what is typed beside it, tells how much of it has gone, and gives the answer as one shape.
const BROKEN = "The line broke off, and nothing was taken in. Try again."

export function send(address, facts, progressed) {
  const request = new XMLHttpRequest()
  const answered = new Promise((resolve) => {
    request.upload.addEventListener("progress", (event) => event.lengthComputable && progressed(event.loaded / event.total))
    request.addEventListener("load", () => resolve(read(request)))
    for (const end of ["error", "timeout"]) request.addEventListener(end, () => resolve({ refused: BROKEN, mayTryAgain: true }))
    request.addEventListener("abort", () => resolve({ stopped: true }))
  })
  request.open("POST", address)
  request.setRequestHeader("Accept", "application/json")
  request.setRequestHeader("X-CSRFToken", facts.get("csrfmiddlewaretoken"))
  request.send(facts)
  return { answered, abort: () => request.abort() }
}

function read(request) {
  let answer
  try {
    answer = JSON.parse(request.responseText)
  } catch {
    answer = { refused: `The site could not answer (${request.status}). Wait a minute and try again.` }
  }
  // What the file itself is refused for stays so; whatever else went wrong may go right the next time.
  return { ...answer, mayTryAgain: "refused" in answer && ![409, 413].includes(request.status) }
}
