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

// A picture put into the text stands among the story's pictures as well: a row is added for it if there is none.
export function placed(mediaId) {
  const boxes = () => [...document.querySelectorAll("[data-rows=pictures] input[data-media]")]
  if (boxes().some((box) => box.value.trim() === mediaId)) return
  const here = document.activeElement
  document.querySelector("[data-rows=pictures] + .more-rows")?.click()
  const box = boxes().at(-1)
  if (box && !box.value) {
    box.value = mediaId
    box.dispatchEvent(new Event("change"))
  }
  here?.focus()
}
