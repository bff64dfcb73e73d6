"""A search costs six queries at most, whatever it finds, its data and feeds no more: eleven where the database is the engine."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from articles.index import keep_index, reindex
from articles.index.postgres_rows import are_searched
from tests.builders import make_archived, make_picture, make_section, make_tag

pytestmark = pytest.mark.django_db

PAGES = [
    "/search/?q=ferry", "/search/?q=ferry+quay&sort=newest", "/search/?q=ferry&section=world&tag=ferries&by=nadia-farouk&from=2014",
    "/search/?q=%22same+day%22+OR+harb*", "/search/?section=world", "/search.json?q=ferry", "/search/rss.xml?q=ferry",
]  # fmt: skip
LIGHT = ["/search/", "/search/how/", "/search/?q=%21"]


def most():
    """Return the budget: an index in the database is asked there for each tier, the total or the counts, and what is new."""
    return 11 if are_searched() else 6


def fill(stories):
    # Django asks the database once in a process whether it knows JSON.
    assert connection.features.supports_json_field
    for name in ("World", "City"):
        make_section(name)
    make_tag("ferries")
    picture = make_picture(media_id="55361435")
    for n in range(stories):
        make_archived(
            date(2014, 1 + n % 12, 28), headline=f"Same day {n}", body="<p>A ferry at the quay.</p>", tags=("ferries",),
            pictures=[picture], bylines=["Nadia Farouk", "Leila Haddad"],
        )  # fmt: skip
    assert reindex()
    # Until the fold has taken them in, new stories are read from their rows: once in a process, four queries more.
    keep_index()


@pytest.mark.parametrize("stories", [1, 20, 45])
def test_search_costs_six_queries_at_most(client, stories, django_assert_max_num_queries):
    fill(stories)
    for page in PAGES:
        with django_assert_max_num_queries(most(), info=page):
            response = client.get(page)
        assert response.status_code == 200, page
        assert b"Same day" in response.content.replace(b"<mark>", b"").replace(b"</mark>", b""), page
    for page in LIGHT:
        with django_assert_max_num_queries(1, info=page):
            assert client.get(page).status_code == 200, page


@pytest.mark.parametrize("stories", [1, 20])
def test_search_as_it_stood_costs_one_more_at_most(client, stories, django_assert_max_num_queries):
    fill(stories)
    for page in PAGES:
        with django_assert_max_num_queries(most() + 1, info=page):
            response = client.get(f"/at/{timezone.now():%Y%m%d%H%M%S}{page}")
        assert response.status_code == 200, page


@pytest.mark.parametrize("stories", [1, 20])
def test_offers_and_numbers_cost_little(client, stories, django_assert_max_num_queries):
    fill(stories)
    for page, most in (
        ("/search/suggest.json?q=nad", 8),
        ("/search/opensearch.json?q=ferr", 12),
        ("/search/?q=55361435", 3),
    ):
        with django_assert_max_num_queries(most, info=page):
            client.get(page)
