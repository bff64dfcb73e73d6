// Asks, where two people changed the same: mine or theirs, word by word, at the passage itself; one types on meanwhile.
import { LABELS } from "./copy_read.js"
import { write } from "./copy_write.js"
import { mark, putTheirs, unmarkAll } from "./clash_places.js"
import { decided } from "./merging_in.js"
import { buttonFor, element, whisper } from "./saying.js"
import { inWords, redlined } from "./word_diff.js"

const WORDS_TOO = new Set(["headline", "kicker", "standfirst", "dateline", "note", "slug"])

export function asking(keeper) {
  const area = keeper.form.elements.body
  keeper.addEventListener("clash", () => {
    for (const [key, clash] of keeper.asking) if (clash.isOver) forget(key, clash)
    for (const [key, clash] of keeper.asking) if (!clash.choice) show(key, clash)
    const count = keeper.asking.size
    whisper(`${who()} changed the same as you in ${count === 1 ? "one place" : `${count} places`}. Nothing is lost: choose below the passage.`)
  })
  const who = () => keeper.latest.by || "Another page of yours"

  function forget(key, clash) {
    clash.panel?.remove()
    if (area.proseEditor) unmarkAll(area.proseEditor, [key])
    keeper.asking.delete(key)
  }

  function show(key, clash) {
    const panel = panelOf(key, clash)
    clash.panel?.remove()
    clash.panel = panel
    if (clash.field === "body" && area.proseEditor && clash.part !== null) return mark(area.proseEditor, key, clash, panel)
    const place = keeper.form.querySelector(`.field.${CSS.escape(clash.field)}`) || keeper.form.querySelector(`[data-rows=${CSS.escape(clash.field)}]`)
    if (place) place.after(panel)
    else keeper.form.querySelector(".columns").before(panel)
  }

  function panelOf(key, clash) {
    const [mine, theirs] = [inWords(clash.field, clash.mine), inWords(clash.field, clash.theirs)]
    const label = LABELS[clash.field] || String(clash.part ?? clash.field)
    const panel = element("section", "clash")
    panel.setAttribute("role", "group")
    panel.setAttribute("aria-label", `${label}: yours or theirs`)
    const choose = (choice) => () => answer(key, choice)
    const group = element("p", "choices", buttonFor("Keep mine", choose("mine")), buttonFor("Take theirs", choose("theirs")))
    if (clash.field === "body" || WORDS_TOO.has(clash.field)) group.append(buttonFor("Keep both", choose("both")))
    panel.append(
      element("p", "said-who", `${who()} changed ${clash.field === "body" ? "this passage" : `the ${label.toLowerCase()}`} while you did. What you wrote stands here; from theirs to yours:`),
      redlined(theirs, mine),
      group,
    )
    return panel
  }

  async function answer(key, choice) {
    const clash = keeper.asking.get(key)
    if (!clash) return
    const editor = area.proseEditor
    const isPassage = clash.field === "body" && editor && clash.part !== null
    clash.choice = choice
    if (isPassage && choice === "theirs") putTheirs(editor, key, clash.theirs)
    clash.panel?.remove()
    ;(isPassage ? editor.view : keeper.form.elements[clash.field])?.focus?.()
    whisper(choice === "theirs" ? "Theirs was taken. Yours is kept in the history." : "Yours stands. Theirs is kept in the history.")
    await finish(editor)
  }

  // What is typed and not yet told is told first, on the ground it was typed on; then the choices are carried out.
  async function finish(editor) {
    for (let round = 0; round < 5; round += 1) {
      await keeper.flushed()
      if ([...keeper.asking.values()].some((one) => !one.choice)) return
      const all = [...keeper.asking]
      if (!decided(keeper)) continue
      for (const [key, clash] of all) carryOut(editor, key, clash)
      if (editor) unmarkAll(editor, all.map(([key]) => key))
      return keeper.flushed()
    }
    for (const [key, clash] of keeper.asking) show(key, Object.assign(clash, { choice: "" }))
  }

  function carryOut(editor, key, { field, part, choice, mine, theirs }) {
    const isPassage = field === "body" && editor && part !== null
    if (isPassage && choice === "both") putTheirs(editor, key, theirs, { after: true })
    else if (!isPassage && field === "body" && choice === "theirs") write(keeper.form, "body", theirs)
    else if (!isPassage && choice === "both") write(keeper.form, field, [mine, theirs].join(" / "))
  }
}
