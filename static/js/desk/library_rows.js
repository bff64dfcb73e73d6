// A work list saved row by row: with Ctrl and Enter, or on leaving a row in which something was typed.
import { meant } from "./caption_meant.js"

const form = document.querySelector("[data-rows-saved]")
const isByHand = form?.dataset.rowsSaved === "by-hand"

function fields(row) {
  return [...row.querySelectorAll("input, select, textarea")].filter((box) => box.name)
}

function typedIn(row) {
  return fields(row).filter((box) => box.type !== "hidden").map((box) => box.value).join("\u0000")
}

function say(row, sentences, isTrouble) {
  const said = row.querySelector(".said")
  said.textContent = sentences.join(" ")
  said.classList.toggle("trouble-said", isTrouble)
  row.classList.toggle("wrong", isTrouble)
  row.classList.toggle("is-saved", !isTrouble)
}

function onto(row, version) {
  if (version) row.querySelector("input[name$='-version']").value = version
}

// What was saved is from now on what was shown: only a further change is a change.
function asShown(row) {
  for (const box of row.querySelectorAll("input[name^='initial-']")) {
    const shown = row.querySelector(`[name="${CSS.escape(box.name.replace(/^initial-/, ""))}"]`)
    if (shown) box.value = shown.value
  }
}

async function save(row) {
  const typed = typedIn(row)
  if (row.dataset.busy || typed === row.dataset.typed) return
  row.dataset.busy = "yes"
  const sent = new FormData()
  sent.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value)
  sent.set("save", row.dataset.row)
  for (const box of fields(row)) sent.set(box.name, box.type === "file" ? box.files[0] ?? "" : box.value)
  say(row, ["Saving…"], false)
  try {
    const answer = await fetch(location.href, { method: "POST", body: sent, headers: { Accept: "application/json" }, credentials: "same-origin" })
    if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error("no answer in JSON")
    const told = await answer.json()
    onto(row, told.version)
    if (told.refused) {
      const now = told.now.length ? ["The library says now:", ...told.now] : []
      say(row, [...told.refused, ...now], true)
      row.dataset.refused = typed
    } else {
      asShown(row)
      row.dataset.typed = typed
      delete row.dataset.refused
      say(row, [told.saved || "Nothing was changed."], false)
    }
  } catch {
    say(row, ["The desk does not answer, or you were logged out. What you typed is still here: log in in another window and save again."], true)
  }
  delete row.dataset.busy
}

for (const row of form?.querySelectorAll("[data-row]") ?? []) {
  // A row that came back refused is no row that was saved; it waits for a change, or for its button.
  const isRefused = row.classList.contains("wrong")
  row.dataset.typed = isRefused ? "" : typedIn(row)
  if (isRefused) row.dataset.refused = typedIn(row)
  const [words, choice] = ["caption", "caption_is"].map((name) => row.querySelector(`[name$="-${name}"]:not([type=hidden])`))
  if (words && choice) meant(words, choice, "present")
  row.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    save(row)
  })
  row.querySelector("[name=save]")?.addEventListener("click", (event) => {
    event.preventDefault()
    save(row)
  })
  row.addEventListener("focusout", (event) => {
    if (isByHand || row.contains(event.relatedTarget)) return
    // A refused row is saved again only when something in it has changed since, or by hand.
    if (row.dataset.refused === typedIn(row)) return
    if (!document.hidden && document.hasFocus()) save(row)
  })
}

window.addEventListener("beforeunload", (event) => {
  const rows = [...(form?.querySelectorAll("[data-row]") ?? [])]
  if (!form?.dataset.sent && rows.some((row) => typedIn(row) !== row.dataset.typed)) event.preventDefault()
})
form?.addEventListener("submit", () => { form.dataset.sent = "yes" })
