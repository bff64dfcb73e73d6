// The page of crops: one stage with the whole picture, each slot as it will be beside it, and the numbers that hold the state.
import { Crop } from "./crop.js"
import { FocalPoint } from "./focal.js"
import { guarding } from "./unsaved.js"

const SVG = "http://www.w3.org/2000/svg"
const form = document.getElementById("crops")
const stage = document.getElementById("stage")
const drawing = stage.querySelector("svg")
const picture = { width: Number(form.dataset.width), height: Number(form.dataset.height) }
const focal = new FocalPoint([form.elements.focal_x, form.elements.focal_y], picture)
const crops = [...document.querySelectorAll("[data-slot]")].map((figure) => {
  const sides = ["left", "top", "width", "height"].map((side) => form.elements[`${figure.dataset.slot}_${side}`])
  return new Crop(figure, sides, focal, picture)
})
const thin = Math.max(picture.width, picture.height) / 400
let held = focal

function part(name, facts) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(facts)) made.setAttribute(key, value)
  drawing.append(made)
  return made
}

const shade = part("path", { class: "shade", "fill-rule": "evenodd" })
const frame = part("rect", { class: "frame", "stroke-width": thin })
const corners = [0, 1, 2, 3].map(() => part("rect", { class: "corner", width: thin * 6, height: thin * 6 }))
const halo = part("circle", { class: "halo", r: thin * 7, "stroke-width": thin * 3 })
const eye = part("circle", { class: "eye", r: thin * 7, "stroke-width": thin })

function draw() {
  const [x, y] = focal.place
  for (const ring of [halo, eye]) {
    ring.setAttribute("cx", picture.width * x / 1000)
    ring.setAttribute("cy", picture.height * y / 1000)
  }
  for (const crop of crops) {
    crop.figure.querySelector("svg").setAttribute("viewBox", crop.value.join(" "))
    crop.figure.querySelector("[data-state]").textContent = crop.isByHand ? "cropped by hand" : "follows the focal point"
    crop.figure.querySelector("[data-back]").hidden = !crop.isByHand
    crop.figure.classList.toggle("held", crop === held)
  }
  const isFocal = held === focal
  for (const one of [shade, frame, ...corners]) one.toggleAttribute("hidden", isFocal)
  if (!isFocal) outline(held.value)
  stage.setAttribute("aria-label", `The whole picture. ${held.words}`)
}

function outline([left, top, width, height]) {
  const whole = `M0 0H${picture.width}V${picture.height}H0Z`
  shade.setAttribute("d", `${whole}M${left} ${top}h${width}v${height}h${-width}Z`)
  for (const [key, value] of Object.entries({ x: left, y: top, width, height })) frame.setAttribute(key, value)
  frame.classList.toggle("by-hand", held.isByHand)
  corners.forEach((corner, place) => {
    corner.setAttribute("x", left + (place % 2) * width - thin * 3)
    corner.setAttribute("y", top + (place > 1) * height - thin * 3)
  })
}

function say(words) {
  form.querySelector("[data-said]").textContent = words
}

function hold(mode) {
  held = crops.find((crop) => crop.slot === mode) || focal
  for (const how of form.querySelectorAll("[data-how] [data-for]")) how.hidden = (how.dataset.for === "focal") !== (held === focal)
  draw()
}

function place(event) {
  const seen = drawing.getBoundingClientRect()
  const inside = (number, most) => Math.min(most, Math.max(0, number * most))
  return [
    inside((event.clientX - seen.left) / seen.width, picture.width),
    inside((event.clientY - seen.top) / seen.height, picture.height),
  ]
}

stage.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || !held.press(event)) return
  event.preventDefault()
  say(held.words)
})
stage.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return
  event.preventDefault()
  stage.focus()
  stage.setPointerCapture(event.pointerId)
  const reach = 14 * picture.width / drawing.getBoundingClientRect().width
  const drag = held.grab(place(event), reach)
  if (held === focal) drag(place(event))
  const onMove = (move) => drag(place(move))
  stage.addEventListener("pointermove", onMove)
  const done = () => {
    stage.removeEventListener("pointermove", onMove)
    say(held.words)
  }
  stage.addEventListener("lostpointercapture", done, { once: true })
})
for (const crop of crops) {
  crop.figure.querySelector("[data-back]").addEventListener("click", () => {
    crop.value = null
    say(crop.words)
    form.querySelector(`[name=mode][value=${crop.slot}]`).focus()
  })
}

form.addEventListener("input", (event) => event.target.name === "mode" ? hold(event.target.value) : draw())
form.querySelector("[data-modes]").hidden = false
form.querySelector("[data-how]").hidden = false
Object.entries({ tabindex: "0", role: "application", "aria-describedby": "how" }).forEach(([key, value]) => stage.setAttribute(key, value))
hold(new FormData(form).get("mode"))
guarding(form)
