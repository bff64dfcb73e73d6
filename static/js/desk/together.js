// Brings to life what a story page shows of working together: who is here, handing over, notes.
import { following } from "./following.js"
import { handing } from "./handing.js"
import { keeper } from "./keeping.js"
import { notes } from "./notes.js"
import { presence } from "./presence.js"

export function together(form) {
  following(keeper)
  presence.begin(form)
  handing.begin(form)
  notes.begin(form)
}
