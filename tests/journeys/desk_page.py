"""What the journeys of the writing desk share: opening a page that keeps itself, waiting for it, looking into its journal."""

import json
import time

LIST = "/admin/articles/article/"
ADD = f"{LIST}add/"
DOOR = "**/admin/articles/article/keep/"
JOURNAL = """(shelf) => new Promise((resolve) => {
    const asked = indexedDB.open("newsroom-desk", 1)
    asked.onupgradeneeded = () => {
        asked.result.createObjectStore("unsent", { keyPath: "page" })
        asked.result.createObjectStore("aside", { keyPath: "number", autoIncrement: true })
    }
    asked.onsuccess = () => {
        const all = asked.result.transaction(shelf).objectStore(shelf).getAll()
        all.onsuccess = () => { asked.result.close(); resolve(all.result) }
    }
})"""


def open_story(page, story):
    page.goto(f"{LIST}{story}/change/")
    return ready(page)


def open_new(page):
    page.goto(ADD)
    return ready(page)


def ready(page):
    page.wait_for_selector("textarea[data-ready]", state="attached")
    page.wait_for_selector("form.keeps-itself")
    return page


def state_of(page):
    return page.get_attribute("[data-keeping]", "data-keeping")


def waits(page, *states, timeout=15_000):
    """Wait until the page's status is one of these."""
    page.wait_for_function(
        "states => states.includes(document.querySelector('[data-keeping]').dataset.keeping)",
        arg=list(states),
        timeout=timeout,
    )


def saved(page, timeout=15_000):
    """Wait until everything typed is at the desk."""
    waits(page, "kept", "still", timeout=timeout)


def journal(page, shelf="unsent"):
    return page.evaluate(JOURNAL, shelf)


def until(is_so, what, seconds=5.0):
    """Ask again and again until it is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.03)


def emptied(page):
    """Wait until the journal of this browser holds nothing unsent."""
    until(lambda: not journal(page), "the journal is not empty")


def noted(page, words):
    """Wait until the journal of this browser holds these words."""
    until(lambda: words in json.dumps(journal(page), ensure_ascii=False), f"{words} is not in the journal")


def at_the_end(page, number=-1):
    """Set the cursor at the end of a paragraph of the body."""
    page.click(f".ProseMirror > p >> nth={number}")
    page.keyboard.press("End")


def story_in(page):
    return int(page.url.split("?")[0].rstrip("/").split("/")[-2])


def ask(site, script):
    """Run a few lines in the site's shell that leave their answer in `found`."""
    return json.loads(
        site.shell(f"import json\nfrom articles.models import *\n{script}\nprint(json.dumps(found))")
    )


def every_text(site, story):
    """Everything that is kept of a story: the copy and all of its revisions, as one text."""
    return ask(
        site,
        f"rows = Revision.objects.filter(story_id={story})\n"
        "found = json.dumps([one.read().as_json() for one in rows], ensure_ascii=False)",
    )
