// Brings the story form to life: suggestions, tags, rows that can be added, captions from the library, unsaved text.
import { suggesting } from "./combobox.js"
import { moving } from "./bylines.js"
import { crediting } from "./crediting.js"
import { tagging } from "./tags.js"
import { growing } from "./rows.js"
import { pictured } from "./picture_row.js"
import { changed } from "./pictures.js"
import { placing } from "./placing.js"
import { keepingThePage, leading } from "./lead.js"
import { waiting } from "./saving.js"
import { keeper } from "./keeping.js"
import { keepingTheStory } from "./page_that_keeps.js"
import { choosing } from "./conflict.js"
import { besideTheText } from "./beside.js"
import { outsiders } from "./outsiders.js"
import { wordFiles } from "./word_into_text.js"
import { publishing } from "./publishing.js"
import { together } from "./together.js"

function enliven(part) {
  for (const input of part.querySelectorAll("input[data-suggest]")) {
    if (!input.closest("[data-rows=bylines]")) suggesting(input, input.dataset.suggest)
    else crediting(input), moving(input.closest("li"))
  }
  for (const input of part.querySelectorAll("input[data-media]")) pictured(input)
}

enliven(document)
for (const area of document.querySelectorAll("textarea[data-tags]")) tagging(area)
for (const list of document.querySelectorAll("[data-rows]")) growing(list, enliven)
for (const area of document.querySelectorAll("textarea[data-one-line]")) {
  area.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault())
}
for (const kept of document.querySelectorAll("textarea[data-theirs]")) choosing(kept)
const form = document.querySelector("form#story")
if (form) {
  waiting(form) // before the guard: a form that is held back was not sent
  const pictures = form.querySelector("[data-rows=pictures]")
  if (pictures) placing(pictures)
  leading(form)
  keepingThePage()
  changed()
  if (form.dataset.keep) publishing(keeper, form) // before the page that keeps itself sends any button's form
  if (form.dataset.keep) keepingTheStory(keeper, form)
  together(form)
  besideTheText(keeper)
  outsiders(keeper)
  if (form.dataset.keep) wordFiles(keeper, form)
}
