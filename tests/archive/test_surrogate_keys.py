"""Every public answer names what it shows, and a change of a story touches a key of each page that changes by it."""

from datetime import date

import pytest

from articles import workflow
from articles.models import Article, Dating, cache_keys
from articles.workflow import announcing
from newsroom import page_cache
from tests import builders
from tests.builders import (
    make_archived,
    make_article,
    make_contributor,
    make_copy,
    make_picture,
    make_published,
    make_tag,
)
from tests.test_leaks import cast, every_public_address, public  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def keys_of(answer):
    keys = answer.headers["Surrogate-Key"].split(" ")
    assert answer.headers["Cache-Tag"].split(",") == keys
    return set(keys)


def token_of(story_id):
    return Article.objects.get(pk=story_id).token


def test_page_names_what_it_shows(client, editor):
    make_tag("Aleppo", "place")
    picture = make_picture(media_id="70000001")
    make_copy(picture)
    story = make_published(
        editor, tags=("Aleppo",), pictures=[picture], bylines=["Nadia Farouk", "Leila Haddad"]
    )
    here, day = story.get_absolute_url(), f"day-{story.published_on}"
    number = f"story-{story.story_id}"
    of_story = {
        number,
        "section-world",
        "tag-aleppo",
        "by-nadia-farouk",
        "by-leila-haddad",
        "media-70000001",
        day,
    }
    assert keys_of(client.get(here)) == {"paper", *of_story}
    assert {number, "front"} <= keys_of(client.get("/"))
    assert {number, "section-world"} <= keys_of(client.get("/section/world/"))
    assert {number, "tag-aleppo"} <= keys_of(client.get("/tag/aleppo/"))
    assert {number, "by-leila-haddad"} <= keys_of(client.get("/by/leila-haddad/"))
    assert {number, "media-70000001"} <= keys_of(client.get("/media/70000001/"))
    assert {number, "dates", day} <= keys_of(client.get(f"{story.published_on:/%Y/%m/%d/}"))
    assert keys_of(client.get(f"{here[:-1]}.json")) == {"paper", number}
    assert keys_of(client.get(here[: here.rindex("/", 0, -1) + 1] + "other/")) == {"paper", number}
    assert keys_of(client.get("/section/world/rss.xml")) == {"paper", "section-world"}
    file = client.get("/images/0123456789abcdef.jpg")
    assert keys_of(file) == {"paper", "media-70000001"}
    assert b"".join(file.streaming_content)
    assert keys_of(client.get("/tag/never/")) == {"paper", "absent"}
    assert keys_of(client.head("/oembed")) == {"paper"}
    assert "Surrogate-Key" not in client.get("/admin/").headers


def test_names_in_other_letters_make_keys_that_a_header_can_carry(client, editor):
    people = [make_contributor(f"{'اسم طويل ' * 6}{n}") for n in range(3)]
    story = make_published(editor, bylines=[one.name for one in people])
    answer = client.get(story.get_absolute_url())
    assert answer.headers["Surrogate-Key"].isascii()
    keys = keys_of(answer)
    assert len([one for one in keys if one.startswith("by-")]) == 3
    assert all(len(one) <= cache_keys.LONGEST_KEY for one in keys)


def test_page_that_shows_too_much_has_a_coarse_key_instead(client, editor):
    tags = tuple(f"tag {n}" for n in range(80))
    story = make_published(editor, tags=tags)
    keys = keys_of(client.get(story.get_absolute_url()))
    assert len(keys) == cache_keys.MOST_KEYS
    assert {"paper", "many", f"story-{story.story_id}"} <= keys
    assert "many" in cache_keys.touched_by(story.story_id)


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """What is announced while an act is done: `told(act)` gives the keys."""
    heard = []

    def hear(keys, **_):
        heard.append(keys)

    def do(act):
        heard.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return frozenset().union(*heard)

    announcing.pages_changed.connect(hear)
    yield do
    announcing.pages_changed.disconnect(hear)


def acts(editor, chief, story, waiting):
    """Each way in which what readers see of a story changes."""
    number = story.story_id
    contents = builders.make_contents(
        headline="Changed", section="City", tags=("boats",), bylines=["Leila Haddad"]
    )

    def save_and_update():
        article = workflow.save(by=editor, story_id=number, token=token_of(number), contents=contents)
        workflow.update(by=editor, story_id=number, token=article.token)

    def publish():
        workflow.publish(by=editor, story_id=waiting.pk, token=waiting.token)

    return {
        "publish": publish,
        "correct": lambda: workflow.correct(
            by=editor, story_id=number, token=token_of(number), note="A name."
        ),
        "update": save_and_update,
        "redate": lambda: workflow.redate(story_id=number, dating=Dating.stated_on(date(1999, 5, 5))),
        "suppress": lambda: workflow.suppress(by=chief, story_id=number, number=1, reason="An order."),
        "kill": lambda: workflow.kill(by=editor, story_id=number, token=token_of(number), reason="made up"),
    }


