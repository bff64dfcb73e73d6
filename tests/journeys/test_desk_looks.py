"""Every page of the desk looked at by axe: each once, in turn wide and narrow, light and dark, left-to-right and right-to-left."""

import itertools
import json

import pytest

from tests.axe import sticks_out, wrong_with
from tests.journeys.desk_page import DOOR, LIST, at_the_end, noted, open_story, ready, saved
from tests.journeys.sabotages import crash
from tests.journeys.test_desk_in_a_browser import EVERYTHING

pytestmark = pytest.mark.browser

# Width, colours, direction; the next page is looked at in the next of them.
LOOKS = list(itertools.product((1280, 390), ("light", "dark"), ("ltr", "rtl")))
# In every run a page is looked at in one of them, by `make test-weekly` in all.
REST = (pytest.mark.long, pytest.mark.weekly)
SHIFTS = [0, *(pytest.param(shift, marks=REST) for shift in range(1, len(LOOKS)))]
BODY = (
    "<h2>What changes</h2><p>The first boat leaves at six.</p>"
    '<p class="question" data-speaker="The paper">Was it ready?</p><p class="answer">It was.</p>'
    '<p class="verse">The sea gives back<br>what it keeps.</p><p class="note">Who says so?</p>'
    '<blockquote class="pull"><p>Nobody waves at a ferry.</p></blockquote>'
    "<table><thead><tr><th>Crossing</th><th>From Monday</th></tr></thead><tbody><tr><td>Old quay</td><td>06:00</td></tr></tbody></table>"
)
MADE = f"""
import json
from datetime import timedelta
from django.utils import timezone
from tests.builders import *
from articles import workflow
from articles.models import *
from articles.workflow.copy import contents_of
from articles.workflow.outsiders import open_preview
from django.contrib.auth.models import User
rana, edwin = (User.objects.get(username=name) for name in ("rana", "edwin"))
soon = timezone.now() + timedelta(hours=3)
picture = make_picture(caption="A heron.", credit="Nadia Farouk", alt="A heron", rights_class="staff")
make_contributor("Moussa Looked"), make_contributor("Musa Looked")
tag = make_tag("Looks", "topic")
draft = make_article(rana, headline="Looked at as a draft", body={BODY + "".join(EVERYTHING[:20])!r}, pictures=[picture], tags=["Looks"])
note = workflow.add_note(by=edwin, story_id=draft.pk, text="Who says so? @rana",
                         passage=workflow.Passage("body", "The first boat", "")).note
workflow.answer_note(by=rana, story_id=draft.pk, note=note.pk, text="The harbour master.")
Article.objects.filter(pk=draft.pk).update(due_at=soon, planned_words=400)
article = Article.objects.get(pk=draft.pk)
workflow.save(by=rana, story_id=draft.pk, token=article.token,
              contents=contents_of(article).changed(headline="Looked at again", pictures=()))
handed = make_article(rana, headline="Looked at and handed over")
workflow.hand_over(by=rana, story_id=handed.pk, token=handed.token, to_person=edwin.pk, note="Please read it tonight.")
arabic = make_article(edwin, headline="العبّارة تعود إلى العمل", language="ar",
                      body="<p>غادرت العبّارة الرصيف القديم.</p><h2>عنوان</h2>")
kept = make_article(edwin, headline="Looked at under embargo", embargo_until=soon)
live = make_published(edwin, headline="Looked at in print", body={BODY!r})
dead = make_published(edwin, headline="Looked at and killed")
gone = Article.objects.get(pk=dead.story_id)
workflow.kill(by=edwin, story_id=gone.pk, token=gone.token, ground="privacy", notice="Withdrawn at the family's wish.")
old = make_archived(headline="Looked at in the archive")
link = open_preview(by=edwin, story_id=draft.pk, ends_at=soon, for_whom="the harbour master")
found = dict(draft=draft.pk, handed=handed.pk, arabic=arabic.pk, embargoed=kept.pk, live=live.story_id, dead=dead.story_id,
             old=old.pk, tag=tag.pk, outside=link.key, person=Contributor.objects.get(name="Musa Looked").pk)
print(json.dumps(found))
"""
# Who looks, and at what.
PAGES = [
    ("rana", "/admin/"),
    ("edwin", "{list}{draft}/change/"),
    ("edwin", "{list}{arabic}/change/"),
    ("rana", "{list}add/"),
    ("edwin", "/admin/"),
    ("rana", "{list}"),
    ("edwin", "{list}{handed}/change/"),
    ("edwin", "{list}{embargoed}/change/"),
    ("edwin", "{list}{live}/change/"),
    ("edwin", "{list}{dead}/change/"),
    ("edwin", "{list}?q=looked"),
    ("edwin", "{list}{draft}/history/"),
    ("rana", "{list}{draft}/revisions/2/"),
    ("edwin", "{list}{draft}/compare/1/2/"),
    ("rana", "{list}{draft}/who-wrote/"),
    ("edwin", "{list}{live}/editions/1/"),
    ("edwin", "{list}{live}/translations/"),
    ("edwin", "{list}{draft}/preview/"),
    ("edwin", "{list}{draft}/shared/"),
    (None, "/preview/{outside}/"),
    ("edwin", "/admin/desk/budget/"),
    ("chidi", "/admin/desk/month/"),
    ("edwin", "/admin/desk/front/"),
    ("edwin", "/admin/desk/front/preview/"),
    ("edwin", "/admin/desk/log/"),
    ("rana", "/admin/desk/notices/"),
    ("chidi", "/admin/articles/edition/"),
    ("edwin", "/admin/articles/edition/{old}/change/"),
    ("edwin", "/admin/articles/tag/"),
    ("edwin", "/admin/articles/tag/{tag}/change/"),
    ("edwin", "/admin/articles/contributor/"),
    ("edwin", "/admin/articles/contributor/{person}/change/"),
    ("edwin", "/admin/articles/contributor/alike/"),
    ("chidi", "/admin/articles/section/"),
    ("chidi", "/admin/articles/section/1/change/"),
    ("chidi", "/admin/articles/desk/"),
    ("chidi", "/admin/articles/desk/1/change/"),
    ("chidi", "/admin/articles/beginning/"),
    ("chidi", "/admin/articles/importrun/"),
    ("edwin", "/admin/password_change/"),
    (None, "/admin/login/"),
]


