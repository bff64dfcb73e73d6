// The body's text area says what the editor holds: at once, or where that is long when somebody asks, and in the box soon after.
const SOON = 500 // milliseconds without a key

// Gives `print(text, isLong)`, where `text()` makes the text.
export function printedLate(area) {
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")
  let [make, text, timer] = [null, null, 0] // what makes the text; the text, where the box does not have it yet
  const said = () => {
    if (make) [text, make] = [make(), null]
    return text ?? get.call(area)
  }
  const put = (words) => {
    clearTimeout(timer)
    ;[make, text] = [null, null]
    set.call(area, words)
  }
  const now = () => (make || text !== null) && put(said())
  Object.defineProperty(area, "value", { configurable: true, get: said, set: put })
  // A form that is sent in the browser's own way takes what stands in its boxes.
  area.form?.addEventListener("submit", now, true)
  area.form?.addEventListener("formdata", ({ formData }) => formData.has(area.name) && formData.set(area.name, area.value))
  return (made, isLong) => {
    make = made
    clearTimeout(timer)
    if (isLong) timer = setTimeout(now, SOON)
    else now()
  }
}
