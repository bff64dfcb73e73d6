// Brings to life what a story page shows of working together: who is here, handing over, notes.
import { handing } from "./handing.js"
import { notes } from "./notes.js"
import { presence } from "./presence.js"

export function together(form) {
  presence.begin(form)
  handing.begin(form)
  notes.begin(form)
}