# The forms of a feed and of a citation are one; a list's data are kept under the keys of its page.
LEFT_OUT = ("rss.xml", "feed.json", ".bib", ".ris", "pictures.json", "undated.json", ".txt", "oembed")
FURTHER = ["/section/city/", "/tag/boats/", "/by/leila-haddad/", "/1999/", "/1999/05/05/", "/tag/trams/"]


def walked(*editions):
    """The public addresses of some stories and all lists, each once."""
    every = dict.fromkeys(path for edition in editions for path in every_public_address(edition))
    return [path for path in every if not path.rstrip("/").endswith(LEFT_OUT) and "/preview/" not in path]


@pytest.mark.once
def test_every_page_that_a_change_of_a_story_changes_has_a_key_that_it_touches(client, cast, public, told):
    editor, chief = cast["editor"], cast["chief"]
    for name in ("ferries", "boats", "trams"):
        make_tag(name)
    elsewhere = {"section": "Sport", "tags": ("trams",), "bylines": ["Somebody Else"]}
    unrelated = make_archived(date(2014, 8, 27), pictures=[make_picture()], **elsewhere)
    for n in range(3):
        make_archived(date(2014, 8, 28), headline=f"Neighbour {n}", tags=("boats",), bylines=["Leila Haddad"])
    waiting = make_article(editor, headline="Next", tags=("ferries",), pictures=[make_picture()])
    addresses = [*walked(public, unrelated), *FURTHER]
    every_act = acts(editor, chief, public, waiting)
    before = {path: client.get(path) for path in addresses}
    for name, act in every_act.items():
        touched = told(act)
        after = {path: client.get(path) for path in addresses}
        changed = [path for path in addresses if shown(before[path]) != shown(after[path])]
        assert len(changed) >= 3, name
        assert unkept(changed, before, after, touched) == [], name
        if name != "redate":
            for path in (unrelated.get_absolute_url(), "/tag/trams/"):
                assert not touched & (kept_under(after[path]) - {"paper"}), f"{name}: {path}"
        before = after


def unkept(changed, before, after, touched):
    """The changed pages none of whose keys was touched."""
    return [path for path in changed if not touched & (kept_under(before[path]) | kept_under(after[path]))]


def test_withdrawn_picture_touches_every_page_that_showed_it(client, editor, chief, told):
    picture = make_picture(media_id="70000001")
    make_copy(picture)
    make_tag("ferries")
    story = make_published(editor, pictures=[picture], tags=("ferries",))
    here = story.get_absolute_url()
    lists = ["/section/world/", "/tag/ferries/", "/by/nadia-farouk/", f"{story.published_on:/%Y/%m/%d/}"]
    pages = [
        "/",
        here,
        f"{here[:-1]}.json",
        "/media/70000001/",
        "/media/70000001.json",
        *lists,
        *(f"{one[:-1]}.json" for one in lists),
    ]
    before = {path: client.get(path) for path in pages}
    act = {"by": chief, "picture_id": picture.pk, "token": picture.token, "reason": "An order."}
    touched = told(lambda: workflow.kill_picture(**act))
    after = {path: client.get(path) for path in pages}
    changed = [path for path in pages if shown(before[path]) != shown(after[path])]
    assert set(changed) >= {"/", here, "/media/70000001/", *lists}
    assert unkept(changed, before, after, touched) == []


def kept_under(answer):
    return set(answer.headers["Surrogate-Key"].split())


def shown(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, body, answer.headers.get("Location")


def test_draft_and_schedule_announce_nothing_and_the_due_edition_does(editor, told, time_machine):
    time_machine.move_to(builders.moment(2026, 3, 2, 12), tick=False)
    article = make_article(editor)
    due = builders.moment(2026, 3, 2, 13)
    assert (
        told(lambda: workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due))
        == frozenset()
    )
    time_machine.move_to(due, tick=False)
    assert f"story-{article.pk}" in told(workflow.release_due)


def test_nothing_is_asked_where_nobody_listens(editor, django_assert_num_queries):
    story = make_published(editor)
    announcing.pages_changed.disconnect(dispatch_uid=page_cache.TOLD)
    try:
        with django_assert_num_queries(0):
            announcing.pages_change(story.story_id)
    finally:
        announcing.pages_changed.connect(page_cache.touch, dispatch_uid=page_cache.TOLD)
