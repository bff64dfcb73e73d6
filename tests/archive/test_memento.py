"""RFC 7089: originals point to their past, TimeGates negotiate, TimeMaps list, mementos say what they are."""

import io
import re
from datetime import UTC, date, timedelta
from email.utils import format_datetime
from http import HTTPStatus

import pytest
import requests
from django.utils import timezone
from memento_client import MementoClient
from requests.adapters import BaseAdapter

from articles import workflow
from articles.archive.past import own_moments, timemap
from articles.models import Article
from tests.builders import make_archived, make_article, make_published, make_section, make_tag, moment

pytestmark = pytest.mark.django_db
LAUNCH = moment(2016, 11, 4, 8)
SITE = "http://localhost:8000"
LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[\w-]+="[^"]*")*)')
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def links(text):
    """Read links by RFC 8288: [(relations, address, attributes)]."""
    found = []
    for address, rest in LINK.findall(text):
        attributes = dict(ATTRIBUTE.findall(rest))
        found.append((attributes.pop("rel").split(), address, attributes))
    return found


def by_relation(text):
    return {name: (address, said) for names, address, said in links(text) for name in names}


def mementos(text):
    return [(address, said["datetime"]) for names, address, said in links(text) if "memento" in names]


def http(when):
    return format_datetime(when.astimezone(UTC), usegmt=True)


def here(address):
    assert address.startswith(SITE)
    return address.removeprefix(SITE)


@pytest.fixture
def story(editor, time_machine):
    """A story with editions of eight, nine and ten o'clock, renamed with the last; the clock stands at noon."""
    time_machine.move_to(LAUNCH, tick=False)
    make_tag("ferries")
    edition = make_published(editor, slug="ferry", tags=("ferries",))
    for hours, slug in ((1, "ferry"), (2, "renamed")):
        time_machine.move_to(LAUNCH + timedelta(hours=hours), tick=False)
        article = Article.objects.get(pk=edition.story_id)
        contents = workflow.copy.contents_of(article).changed(slug=slug, headline=f"After {hours}")
        article = workflow.save(by=editor, story_id=article.pk, token=article.token, contents=contents)
        edition = workflow.update(by=editor, story_id=article.pk, token=article.token)
    time_machine.move_to(LAUNCH + timedelta(hours=4), tick=False)
    return edition


def test_original_points_to_timegate_and_timemap_and_is_none_itself(client, story):
    for path in (
        story.get_absolute_url(),
        "/",
        "/section/world/",
        "/tag/ferries/",
        "/2016/11/04/",
        "/index.json",
    ):
        plain = client.get(path)
        said = by_relation(plain.headers["Link"])
        assert said["original"][0] == SITE + path
        assert said["timegate"][0] == f"{SITE}/timegate{path}"
        assert said["timemap"] == (f"{SITE}/timemap/link{path}", {"type": "application/link-format"})
        asked = client.get(path, headers={"accept-datetime": http(LAUNCH)})
        assert (asked.status_code, asked.content) == (200, plain.content)
        assert "Memento-Datetime" not in asked.headers
        assert "accept-datetime" not in asked.headers.get("Vary", "").lower()