@pytest.fixture
def made(site):
    return json.loads(site.shell(MADE))


def wrong_in(page, look):
    """What axe and the policy find wrong with the page as it is, in one look."""
    width, scheme, direction = look
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)
    where = f"{page.url}, {width} px, {scheme}, {direction}"
    wrong = [f"{where}: {one}" for one in [*page.complaints, *wrong_with(page)]]
    page.complaints.clear()  # axe itself writes styles into the page, which the policy stops
    return [*wrong, f"{where}: sticks out"] if sticks_out(page) else wrong


@pytest.mark.parametrize("shift", SHIFTS)
def test_axe_finds_nothing_wrong_with_any_page_of_the_desk(somebody, made, shift):
    desk = {name: somebody(name) for name in (None, "rana", "edwin", "chidi")}
    looks, wrong = itertools.cycle([*LOOKS[shift:], *LOOKS[:shift]]), []
    for (name, path), look in zip(PAGES, looks, strict=False):
        page, address = desk[name], path.format(list=LIST, **made)
        assert page.goto(address).status == 200, address
        if address.endswith(("/change/", "/add/")) and address.startswith(LIST):
            ready(page)
        wrong += wrong_in(page, look)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("shift", SHIFTS)
def test_axe_finds_nothing_wrong_with_what_is_asked_in_a_page(somebody, made, shift):
    looks = itertools.cycle([*LOOKS[shift:], *LOOKS[:shift]])
    edwin, rana = open_story(somebody("edwin"), made["draft"]), open_story(somebody("rana"), made["draft"])
    wrong = []
    for act in (half_typed, publishing, finding, previewing, merging):
        wrong += wrong_in(act(edwin, made), next(looks))
    for act in (clashing, logging_in, left_behind):
        wrong += wrong_in(act(rana, edwin, made), next(looks))
    assert not wrong, "\n".join(wrong)


def half_typed(page, made):
    page.fill("#id_embargo_until", "2030-01-01 06:00")
    page.fill("#id_bylines-0-contributor", "Nobody at all")
    page.focus("#id_headline")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".unfinished:has-text('Nobody called')")
    return page


def publishing(page, made):
    page.fill("#id_embargo_until", "")
    page.fill("#id_bylines-0-contributor", "Nadia Farouk")
    page.keyboard.press("Control+s")
    saved(page)
    page.get_by_role("button", name="Publish now").click()
    page.get_by_role("dialog").get_by_text("still open").wait_for()
    return page


def finding(page, made):
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("looked")
    page.wait_for_selector("[role=option][aria-selected=true]")
    return page


def previewing(page, made):
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Preview").click()
    page.frame_locator(".preview-beside iframe").get_by_role("heading", level=1).wait_for()
    return page


def merging(page, made):
    page.goto("/admin/articles/contributor/alike/")
    page.get_by_role("button", name="Merge “Musa Looked”").or_(
        page.get_by_role("button", name="Merge “Moussa Looked”")
    ).first.click()
    page.get_by_text("It can be taken back").wait_for()
    return page


def clashing(rana, edwin, made):
    open_story(edwin, made["draft"])
    for page, words in ((edwin, "Edwin's headline"), (rana, "Rana's headline")):
        page.fill("#id_headline", words)
        page.keyboard.press("Control+s")
        if page is edwin:
            page.wait_for_selector("[data-keeping=kept]")
    rana.wait_for_selector(".field.headline + .clash")
    return rana


def logging_in(rana, edwin, made):
    open_story(edwin, made["arabic"])
    edwin.context.clear_cookies(name="sessionid")
    at_the_end(edwin)
    edwin.keyboard.type(" More.")
    edwin.wait_for_selector(".log-in-here")
    return edwin


def left_behind(rana, edwin, made):
    rana.route(DOOR, lambda route: route.abort())
    rana.fill("#id_standfirst", "What the desk never heard")
    noted(rana, "What the desk never heard")
    again = rana.context.new_page()
    again.complaints = []
    crash(rana)  # a page that is closed sends a last letter
    open_story(again, made["draft"])
    again.wait_for_selector(".left-behind ins")
    return again
