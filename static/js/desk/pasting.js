// Reads pasted text as its writer saw it: word processors say bold in a style, and wrap all of it in a false <b>.
const MARKS = [
  ["strong", /font-weight:\s*(bold|[6-9]00)/i],
  ["em", /font-style:\s*italic/i],
  ["s", /text-decoration[^;]*:\s*[^;]*line-through/i],
  ["sup", /vertical-align:\s*super/i],
  ["sub", /vertical-align:\s*sub(?!\w*per)/i],
]

export function asPasted(html) {
  // Renamed before anything parses it: under the policy a style attribute is neither applied nor readable.
  const text = html.replace(/(<[^>]*?\s)style(\s*=)/gi, "$1data-style$2")
  const page = new DOMParser().parseFromString(text, "text/html")
  for (const element of page.querySelectorAll("b, strong")) {
    if (/font-weight:\s*(normal|[1-4]00)/i.test(element.dataset.style || "")) element.replaceWith(...element.childNodes)
  }
  for (const element of page.querySelectorAll("i, em")) {
    if (/font-style:\s*normal/i.test(element.dataset.style || "")) element.replaceWith(...element.childNodes)
  }
  for (const element of page.querySelectorAll("span[data-style]")) mark(page, element)
  for (const element of page.querySelectorAll("meta, style, title, link")) element.remove()
  for (const element of page.querySelectorAll("[data-style]")) element.removeAttribute("data-style")
  return page.body.innerHTML
}

function mark(page, element) {
  let inner = [...element.childNodes]
  for (const [tag, pattern] of MARKS) {
    if (!pattern.test(element.dataset.style)) continue
    const wrapper = page.createElement(tag)
    wrapper.append(...inner)
    inner = [wrapper]
  }
  element.replaceWith(...inner)
}
