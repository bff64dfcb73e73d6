"""ETag, Last-Modified, 304 and Cache-Control on every public answer: they change when what is shown does, and only then."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.http import parse_http_date

from articles import workflow
from articles.models import Article, Tag, cache_keys
from articles.models.front_slot import plan
from tests import builders
from tests.builders import make_archived, make_picture, make_published, make_tag
from tests.leaks.planting import plant
from tests.leaks.walking import every_path
from tests.test_leaks import cast, every_public_address, public  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

PLAIN = ("/robots.txt", "/.well-known/security.txt", "/opensearch.xml")
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


@pytest.mark.once
def test_every_public_answer_has_validators_and_keys_and_is_304_for_whoever_has_it(
    client, cast, public, time_machine
):
    tried = 0
    for path in every_public_address(public):
        # No minute ends between the two: it would shorten for how long the answers may be kept.
        time_machine.move_to(timezone.now(), tick=False)
        first = client.get(path)
        if "no-store" in first.headers["Cache-Control"]:
            assert not {"ETag", "Surrogate-Key"} & set(first.headers), path
            continue
        keys = first.headers["Surrogate-Key"].split()
        assert keys == first.headers["Cache-Tag"].split(","), path
        assert keys[0] == "paper", path
        assert ("absent" in keys) is (first.status_code == 404), path
        assert 1 + (first.status_code < 400 and path not in PLAIN) <= len(keys) <= cache_keys.MOST_KEYS, path
        if first.status_code == 200 and not first.streaming:
            tried += 1
            assert parse_http_date(first.headers["Last-Modified"]) <= public.live_from.timestamp() + 60
            again = client.head(path, headers={"if-none-match": first.headers["ETag"]})
            assert (again.status_code, again.content) == (304, b""), path
            for name in ("ETag", "Last-Modified", "Cache-Control", "Surrogate-Key"):
                assert again.headers[name] == first.headers[name], f"{path} {name}"
    assert tried > 30


def test_every_way_of_asking_for_what_one_has(client, story):
    for path in ("/", story.get_absolute_url(), "/section/world/atom.xml", "/index.json"):
        first, head = client.get(path), client.head(path)
        assert {**head.headers} == {**first.headers, "Content-Length": str(len(first.content))}, path
        etag = first.headers["ETag"]
        for asked in (
            etag,
            f'"x", {etag}',
            etag.removeprefix("W/"),
            "*",
            f'{etag[:-1]}-gzip"',
            f'{etag[:-1]};br"',
        ):
            assert client.get(path, headers={"if-none-match": asked}).status_code == 304, f"{path} {asked}"
            assert client.head(path, headers={"if-none-match": asked}).status_code == 304, f"{path} {asked}"
        for asked in ({"if-none-match": '"x"'}, {"if-modified-since": first.headers["Last-Modified"]}):
            assert client.get(path, headers=asked).status_code == 200, f"{path} {asked}"


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


def test_validators_change_exactly_when_what_is_shown_does(client, cast, story, time_machine):
    editor = cast["editor"]
    pages = pages_of(story)
    before = validators(client, pages)
    for step, (act, touches_front) in enumerate([
        (lambda: None, False),
        (lambda: plant("draft", cast), False),
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
        assert bool(changed) is (step > 2), f"{step}: {changed}"
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


def test_page_of_an_old_story_says_its_own_age(client, editor, time_machine):
    time_machine.move_to(NOON, tick=False)
    story = make_published(editor, section="Unread", headline="Ferry")
    time_machine.move_to(NOON + timedelta(days=30), tick=False)
    for page in (story.get_absolute_url(), "/section/unread/"):
        # Nobody asked for it before, so that there is nothing but what the page itself knows.
        found = client.get(page).headers["Last-Modified"]
        assert parse_http_date(found) == int(NOON.timestamp()), page


def test_nothing_is_kept_over_a_whole_minute_whatever_is_scheduled(client, cast, time_machine):
    ages = {0: 5, 20: 5, 54.9: 5, 55: 5, 56.5: 3, 59.2: 0, 59.999: 0}
    time_machine.move_to(NOON, tick=False)
    story = make_published(cast["editor"])
    pages = ["/", story.get_absolute_url(), "/section/world/", "/index.json", "/nowhere/"]

    def seen():
        found = {}
        for second, age in ages.items():
            time_machine.move_to(NOON + timedelta(seconds=second), tick=False)
            found |= {(page, second): dict(client.get(page).headers) for page in pages}
            for page in pages:
                kept = f"public, max-age={age}, proxy-revalidate, stale-while-revalidate=0"
                assert found[page, second]["Cache-Control"] == kept
        return found

    before = seen()
    time_machine.move_to(NOON, tick=False)
    for seconds in (3, 57, 60):
        article = builders.make_article(cast["editor"], headline="Under embargo")
        at = NOON + timedelta(seconds=seconds)
        workflow.publish(
            by=cast["editor"], story_id=article.pk, token=article.token, at=at + timedelta(hours=1)
        )
    assert seen() == before


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


def test_place_that_ends_at_its_hour_is_never_shown_longer_by_a_cache(client, editor, time_machine):
    time_machine.move_to(NOON - timedelta(hours=2), tick=False)
    held = builders.make_archived(NOON.date() - timedelta(days=900), headline="Held")
    for n in range(3):
        builders.make_published(editor, headline=f"News {n}")
    workflow.hold_front(by=editor, token=plan().token, place="lead", story_id=held.story_id, until=NOON)

    def lead():
        response = client.get("/")
        age = int(response.headers["Cache-Control"].partition("max-age=")[2].partition(",")[0])
        assert timezone.now() + timedelta(seconds=age) <= NOON or timezone.now() >= NOON
        return re.search(r"<h2[^>]*><a [^>]*>([^<]+)<", response.content.decode())[1]

    for before in (30, 4.5, 0.1):
        time_machine.move_to(NOON - timedelta(seconds=before), tick=False)
        assert lead() == "Held"
    time_machine.move_to(NOON, tick=False)
    assert lead() != "Held"


@pytest.mark.once
def test_unknown_parameters_change_no_byte_and_no_header(client, cast, public, time_machine):
    for path in every_public_address(public):
        # No minute ends between the two: it would shorten for how long the answers may be kept.
        time_machine.move_to(timezone.now(), tick=False)
        plain, dressed = client.get(path), client.get(f"{path}?utm_source=x&fbclid=1&_=2&live_from__gt=1")
        assert (plain.status_code, plain.content) == (dressed.status_code, dressed.content), path
        assert dict(plain.headers) == dict(dressed.headers), path
        assert not plain.cookies, path
        assert "cookie" not in plain.headers.get("Vary", "").lower(), path
        assert "Set-Cookie" not in plain.headers, path


def steady(headers):
    """The headers without what the clock alone changes."""
    found = {name.lower(): value for name, value in headers.items()}
    found.pop("cache-control")
    found.pop("content-length", None)
    return found


def test_hidden_story_answers_every_method_as_one_that_never_was(client, cast, public):
    hidden = plant("scheduled", cast)
    hidden_paths = every_path(
        "newsroom.urls", [hidden], wanted=lambda route: "story_id" in route.names and not route.is_desk
    )
    for path in hidden_paths:
        other = path.replace(str(hidden.story_id), "99999997").replace(hidden.slug, "never")
        for method in ("options", "post", "delete", "head"):
            got, never = (getattr(client, method)(one) for one in (path, other))
            assert got.status_code == never.status_code in (404, 405), f"{method} {path}"
            assert steady(got.headers) == steady(never.headers), f"{method} {path}"
            assert got.content == never.content, f"{method} {path}"
