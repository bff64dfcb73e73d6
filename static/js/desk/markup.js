// The editor's nodes and marks, cut to the table of markup that the sanitiser keeps: what may be typed survives.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Extension, Gapcursor, HardBreak, Heading, History,
  HorizontalRule, Italic, Link, ListItem, OrderedList, Paragraph, Strike, Subscript, Superscript, Table, TableCell,
  TableHeader, TableRow, Text, TrailingNode,
} from "../../django_prose_editor/editor.js"
import { Figure } from "./figure.js"

// Which of the table's tags each node prints.
const TAGS = {
  paragraph: "p", heading: "h2", blockquote: "blockquote", bulletList: "ul", orderedList: "ol",
}
const INSIDE = "li, td, th, blockquote"

// class, data-speaker, dir, lang: whatever the table lets a tag carry, read and printed as it is.
function carried(table) {
  const global = Object.entries(TAGS).map(([node, tag]) => ({
    types: [node],
    attributes: Object.fromEntries(
      (table.markup[tag] || []).map((name) => [
        name === "class" ? "cssClass" : name,
        {
          default: null,
          keepOnSplit: name !== "data-speaker",
          parseHTML: (element) => allowed(table, tag, name, element.getAttribute(name)),
          renderHTML: (attrs) => {
            const value = attrs[name === "class" ? "cssClass" : name]
            return value ? { [name]: value } : {}
          },
        },
      ]),
    ),
  }))
  return Extension.create({
    name: "carried",
    // A turn, a note, a paragraph that runs the other way: what is pasted into an empty line stays what it was.
    extendNodeSchema: ({ name }) => (name === "paragraph" ? { definingForContent: true } : {}),
    addGlobalAttributes: () => [
      ...global,
      // A paragraph that stood as <p> inside a list line, a cell or a quotation stays one; others are printed bare.
      {
        types: ["paragraph"],
        attributes: {
          isWritten: {
            default: null,
            keepOnSplit: false,
            parseHTML: (element) => (element.parentElement?.matches(INSIDE) ? true : null),
            renderHTML: (attrs) => (attrs.isWritten ? { "data-written": "" } : {}),
          },
        },
      },
      {
        types: ["tableRow"],
        attributes: {
          isHead: {
            default: null,
            parseHTML: (element) => (element.parentElement?.tagName === "THEAD" ? true : null),
            renderHTML: (attrs) => (attrs.isHead ? { "data-head": "" } : {}),
          },
        },
      },
    ],
  })
}

function allowed(table, tag, name, value) {
  if (name !== "class" || value === null) return value
  return value.split(/\s+/).filter((one) => (table.classes[tag] || []).includes(one))[0] || null
}

const PlainLink = Link.extend({
  addAttributes: () => ({
    href: { default: null },
    rel: { default: "noopener noreferrer", parseHTML: () => "noopener noreferrer" },
  }),
  addKeyboardShortcuts: () => ({}),
}).configure({ openOnClick: false, autolink: false, HTMLAttributes: {} })

const PlainList = OrderedList.extend({ addAttributes: () => ({}), addNodeView: null })
const cell = { addAttributes: () => ({ colspan: span("colspan"), rowspan: span("rowspan"), colwidth: { default: null, rendered: false } }) }

function span(name) {
  return {
    default: 1,
    parseHTML: (element) => Number.parseInt(element.getAttribute(name), 10) || 1,
    renderHTML: (attrs) => (attrs[name] > 1 ? { [name]: attrs[name] } : {}),
  }
}

// [the tag that must be in the table, the extension that makes it]
const KINDS = [
  ["p", Paragraph], ["h2", Heading.configure({ levels: [2, 3] })], ["blockquote", Blockquote],
  ["ul", BulletList], ["ol", PlainList], ["li", ListItem],
  ["strong", Bold], ["em", Italic], ["s", Strike], ["sub", Subscript], ["sup", Superscript],
  ["a", PlainLink], ["br", HardBreak], ["hr", HorizontalRule], ["figure", Figure],
  ["table", Table.configure({ resizable: false })], ["tr", TableRow],
  ["th", TableHeader.extend(cell)], ["td", TableCell.extend(cell)],
]

export function nodes(table) {
  return [
    Document, Text, History, Dropcursor, Gapcursor, TrailingNode, carried(table),
    ...KINDS.filter(([tag]) => tag in table.markup).map(([, extension]) => extension),
  ]
}
