// Warns before what was typed on a page with a save button is left, and keeps a second press from sending the form twice.
export function guarding(form) {
  let isChanged = Boolean(document.querySelector(".trouble"))
  let isSent = false
  form.addEventListener("input", () => { isChanged = true })
  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault()
    isSent = true
    isChanged = false
  })
  window.addEventListener("pageshow", () => { isSent = false })
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault()
  })
}
