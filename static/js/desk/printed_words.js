// What will be printed of a picture in words: the story's own, else the library's, else nothing.
import { known } from "./library.js"
import { rowOf } from "./pictures.js"

// What will be printed under a picture, and who says it.
export function printed(mediaId, row = rowOf(mediaId)) {
  const found = known(mediaId)
  const own = row?.querySelector("[data-own-caption]").value.trim() || ""
  if (row?.querySelector("[data-no-caption]").checked) return { caption: "", layer: "none" }
  if (row?.querySelector("[data-caption-is-absent]").checked) return { caption: "", layer: "absent" }
  if (own) return { caption: own, layer: "own" }
  return { caption: found?.caption || "", layer: found?.caption ? found.caption_layer : "absent" }
}

// Credit ("credit") or alternative text ("alt") as it will be printed: the story's own, else the library's.
export function ownOr(mediaId, name, row = rowOf(mediaId)) {
  if (row?.querySelector(name === "credit" ? "[data-no-credit]" : "[data-no-alt-here]").checked) return ""
  return row?.querySelector(`[data-own-${name}]`).value.trim() || known(mediaId)?.[name] || ""
}
