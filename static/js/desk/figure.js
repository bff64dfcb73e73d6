// A picture in the text: its Media ID and nothing else; what the library says of it is shown while writing.
import { Node } from "../../django_prose_editor/editor.js"
import { said } from "./library.js"

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
    const dom = document.createElement("figure")
    dom.dataset.mediaId = node.attrs.mediaId
    const words = document.createElement("p")
    words.textContent = `Media ID ${node.attrs.mediaId}`
    dom.append(words)
    said(node.attrs.mediaId).then((found) => {
      if (found.src) {
        const image = document.createElement("img")
        image.src = found.src
        image.alt = ""
        dom.prepend(image)
      }
      const caption = found.missing || found.library_says || found.file_says || ""
      words.textContent = `Media ID ${node.attrs.mediaId}. ${caption} ${found.credit || ""}`
    })
    return { dom }
  },
})
