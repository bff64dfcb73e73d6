"""Every kind of page in Chromium: axe finds nothing, nothing is blocked, nothing sticks out, at two widths and in the dark."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from playwright.sync_api import sync_playwright

from articles import prose, workflow
from articles.index import keep_related
from articles.models import Article, Dating, ImportRun, PictureCredit, Provenance, SourcePage
from articles.workflow import translating
from media.models import CaptionVersion
from tests.axe import sticks_out, wrong_in_each_look
from tests.builders import (
    edition_of,
    make_archived,
    make_contributor,
    make_copy,
    make_picture,
    make_published,
    make_section,
    make_tag,
)
from tests.journeys.conftest import FLAGS

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"

# At every page, and at every third: a look takes a second or two.
LOOKS = [(390, "light"), (1280, "dark")]
# What one goes on with, and works with, is 44 px high and wide.
WORKED_WITH = ".sections a, .foot li a, .further a, .ways-on a, .near a, .tags a, .calendar a, main input:not([type=hidden]), main select, main button"
# On a phone also what leads from list to list, or unfolds.
ON_A_PHONE = f"{WORKED_WITH}, .masthead .name a, .narrowing a, .beside a, .feeds a, .permanent a, .months a, .same-day a, figcaption summary, .changes summary, .to-redline a"
# What stands between words is as wide as they are, and as high as a finger.
BETWEEN_WORDS = "main :is(h2, h3, p, th, figcaption, .credited) > a:not(.body a, .line a), :is(.names, .letters, .of-a-year) a"
SMALL = """([where, isBetweenWords]) => [...document.querySelectorAll(where)]
  .filter(one => one.checkVisibility()).map(one => [one.getBoundingClientRect(), one.outerHTML.slice(0, 90)])
  .filter(([box]) => (!isBetweenWords && box.width < 44) || box.height < 43.5).map(([box, html]) => `${box.width}×${box.height} px: ${html}`)"""

# Text of which a line holds no more than a word or two, and text over which a picture lies.
CRUSHED = """(() => {
  const texts = [...document.querySelectorAll("main :is(h1, h2, h3, p)")].filter(one => one.checkVisibility() && one.textContent.trim().length > 29);
  const box = one => { const range = document.createRange(); range.selectNodeContents(one); return range.getBoundingClientRect(); };
  const pictures = [...document.querySelectorAll("main img")].map(one => one.getBoundingClientRect()).filter(one => one.width && one.height);
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return texts.filter(one => one.getBoundingClientRect().width < 100 || pictures.some(picture => meet(box(one), picture)))
    .map(one => one.outerHTML.slice(0, 90));
})()"""


def told_all_about(*pictures):
    """Give pictures a past and a maker; make one of which everything is known, and one that was withdrawn."""
    for nth, picture in enumerate(pictures):
        PictureCredit.objects.get_or_create(picture=picture, contributor=make_contributor("Nadia Farouk"))
        CaptionVersion.objects.create(picture=picture, layer="library", caption=f"A wording {nth}")
    told = {
        "creator": "ليلى",
        "place": "حلب",
        "keywords": ["quay", "رصيف"],
        "copyright": "© L",
        "alt_long": "At length.",
    }
    made = {"is_made_by_ai": True, "source_type": "trainedAlgorithmicMedia", "taken_on": date(2014, 8, 28)}
    full = make_picture(
        media_id="70000002", caption="الرصيف عند الفجر", released_at=timezone.now(), **told, **made
    )
    make_copy(full, "fedcba9876543210", kinds=("jpg", "webp"), raw=b"nor this one")
    make_picture(
        media_id="70000003", released_at=timezone.now(), killed_at=timezone.now(), kill_notice="Not it."
    )


def surround(editor, story, arabic):
    """Give a story all that may stand around it: a translation, related ones, a page it came from with a repair."""
    token = translating.token_of(arabic.story_id)
    workflow.link_translation(by=editor, story_id=arabic.story_id, original=story.story_id, token=token)
    repairs = [{"line": 12, "rule": "mojibake", "was": "cafÃ©", "now": "café"}]
    run = ImportRun.objects.create(paths=[])
    page = SourcePage.objects.create(
        run=run,
        file="a",
        digest="0" * 64,
        outcome="created",
        kind="article",
        address="https://old.example/opinion/a",
    )
    Provenance.objects.create(
        source=page, story_id=story.story_id, edition=edition_of(story.story_id), repairs=repairs
    )
    keep_related()


@pytest.fixture
def addresses(editor):
    """One page of every kind."""
    make_section("World")
    make_section("Opinion", is_opinion=True)
    make_tag("Aleppo", "place")
    shown, lost = (
        make_picture(media_id="70000001", alt="A quay"),
        make_picture(media_id="55361435", caption=""),
    )
    make_copy(shown, raw=b"no picture a browser could draw")
    told_all_about(shown, lost)
    body = (
        prose.turn("question", "Q", "Who shortened it?") + prose.turn("answer", "Okoro", "A committee.")
        + f"<h2>What followed</h2><p>Much.</p>{prose.figure('70000001')}<blockquote class='pull'><p>Much.</p></blockquote>"
        "<table><thead><tr><th>Year</th></tr></thead><tbody><tr><td>1978</td></tr></tbody></table><p class='verse'>A line</p>"
    )  # fmt: skip
    facts = {"tags": ("Aleppo",), "bylines": ["Nadia Farouk", "Leila Haddad"], "pictures": [shown, lost]}
    live = {"live_from": datetime(2020, 1, 1, tzinfo=UTC)}
    bounds = Dating(earliest=date(2016, 10, 1), latest=date(2017, 3, 31), reason="From its neighbours.")
    undated = make_archived(dating=bounds, completeness="cut", headline="Undated letter", **facts, **live)
    arabic = make_archived(
        headline="ليلة المياه", language="ar", body="<p>صمد الحاجز.</p>", standfirst="ليلة.", **facts
    )
    for n in range(25):
        make_archived(
            date(2014, 8, 1 + n % 20), section="Opinion" if n % 5 == 0 else "World",
            standfirst="After the ferry came the train, and after it the tram.", pictures=[] if n else [shown],
        )  # fmt: skip
    story = make_published(editor, headline="Ferry", kicker="Harbour", body=body, dateline="BEIRUT", **facts)
    for note in ("It was the old quay.", "It was the new one."):
        token = Article.objects.get(pk=story.story_id).token
        workflow.correct(by=editor, story_id=story.story_id, token=token, note=note)
    surround(editor, story, arabic)
    killed = make_published(editor)
    token = Article.objects.get(pk=killed.story_id).token
    workflow.kill(by=editor, story_id=killed.story_id, token=token, reason="made up")
    workflow.keep_record()
    workflow.keep_record(now=timezone.now() + timedelta(days=1, hours=2))
    versions = f"{story.get_absolute_url()}editions/"
    return [
        "/", story.get_absolute_url(), undated.get_absolute_url(), arabic.get_absolute_url(),
        f"{story.get_absolute_url()}editions/", f"{story.get_absolute_url()}editions/1/", killed.get_absolute_url(),
        "/section/world/", "/tag/aleppo/", "/by/nadia-farouk/", "/undated/", "/corrections/",
        "/2014/", "/2014/08/", "/2014/08/01/", "/2015/01/01/", "/media/70000001/", "/media/55361435/", "/nowhere/",
        "/media/70000002/", "/media/70000003/", "/by/nadia-farouk/pictures/",
        "/at/", "/at/20140815120000/", f"/at/{timezone.now():%Y%m%d%H%M%S}{story.get_absolute_url()}",
        f"/at/20140815120000{story.get_absolute_url()}", "/at/20140815120000/section/world/", "/at/20140815120000/nowhere/",
        f"{versions}1/3/", "/record/", f"/record/{timezone.now():%Y/%m/%d}/", "/gaps/",
        "/tag/aleppo/timeline/", "/tags/", "/by/", "/sections/", "/archive/", "/on-this-day/08/01/", "/search/", "/search/how/",
    ]  # fmt: skip


@contextmanager
def paper_in(chromium, client, addresses, **look):
    """A browser's page that gets our answers, fetched beforehand: the database is not asked while Chromium runs."""
    answers = {unquote(address): client.get(address) for address in addresses}
    answers = {
        path: (answer.status_code, dict(answer.headers), answer.content) for path, answer in answers.items()
    }

    def answer(route):
        path = unquote(urlsplit(route.request.url).path)
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if found:
            route.fulfill(body=Path(found).read_bytes(), content_type=guess_type(found)[0])
        else:
            status, headers, body = answers.get(path, (404, {}, b""))
            route.fulfill(status=status, headers=headers, body=body)

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_context(**look).new_page()
        page.route("**/*", answer)
        yield page
        browser.close()


