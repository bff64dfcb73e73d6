// Follows what others do with the story while nothing is typed here: their text comes in, and where the story stands is told.
import { presence } from "./presence.js"
import { look } from "./tabs.js"

export function following(keeper) {
  let stood = null
  presence.addEventListener("here", ({ detail: { token, state, may_write: mayWrite } }) => {
    const hasMoved = stood !== null && state !== stood && token !== keeper.token
    stood = state
    const isStill = ["kept", "still"].includes(keeper.state) && !keeper.letter && !keeper.asking.size && !keeper.hasUnsaid()
    if (!isStill || !keeper.story || token === keeper.token) return
    if (hasMoved) document.dispatchEvent(new Event("story-moved-on"))
    if (mayWrite && keeper.form) look(keeper)
  })
}
