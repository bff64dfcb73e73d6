// Sends what was planned of one story, and tells what became of it: the month and the budget both plan through here.
const form = document.querySelector("#plan")

// Resolves to { isDone, said, told }: `told` is how the story stands now, `said` a sentence where nothing was done.
export async function plan(story, token, changes) {
  const address = form.dataset.plan.replace("/0/", `/${story}/`)
  const headers = { "Content-Type": "application/json", "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value }
  let response
  try {
    response = await fetch(address, { method: "POST", headers, body: JSON.stringify({ token, ...changes }) })
  } catch {
    return { isDone: false, said: "The desk cannot be reached. Nothing was changed; try again.", told: {} }
  }
  const told = await response.json().catch(() => ({}))
  if (response.ok) return { isDone: true, said: "", told }
  if (response.status === 401) return { isDone: false, said: "Your login has ended. Log in in another window and try again.", told: {} }
  return { isDone: false, said: (told.refused || ["The desk did not understand this. Reload the page and try again."]).join(" "), told }
}