@pytest.mark.parametrize(("language", "first"), [("en", 0), ("en", 1), ("ar", 1)])
def test_axe_finds_nothing_and_nothing_is_blocked(chromium, client, addresses, settings, language, first):
    settings.LANGUAGE_CODE = language
    # What an Arabic paper has of its own is its direction and its words, not its colours: every second page tells.
    addresses = addresses[first::2]
    faults = []
    with paper_in(chromium, client, addresses, bypass_csp=False) as page:
        page.on("console", lambda said: faults.append(said.text) if "Security Policy" in said.text else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        for number, address in enumerate(addresses):
            page.goto(SITE + address)
            faults += wrong_in_each_look(page, LOOKS[: 1 if number % 3 else 2], colours=language == "en")
            # 320 px is a window of 1280 enlarged to 400 %.
            for width in (320, 390, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                faults += [f"{address} at {width} px: sticks out"] if sticks_out(page) else []
                faults += [f"{address} at {width} px, crushed: {one}" for one in page.evaluate(CRUSHED)]
                faults += [f"{address} at {width} px: {one}" for one in too_small(page, width)]
    assert not faults, "\n".join(faults)


def too_small(page, width):
    """What a finger would miss at this width."""
    if width == 1280:
        return page.evaluate(SMALL, [WORKED_WITH, False])
    if width == 390:
        return page.evaluate(SMALL, [ON_A_PHONE, False]) + page.evaluate(SMALL, [BETWEEN_WORDS, True])
    return []


def test_reason_for_an_inferred_date_is_within_reach_without_a_script(chromium, client, addresses):
    with paper_in(chromium, client, addresses, java_script_enabled=False) as page:
        page.goto(SITE + addresses[2])
        date_line = page.locator("summary", has_text="between October 2016 and March 2017 (inferred)")
        reason = page.get_by_text("From its neighbours.")
        assert not reason.is_visible()
        date_line.press("Enter")
        assert reason.is_visible()


def test_skip_link_comes_first_and_leads_to_the_text(chromium, client, addresses):
    with paper_in(chromium, client, addresses) as page:
        page.goto(SITE + addresses[1])
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
        page.keyboard.press("Enter")
        page.wait_for_url("**#text")


# What stands before the way back and after the way on, where a page has one.
ARROWS = """[[".turns [rel=prev]", "::before"], [".turns [rel=next] .what", "::after"], [".further [rel=prev]", "::before"],
  [".further .older", "::after"], ["[rel=prev] .which", "::before"], ["[rel=next] .which", "::after"]]
  .map(([where, part]) => [document.querySelector(where), part])
  .map(([one, part]) => one && getComputedStyle(one, part).content.replace(/[" ]/g, ""))"""


def test_arrows_point_back_and_on_in_the_direction_one_reads(chromium, client, addresses, settings):
    # A day and a story with others before and after them, a moment and a version likewise.
    pages = ["/2014/08/05/", addresses[3], "/at/20140815120000/", f"{addresses[1]}editions/2/3/"]
    seen = {"en": set(), "ar": set()}
    for language, found in seen.items():
        settings.LANGUAGE_CODE = language
        with paper_in(chromium, client, pages) as page:
            for address in pages:
                page.goto(SITE + address)
                found |= {(nth, sign) for nth, sign in enumerate(page.evaluate(ARROWS)) if sign}
    assert seen["en"] == {(nth, "←→"[nth % 2]) for nth in range(6)}
    assert seen["ar"] == {(nth, "→←"[nth % 2]) for nth in range(6)}
