// The focal point on the stage: a click sets it, the arrows move it by 1 %, with Shift by 5 %.
import { resting } from "./geometry.js"

const KEYS = { ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10] }
const within = (number) => Math.min(1000, Math.max(0, Math.round(number)))

export class FocalPoint {
  // `boxes` are the two number boxes in per cent; they hold the state, empty where nobody set it.
  constructor(boxes, picture) {
    this.boxes = boxes
    this.picture = picture
  }

  get value() {
    const numbers = this.boxes.map((box) => box.value.trim() === "" ? NaN : Number(box.value))
    return numbers.some(Number.isNaN) ? null : numbers.map((number) => within(number * 10))
  }

  set value(point) {
    this.boxes.forEach((box, axis) => {
      box.value = point ? String(within(point[axis]) / 10) : ""
      box.dispatchEvent(new Event("input", { bubbles: true }))
    })
  }

  // Where it stands, set or at rest.
  get place() {
    return this.value || resting(this.picture)
  }

  get words() {
    const [x, y] = this.place
    const set = `Focal point ${x / 10} % from the left, ${y / 10} % from the top.`
    return this.value ? set : `No focal point: ${y < 500 ? "the upper third" : "the middle"} is kept.`
  }

  press(event) {
    const step = KEYS[event.key]
    if (step) {
      const [x, y] = this.place
      const times = event.shiftKey ? 5 : 1
      this.value = [x + step[0] * times, y + step[1] * times]
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.value = null
    } else {
      return false
    }
    return true
  }

  point([x, y]) {
    this.value = [x / this.picture.width * 1000, y / this.picture.height * 1000]
  }

  grab() {
    return (to) => this.point(to)
  }
}
