"""Nothing unpublished shows at any address, to anybody who may not see it, nor changes an answer by being there."""

from datetime import timedelta
from urllib.parse import quote, unquote

import pytest
from django.utils import timezone

from articles.models import Address, Edition
from newsroom.keyset import Cursor
from tests import builders
from tests.leaks.planting import NEVER_PUBLIC, ONCE_PUBLIC, never, plant, revise
from tests.leaks.walking import (
    Unprovided,
    Watch,
    browser,
    every_path,
    everything_in,
    paths,
    routes,
    walk,
)

# What only a search could show is tried on both databases each time: tests/search/test_hidden.py.
pytestmark = [pytest.mark.django_db, pytest.mark.apart]

SITE = "newsroom.urls"
LEAKY = "tests.leaks.leaky_urls"
ROLES = [
    "reader",
    "nobody",
    "reporter",
    "colleague",
    "sports_reporter",
    "editor",
    "sports_editor",
    "picture_desk",
    "chief",
]


@pytest.fixture
def cast(reporter, editor, chief, picture_desk, reader):
    """Everybody who may ask: the five roles on the foreign desk and a second reporter, two of another desk, one of staff without a role."""
    sports = builders.make_desk("Sport")
    people = [reporter, editor, chief, picture_desk, reader]
    people.append(builders.make_person("colleague", "reporter", builders.make_desk()))
    people.append(builders.make_person("sports_reporter", "reporter", sports))
    people.append(builders.make_person("sports_editor", "editor", sports))
    nobody = builders.make_person("nobody", "reader")
    nobody.is_staff = True
    nobody.groups.clear()
    nobody.save()
    return {one.username: one for one in [*people, nobody]}


@pytest.fixture
def public(cast):
    """A story that everybody may read, filed under a tag of its own."""
    builders.make_tag("ferries")
    return builders.make_published(
        cast["editor"], headline="Ferry resumes", tags=("ferries",), pictures=[builders.make_picture()]
    )


@pytest.fixture
def planted(cast, public):
    return [*(plant(state, cast) for state in (*NEVER_PUBLIC, *ONCE_PUBLIC)), revise(public, cast)]


def of_state(planted, *states):
    return [one for one in planted if one.state in states]


def told(found):
    assert not found, f"{len(found)} leaks:\n" + "\n".join(found[:60])


def is_public(route):
    return not route.is_desk


def is_present(route):
    return is_public(route) and not route.is_past


def is_desk(route):
    return route.is_desk


# --- Markers ------------------------------------------------------------------------------------------


@pytest.mark.deep
def test_nobody_sees_a_marker_without_logging_in(planted, long_series):
    asking, watch = browser(), Watch(planted)
    every = every_path(SITE, planted, is_whole=long_series)
    # Behind /at/ stand the views of the present again: what HEAD tells there, it tells here.
    present = [path for path, route in every.items() if not route.is_past]
    found = walk(asking, every, watch, methods=("get",)) + walk(asking, present, watch, methods=("head",))
    told(found)


@pytest.mark.parametrize("who", ROLES)
def test_role_sees_only_what_it_may(planted, cast, who):
    user, watch = cast[who], Watch(planted)
    asking = browser(user)
    # Those who may read the desk's copy are shown it: what they must not see is the same in a few states.
    reads_it = who in ("reporter", "editor", "chief")
    tried = of_state(planted, "draft", "scheduled", "killed") if reads_it else planted
    tried = of_state(planted, "embargoed", "killed") if who == "colleague" else tried
    desk = every_path(SITE, tried, wanted=is_desk)
    found = walk(asking, desk, watch, user, methods=("get",))
    if who in ("nobody", "sports_editor"):
        of_a_story = [path for path, route in desk.items() if "story_id" in route.names]
        found += walk(asking, of_a_story, watch, user, methods=("head",))
    in_public = every_path(SITE, of_state(planted, "scheduled"), wanted=is_present)
    found += walk(asking, in_public, watch, user, methods=("get",))
    lists = [path for path, route in desk.items() if not route.names or "kind" in route.names]
    found += walk(asking, lists, watch, user, methods=("get",), queries=("?q=zq&term=zq", "?q=stands"))
    told(found)


def test_parameters_open_nothing(planted):
    lists = [path for path, route in every_path(SITE, planted, wanted=is_public).items() if not route.names]
    far = Cursor(timezone.now() + timedelta(days=400), 99_999_999)
    queries = [
        f"?after={far}", "?q=zq", "?tag=zqdrafttag&by=zqdraftperson&section=zqdraftsection", "?preview=1&state=draft",
        "?suppressed_at__isnull=False&live_from__gt=2000-01-01", "?at=29991231235959",
    ]  # fmt: skip
    told(walk(browser(), lists, Watch(planted), methods=("get",), queries=queries))


# --- A hidden story's answer is a never-existing one's ----------------------------------------------------


