"""At most three queries a page, whatever it lists: with one story and with twenty."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import workflow
from articles.index import keep_related
from articles.models import Address, Article, Dating, PictureCredit
from media.models import CaptionVersion
from tests.builders import (
    make_archived,
    make_contributor,
    make_copy,
    make_picture,
    make_published,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db

PAGES = [
    "/", "{story}", "{story}editions/", "{story}editions/1/", "/section/world/", "/tag/ferries/", "/by/nadia-farouk/",
    "/2014/", "/2014/08/", "/2014/08/28/", "/2015/", "/2015/05/", "/2015/05/05/", "/undated/", "/media/55361435/",
    "/corrections/", "/by/nadia-farouk/pictures/", "{story}editions/1/2/", "/corrections/?kind=correction&section=world",
    "/corrections/?kind=withdrawal&year={year}", "/record/", "/record/{today}/", "/gaps/",
    "/tag/ferries/timeline/", "/tags/", "/tags/f/", "/by/", "/sections/", "/archive/", "/on-this-day/", "/on-this-day/08/28/",
    "/search/", "/search/how/",
]  # fmt: skip
DATA = [
    "/index.json", "{story_json}", "/section/world.json", "/tag/ferries.json", "/by/nadia-farouk.json", "/2014/08.json",
    "/undated.json", "/corrections.json", "/media/55361435.json", "/rss.xml", "/tag/ferries/feed.json", "{stem}.json", "{stem}.bib", "{stem}/editions/1.ris",
    "/undated/rss-summary.xml", "/2014/08/atom.xml", "/by/nadia-farouk/pictures/rss.xml",
]  # fmt: skip
REFUSALS = [
    "/nowhere/", "/story/10000001/x/", "{killed}editions/1/2/", "{story}editions/1/900/", "/record/2001/01/01/", "/corrections/?kind=praise", "{killed}", "{killed}editions/1/", "/section/never/", "/tag/never/", "/tag/gone/", "/tag/gone/timeline/", "/tags/q/", "/on-this-day/02/30/",
    "/by/never/", "/by/never/pictures/", "/by/leila-haddad/pictures/", "/media/1234/", "/media/55361436/", "/media/55361437/", "/images/never.jpg", "/section/world/?after=MS4x", "/story/{id}/other/", "/old/address", "/search/?q=ferry&after=MS4x",
]  # fmt: skip


def fill(editor, stories):
    # Django asks the database once in a process whether it knows JSON.
    assert connection.features.supports_json_field
    for name in ("World", "City", "Opinion"):
        make_section(name, is_opinion=name == "Opinion")
    make_tag("ferries")
    make_tag("gone")
    picture = make_picture(media_id="55361435")
    make_picture(media_id="55361436", alias_of=picture)
    make_picture(media_id="55361437", released_at=timezone.now(), killed_at=timezone.now())
    for n in range(stories):
        CaptionVersion.objects.create(picture=picture, layer="library", caption=f"Wording {n}")
        make_copy(picture, f"copy{n}", width=320 + n)
    PictureCredit.objects.get_or_create(picture=picture, contributor=make_contributor("Nadia Farouk"))
    for n in range(stories):
        facts = {
            "tags": ("ferries",),
            "pictures": [picture, make_picture()],
            "bylines": ["Nadia Farouk", "Leila Haddad"],
        }
        make_archived(date(2014, 8, 28), headline=f"Same day {n}", **facts)
        make_archived(
            dating=Dating(reason="x", earliest=date(2016, 10, 1)), live_from=datetime(2020, 1, 1, tzinfo=UTC)
        )
    edition = make_published(editor, tags=("ferries",), pictures=[picture], slug="ferry")
    for _ in range(stories):
        token = Article.objects.get(pk=edition.story_id).token
        workflow.correct(by=editor, story_id=edition.story_id, token=token, note="A name.")
    killed = make_published(editor, tags=("gone",), slug="killed")
    workflow.kill(
        by=editor, story_id=killed.story_id, token=Article.objects.get(pk=killed.story_id).token, reason="x"
    )
    Address.objects.create(path="/old/address", story_id=edition.story_id)
    workflow.keep_record(now=timezone.now() + timedelta(days=1, hours=2))
    arabic = make_archived(language="ar", tags=("ferries",), slug="ferry-ar")
    workflow.link_translation(
        by=editor, story_id=arabic.story_id, original=edition.story_id, token=str(arabic.story_id)
    )
    keep_related()
    return {
        "story": edition.get_absolute_url(), "killed": killed.get_absolute_url(), "id": edition.story_id,
        "story_json": f"{edition.get_absolute_url()[:-1]}.json",
        "today": f"{timezone.now():%Y/%m/%d}", "year": timezone.localdate().year,
        "stem": edition.get_absolute_url()[:-1],
    }  # fmt: skip


@pytest.mark.parametrize("stories", [1, 20])
def test_page_costs_three_queries_at_most(client, editor, stories, django_assert_max_num_queries):
    where = fill(editor, stories)
    for page in PAGES:
        with django_assert_max_num_queries(3, info=page):
            response = client.get(page.format(**where))
        assert response.status_code == 200, page


@pytest.mark.apart
@pytest.mark.parametrize("stories", [1, 20])
def test_page_as_it_stood_costs_no_more(client, editor, stories, django_assert_max_num_queries):
    where = fill(editor, stories)
    now = f"/at/{timezone.now():%Y%m%d%H%M%S}"
    for page in [*PAGES, *DATA]:
        with django_assert_max_num_queries(3, info=page):
            response = client.get(now + page.format(**where))
        assert response.status_code == 200, page
    for page in REFUSALS:
        with django_assert_max_num_queries(4, info=page):
            response = client.get(now + page.format(**where))
        assert response.status_code in (301, 404, 410), page
    for moment in ("20140827120000", "20140828120000", "00010101000000", "29990101000000", "20161301000000"):
        for page in [*PAGES, *REFUSALS]:
            with django_assert_max_num_queries(4, info=page):
                assert client.get(f"/at/{moment}{page.format(**where)}").status_code in (200, 301, 404, 410)


@pytest.mark.parametrize("stories", [1, 20])
def test_refusal_costs_four_queries_at_most_with_the_look_for_an_old_address(
    client, editor, stories, django_assert_max_num_queries
):
    where = fill(editor, stories)
    for page in REFUSALS:
        with django_assert_max_num_queries(4, info=page):
            response = client.get(page.format(**where))
        assert response.status_code in (301, 404, 410), page


def test_paper_without_sections_keeps_the_budget(client, django_assert_max_num_queries):
    edition = make_archived(section="")
    with django_assert_max_num_queries(3):
        text = client.get(edition.get_absolute_url()).content.decode()
    assert 'href="/2014/"' in text
