// Makes the story's page one that keeps itself: the line in sight, the way out, others' changes, what a crash left behind.
import { asking } from "./clashes.js"
import { leaving } from "./leaving.js"
import { standing } from "./standing.js"
import { starting } from "./starting.js"

export function keepingTheStory(keeper, form) {
  keeper.begin(form)
  const line = standing(keeper)
  starting(keeper)
  leaving(keeper, line)
  asking(keeper)
}
