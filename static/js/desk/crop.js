// A crop by hand for one slot: drawn, moved and resized in the slot's own shape, by pointer and by keys.
import { box, drawn, moved, resized } from "./geometry.js"

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const GROWS = { "+": 1, "=": 1, PageUp: 5, "-": -1, _: -1, "−": -1, PageDown: -5 }

export class Crop {
  // `boxes` are the four number boxes (left, top, width, height); all empty, the slot follows the focal point.
  constructor(figure, boxes, focal, picture) {
    const { slot, across, down, least } = figure.dataset
    this.shape = { across: Number(across), down: Number(down), least: Number(least) }
    Object.assign(this, { figure, slot, boxes, focal, picture })
    this.label = figure.querySelector("b").textContent
  }

  get isByHand() {
    return this.boxes.every((side) => side.value.trim() !== "" && Number.isFinite(Number(side.value)))
  }

  get value() {
    if (this.isByHand) return this.boxes.map((side) => Number(side.value))
    return box(this.shape.across, this.shape.down, this.picture.width, this.picture.height, this.focal.value)
  }

  set value(sides) {
    this.boxes.forEach((side, place) => {
      side.value = sides ? String(sides[place]) : ""
      side.dispatchEvent(new Event("input", { bubbles: true }))
    })
  }

  get words() {
    if (!this.isByHand) return `${this.label}: follows the focal point.`
    const [left, top, width, height] = this.value
    return `${this.label}: ${width} by ${height} pixels, ${left} from the left, ${top} from the top.`
  }

  press(event) {
    const step = KEYS[event.key]
    const growth = GROWS[event.key]
    if (step) {
      const times = (event.shiftKey ? 5 : 1) / 100
      this.value = moved(this.value, step[0] * this.picture.width * times, step[1] * this.picture.height * times, this.picture)
    } else if (growth) {
      const wide = this.value[2] + this.picture.width * growth / 100
      this.value = resized(this.value, wide, this.shape, this.picture)
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.value = null
    } else {
      return false
    }
    return true
  }

  // What dragging from a point does: at a corner it resizes, inside it moves, elsewhere it draws anew.
  grab(from, reach) {
    const [left, top, width, height] = this.value
    const corners = [[left, top], [left + width, top], [left, top + height], [left + width, top + height]]
    const held = corners.findIndex(([x, y]) => Math.abs(x - from[0]) <= reach && Math.abs(y - from[1]) <= reach)
    if (held >= 0) {
      const fixed = corners[3 - held]
      return (to) => { this.value = drawn(fixed, to, this.shape, this.picture) }
    }
    const start = this.value
    if (this.isByHand && from[0] > left && from[0] < left + width && from[1] > top && from[1] < top + height) {
      return (to) => { this.value = moved(start, to[0] - from[0], to[1] - from[1], this.picture) }
    }
    return (to) => {
      if (Math.hypot(to[0] - from[0], to[1] - from[1]) > reach / 2) this.value = drawn(from, to, this.shape, this.picture)
    }
  }
}
