"""How soon a reader sees a page, and whether it moves: largest paint and layout shift in Chromium, its processor slowed.

    .venv/bin/python manage.py serve        # elsewhere, with the sample newspaper or any other
    .venv/bin/python bench/reading_pages.py http://localhost:8000 [--slower 4] [--times 5]

Each page is opened with an empty cache, on loopback. Bytes are what came over the wire, compressed where the server does.
"""

import argparse
import statistics
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
WATCH = """
window.seen = {lcp: 0, what: "", cls: 0};
new PerformanceObserver(list => { for (const one of list.getEntries()) {
  window.seen.lcp = one.startTime; window.seen.what = one.element ? one.element.tagName.toLowerCase() : ""; } })
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => { for (const one of list.getEntries()) window.seen.cls += one.value; })
  .observe({type: "layout-shift", buffered: true});
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("site")
    asked.add_argument("--slower", type=float, default=4)
    asked.add_argument("--times", type=int, default=5)
    options = asked.parse_args()
    with sync_playwright() as driver:
        browser = next(
            driver.chromium.launch(executable_path=path, args=FLAGS) for path in BROWSERS if _is_there(path)
        )
        print(
            f"processor {options.slower:g} times slower; the median of {options.times}, the worst behind it"
        )
        print(
            f"{'page':8}{'window':8}{'largest paint, ms':22}{'what':8}{'shift':8}{'requests':10}{'KB, wire':10}"
        )
        for name, path in _pages(browser, options.site).items():
            for window, size in SIZES.items():
                _measure(browser, name, window, size, options, path)
        browser.close()


def _is_there(path: str) -> bool:
    try:
        open(path, "rb").close()
    except OSError:
        return False
    return True


def _pages(browser: Browser, site: str) -> dict[str, str]:
    page = browser.new_page()
    page.goto(site)
    story = page.locator("main h2 a[href^='/story/']").first.get_attribute("href")
    section = page.locator(".sections a").first.get_attribute("href")
    page.close()
    return {"front": "/", "story": story, "list": section}


def _measure(
    browser: Browser, name: str, window: str, size: tuple[int, int], options: argparse.Namespace, path: str
) -> None:
    found = [_once(browser, size, options, path) for _ in range(options.times)]
    paints = [one["lcp"] for one in found]
    paint = f"{statistics.median(paints):.0f} ({max(paints):.0f})"
    shift = f"{max(one['cls'] for one in found):.4f}"
    last = found[-1]
    kilobytes = f"{last['bytes'] / 1024:.0f}"
    print(f"{name:8}{window:8}{paint:22}{last['what']:8}{shift:8}{last['requests']:<10}{kilobytes:10}")


def _once(browser: Browser, size: tuple[int, int], options: argparse.Namespace, path: str) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page: Page = context.new_page()
    session: CDPSession = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": options.slower})
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    came = []
    session.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.add_init_script(WATCH)
    page.goto(options.site + path, wait_until="load")
    # Scrolling ends the search for the largest paint: it is waited for.
    for _ in range(50):
        page.wait_for_timeout(200)
        if page.evaluate("window.seen.lcp") > 0:
            break
    page.wait_for_timeout(500)
    # What lies below is scrolled to, so that pictures which come late would move the text if they could.
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(600)
    page.mouse.wheel(0, -9000)
    page.wait_for_timeout(400)
    seen = page.evaluate("window.seen")
    context.close()
    return {**seen, "requests": len(came), "bytes": sum(came)}


if __name__ == "__main__":
    main()
