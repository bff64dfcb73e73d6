"""Quick starts: what a new story of a kind begins with is the chiefs' to change, and everybody's to use."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Beginning
from articles.workflow import beginnings
from tests import builders
from tests.planning.shelves import DESK

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:articles_beginning_changelist"), reverse("admin:articles_beginning_add")
NEW = reverse("admin:articles_article_add")


@pytest.fixture(autouse=True)
def _as_they_were():
    """What one test changed is gone with its transaction, and must not be shown to the next."""
    yield
    beginnings.changed()


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def sent(**changes):
    usual = {
        "name": "Match report",
        "genre": "news",
        "line": "Who won, and how.",
        "headline": "The score, in words",
        "standfirst": "The turning point",
        "body": '<p class="note">Result first.</p><p onclick="x()">Half time<script>x</script></p>',
        "section": "",
        "words": "350",
        "order": "15",
        "is_offered": "on",
    }
    return usual | changes


def test_chief_adds_a_quick_start_and_a_story_begins_with_it(chief, reporter):
    section = builders.make_section("Sport")
    assert browser(chief).post(ADD, sent(section=section.pk)).status_code == 302
    made = Beginning.objects.get(name="Match report")
    assert made.body == '<p class="note">Result first.</p><p>Half time</p>'
    page = browser(reporter).get(DESK).content.decode()
    assert page.index("News</a>") < page.index("Match report</a>") < page.index("Interview</a>")
    form = browser(reporter).get(NEW, {"start": made.pk}).content.decode()
    for words in ("The score, in words", "The turning point", "Result first.", 'value="350"'):
        assert words in form
    assert f'<option value="{section.slug}" selected>' in form
    found = browser(reporter).get(reverse("admin:desk_find"), {"q": "match rep"}).json()["found"]
    assert [one["name"] for one in found if one["kind"] == "command"] == ["New match report"]


def test_quick_start_no_longer_offered_still_opens_for_who_kept_its_address(chief, reporter):
    news = Beginning.objects.get(genre="news")
    change = reverse("admin:articles_beginning_change", args=[news.pk])
    answer = browser(chief).post(change, sent(name="News", headline="Eight words", is_offered=""))
    assert answer.status_code == 302
    assert f"?start={news.pk}" not in browser(reporter).get(DESK).content.decode()
    assert "Eight words" in browser(reporter).get(NEW, {"start": news.pk}).content.decode()


def test_usual_section_is_suggested_until_another_is_chosen(chief, reporter):
    opinion = Beginning.objects.get(genre="opinion")
    views, comment = builders.make_section("Views"), builders.make_section("Comment")
    assert opinion.suggested_section() == comment, "the first of the usual ones that the paper has"
    change = reverse("admin:articles_beginning_change", args=[opinion.pk])
    assert "While none is chosen: Comment." in browser(chief).get(change).content.decode()
    browser(chief).post(change, sent(name="Opinion", genre="opinion", section=views.pk))
    form = browser(reporter).get(NEW, {"genre": "opinion"}).content.decode()
    assert '<option value="views" selected>' in form


@pytest.mark.parametrize("role", ["reporter", "editor", "picture_desk"])
def test_nobody_but_chiefs_changes_quick_starts(role, request):
    person = request.getfixturevalue(role)
    first = Beginning.objects.get(genre="news")
    change = reverse("admin:articles_beginning_change", args=[first.pk])
    for address in (LIST, ADD, change):
        assert browser(person).get(address).status_code == 403
        assert browser(person).post(address, sent()).status_code == 403
    assert not Beginning.objects.filter(name="Match report").exists()


@pytest.mark.parametrize("asked", ["", "0", "9" * 40, "poem", "٣", "-1", "<b>"])
def test_unknown_quick_start_is_a_plain_new_story(reporter, asked):
    assert browser(reporter).get(NEW, {"start": asked}).status_code == 200


def test_quick_start_is_never_deleted(chief):
    first = Beginning.objects.get(genre="news")
    address = reverse("admin:articles_beginning_delete", args=[first.pk])
    assert browser(chief).post(address, {"post": "yes"}).status_code == 403
    assert Beginning.objects.filter(pk=first.pk).exists()