def faceless(response, story, path):
    """The answer with everything the asker put into the address taken out of it."""
    text = everything_in(response)
    values = {
        part for part in unquote(path).lower().strip("/").replace(".json", "/").split("/") if len(part) > 3
    }
    for value in sorted({*values, str(story.story_id)}, key=len, reverse=True):
        text = text.replace(quote(value), "*").replace(value, "*")
    return response.status_code, text


def with_something_to_ask(route):
    # A moment cut short leads to itself written out, whatever stands behind it.
    of_no_story = {"form", "part", "year", "month", "day", "moment", "letter"}
    return is_public(route) and "stamp" not in route.names and bool(route.names - of_no_story)


@pytest.mark.parametrize("state", NEVER_PUBLIC)
def test_hidden_story_answers_as_one_that_never_was(cast, public, state):
    hidden, blank, asking = plant(state, cast), never(), browser()
    for route in routes(SITE):
        if not with_something_to_ask(route):
            continue
        turn = len(route.pattern) + len(state)
        both = zip(paths(route, hidden, turn=turn), paths(route, blank, turn=turn), strict=True)
        for path, other in both:
            for method in ("get",) if route.is_past else ("get", "head"):
                got = faceless(getattr(asking, method)(path), hidden, path)
                expected = faceless(getattr(asking, method)(other), blank, other)
                assert got[0] == 404, f"{method.upper()} {path}: {got[0]}"
                assert got == expected, f"{method.upper()} {path}"


@pytest.mark.parametrize("state", ONCE_PUBLIC)
def test_withdrawn_story_is_gone_and_says_no_more_than_its_notice(cast, public, state):
    withdrawn, asking = plant(state, cast), browser()
    watch = Watch([withdrawn])
    for route in routes(SITE):
        if not with_something_to_ask(route):
            continue
        for path in paths(route, withdrawn):
            response = asking.get(path)
            is_absent = route.pattern.endswith(r"editions/(?P<number>[1-9][0-9]{0,5})/\Z") and path.endswith(
                "/2/"
            )
            expected = {404, 410} if is_absent or "images" in path else {410}
            if path.startswith("/preview/"):  # a link of somebody's own, which never was the story's address
                expected = {404}
            assert response.status_code in expected, f"{path}: {response.status_code}"
            told(watch.leaks(path, everything_in(response)))


@pytest.mark.parametrize("headers", [
    {"if-none-match": "*"}, {"if-modified-since": "Sun, 22 Nov 2026 11:00:00 GMT"}, {"range": "bytes=0-10"},
    {"accept": "application/json"}, {"x-preview": "1"}, {"x-http-method-override": "POST"},
    {"x-forwarded-host": "zqhost.example", "x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1"},
])  # fmt: skip
def test_no_header_tells_a_hidden_story_from_none(cast, public, headers):
    hidden, blank, asking = plant("scheduled", cast), never(), browser()
    for route in routes(SITE):
        if not with_something_to_ask(route) or route.is_past:
            continue
        for path, other in zip(paths(route, hidden), paths(route, blank), strict=True):
            got = faceless(asking.get(path, headers=headers), hidden, path)
            assert got == faceless(asking.get(other, headers=headers), blank, other), path
            assert (got[0], "zqhost" in got[1]) == (404, False), path


def dressed(path):
    """The same address as a cache, a proxy or a careless router might take it for."""
    last = path.rstrip("/")
    return [
        f"{last};.css", f"{last}/;.css", f"{last}%2ejson", f"{last}.css", f"/.{path}", f"/{path}", f"/%2e{path}",
        path.upper(), path.replace("/", "//"), f"{last}%2f", f"{last}/..%2f", f"{last}/.json", f"{path}index.html",
        f"{path}preview/", f"{path}amp/", f"/admin/..{path}", f"/static/..{path}", f"{last}%00", f"{last}%0a", f"{last}.html",
    ]  # fmt: skip


def test_no_way_of_writing_an_address_shows_a_hidden_story(planted):
    watch, asking, found = Watch(planted), browser(), []
    for one in of_state(planted, "draft", "scheduled", "killed", "suppressed"):
        plain = [
            f"/story/{one.story_id}/{one.slug}/",
            f"/tag/{one.tag.slug}/",
            f"/media/{one.picture.media_id}/",
        ]
        for path in [way for address in plain for way in dressed(address)]:
            response = asking.get(path)
            found += [f"{path}: {marker}" for marker in watch.leaks(path, everything_in(response))]
            if response.status_code not in (301, 302, 400, 404, 410):
                found.append(f"{path}: {response.status_code}")
    told(found)


def test_other_sites_are_told_nothing_of_a_hidden_story(planted, settings):
    asked = [
        f"/oembed?format={form}&url={quote(settings.SITE_URL + path, safe='')}"
        for one in planted
        for path in (f"/story/{one.story_id}/{one.slug}/", f"/media/{one.picture.media_id}/")
        for form in ("json", "xml")
    ]
    told(walk(browser(), asked, Watch(planted)))


