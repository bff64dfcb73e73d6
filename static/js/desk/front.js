// The front page by pointer: a story dragged to a place is put there, one that holds a place is moved; the forms do it all.
import { readingMoments } from "./moments.js"

const put = document.querySelector("#put")
const spots = [...document.querySelectorAll("[data-place]")]
const KIND = "text/x-front"
readingMoments(document)

function aim(spot) {
  for (const one of spots) one.classList.toggle("goal", one === spot)
}

document.addEventListener("dragstart", (event) => {
  const offer = event.target.closest?.("[data-number]")
  const held = event.target.closest?.("[data-held]")
  if (!offer && !held) return
  const carried = offer ? { number: offer.dataset.number } : { place: held.dataset.place }
  event.dataTransfer.setData(KIND, JSON.stringify(carried))
  event.dataTransfer.effectAllowed = "move"
})

for (const spot of spots) {
  spot.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes(KIND)) (event.preventDefault(), aim(spot))
  })
  spot.addEventListener("drop", (event) => {
    aim(null)
    const carried = JSON.parse(event.dataTransfer.getData(KIND) || "null")
    if (!carried) return
    event.preventDefault()
    if (carried.number) hold(carried.number, spot.dataset.place)
    else if (carried.place !== spot.dataset.place) send({ act: "move", place: carried.place, to: spot.dataset.place })
  })
}
document.addEventListener("dragend", () => aim(null))

function hold(number, place) {
  put.elements.place.value = place
  put.querySelector(`[name=number][value="${CSS.escape(number)}"]`).checked = true
  put.requestSubmit()
}

// What is written in the boxes for hours stays out of a move: that keeps the hours the story has.
function send(wanted) {
  const form = document.createElement("form")
  form.method = "post"
  form.hidden = true
  for (const name of ["csrfmiddlewaretoken", "token"]) wanted[name] = put.elements[name].value
  for (const [name, value] of Object.entries(wanted)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }))
  }
  document.body.append(form)
  form.submit()
}
