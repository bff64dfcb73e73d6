// Says in a quiet line what was done: one line under the text's buttons, one among the pictures; read out, never in the way.
const lines = new Map()

export function lineFor(where) {
  if (!lines.has(where)) {
    const line = document.createElement("p")
    line.className = "quiet-line"
    line.setAttribute("role", "status")
    lines.set(where, line)
  }
  return lines.get(where)
}

// `offers` are [word, what it does] pairs, each a button behind the sentence.
export function say(where, sentence, ...offers) {
  const line = lineFor(where)
  const buttons = offers.map(([word, act]) => buttonFor(word, () => (line.replaceChildren(), act())))
  line.replaceChildren(sentence, ...buttons.flatMap((button) => [" ", button]))
  return buttons
}

// Told to who listens, and not shown: what is selected, which everybody else sees.
const heard = element("p", "visually-hidden")
heard.setAttribute("role", "status")
export function whisper(sentence) {
  if (!heard.isConnected) document.querySelector("#content, main, body").append(heard)
  heard.textContent = sentence
}

export function buttonFor(word, act, about = "") {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: word })
  if (about) {
    const unseen = Object.assign(document.createElement("span"), { textContent: ` ${about}` })
    unseen.className = "visually-hidden"
    button.append(unseen)
  }
  button.addEventListener("click", act)
  return button
}

export function element(tag, className, ...inside) {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.append(...inside)
  return made
}
