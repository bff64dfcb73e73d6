// Makes the story's page one that keeps itself: the line in sight, the way out, others' changes, what a crash left behind.
import { tellingWhatCame } from "./came_in.js"
import { asking } from "./clashes.js"
import { leaving } from "./leaving.js"
import { offering } from "./left_behind.js"
import { loggingInHere } from "./log_in_here.js"
import { standing } from "./standing.js"
import { starting } from "./starting.js"
import { tellingTabs } from "./tabs.js"

// Half a tag that was typed at the last sitting stands in its box again.
function halfTag(form) {
  const [box, typed] = [form.querySelector("#id_tags_add"), form.querySelector("[data-tag-typed]")?.dataset.tagTyped]
  if (box && typed) box.defaultValue = typed
}

export function keepingTheStory(keeper, form) {
  halfTag(form)
  keeper.begin(form)
  const line = standing(keeper)
  starting(keeper)
  leaving(keeper, line)
  asking(keeper)
  tellingWhatCame(keeper)
  loggingInHere(keeper, tellingTabs(keeper))
  offering(keeper)
}
