"""Addresses that nobody was given: 404, 400 or 405 with a page of the paper's own, never a 500, and the way on from it."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import PictureCredit, shelf
from newsroom.keyset import Cursor
from tests.builders import (
    make_archived,
    make_contributor,
    make_picture,
    make_published,
    make_section,
    make_tag,
)
from tests.leaks.planting import plant
from tests.leaks.walking import everything_in
from tests.test_leaks import cast, public  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

LONG = "9" * 30
NEVER = [
    "/2016/13/45/", "/2016/02/30/", "/2016/00/", "/0000/", "/0000/01/01/", "/9999/", "/10000/", "/10000/01/01/", "/-1/",
    "/2016/1/1/", "/2016/13.json", "/2016/02/30.json", "/0000.json", "/9999/12/31.json", "/99999.json", "/２０１６/", "/٢٠١٦/",
    f"/story/{LONG}/", f"/story/{LONG}/x/", f"/story/{LONG}.json", f"/story/12345678/x/editions/{LONG}/", "/story/0/", "/story/-1/x/",
    "/story/00000000/x/", "/story/12345678/x/editions/0/", "/story/12345678/x/editions/1000000.json", f"/media/{LONG}/",
    f"/media/{LONG}.json", f"/media/{LONG}.bib", "/media/1/", "/media/٧٠٠٠٠٠٠١/", f"/sitemap-2016-01-{LONG}.xml", "/sitemap-0000-00.xml",
    "/sitemap-9999-12.xml", "/sitemap-undated-9999.xml", "/images/", "/images/../settings.py", "/images/x.jpg", f"/images/{LONG}.webp",
    "/section//", "/section/%2e%2e/", "/section/..%2f..%2fetc/", "/tag/%00/", "/tag/%ff%fe/", "/tag/%c0%ae%c0%ae/", "/tag/%ed%a0%80/",
    "/tag/%F4%90%80%80/", "/by/%e2%80%ae/", "/by/%0d%0aSet-Cookie:%20a=b/", "/%2e%2e/%2e%2e/", "/%c0%af", "/%ff", "/%00", "/%7f", "/.git/config",
    "/%25%32%65%25%32%65/", "/" + "a" * 2_100, "/" + "%41" * 900, "/section/" + "x" * 400 + "/", "/\\evil.example/",
    "/undated", "/undated/?after=", "/?after=x", "/index.json/", "/rss.xml/", "/.well-known/", "/robots.txt/", "/oembed/",
]  # fmt: skip
# These lead on, or ignore what they do not know.
FINE = {"/undated": 301, "/undated/?after=": 404, "/?after=x": 200}


@pytest.fixture
def asking():
    return Client(raise_request_exception=False)


@pytest.fixture
def paper(editor):
    """A paper with enough on its shelves to have second pages."""
    make_section("World")
    make_tag("ferries")
    picture = make_picture(media_id="70000001")
    PictureCredit.objects.get_or_create(picture=picture, contributor=make_contributor("Nadia Farouk"))
    for n in range(21):
        make_archived(headline=f"One of many {n}", tags=("ferries",), pictures=[picture])
    return make_published(editor, tags=("ferries",), pictures=[picture], headline="Newest")


def test_impossible_address_is_refused_with_a_page(asking, paper):
    for path in NEVER:
        answer = asking.get(path)
        expected = {FINE[path]} if path in FINE else {404, 400}
        assert answer.status_code in expected, f"{path}: {answer.status_code}"
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Content-Length"] == str(len(answer.content)), path
        assert answer.headers["Cache-Control"], path
        assert "evil" not in answer.headers.get("Location", "")


LISTS = [
    "/section/world/", "/tag/ferries/", "/by/nadia-farouk/", "/undated/", "/corrections/", "/2014/08/", "/2014/08/28/",
    "/media/70000001/", "/by/nadia-farouk/pictures/", "/section/world.json", "/tag/ferries.json", "/by/nadia-farouk.json", "/index.json",
    "/2014/08.json", "/2014/08/28.json", "/undated.json", "/corrections.json", "/media/70000001.json", "/by/nadia-farouk/pictures.json",
]  # fmt: skip


def forged(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_cursor_that_is_damaged_forged_or_of_another_list_breaks_nothing_and_shows_nothing_hidden(
    asking, cast, paper
):
    hidden = plant("scheduled", cast)
    micros = (timezone.now() + timedelta(days=500) - datetime(1, 1, 1, tzinfo=UTC)) // timedelta(
        microseconds=1
    )
    cursors = [
        "", "x", "%00", "%ff", "....", "MS4x", "A" * 64, "A" * 65, LONG, "٣", forged("1.1"), forged("0.0"), forged(f"{micros}.99999999"),
        forged(f"{'9' * 18}.{'9' * 18}"), forged(f"{'9' * 19}.1"), forged("-1.-1"), forged("1.1.1"), forged("1.1.1.1"), forged("²³.¹"), forged("٣.٣.٣"),
        forged("1e5.1"), forged("\x00.\x00"), str(paper.cursor), str(Cursor(paper.listed_at, hidden.story_id)), "a&after=b",
    ]  # fmt: skip
    few = (
        cursors[1],
        cursors[10],
        str(paper.cursor),
        str(Cursor(paper.listed_at, hidden.story_id)),
        cursors[13],
    )
    for number, path in enumerate(LISTS):
        for cursor in few if number % 9 else cursors:
            answer = asking.get(f"{path}?after={cursor}")
            assert answer.status_code in (200, 404, 400), f"{path}?after={cursor}: {answer.status_code}"
            assert "zqscheduled" not in everything_in(answer), f"{path}?after={cursor}"


def test_cursor_of_another_list_is_no_place_in_this_one(asking, paper):
    of_tag = Cursor(paper.listed_at + timedelta(days=1), paper.story_id).of(shelf.tag("ferries").list_name)
    for path in LISTS:
        answer = asking.get(f"{path}?after={of_tag}")
        assert answer.status_code == (200 if path.startswith("/tag/") else 404), path


def test_damaged_cursor_is_refused_alike_where_the_list_is_hidden_and_where_it_never_was(asking, cast, paper):
    hidden = plant("draft", cast)
    for cursor in ("x", forged("1.1")):
        pages = [
            asking.get(f"/tag/{slug}/?after={cursor}") for slug in (hidden.tag.slug, "zqnever", "ferries")
        ]
        assert {page.status_code for page in pages} == {404}
        assert len({page.content.replace(hidden.tag.slug.encode(), b"*") for page in pages[:2]}) == 1


def test_other_methods_are_refused_and_say_which_are_not(asking):
    for path in ("/", "/section/world/", "/2014/", "/index.json", "/rss.xml", "/robots.txt", "/undated/"):
        for method in ("post", "put", "patch", "delete", "options", "trace"):
            answer = getattr(asking, method)(path)
            assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD"), f"{method} {path}"
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Content-Length"] == str(len(answer.content))
            assert not {"ETag", "Surrogate-Key"} & set(answer.headers)


ABSURD = [
    {"if-none-match": "*"}, {"if-none-match": '"' * 5_000}, {"if-none-match": "W/" * 400}, {"if-match": "*"}, {"if-match": '"x"'},
    {"if-modified-since": "0"}, {"if-modified-since": "Sun, 99 Foo 99999 99:99:99 GMT"}, {"if-unmodified-since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"if-range": '"x"', "range": "bytes=0-1"}, {"range": "bytes=" + "0-1," * 500}, {"accept": "x" * 9_000}, {"accept-language": "zz;q=9,*"},
    {"accept-encoding": "nothing"}, {"cookie": "sessionid=" + "x" * 4_000}, {"cookie": "\x00=\x01; =;;"}, {"expect": "100-continue"},
    {"te": "chunked"}, {"x-http-method-override": "DELETE"}, {"content-type": "multipart/form-data"}, {"content-length": "-1"},
    {"x-original-url": "/admin/"}, {"prefer": "x"}, {"save-data": "on"}, {"max-forwards": "0"}, {"forwarded": "for=unknown;host=evil"},
]  # fmt: skip


def test_absurd_header_changes_nothing_but_a_304(asking, paper):
    plain = {
        path: asking.get(path) for path in ("/section/world/", paper.get_absolute_url(), "/tag/ferries.json")
    }
    for headers in ABSURD:
        for path, answer in plain.items():
            odd = asking.get(path, headers=headers)
            if odd.status_code == 304:
                assert headers == {"if-none-match": "*"}
            else:
                assert (odd.status_code, odd.content) == (200, answer.content), f"{path} {headers}"


# --- The way on -------------------------------------------------------------------------------------------------


def test_refusal_shows_the_sections_and_where_to_go_on(asking, paper):
    for path, status in (("/nowhere/", 404), ("/section/world/?after=x", 404), (f"/story/{LONG}/", 404)):
        text = asking.get(path).content.decode()
        assert asking.get(path).status_code == status
        for way in (
            'href="/"',
            'href="/section/world/"',
            'href="/2026/"',
            'href="/undated/"',
            'href="/corrections/"',
        ):
            assert way.replace("2026", str(paper.published_on.year)) in text, f"{path}: {way}"
        assert '<meta name="robots" content="noindex">' in text


NEAREST = {
    "/section/wrold/": "/section/world/", "/section/World/": "/section/world/", "/tag/feries/": "/tag/ferries/",
    "/tag/ferrys/": "/tag/ferries/", "/by/nadia-faruk/": "/by/nadia-farouk/", "/2014/13/45/": "/2014/", "/0999/": "/2014/",
    "/tag/Ferries/": "/tag/ferries/", "/section/world/nowhere/": "", "/tag/zzz/": "", "/section/w/": "", "/media/1/": "",
}  # fmt: skip


def test_mistyped_address_is_offered_the_nearest_that_is_public(asking, paper):
    for path, near in NEAREST.items():
        text = asking.get(path).content.decode()
        offered = text.partition('class="near"')[2].partition("</nav>")[0]
        assert (f'href="{near}"' in offered) if near else (offered == ""), path


def test_hidden_name_is_never_offered(asking, cast, paper):
    hidden = plant("scheduled", cast)
    for path in (
        f"/tag/{hidden.tag.slug}x/",
        f"/by/{hidden.person.slug}x/",
        f"/section/{hidden.section.slug}x/",
    ):
        text = asking.get(path).content.decode()
        assert 'class="near"' not in text, path


def test_withdrawn_shelf_and_story_offer_the_way_on_too(asking, cast, paper):
    killed = plant("killed", cast)
    for path in (
        f"/story/{killed.story_id}/x/",
        f"/tag/{killed.tag.slug}/",
        f"/media/{killed.picture.media_id}/",
    ):
        answer = asking.get(path)
        text = answer.content.decode()
        assert answer.status_code == 410
        assert 'href="/section/world/"' in text
        assert 'href="/undated/"' in text
        assert "noindex" in text


def test_broken_site_still_answers_without_its_database(paper, django_db_blocker):
    with django_db_blocker.block():
        answer = Client(raise_request_exception=False).get("/section/world/")
    assert answer.status_code == 500
    assert b'href="/"' in answer.content
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Surrogate-Key" not in answer.headers