def test_header_that_names_another_address_is_not_followed(planted):
    watch, asking, found = Watch(planted), browser(), []
    before = everything_in(asking.get("/"))
    for one in planted:
        for name in ("x-original-url", "x-rewrite-url", "x-forwarded-path", "x-http-path-override"):
            text = everything_in(asking.get("/", headers={name: f"/story/{one.story_id}/{one.slug}/"}))
            found += watch.leaks("/", text) + ([name] if text != before else [])
    told(found)


def test_old_address_of_a_hidden_story_leads_nowhere(cast, public):
    for state in NEVER_PUBLIC:
        hidden = plant(state, cast)
        Address.objects.create(path=f"/old/{state}", story_id=hidden.story_id)
        Address.objects.create(path=f"/old/picture/{state}", picture=hidden.picture)
    asking = browser()
    nothing = asking.get("/old/nothing")
    for state in NEVER_PUBLIC:
        for path in (f"/old/{state}", f"/old/picture/{state}"):
            response = asking.get(path)
            assert (response.status_code, response.content) == (404, nothing.content), path


# --- Being there changes nothing ----------------------------------------------------------------------------


def answers(asking, addresses):
    return {path: everything_in(asking.get(path)) for path in addresses}


def changed(before, after):
    return [path for path, text in before.items() if after[path] != text]


def every_public_address(public, urlconf=SITE):
    """All lists, counts, feeds, maps, and all that a public story has."""
    picture, tag = public.picture_rows.get().picture, public.tag_rows.get().tag
    person = public.byline_rows.get().contributor
    known = never()
    known.story_id, known.slug, known.tag, known.picture = public.story_id, public.slug, tag, picture
    known.person, known.section = person, public.section
    return list(every_path(urlconf, [known], wanted=is_public))


def test_hidden_stories_change_no_byte_of_any_public_answer(cast, public):
    asking, addresses = browser(), every_public_address(public)
    assert len(addresses) > 40
    before = answers(asking, addresses)
    for state in NEVER_PUBLIC:
        plant(state, cast)
        plant(state, cast, beside=public)
    assert changed(before, answers(asking, addresses)) == []


def test_work_on_a_public_story_changes_no_byte_before_it_is_published(cast, public):
    asking, addresses = browser(), every_public_address(public)
    before = answers(asking, addresses)
    revise(public, cast)
    assert changed(before, answers(asking, addresses)) == []


def test_killing_takes_a_story_off_every_list(cast, public):
    asking, addresses = browser(), every_public_address(public)
    killed = plant("suppressed", cast)
    assert Watch([killed]).owner
    told([path for path, text in answers(asking, addresses).items() if Watch([killed]).leaks(path, text)])


def test_embargo_lifts_for_every_list_at_its_second(cast, public, time_machine):
    hidden, asking = plant("embargoed", cast), browser()
    address = f"/story/{hidden.story_id}/{hidden.slug}/"
    due = Edition.objects.get(story_id=hidden.story_id).live_from
    time_machine.move_to(due - timedelta(milliseconds=1), tick=False)
    assert asking.get(address).status_code == 404
    assert "zqembargoed" not in everything_in(asking.get("/rss.xml"))
    time_machine.move_to(due, tick=False)
    assert asking.get(address).status_code == 200
    assert asking.get(f"{address[:-1]}.json").status_code == 200
    for path in (
        "/",
        "/rss.xml",
        "/index.json",
        f"/tag/{hidden.tag.slug}/",
        f"/media/{hidden.picture.media_id}/",
    ):
        assert "zqembargoedheadline" in everything_in(asking.get(path)), path


# --- The walk itself ----------------------------------------------------------------------------------------


@pytest.mark.once
def test_every_pattern_of_the_site_is_walked(planted):
    walked = set(every_path(SITE, planted))
    missed = [
        route.pattern for route in routes(SITE) if not any(walked & set(paths(route, one)) for one in planted)
    ]
    assert missed == []


@pytest.mark.once
def test_leak_planted_on_purpose_turns_the_walk_red(cast, public, settings):
    settings.ROOT_URLCONF = LEAKY
    hidden = [plant("scheduled", cast)]
    found = walk(browser(), every_path(LEAKY, hidden, wanted=is_public), Watch(hidden))
    assert any("/leak/everything/ shows zqscheduledheadline" in sentence for sentence in found)
    assert any("HEAD /leak/header/ shows zqscheduledslug" in sentence for sentence in found)
    assert all("/leak/" in sentence for sentence in found)


@pytest.mark.once
def test_leak_by_number_alone_is_seen(cast, public, settings):
    settings.ROOT_URLCONF = LEAKY
    asking, addresses = browser(), every_public_address(public, LEAKY)
    before = answers(asking, addresses)
    plant("scheduled", cast)
    assert changed(before, answers(asking, addresses)) == [
        "/leak/everything/",
        "/leak/header/",
        "/leak/count/",
    ]


@pytest.mark.once
def test_pattern_that_nobody_thought_of_stops_the_walk(planted):
    with pytest.raises(Unprovided, match="colour"):
        every_path("tests.leaks.unknown_urls", planted)
