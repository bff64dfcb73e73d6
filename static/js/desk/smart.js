// Sets quotes, dashes and dots as print does, by the paragraph's language; one Backspace gives back what was typed.
import { Extension, InputRule } from "../../django_prose_editor/editor.js"

const SWITCH = "newsroom-smart-typing"
export const isSmart = () => localStorage.getItem(SWITCH) !== "off"
export const setSmart = (on) => localStorage.setItem(SWITCH, on ? "on" : "off")

const QUOTES = { ar: ["«", "»", "‘", "’"], fr: ["«\u202f", "\u202f»", "‘", "’"], de: ["„", "“", "‚", "‘"], other: ["“", "”", "‘", "’"] }
const ARABIC = /[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]/

function quotesAt({ state, view }) {
  const { $from } = state.selection
  const stated = $from.parent.attrs.lang || view.dom.lang || ""
  const text = $from.parent.textContent
  const language = ARABIC.test(text) ? "ar" : !text && stated.startsWith("ar") ? "ar" : stated.startsWith("ar") ? "en" : stated
  return QUOTES[language.slice(0, 2)] || QUOTES.other
}

// A quote opens at a line's beginning, behind a space and behind what opens.
const OPENS = /(?:^|[\s\u00a0([{<“‘«„‚—–/-])$/

const rule = (find, put) => new InputRule({
  find,
  handler: ({ state, range }) => {
    if (!isSmart()) return null
    state.tr.insertText(put, range.from, range.to)
    return undefined
  },
})

export const Smart = Extension.create({
  name: "smart",
  priority: 950,
  // The first undo gives back what was typed, and leaves what stood before it.
  addKeyboardShortcuts: () => ({ "Mod-z": ({ editor }) => editor.commands.undoInputRule() }),
  addInputRules() {
    const { editor } = this
    const quote = (sign, [open, shut]) => new InputRule({
      find: new RegExp(`${sign}$`),
      handler: ({ state, range }) => {
        if (!isSmart()) return null
        const all = quotesAt(editor)
        const before = state.selection.$from.parent.textBetween(0, range.from - state.selection.$from.start(), "\n", "\ufffc")
        state.tr.insertText(all[OPENS.test(before) ? open : shut], range.from, range.to)
        return undefined
      },
    })
    return [quote('"', [0, 1]), quote("'", [2, 3]), rule(/–-$/, "—"), rule(/--$/, "–"), rule(/\.\.\.$/, "…")]
  },
})
