// The first screen: the stories of which this browser still holds words that no page sent, each a way to where they are offered.
import { leftBehind } from "./journal.js"
import { element } from "./saying.js"

const place = document.querySelector("[data-unsent]")
const language = document.documentElement.lang || "en"

function when(at) {
  const moment = new Date(at)
  const isToday = moment.toDateString() === new Date().toDateString()
  const day = isToday ? {} : { day: "numeric", month: "long" }
  return moment.toLocaleString(language, { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
}

// One line a story: its page offers everything that was left of it, the last words first.
function lastOfEach(rows) {
  const last = new Map()
  for (const row of rows) {
    const key = row.story ?? `new ${row.page}`
    if (!last.has(key) || last.get(key).at < row.at) last.set(key, row)
  }
  return [...last.values()].sort((one, other) => other.at - one.at)
}

function line(row) {
  const isNew = row.story === null || row.story === undefined
  const called = element("bdi", "", row.headline || (isNew ? "a story without a headline" : `story ${row.story}`))
  const link = element("a", "", "Open")
  link.href = isNew ? place.dataset.new : place.dataset.story.replace("/0/", `/${row.story}/`)
  const about = element("span", "visually-hidden", ` ${called.textContent}`)
  link.append(about)
  return element("li", "", `Unsent words of ${when(row.at)} on `, called, isNew ? ", which the desk does not know of: " : ": ", link)
}

// A page that was closed sends a last letter, whose answer nobody hears: the desk knows what came with it.
async function withoutThoseThatArrived(rows) {
  if (!rows.length) return rows
  const asked = new URLSearchParams(rows.map((row) => ["page", `${row.page}:${row.serial}`]))
  try {
    const response = await fetch(`${place.dataset.arrived}?${asked}`, { redirect: "manual" })
    const { arrived } = await response.json()
    return rows.filter((row) => !arrived.includes(row.page))
  } catch {
    return rows
  }
}

async function show() {
  const rows = lastOfEach(await withoutThoseThatArrived(await leftBehind(place.dataset.unsent)))
  place.querySelector("ul")?.remove()
  place.append(element("ul", "", ...rows.map(line)))
  place.hidden = !rows.length
}

if (place) {
  show()
  // Back from the story, by the browser's own button: what was taken or laid aside is named no longer.
  addEventListener("pageshow", (event) => event.persisted && show())
}
