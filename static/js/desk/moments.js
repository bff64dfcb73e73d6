// Boxes for a day and an hour: what is typed is read by the desk and said back with weekday, date, hour and zone.
const PAUSE = 250

export function readingMoments(part, told = () => {}) {
  for (const input of part.querySelectorAll("input[data-moment]")) if (!input.dataset.read) reading(input, told)
}

function reading(input, told) {
  input.dataset.read = "yes"
  const said = document.createElement("p")
  said.className = "moment-said"
  said.setAttribute("role", "status")
  said.id = `${input.id || input.name}-said`
  input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), said.id].filter(Boolean).join(" "))
  input.after(said)
  let timer = 0
  let asked = 0

  input.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(ask, PAUSE)
  })
  // Once one has left the box, “in 2 hours” becomes the hour it meant: read again later it would mean another.
  input.addEventListener("change", async () => {
    clearTimeout(timer)
    const answer = await ask()
    if (!answer?.typed || answer.typed === input.value.trim()) return
    input.value = answer.typed
    input.dispatchEvent(new Event("input", { bubbles: true }))
  })

  async function ask() {
    const typed = input.value.trim()
    const mine = ++asked
    if (!typed) return void said.replaceChildren()
    const isDue = !input.closest("dialog")
    const question = new URLSearchParams({ q: typed, ...(isDue ? { past: "1" } : {}) })
    const answer = await fetch(`/admin/articles/article/moment/?${question}`).then((one) => one.json()).catch(() => null)
    if (mine !== asked || !answer) return null
    show(answer)
    return answer
  }

  function show(answer) {
    said.classList.toggle("wrong", Boolean(answer.trouble))
    said.replaceChildren(answer.said || answer.trouble)
    for (const one of answer.choices || []) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: one.said })
      button.addEventListener("click", () => {
        input.value = one.typed
        input.dispatchEvent(new Event("input", { bubbles: true }))
        input.focus()
      })
      said.append(" ", button)
    }
    if (answer.short) told(answer.short)
  }
}
