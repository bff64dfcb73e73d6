// Makes links for somebody outside, lists those that are open, and takes them back.
const PROBLEM = "The desk does not answer. Nothing was changed; try again in a moment."

export function outsiders(keeper) {
  const part = document.querySelector("[data-outsiders]")
  if (!part) return
  const find = (name) => part.querySelector(`[data-${name}]`)
  part.hidden = false

  async function ask(letter) {
    try {
      const { story } = await keeper.settled()
      const answer = await fetch(part.dataset.outsiders.replace("/0/", `/${story}/`), {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value },
        body: JSON.stringify(letter),
      })
      const told = await answer.json()
      find("said").textContent = answer.ok ? "" : (told.refused || [PROBLEM]).join(" ")
      if (answer.ok) show(told)
    } catch (problem) {
      find("said").textContent = problem instanceof TypeError || problem instanceof SyntaxError ? PROBLEM : problem.message
    }
  }

  function show({ links, address }) {
    if (address) {
      find("made").hidden = false
      find("address").value = address
      find("address").select()
      find("said").textContent = "The link is made. Copy it now: it is not shown again."
    }
    find("list").replaceChildren(...links.map((one) => {
      const row = document.createElement("li")
      const times = one.opened === 1 ? "opened once" : `opened ${one.opened} times`
      row.append(`For ${one.for_whom}, until ${one.until}, by ${one.by}, ${times}. `)
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Take it back" })
      button.setAttribute("aria-label", `Take back the link for ${one.for_whom}`)
      button.addEventListener("click", () => ask({ revoke: one.link }))
      row.append(button)
      return row
    }))
  }

  part.addEventListener("toggle", () => part.open && keeper.story !== null && ask({}))
  find("make").addEventListener("click", () => ask({ make: Number(find("days").value), for_whom: find("whom").value }))
  find("copy").addEventListener("click", async () => {
    find("address").select()
    await navigator.clipboard?.writeText(find("address").value).catch(() => {})
    find("said").textContent = "Copied."
  })
}
