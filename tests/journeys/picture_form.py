"""What the journeys with pictures in the story form share: the library they find, the form, and ways to look at it."""

import itertools
import json
from base64 import b64encode

from tests.journeys.desk_page import ready
from tests.media import drawn

_number = itertools.count(1)
FIGURE = '<figure data-media-id="{}"></figure>'
PICTURES = """
from django.utils import timezone
from tests.builders import *
from tests.media import drawn
from media import intake
from media.models import Picture
from datetime import date
if not Picture.objects.filter(media_id="71000001").exists():
    for number, colour in enumerate(["steelblue", "seagreen", "peru"], 1):
        file = drawn.file(drawn.picture((900, 600), colour), name=f"{colour}.jpg")
        intake.take_in(file, by=None, media_id=f"7100000{number}", caption=f"The {colour} boat.", credit="Nadia Farouk",
                       alt=f"A {colour} boat" if number < 3 else "", rights_class="staff")
    kept = Picture.objects.get(media_id="71000001")
    make_picture(media_id="71000008", alias_of=kept)
    make_picture(media_id="71000009", killed_at=timezone.now())
    make_picture(media_id="71000007", rights_class="agency", rights_end_on=date(2020, 1, 31), rights_holder="Reuters")
    make_picture(media_id="71000006", rights_class="staff", is_made_by_ai=True, caption=None, file_caption="The file's words")
"""
COUNTING = """() => {
    window.counted = { keys: 0, clicks: 0 }
    addEventListener("keydown", (one) => { if (!one.altKey && one.key !== "Alt") counted.keys += 1 }, true)
    addEventListener("click", () => { counted.clicks += 1 }, true)
}"""


def open_story(site, page, *, body, pictures=()):
    """Open the form of a new story of Rana's with this text; what is pressed from here on is counted."""
    script = (
        "from tests.builders import *; from django.contrib.auth.models import User; from media.models import Picture\n"
        f"rows = [Picture.objects.get(media_id=one) for one in {list(pictures)!r}]\n"
        f"print(make_article(User.objects.get(username='rana'), body={body!r}, pictures=rows).pk)"
    )
    page.goto(f"/admin/articles/article/{int(site.shell(script).split()[-1])}/change/")
    ready(page)
    page.evaluate(COUNTING)
    return page


def story_of(page):
    return int(page.url.split("?")[0].rstrip("/").split("/")[-2])


def counted(page):
    found = page.evaluate("counted")
    return found["clicks"], found["keys"]


def places(page):
    """Each row of the panel: its Media ID and where the picture stands."""
    rows = page.query_selector_all("[data-rows=pictures] > li")
    return [
        (row.query_selector("input[data-media]").input_value(), row.query_selector(".place").inner_text())
        for row in rows
    ]


def placed(site, page):
    """What was saved: Media IDs in order with the story's own captions."""
    script = (
        "import json; from articles.models import Placement\n"
        f"rows = Placement.objects.filter(article_id={story_of(page)}).select_related('picture')\n"
        "print(json.dumps([[one.picture.media_id, one.caption] for one in rows]))"
    )
    return [tuple(one) for one in json.loads(site.shell(script))]


def in_text(page):
    return page.eval_on_selector_all(
        ".ProseMirror > *", "all => all.map(one => one.dataset.mediaId || one.innerText.trim())"
    )


LINES = {"text": ".field.body > .quiet-line", "pictures": "[data-rows=pictures] + .quiet-line"}


def line(page, where):
    """What was said last, under the text or among the pictures."""
    return page.inner_text(LINES[where])


def at_the_end(page):
    page.click(".ProseMirror p >> nth=-1")
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")


def drag(page, what, x, y):
    held = page.locator(what).bounding_box()
    page.mouse.move(held["x"] + 20, held["y"] + 5)
    page.mouse.down()
    page.mouse.move(held["x"] + 25, held["y"] + 20, steps=4)
    page.mouse.move(x, y, steps=8)
    page.mouse.up()


# Lets files go over a place of the page, or pastes them, as a browser tells it: [name, kind, content in base64].
LET_GO = """([where, kind, files]) => {
    const held = new DataTransfer()
    for (const [name, type, raw] of files) {
        held.items.add(new File([Uint8Array.from(atob(raw), (one) => one.charCodeAt(0))], name, { type }))
    }
    const place = document.querySelector(where)
    const { left, top } = place.getBoundingClientRect()
    const at = { clientX: left + 4, clientY: top + 4, bubbles: true, cancelable: true }
    const event = kind === "drop" ? new DragEvent(kind, { dataTransfer: held, ...at })
        : new ClipboardEvent(kind, { clipboardData: held, bubbles: true, cancelable: true })
    place.dispatchEvent(event)
    return event.defaultPrevented
}"""


def let_go(page, where, *files, kind="drop"):
    packed = [[name, "image/jpeg", b64encode(raw).decode()] for name, raw in files]
    assert page.evaluate(LET_GO, [where, kind, packed]), "the browser would leave the page"


def shot(colour):
    """A picture of its own, as a file: name and bytes."""
    number = next(_number)
    return f"{colour}.jpg", drawn.file(drawn.picture((800 + number, 500), colour)).getvalue()


def count_of_pictures(site):
    return int(site.shell("from media.models import Picture; print(Picture.objects.count())"))
