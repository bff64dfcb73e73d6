// The journal in this browser: what the desk has not acknowledged yet, by page, and what a writer laid aside.
import { LONG, splice, spliced } from "./splicing.js"

const NAME = "newsroom-desk"
const DAYS = 30
const AT_LEAST = 50

let opening
function opened() {
  opening ??= new Promise((resolve) => {
    let asked
    try {
      asked = indexedDB.open(NAME, 1)
    } catch {
      return resolve(null)
    }
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("unsent", { keyPath: "page" })
      asked.result.createObjectStore("aside", { keyPath: "number", autoIncrement: true })
    }
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = asked.onblocked = () => resolve(null)
  })
  return opening
}

// One change in one store; true when it stands, false where this browser keeps nothing.
async function change(store, act) {
  const base = await opened()
  if (!base) return false
  return new Promise((resolve) => {
    const going = base.transaction(store, "readwrite")
    going.oncomplete = () => resolve(true)
    going.onerror = going.onabort = () => resolve(false)
    act(going.objectStore(store))
  })
}

async function all(store) {
  const base = await opened()
  if (!base) return []
  return new Promise((resolve) => {
    const asked = base.transaction(store).objectStore(store).getAll()
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => resolve([])
  })
}

// A long body is written down whole once, as the page's ground, and from then on as what changed in that.
const grounds = new Map()
const groundOf = (page) => `${page} ground`

function put(store, row) {
  const { body, ...changed } = row.changed
  if (!(body?.length > LONG)) return store.put(row)
  const was = grounds.get(row.page)
  let short = was === undefined ? null : splice(was, body)
  if (!short || short.text.length > body.length / 8) {
    store.put({ page: groundOf(row.page), text: body })
    grounds.set(row.page, body)
    short = splice(body, body)
  }
  return store.put({ ...row, changed, spliced: short })
}

async function unsent() {
  const rows = await all("unsent")
  const texts = new Map(rows.map((row) => [row.page, row.text]))
  const whole = ({ spliced: short, ...row }) => ({ ...row, changed: { ...row.changed, body: spliced(texts.get(groundOf(row.page)) || "", short) } })
  return rows.filter((row) => row.changed).map((row) => (row.spliced ? whole(row) : row))
}

// A row: { page, person, story, token, revision, serial, at, headline, changed: { field: what was typed } }.
export const journal = {
  write: async (row) => (await change("unsent", (store) => put(store, row))) || (grounds.delete(row.page), false),
  // The ground of a page that is still open stays: the next key needs it.
  clear: (page) => change("unsent", (store) => (store.delete(page), grounds.has(page) || store.delete(groundOf(page)))),
  unsent,
  aside: () => all("aside"),

  // Laid aside is not thrown away: it can be read again for 30 days, and the last fifty for longer.
  async layAside(row, why) {
    const isNew = row.number === undefined
    const stands = !isNew || (await change("aside", (store) => store.add({ ...row, why, laid: Date.now() })))
    if (stands) await journal.clear(row.page)
    const rows = await all("aside")
    const old = rows.slice(0, -AT_LEAST).filter((one) => one.laid < Date.now() - DAYS * 86_400_000)
    if (old.length) await change("aside", (store) => old.forEach((one) => store.delete(one.number)))
    return stands
  },
}

// A number of 128 random bits, for a page that opened: as a UUID of the fourth kind, over plain HTTP too.
export function newPage() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("")
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}

// A page that is open holds a lock in its own name; one that died has let go of it.
export function standHere(page) {
  navigator.locks?.request(`desk-page-${page}`, () => new Promise(() => {}))
}

export async function openPages() {
  const held = (await navigator.locks?.query())?.held || []
  return new Set(held.map((one) => one.name.replace("desk-page-", "")))
}

// Grounds of pages that ended and left nothing behind.
async function sweep(open) {
  const pages = (await all("unsent")).map((row) => row.page)
  const isLeft = (page) => pages.includes(page) || open.has(page)
  const gone = pages.filter((page) => page.endsWith(" ground") && !isLeft(page.split(" ")[0]))
  if (gone.length) await change("unsent", (store) => gone.forEach((page) => store.delete(page)))
}

// The rows of pages of this person that are open nowhere any more.
export async function leftBehind(person) {
  const open = await openPages()
  await sweep(open)
  return (await journal.unsent()).filter((row) => row.person === person && !open.has(row.page) && Object.keys(row.changed).length)
}

export const hasJournal = async () => Boolean(await opened())
