// Makes the story's page one that keeps itself: the line in sight, the way out, others' changes, what a crash left behind.
import { tellingWhatCame } from "./came_in.js"
import { asking } from "./clashes.js"
import { HALF } from "./copy_read.js"
import { leaving } from "./leaving.js"
import { offering } from "./left_behind.js"
import { loggingInHere } from "./log_in_here.js"
import { standing } from "./standing.js"
import { starting } from "./starting.js"
import { tellingTabs } from "./tabs.js"

// Half a tag, half a Media ID: what was typed at the last sitting stands in its box again.
function halfTyped(form) {
  const { tagTyped, pictureTyped } = form.querySelector("[data-keeping]")?.dataset || {}
  for (const [where, typed] of [[HALF.tags_typing, tagTyped], [HALF.pictures_typing, pictureTyped]]) {
    const box = form.querySelector(where)
    if (box && typed) box.defaultValue = typed
  }
}

export function keepingTheStory(keeper, form) {
  halfTyped(form)
  keeper.begin(form)
  const line = standing(keeper)
  starting(keeper)
  leaving(keeper, line)
  asking(keeper)
  tellingWhatCame(keeper)
  loggingInHere(keeper, tellingTabs(keeper))
  offering(keeper)
}
