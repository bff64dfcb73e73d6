// A picture in the text: its Media ID and nothing else is kept; caption and credit stand there as they will be printed.
import { Node } from "../../django_prose_editor/editor.js"
import { said } from "./library.js"
import { changed } from "./pictures.js"
import { ownOr, printed } from "./printed_words.js"
import { element, whisper } from "./saying.js"

const WORDS = { none: "no caption is printed, as this story says", absent: "no caption: nobody wrote one" }

// Fill a figure with what will be printed under its picture, and with what the desk should know before.
export function pictureShown(dom, mediaId, found) {
  const { caption, layer } = printed(mediaId)
  const words = element("p", "shown-words")
  const said = element("span", caption ? "caption" : "caption unknown", caption || (found ? WORDS[layer] || "" : "…"))
  said.dir = "auto"
  words.append(said, " ")
  const printedCredit = ownOr(mediaId, "credit")
  if (printedCredit && !caption.includes(printedCredit)) {
    const credit = element("span", "credit", printedCredit)
    credit.dir = "auto"
    words.append(credit, " ")
  }
  words.append(plain(element("span", "media-id", `Media ID ${mediaId}`)))
  const alt = ownOr(mediaId, "alt")
  const notes = notesOn(found, alt)
  const inside = [...(found?.wide || found?.src ? [image(found, alt)] : []), words]
  dom.replaceChildren(...inside, ...(notes.length ? [plain(element("p", "notes", ...notes))] : []))
}

// The desk's own words stay as they are in a story that runs from right to left.
const plain = (words) => Object.assign(words, { lang: "en", dir: "ltr" })

function image(found, alt) {
  const made = Object.assign(document.createElement("img"), { src: found.wide || found.src, alt })
  if (found.width && found.height) Object.assign(made, { width: found.width, height: found.height })
  made.draggable = false
  return made
}

function notesOn(found, alt) {
  if (!found) return []
  if (found.missing || found.withdrawn) return [element("span", "state rights-denied", found.missing || found.withdrawn)]
  const notes = []
  if (found.merged) notes.push(element("span", "", found.merged))
  if (found.rights !== "clear") notes.push(element("span", `state rights-${found.rights}`, found.rights_word))
  if (found.is_made_by_ai) notes.push(element("span", "ai", "Made with AI"))
  if (!found.src) notes.push(element("span", "", "The file is lost."))
  if (!alt) notes.push(element("span", "no-alt", "No alternative text"))
  return notes.flatMap((note) => [note, " "])
}

export const Figure = Node.create({
  name: "figure",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({
    mediaId: {
      default: null,
      parseHTML: (element) => element.getAttribute("data-media-id"),
      renderHTML: (attrs) => ({ "data-media-id": attrs.mediaId }),
    },
  }),
  parseHTML: () => [{ tag: "figure[data-media-id]" }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes],
  addNodeView: () => ({ node }) => {
    const mediaId = node.attrs.mediaId
    const dom = element("figure")
    dom.dataset.mediaId = mediaId
    let found
    const show = () => {
      pictureShown(dom, mediaId, found)
      dom.append(plain(element("p", "keys", "Alt with the arrows moves it, Alt Enter leads to its caption, Delete takes it out.")))
    }
    show()
    said(mediaId).then((answer) => {
      found = answer
      if (found.merged) changed() // its row stands under the other number
      else show()
    })
    document.addEventListener("pictures", show)
    return {
      dom,
      ignoreMutation: () => true,
      selectNode() {
        dom.classList.add("ProseMirror-selectednode")
        whisper(`Picture. ${dom.innerText}`) // its last line says what the keys do
      },
      deselectNode: () => dom.classList.remove("ProseMirror-selectednode"),
      destroy: () => document.removeEventListener("pictures", show),
    }
  },
})
