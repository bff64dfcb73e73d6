// Pictures in pasted text: one of ours is found again by its Media ID, any other leaves a note to the editor where it stood.
const OURS = /^\/media\/([0-9]{4,12})\/$/
const SIGN = /^\p{Extended_Pictographic}[\p{Extended_Pictographic}\u200d\ufe0f\u{1f3fb}-\u{1f3ff}]{0,8}$/u

export function mediaIdOf(figure) {
  const stated = figure.getAttribute("data-media-id") || ""
  if (/^[0-9]{4,12}$/.test(stated)) return stated
  for (const link of figure.querySelectorAll("a[href]")) {
    let address
    try { address = new URL(link.getAttribute("href"), location.origin) } catch { continue }
    const found = address.origin === location.origin && OURS.exec(address.pathname)
    if (found) return found[1]
  }
  return ""
}

// What stands for an <img>: { words } of a sign that is drawn as a picture, { name } of a picture left behind, or nothing.
export function pictureIn(image) {
  const alt = (image.getAttribute("alt") || "").trim()
  if (SIGN.test(alt)) return { words: alt }
  if (image.getAttribute("aria-roledescription") === "checkbox") return {}
  if (["width", "height"].some((side) => /^[0-2](px)?$/.test(image.getAttribute(side) || ""))) return {} // counts who reads the mail
  return { name: alt || fileName(image.getAttribute("src") || "") }
}

function fileName(source) {
  if (/^(data|blob|cid):/i.test(source)) return ""
  return source.split(/[?#]/)[0].split(/[\\/]/).pop().slice(0, 80)
}

export const leftNote = (name) => `Picture not pasted${name ? `: ${name}` : ""}. Drop its file here, or press Picture.`

export function leftSaid(count) {
  if (!count) return ""
  const what = count === 1 ? "One picture was left behind: a note stands where it was." : `${count} pictures were left behind: a note stands where each was.`
  return `${what} Drop the files into the text, or press Picture and choose them in the library.`
}
