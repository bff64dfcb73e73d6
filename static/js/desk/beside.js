// Shows the reader's page beside the text, at a reader's width, in light or dark, anew with every save.
const SHOWN = "newsroom.beside"

export function besideTheText(keeper) {
  const part = document.querySelector("[data-beside]")
  const LINK = "a[data-of-story*='/preview/']" // other modules draw the line it stands in anew
  if (!part) return
  const frame = part.querySelector("iframe")
  const holder = part.querySelector(".preview-beside-frame")
  const widths = [...part.querySelectorAll("[name=beside-width]")]
  const dark = part.querySelector("[name=beside-dark]")
  const chosen = () => widths.find((one) => one.checked).value
  let [shown, isBusy, isStale] = ["", false, false]

  // The frame is as wide as a reader's window and made to fit by scale: what it shows is what they see.
  function fit() {
    const width = chosen() === "shared" ? 600 : Number(chosen())
    const scale = Math.min(1, holder.clientWidth / width || 1)
    Object.assign(frame.style, {
      width: `${width}px`, height: `${holder.clientHeight / scale}px`, transform: `scale(${scale})`,
    })
  }

  // Light or dark as chosen, whatever this screen prefers: the frame's own rules for it are switched.
  function light() {
    const page = frame.contentDocument
    page.documentElement.style.colorScheme = dark.checked ? "dark" : "light"
    for (const sheet of page.styleSheets) preferring(sheet.cssRules)
  }
  function preferring(rules) {
    for (const { media, cssRules } of rules) {
      const asked = /prefers-color-scheme: (dark|light)/.exec(media?.mediaText)
      if (asked) media.mediaText = (asked[1] === "dark") === dark.checked ? "all" : "not all"
      if (cssRules) preferring(cssRules)
    }
  }

  function draw() {
    if (part.hidden || keeper.story === null) return
    if (isBusy) return void (isStale = true)
    const pattern = chosen() === "shared" ? part.dataset.shared : part.dataset.beside
    const address = pattern.replace("/0/", `/${keeper.story}/`)
    const at = address === shown ? frame.contentWindow.scrollY : 0
    shown = address
    isBusy = true
    frame.onload = () => {
      isBusy = false
      light()
      frame.contentWindow.scrollTo(0, at)
      for (const one of frame.contentDocument?.querySelectorAll("a[href]") || []) one.target = "_blank"
      if (isStale) (isStale = false), draw()
    }
    if (frame.contentWindow.location.href.endsWith(address)) frame.contentWindow.location.reload()
    else frame.contentWindow.location.replace(address)
  }

  async function open() {
    part.hidden = false
    document.body.classList.add("has-preview")
    sessionStorage.setItem(SHOWN, "open")
    fit()
    await keeper.settled().catch(() => {})
    draw()
  }
  function close() {
    part.hidden = true
    document.body.classList.remove("has-preview")
    sessionStorage.removeItem(SHOWN)
    document.querySelector(LINK)?.focus()
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest(LINK) || event.ctrlKey || event.metaKey || event.shiftKey) return // a page of its own, as any link
    event.preventDefault()
    part.hidden ? open() : close()
  })
  part.querySelector("[data-close]").addEventListener("click", close)
  part.addEventListener("change", () => (fit(), draw()))
  new ResizeObserver(fit).observe(holder)
  keeper.addEventListener("kept", draw)
  keeper.addEventListener("moved", draw)
  if (sessionStorage.getItem(SHOWN) && keeper.story !== null) open()
}