@pytest.mark.parametrize("minutes", [-600, 0, 30, 60, 90, 120, 600])
def test_timegate_leads_to_the_version_in_force_at_that_date(client, story, minutes):
    wanted = LAUNCH + timedelta(minutes=minutes)
    path = story.get_absolute_url()
    response = client.get(f"/timegate{path}", headers={"accept-datetime": http(wanted)})
    assert response.status_code == HTTPStatus.FOUND
    assert "accept-datetime" in response.headers["Vary"].lower()
    assert "Memento-Datetime" not in response.headers
    said = by_relation(response.headers["Link"])
    assert said["original"][0] == SITE + path
    assert said["timemap"][0] == f"{SITE}/timemap/link{path}"
    assert said["first"][1]["datetime"] == http(LAUNCH)
    assert said["last"][1]["datetime"] == http(LAUNCH + timedelta(hours=2))
    begun = LAUNCH + timedelta(hours=min(2, max(0, minutes // 60)))
    memento = client.get(response.headers["Location"])
    assert memento.status_code == HTTPStatus.OK
    assert memento.headers["Memento-Datetime"] == http(begun)
    assert memento.context["edition"].live_from == begun


class Site(BaseAdapter):
    """Carries what a client of the web asks to the site, without a network."""

    def __init__(self, client):
        super().__init__()
        self.client = client

    def send(self, request, **_):
        answer = self.client.generic(request.method, here(request.url), headers=dict(request.headers))
        response = requests.Response()
        response.status_code, response.url, response.request = answer.status_code, request.url, request
        response.headers = requests.structures.CaseInsensitiveDict(answer.headers)
        response.raw, response._content = io.BytesIO(), answer.content
        return response

    def close(self):
        """Nothing is held open."""


@pytest.mark.parametrize("minutes", [-600, 0, 30, 60, 90, 120, 600])
def test_client_by_the_authors_of_the_standard_finds_its_way(client, story, minutes):
    session = requests.Session()
    session.mount(SITE, Site(client))
    reader = MementoClient(session=session)
    wanted = (LAUNCH + timedelta(minutes=minutes)).astimezone(UTC).replace(tzinfo=None)
    hour = min(2, max(0, minutes // 60))
    path = story.get_absolute_url()
    found = reader.get_memento_info(SITE + path, wanted)
    assert (found["original_uri"], found["timegate_uri"]) == (SITE + path, f"{SITE}/timegate{path}")
    times = {name: one["datetime"] for name, one in found["mementos"].items()}
    eight, at_ten = ((LAUNCH + timedelta(hours=n)).astimezone(UTC).replace(tzinfo=None) for n in (0, 2))
    closest = found["mementos"]["closest"]
    assert (times["closest"], closest["http_status_code"]) == (eight + timedelta(hours=hour), 200)
    assert (times["first"], times["last"]) == (eight, at_ten)
    (address,) = closest["uri"]
    assert reader.get_original_uri(address) == SITE + here(address)[len("/at/20161104080000") :]
    assert f"After {hour}" in client.get(here(address)).content.decode() or not hour
    for list_path in ("/", "/section/world/", "/tag/ferries/", "/index.json"):
        listed = reader.get_memento_info(SITE + list_path, wanted)["mementos"]
        assert listed["closest"]["http_status_code"] == 200
        assert listed["first"]["datetime"] <= listed["closest"]["datetime"] <= max(eight, wanted)


def test_timegate_without_a_date_leads_to_the_newest(client, story):
    for path, when in (
        (story.get_absolute_url(), LAUNCH + timedelta(hours=2)),
        ("/", LAUNCH + timedelta(hours=2)),
    ):
        response = client.get(f"/timegate{path}")
        assert response.headers["Location"] == f"/at/{when:%Y%m%d%H%M%S}{path}"
        assert "accept-datetime" in response.headers["Vary"].lower()
    whole = client.get(f"/timegate/{SITE}{story.get_absolute_url()}")
    assert whole.headers["Location"].endswith(story.get_absolute_url())


@pytest.mark.parametrize(
    "said",
    ["", "yesterday", "2016-11-04", "Fri, 04 Nov 2016 08:00:00 +0100", "Fri, 31 Feb 2016 08:00:00 GMT",
     "Fri, 04 Nov 2016 25:00:00 GMT", "Fri, 04 Foo 2016 08:00:00 GMT", "*", "x" * 5000, "٠٤", "Fri, 04 Nov 0000 08:00:00 GMT"],
)  # fmt: skip
def test_date_that_is_none_is_refused(client, story, said):
    response = client.get(f"/timegate{story.get_absolute_url()}", HTTP_ACCEPT_DATETIME=said)
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "Fri, 04 Nov 2016 12:00:00 GMT" in response.content.decode()
    assert "accept-datetime" in response.headers["Vary"].lower()


def test_memento_says_what_it_is_and_what_lies_around_it(client, story):
    path = f"/story/{story.story_id}/ferry/"
    nine = LAUNCH + timedelta(hours=1)
    for when, around in (
        (LAUNCH, {"first": 0, "next": 1, "last": 2}),
        (nine, {"first": 0, "prev": 0, "next": 2, "last": 2}),
        (nine + timedelta(minutes=5), {"first": 0, "prev": 1, "next": 2, "last": 2}),
    ):
        response = client.get(f"/at/{when:%Y%m%d%H%M%S}{path}")
        assert response.headers["Memento-Datetime"] == http(when)
        assert response.headers["X-Robots-Tag"] == "noindex"
        said = by_relation(response.headers["Link"])
        assert said["original"][0] == SITE + path
        assert said["timegate"][0] == f"{SITE}/timegate{path}"
        assert said["timemap"][0] == f"{SITE}/timemap/link{path}"
        expected = {name: http(LAUNCH + timedelta(hours=hours)) for name, hours in around.items()}
        assert {
            name: said[name][1]["datetime"] for name in ("first", "prev", "next", "last") if name in said
        } == expected
    for path in ("/", "/section/world/", "/index.json"):
        assert "Memento-Datetime" in client.get(f"/at/{LAUNCH:%Y%m%d%H%M%S}{path}").headers
    for path in ("/nowhere/", "/story/99999998/x/", "/section/never/"):
        refused = client.get(f"/at/{LAUNCH:%Y%m%d%H%M%S}{path}")
        assert "Memento-Datetime" not in refused.headers
        assert "Link" not in refused.headers


def test_timemap_of_a_story_lists_its_versions_and_each_answers(client, story):
    path = story.get_absolute_url()
    response = client.get(f"/timemap/link{path}")
    assert response.headers["Content-Type"] == "application/link-format"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    text = response.content.decode()
    said = by_relation(text)
    assert said["original"][0] == SITE + path
    assert said["timegate"][0] == f"{SITE}/timegate{path}"
    address, about = said["self"]
    assert (address, about["type"]) == (f"{SITE}/timemap/link{path}", "application/link-format")
    assert (about["from"], about["until"]) == (http(LAUNCH), http(LAUNCH + timedelta(hours=2)))
    listed = mementos(text)
    assert [when for _, when in listed] == [http(LAUNCH + timedelta(hours=n)) for n in range(3)]
    assert said["first"][1]["datetime"] == listed[0][1]
    assert said["last"][1]["datetime"] == listed[-1][1]
    for address, when in listed:
        memento = client.get(here(address), follow=True)
        assert (memento.status_code, memento.headers["Memento-Datetime"]) == (200, when)
    data = client.get(f"/timemap/json{path}").json()
    assert data["original_uri"] == SITE + path
    assert [one["uri"] for one in data["mementos"]["list"]] == [address for address, _ in listed]
    assert data["mementos"]["first"]["datetime"] == "2016-11-04T08:00:00Z"
    assert data["timemap_uri"]["link_format"] == f"{SITE}/timemap/link{path}"


def test_timemap_of_a_list_begins_when_the_list_did(client, story, editor, time_machine):
    make_archived(date(2010, 5, 5), headline="Older", section="City")
    whole = [when for _, when in mementos(client.get("/timemap/link/").content.decode())]
    assert whole == [http(moment(2010, 5, 5)), *(http(LAUNCH + timedelta(hours=n)) for n in range(3))]
    for path in ("/tag/ferries/", "/2016/", "/2016/11/04/", "/2016.json", "/tag/ferries.json"):
        listed = mementos(client.get(f"/timemap/link{path}").content.decode())
        assert listed[0][1] in (http(LAUNCH), http(moment(2016)), http(moment(2016, 11, 4))), path
        for address, _ in listed:
            assert client.get(here(address)).status_code == 200, address
        early = client.get(f"/timegate{path}", headers={"accept-datetime": http(moment(2012))})
        assert client.get(early.headers["Location"]).status_code == 200


def test_list_has_the_moments_at_which_it_changed_itself(client, story, editor, time_machine):
    """Another section's stories change nothing in it; one that was withdrawn or waits for its hour has no moment."""
    for hours in (5, 6):
        time_machine.move_to(LAUNCH + timedelta(hours=hours), tick=False)
        make_published(editor, section="City")
    killed = make_published(editor, tags=("ferries",))
    token = Article.objects.get(pk=killed.story_id).token
    workflow.kill(by=editor, story_id=killed.story_id, token=token, reason="made up")
    waiting = make_article(editor, tags=("ferries",))
    due = LAUNCH + timedelta(hours=9)
    workflow.publish(by=editor, story_id=waiting.pk, token=waiting.token, at=due)
    time_machine.move_to(LAUNCH + timedelta(hours=7), tick=False)
    own = [http(LAUNCH + timedelta(hours=hours)) for hours in (0, 1, 2)]
    whole = [http(LAUNCH + timedelta(hours=hours)) for hours in (0, 1, 2, 5, 6)]
    for path in (
        "/section/world/",
        "/tag/ferries/",
        "/tag/ferries/timeline/",
        "/tag/ferries.json",
        "/by/nadia-farouk/",
    ):
        text = client.get(f"/timemap/link{path}").content.decode()
        expected = whole if "nadia" in path else own
        assert [when for _, when in mementos(text)] == expected, path
        late = client.get(f"/timegate{path}", headers={"accept-datetime": http(LAUNCH + timedelta(hours=4))})
        assert late.headers["Location"] == f"/at/{LAUNCH + timedelta(hours=2):%Y%m%d%H%M%S}{path}"
    assert [when for _, when in mementos(client.get("/timemap/link/").content.decode())] == whole
    day = [when for _, when in mementos(client.get("/timemap/link/2016/11/04/").content.decode())]
    assert day == [http(moment(2016, 11, 4)), *whole]


def test_list_of_very_many_stories_has_the_moments_of_the_paper(
    client, story, editor, time_machine, monkeypatch
):
    monkeypatch.setattr(own_moments, "MOST_EDITIONS", 2)
    time_machine.move_to(LAUNCH + timedelta(hours=5), tick=False)
    make_published(editor, section="City")
    time_machine.move_to(LAUNCH + timedelta(hours=6), tick=False)
    text = client.get("/timemap/link/tag/ferries/").content.decode()
    assert len(mementos(text)) == 4


def test_timemap_of_much_goes_by_years_and_parts(client, monkeypatch):
    monkeypatch.setattr(timemap, "MOST", 4)
    monkeypatch.setattr(own_moments, "MOST_EDITIONS", 4)
    days = [date(year, 1 + n, 3) for year in (2012, 2014) for n in range(6)]
    for day in days:
        make_archived(day)
    index = client.get("/timemap/link/section/world/").content.decode()
    assert len(mementos(index)) == 2
    years = [(address, said) for names, address, said in links(index) if names == ["timemap"]]
    assert [said["from"][12:16] for _, said in years] == ["2012", "2013", "2014"]
    data = client.get("/timemap/json/section/world/").json()
    assert [one["from"][:4] for one in data["timemap_index"]] == ["2012", "2013", "2014"]
    seen, following = [], years[0][0]
    while following:
        text = client.get(here(following)).content.decode()
        assert by_relation(text)["self"][0] == following
        seen += [when for _, when in mementos(text)]
        more = [address for names, address, _ in links(text) if names == ["timemap"]]
        following = more[0] if more else None
    wanted = [http(moment(day.year, day.month, day.day)) for day in days]
    assert [when for when in wanted if when not in seen] == []
    assert client.get(here(years[1][0])).status_code == 404
    assert client.get("/timemap/link/20990101000000/section/world/").status_code == 404


def test_hidden_withdrawn_and_unknown_have_no_timegate_of_their_own(client, editor, story):
    hidden = make_article(editor, slug="hidden")
    later = make_article(editor, slug="hidden")
    workflow.publish(by=editor, story_id=later.pk, token=later.token, at=timezone.now() + timedelta(hours=1))
    make_section("Nowhere", is_in_masthead=False)
    never = {
        kind: client.get(f"{kind}/story/99999998/hidden/")
        for kind in ("/timegate", "/timemap/link", "/timemap/json")
    }
    for kind, nothing in never.items():
        for path in (
            f"/story/{hidden.pk}/hidden/",
            f"/story/{later.pk}/hidden/",
            "/section/nowhere/",
            "/media/99999998/",
        ):
            response = client.get(kind + path, headers={"accept-datetime": http(LAUNCH)})
            assert (response.status_code, response.content) == (404, nothing.content), kind + path
    token = Article.objects.get(pk=story.story_id).token
    workflow.kill(by=editor, story_id=story.story_id, token=token, reason="made up")
    for kind in never:
        assert client.get(kind + story.get_absolute_url()).status_code == 410
        for path in (
            "/admin/",
            "/images/x.jpg",
            "/healthz",
            "/at/20160101000000/",
            "//evil.example/",
            "/timegate/",
            "/robots.txt",
        ):
            assert client.get(kind + path).status_code == 404, kind + path
