// Fills in, under a Media ID, what file and library say of the picture.
import { said } from "./library.js"

export function pictured(input) {
  const row = input.closest("li")
  const box = row?.querySelector("[data-said]")
  if (!box) return
  const missing = box.querySelector(".missing")
  input.addEventListener("change", async () => {
    const mediaId = input.value.trim()
    if (!mediaId) {
      box.hidden = true
      return
    }
    const found = await said(mediaId)
    if (mediaId !== input.value.trim()) return
    box.hidden = false
    missing.textContent = found.missing || (found.withdrawn ? "This picture was withdrawn. Take it out of the story." : "")
    for (const layer of box.querySelectorAll("[data-layer]")) layer.textContent = found[layer.dataset.layer] || ""
    box.querySelector("img")?.remove()
    if (found.src) {
      const image = Object.assign(document.createElement("img"), { src: found.src, alt: "" })
      box.prepend(image)
    }
  })
}
