// Asks one short question in a dialogue of the page itself; null when the person turns back. The answer is given at the key
// itself, not at the dialogue's event that comes after it: keys that follow find the answer taken.
let asked = 0

export function askFor(question, answer = "", attributes = {}) {
  return new Promise((resolve) => {
    const id = `asked-${++asked}`
    const dialog = document.createElement("dialog")
    dialog.className = "asking"
    const form = document.createElement("form")
    form.method = "dialog"
    const label = document.createElement("label")
    label.htmlFor = id
    label.textContent = question
    const input = Object.assign(document.createElement("input"), { id, type: "text", value: answer, ...attributes })
    const agree = Object.assign(document.createElement("button"), { textContent: "Set", className: "primary" })
    const turnBack = Object.assign(document.createElement("button"), { textContent: "Cancel", value: "", type: "button" })
    turnBack.addEventListener("click", () => dialog.close())
    form.append(label, input, agree, turnBack)
    dialog.append(form)
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      dialog.close()
      resolve(input.value)
    })
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(null) // unless it was answered
    })
    document.body.append(dialog)
    dialog.showModal()
    input.select()
  })
}
