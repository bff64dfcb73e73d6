// A new story: the cursor stands in the headline, and with the first letters the page becomes the story's own, unloaded.
export function starting(keeper) {
  const { form } = keeper
  if (!keeper.story) form.elements.headline?.focus()
  keeper.addEventListener("kept", ({ detail: { answer, isNew } }) => {
    if (isNew) become(form, answer)
    title(form)
  })
}

function become(form, { story, address }) {
  form.dataset.story = String(story)
  form.action = address
  history.replaceState(history.state, "", address)
  for (const link of document.querySelectorAll("[data-of-story]")) {
    link.href = link.dataset.ofStory.replace("/0/", `/${story}/`)
    link.closest("[hidden]")?.removeAttribute("hidden")
    link.hidden = false
  }
  for (const place of document.querySelectorAll("[data-story-number]")) place.textContent = `story ${story}`
  document.dispatchEvent(new CustomEvent("story-started", { detail: { story, address } }))
}

function title(form) {
  const headline = form.elements.headline?.value.trim()
  const [, ...rest] = document.title.split(" · ")
  if (headline) document.title = [headline, ...rest].join(" · ")
}
