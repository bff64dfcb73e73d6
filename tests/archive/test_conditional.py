"""ETag, Last-Modified, 304 and Cache-Control on every public answer: they change when what is shown does, and only then."""

from datetime import timedelta

import pytest
from django.utils.http import parse_http_date

from articles import workflow
from articles.models import Article, Tag
from tests import builders
from tests.builders import make_archived, make_picture, make_published, make_section, make_tag
from tests.leaks.planting import NEVER_PUBLIC, plant
from tests.leaks.walking import every_path
from tests.test_leaks import cast, every_public_address, public  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

NOON = builders.moment(2026, 3, 2, 12)


def token_of(edition):
    return Article.objects.get(pk=edition.story_id).token


def pages_of(edition):
    here = edition.get_absolute_url()
    return [
        "/", here, f"{here}editions/", f"{here[:-1]}.json", "/section/world/", "/tag/ferries/", "/by/nadia-farouk/",
        "/index.json", "/rss.xml", "/section/world/atom.xml", "/sitemap-shelves.xml", "/2026/", "/2026/03/", "/2026/03/02/",
    ]  # fmt: skip


@pytest.fixture
def story(editor, time_machine):
    """A story of 2 March 2026 at noon, and an older one beside it."""
    time_machine.move_to(NOON, tick=False)
    make_tag("ferries")
    make_archived(headline="The older one", tags=("ferries",))
    return make_published(editor, headline="Ferry", tags=("ferries",), pictures=[make_picture()])


def test_every_public_page_has_validators_and_is_304_for_whoever_has_it(client, cast, public):  # noqa: F811
    tried = 0
    for path in every_public_address(public):
        first = client.get(path)
        if first.status_code != 200 or "no-store" in first.headers["Cache-Control"]:
            assert "ETag" not in first.headers, path
            continue
        tried += 1
        etag = first.headers["ETag"]
        assert "Last-Modified" in first.headers, path
        assert parse_http_date(first.headers["Last-Modified"]) <= public.live_from.timestamp() + 60
        head = client.head(path)
        assert {**head.headers} == {**first.headers, "Content-Length": str(len(first.content))}, path
        for asked in (etag, f'"x", {etag}', etag.removeprefix("W/"), "*", f'{etag[:-1]}-gzip"'):
            for method in (client.get, client.head):
                again = method(path, headers={"if-none-match": asked})
                assert (again.status_code, again.content) == (304, b""), f"{path} {asked}"
                for name in ("ETag", "Last-Modified", "Cache-Control", "Surrogate-Key"):
                    assert again.headers[name] == first.headers[name], f"{path} {name}"
        for asked in ({"if-none-match": '"x"'}, {"if-modified-since": first.headers["Last-Modified"]}):
            assert client.get(path, headers=asked).status_code == 200, f"{path} {asked}"
    assert tried > 30


def validators(client, pages):
    answers = {page: client.get(page) for page in pages}
    return {
        page: (answer.headers.get("ETag"), answer.headers.get("Last-Modified"), answer.content)
        for page, answer in answers.items()
    }


def compare(before, after, *, at):
    """Which pages changed; each with a new ETag and a Last-Modified of `at`, the others with the old ones."""
    changed = {page for page in before if before[page][2] != after[page][2]}
    for page, (etag, modified, _) in after.items():
        if page not in changed:
            assert (etag, modified) == before[page][:2], page
        elif etag is not None:
            assert etag != before[page][0], page
            assert parse_http_date(modified) == int(at.timestamp()), page
    return changed


def test_validators_change_exactly_when_what_is_shown_does(client, story, editor, time_machine):
    pages = pages_of(story)
    before = validators(client, pages)
    for step, (act, touches_front) in enumerate([
        (lambda: None, False),
        (lambda: plant("draft", {"reporter": editor, "editor": editor, "chief": editor}), False),
        (lambda: workflow.correct(by=editor, story_id=story.story_id, token=token_of(story), note="A name."), False),
        (lambda: make_published(editor, headline="Another", tags=("ferries",)), True),
        (lambda: workflow.rename_tag(by=editor, tag=renamed("Ferry boats")), False),
    ], start=1):  # fmt: skip
        at = NOON + timedelta(hours=step)
        time_machine.move_to(at, tick=False)
        act()
        after = validators(client, pages)
        changed = compare(before, after, at=at)
        assert ("/" in changed) is touches_front, step
        assert bool(changed) is (step > 2), step
        before = after


def renamed(name):
    tag = Tag.objects.get(slug="ferries")
    tag.name = name
    tag.save()
    return tag


