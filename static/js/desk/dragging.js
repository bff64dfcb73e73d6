// Moves a row with a finger or a mouse, held by its head; the keyboard has buttons and Alt with the arrows.
import { arrange, figuresOfText, idOf, isOpen, nameOf, placeOf, rows } from "./pictures.js"
import { say } from "./saying.js"

const FAR = 6 // pixels before a press is a drag
const EDGE = 60 // pixels from the window's edge in which the page scrolls along

export function dragging(row, box) {
  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !isOpen() || !event.target.closest(".place, img")) return
    event.preventDefault()
    following(row, event.clientY, rows, () => settle(row))
  })
  box.addEventListener("mousedown", (event) => event.target.closest(".place, img") && event.preventDefault())
}

// Followed on the whole page: a row that is put elsewhere loses the pointer. `among` gives the rows it may pass.
export function following(row, from, among, settled) {
  const until = new AbortController()
  let moved = false
  document.addEventListener("pointermove", ({ clientY }) => {
    if (!moved && Math.abs(clientY - from) < FAR) return
    moved = true
    row.classList.add("held")
    scrollAtTheEdge(clientY)
    const over = among().find((one) => one !== row && isOver(one, clientY))
    if (!over) return
    const { top, height } = over.getBoundingClientRect()
    if (clientY < top + height / 2) over.before(row)
    else over.after(row)
  }, until)
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      until.abort()
      row.classList.remove("held")
      if (moved) settled()
    }, until)
  }
}

function scrollAtTheEdge(y) {
  if (y < EDGE) window.scrollBy(0, y - EDGE)
  else if (y > innerHeight - EDGE) window.scrollBy(0, y - innerHeight + EDGE)
}

function isOver(row, y) {
  const { top, bottom } = row.getBoundingClientRect()
  return y >= top && y <= bottom
}

// A picture in the text stays there: dragged among the others in the text, its figure goes where its row went.
function settle(row) {
  if (placeOf(row) === "text") {
    const wanted = rows().filter((one) => placeOf(one) === "text").map(idOf)
    const steps = wanted.indexOf(idOf(row)) - figuresOfText().ids().indexOf(idOf(row))
    for (let left = Math.abs(steps); left > 0; left -= 1) figuresOfText().step(idOf(row), Math.sign(steps))
  }
  arrange()
  const words = { lead: "is the lead picture now", text: "was moved in the text", below: "was moved below the text" }
  say("panel", `${nameOf(row)} ${words[placeOf(row)]}.`)
}
