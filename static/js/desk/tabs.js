// Tells the other tabs of this browser that a story was kept, or that somebody logged in again, and listens to them.
import { renewed } from "./door.js"

export function tellingTabs(keeper) {
  if (!("BroadcastChannel" in window)) return () => {}
  const channel = new BroadcastChannel("newsroom-desk")
  keeper.addEventListener("kept", ({ detail: { letter } }) => {
    if (Object.keys(letter.changed).length) channel.postMessage({ told: "kept", story: keeper.story, page: keeper.page })
  })
  channel.addEventListener("message", async ({ data: { told, story, page } }) => {
    if (told === "kept" && story === keeper.story && page !== keeper.page) look(keeper)
    if (told === "logged-in" && keeper.state === "expired") {
      const { isThere, person } = await renewed(keeper.form)
      if (isThere && person === keeper.form.dataset.person) keeper.resume()
    }
  })
  return () => channel.postMessage({ told: "logged-in" })
}

// Ask what others did, as soon as nothing of one's own is on its way.
export async function look(keeper) {
  await keeper.flushed()
  await keeper.flushed({ anyway: true })
}
