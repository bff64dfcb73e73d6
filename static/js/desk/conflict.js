// Where two people saved: a button that takes their words for one field into the form.
export function choosing(kept) {
  const box = document.getElementById(`id_${kept.dataset.theirs}`)
  if (!box) return
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Take theirs" })
  button.className = "take"
  button.addEventListener("click", () => {
    if (box.proseEditor) box.proseEditor.commands.setContent(kept.value, { parseOptions: { preserveWhitespace: true } })
    box.value = kept.value
    box.dispatchEvent(new Event("input", { bubbles: true }))
    button.textContent = "Taken into the form"
  })
  kept.after(button)
}
