// Which part of a picture each slot shows: the same sums as media/geometry.py, to the pixel (a test compares the two).
const MIDDLE = [500, 500]
const UPPER_THIRD = [500, 333]

// Halves go to the even neighbour, as Python's round() has it.
export function rounded(number) {
  const below = Math.floor(number)
  const rest = number - below
  if (rest < 0.5) return below
  if (rest > 0.5) return below + 1
  return below % 2 === 0 ? below : below + 1
}

const between = (number, low, high) => Math.min(Math.max(number, low), high)

// The largest [width, height] of a shape, `across` to `down`, within a box.
export function largest(across, down, width, height) {
  if (width * down >= height * across) return [Math.max(1, Math.min(width, rounded(height * across / down))), height]
  return [width, Math.max(1, Math.min(height, rounded(width * down / across)))]
}

// Where the focal point rests until somebody sets it: an upright picture shows a person, and keeps the head.
export const resting = ({ width, height }) => height >= width ? UPPER_THIRD : MIDDLE

// [left, top, width, height] of what a slot shows; `focal` in thousandths, null for where it rests.
export function box(across, down, width, height, focal) {
  const [wide, high] = largest(across, down, width, height)
  const [x, y] = focal || resting({ width, height })
  return [
    between(rounded(width * x / 1000 - wide / 2), 0, width - wide),
    between(rounded(height * y / 1000 - high / 2), 0, height - high),
    wide,
    high,
  ]
}

// A box of `wide` pixels on the same middle, kept in its shape and inside the picture, never below `least`.
export function resized([left, top, width, height], wide, shape, picture) {
  const most = largest(shape.across, shape.down, picture.width, picture.height)[0]
  const across = between(rounded(wide), Math.min(shape.least, most), most)
  const down = Math.max(1, Math.min(picture.height, rounded(across * shape.down / shape.across)))
  return moved([left + (width - across) / 2, top + (height - down) / 2, across, down], 0, 0, picture)
}

// The box moved by so many pixels, as far as the picture goes.
export function moved([left, top, width, height], x, y, picture) {
  return [
    between(Math.round(left + x), 0, picture.width - width),
    between(Math.round(top + y), 0, picture.height - height),
    width,
    height,
  ]
}

// The box of the shape that is drawn from a fixed corner towards a point: as large as the farther side asks, as fits.
export function drawn([fromX, fromY], [toX, toY], shape, picture) {
  const ratio = shape.across / shape.down
  const isLeft = toX < fromX
  const isUp = toY < fromY
  const room = { across: isLeft ? fromX : picture.width - fromX, down: isUp ? fromY : picture.height - fromY }
  const asked = Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY) * ratio, shape.least)
  const across = Math.max(1, Math.floor(Math.min(asked, room.across, room.down * ratio)))
  const down = Math.max(1, Math.min(Math.floor(room.down), rounded(across / ratio)))
  return moved([isLeft ? fromX - across : fromX, isUp ? fromY - down : fromY, across, down], 0, 0, picture)
}