def test_kill_moves_every_date_forward_and_no_date_alone_calls_a_stale_list_fresh(
    client, story, editor, time_machine
):
    pages = ["/", "/section/world/", "/tag/ferries/", "/rss.xml", "/index.json"]
    before = validators(client, pages)
    at = NOON + timedelta(hours=1)
    time_machine.move_to(at, tick=False)
    workflow.kill(by=editor, story_id=story.story_id, token=token_of(story), reason="made up")
    after = validators(client, pages)
    assert compare(before, after, at=at) == set(pages)
    for page in pages:
        for modified in (before[page][1], after[page][1], "Fri, 01 Jan 2100 00:00:00 GMT"):
            assert client.get(page, headers={"if-modified-since": modified}).status_code == 200
        assert client.get(page, headers={"if-none-match": before[page][0]}).status_code == 200
    gone = client.get(story.get_absolute_url(), headers={"if-none-match": "*"})
    assert gone.status_code == 410
    assert not {"ETag", "Last-Modified"} & set(gone.headers)


def test_page_of_an_old_story_says_its_own_age(client, story, time_machine):
    time_machine.move_to(NOON + timedelta(days=30), tick=False)
    for page in (story.get_absolute_url(), "/section/world/"):
        # Nobody asked for it before, so that there is nothing but what the page itself knows.
        found = client.get(page).headers["Last-Modified"]
        assert parse_http_date(found) == int(NOON.timestamp()), page


@pytest.mark.parametrize(
    ("second", "age"), [(0, 5), (20, 5), (54.9, 5), (55, 5), (56.5, 3), (59.2, 0), (59.999, 0)]
)
def test_nothing_is_kept_over_a_whole_minute_whatever_is_scheduled(client, cast, time_machine, second, age):  # noqa: F811
    time_machine.move_to(NOON + timedelta(seconds=second), tick=False)
    kept = f"public, max-age={age}, proxy-revalidate, stale-while-revalidate=0"
    story = make_published(cast["editor"], tags=("ferries",) if make_tag("ferries") else ())
    pages = [page for page in pages_of(story) if client.get(page).status_code == 200]
    before = {page: dict(client.get(page).headers) for page in pages}
    plant("scheduled", cast, beside=None)
    plant("embargoed", cast)
    assert {page: dict(client.get(page).headers) for page in pages} == before
    assert {headers["Cache-Control"] for headers in before.values()} == {kept}
    assert client.get("/nowhere/").headers["Cache-Control"] == kept


def test_embargo_of_a_whole_minute_is_never_hidden_by_a_cache(client, editor, time_machine):
    due = NOON + timedelta(minutes=1)
    time_machine.move_to(NOON, tick=False)
    article = builders.make_article(editor, headline="Under embargo")
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due)
    for before in (30, 7, 4.5, 1, 0.1):
        asked_at = due - timedelta(seconds=before)
        time_machine.move_to(asked_at, tick=False)
        caching = client.get("/").headers["Cache-Control"]
        age = int(caching.partition("max-age=")[2].partition(",")[0])
        assert asked_at + timedelta(seconds=age) <= due
    time_machine.move_to(due, tick=False)
    assert b"Under embargo" in client.get("/").content


def test_unknown_parameters_change_no_byte_and_no_header(client, cast, public):  # noqa: F811
    for path in every_public_address(public):
        plain, dressed = client.get(path), client.get(f"{path}?utm_source=x&fbclid=1&_=2&live_from__gt=1")
        assert (plain.status_code, plain.content) == (dressed.status_code, dressed.content), path
        assert dict(plain.headers) == dict(dressed.headers), path
        assert not plain.cookies, path
        assert "cookie" not in plain.headers.get("Vary", "").lower(), path
        assert "Set-Cookie" not in plain.headers, path


def test_hidden_stories_are_absent_from_every_header_too(client, cast, public):  # noqa: F811
    addresses = every_public_address(public)
    make_section("World")
    before = {path: steady(client.get(path).headers) for path in addresses}
    for state in NEVER_PUBLIC:
        plant(state, cast)
        plant(state, cast, beside=public)
    for method in (client.get, client.head):
        for path in addresses:
            after = steady(method(path).headers)
            after.pop("content-length", None)
            assert after == {**before[path]}, path


def steady(headers):
    """The headers without what the clock alone changes."""
    found = {name.lower(): value for name, value in headers.items()}
    found.pop("cache-control")
    found.pop("content-length", None)
    return found


@pytest.mark.parametrize("state", ["draft", "scheduled", "spiked"])
def test_hidden_story_answers_options_and_post_as_one_that_never_was(client, cast, public, state):  # noqa: F811
    hidden = plant(state, cast)
    hidden_paths = every_path("newsroom.urls", [hidden], wanted=lambda route: "story_id" in route.names and not route.is_desk)
    for path in hidden_paths:
        other = path.replace(str(hidden.story_id), "99999997").replace(hidden.slug, "never")
        for method in ("options", "post", "put", "delete", "head", "get"):
            got, never = (getattr(client, method)(one) for one in (path, other))
            assert got.status_code == never.status_code in (404, 405), f"{method} {path}"
            assert steady(got.headers) == steady(never.headers), f"{method} {path}"
            assert got.content == never.content, f"{method} {path}"
