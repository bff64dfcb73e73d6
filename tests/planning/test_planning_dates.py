"""The month and the budget: what stands where, to whom, and a due date moved through the door with its token."""

import json
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, Event
from articles.workflow import Refused
from articles.workflow.planning import plan
from tests import builders
from tests.planning.shelves import cost, fill, logged_in, token, whole_scans

pytestmark = pytest.mark.django_db
BUDGET, MONTH = reverse("admin:desk_budget"), reverse("admin:desk_month")


def month_of(day):
    return reverse("admin:desk_month_of", args=[day.year, day.month])


def send(client, story_id, **letter):
    address = reverse("admin:desk_plan", args=[story_id])
    client.get(BUDGET)
    csrf = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    return client.post(
        address, json.dumps(letter), content_type="application/json", headers={"X-CSRFToken": csrf}
    )


def squares(page):
    """The text of each day's square of the calendar."""
    parts = page.split('data-day="')[1:]
    return {part[:10]: part.split("</td>")[0] for part in parts}


def test_due_date_is_planned_with_an_event_and_a_new_token(reporter):
    article = builders.make_article(reporter)
    due = timezone.now() + timedelta(days=3)
    after = plan(
        by=reporter, story_id=article.pk, token=article.token, due_at=due, planned_words=600, genre="feature"
    )
    assert (after.due_at, after.planned_words, after.genre) == (due, 600, "feature")
    assert after.token != article.token
    event = Event.objects.get(verb="plan")
    assert event.details["now"]["planned_words"] == 600
    assert plan(by=reporter, story_id=article.pk, token=after.token, due_at=None).due_at is None
    assert Article.objects.get(pk=article.pk).planned_words == 600


def test_plan_is_refused_with_a_sentence(reporter, editor):
    article = builders.make_article(reporter)
    stranger = builders.make_person("stranger", "reporter", builders.make_desk("Sport"))
    with pytest.raises(Refused, match="another desk"):
        plan(by=stranger, story_id=article.pk, token=article.token, planned_words=5)
    with pytest.raises(Refused, match="which version"):
        plan(by=reporter, story_id=article.pk, token=None, planned_words=5)
    with pytest.raises(Refused, match="changed this story"):
        plan(by=editor, story_id=article.pk, token="99", planned_words=5)
    with pytest.raises(Refused, match="number of words"):
        plan(by=editor, story_id=article.pk, token=article.token, planned_words=0)
    with pytest.raises(Refused, match="no such kind"):
        plan(by=editor, story_id=article.pk, token=article.token, genre="poem")


def test_door_moves_a_due_date_and_a_day_alone_keeps_its_hour(reporter, time_machine):
    time_machine.move_to(builders.moment(2026, 3, 2, 9), tick=False)
    article = builders.make_article(reporter)
    browser = logged_in(reporter)
    answer = send(browser, article.pk, token=article.token, due_at="2026-03-05 07:45").json()
    assert answer["due_at"] == "2026-03-05T07:45"
    assert answer["due"].startswith("Thursday, 5 March 2026, 07:45")
    answer = send(browser, article.pk, token=answer["token"], due_at="2026-03-09").json()
    assert answer["due_at"] == "2026-03-09T07:45"
    assert Article.objects.get(pk=article.pk).due_at == builders.moment(2026, 3, 9, 7, 45)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due_at": "soon"}, "Write the date"),
        ({"due_at": "2026-02-30"}, "no such day"),
        ({"due_at": "9999-12-31"}, "too far away"),
        ({"planned_words": "many"}, "number of words"),
        ({"planned_words": "1" * 30}, "number of words"),
        ({"genre": "x" * 5000}, "no such kind"),
        ({"token": None, "planned_words": "5"}, "which version"),
    ],
)
def test_door_refuses_with_a_sentence_and_tells_what_stands(reporter, changes, said):
    article = builders.make_article(reporter)
    answer = send(logged_in(reporter), article.pk, **({"token": article.token} | changes))
    assert answer.status_code == 409
    assert said in answer.json()["refused"][0]
    assert answer.json()["token"] == token(article)


def test_door_is_shut_to_who_may_not_know_the_story(reporter, reader):
    article = builders.make_article(reporter)
    stranger = builders.make_person("stranger", "reporter", builders.make_desk("Sport"))
    assert send(logged_in(stranger), article.pk, token=article.token, due_at="2026-03-05").status_code == 404
    assert send(logged_in(reporter), 12345678, token="1", due_at="2026-03-05").status_code == 404
    assert Article.objects.get(pk=article.pk).due_at is None


def test_month_shows_each_day_what_is_due_scheduled_embargoed_and_published(reporter, editor, time_machine):
    time_machine.move_to(builders.moment(2026, 3, 10, 12), tick=False)
    make = builders.make_article
    due = make(reporter, slug="is-due")
    plan(by=reporter, story_id=due.pk, token=due.token, due_at=builders.moment(2026, 3, 12, 18))
    late = make(reporter, slug="is-late")
    plan(by=reporter, story_id=late.pk, token=late.token, due_at=builders.moment(2026, 3, 9, 18))
    held = make(reporter, slug="is-held", embargo_until=builders.moment(2026, 3, 20, 6))
    ahead = make(reporter, slug="is-ahead")
    workflow.publish(by=editor, story_id=ahead.pk, token=ahead.token, at=builders.moment(2026, 3, 14, 5))
    builders.make_published(editor, slug="is-out")
    days = squares(logged_in(editor).get(MONTH).content.decode())
    assert "is-due" in days["2026-03-12"]
    assert "18:00" in days["2026-03-12"]
    assert "overdue" in days["2026-03-09"]
    assert "is-held" in days["2026-03-20"]
    assert "is-ahead" in days["2026-03-14"]
    assert "is-out" in days["2026-03-10"]
    assert days["2026-02-23"].count("<a ") == 0
    assert sum("is-due" in square for square in days.values()) == 1
    colleague = builders.make_person("colleague", "reporter", builders.make_desk())
    page = logged_in(colleague).get(MONTH).content.decode()
    assert "is-due" in page
    assert "is-held" not in page, "the day of an embargo is more than the slug"
    assert str(held.pk) not in page


def test_busy_day_shows_a_few_and_says_how_many_more(editor, time_machine):
    time_machine.move_to(builders.moment(2026, 3, 10, 12), tick=False)
    for number in range(7):
        builders.make_published(editor, slug=f"out-{number}")
    square = squares(logged_in(editor).get(MONTH).content.decode())["2026-03-10"]
    assert "and 3 more" in square
    assert "/2026/03/10/" in square


def test_months_lead_to_their_neighbours_and_end_somewhere(editor):
    browser = logged_in(editor)
    page = browser.get(month_of(datetime(2026, 12, 1))).content.decode()
    assert "/admin/desk/month/2027/1/" in page
    assert "/admin/desk/month/2026/11/" in page
    for year, month in ((2026, 13), (2026, 0), (0, 1), (99999, 1), (1, 1), (9999, 12)):
        assert browser.get(f"/admin/desk/month/{year}/{month}/").status_code == 404


def test_budget_lists_counts_sorts_and_narrows(reporter, editor):
    body = f"<p>{'word ' * 40}</p>"
    long = builders.make_article(reporter, slug="b-long", body=body)
    short = builders.make_article(reporter, slug="a-short")
    soon = timezone.now().replace(hour=12, minute=0) + timedelta(days=1)
    plan(by=reporter, story_id=long.pk, token=long.token, due_at=soon, planned_words=1200)
    builders.make_published(editor, slug="gone-out")
    browser = logged_in(editor)
    page = browser.get(BUDGET).content.decode()
    assert page.index("b-long") < page.index("a-short"), "what has a date stands first"
    assert ">40<" in page
    assert 'value="1200"' in page
    assert "gone-out" not in page
    by_slug = browser.get(f"{BUDGET}?sort=slug").content.decode()
    assert by_slug.index("a-short") < by_slug.index("b-long")
    assert "a-short" not in browser.get(f"{BUDGET}?when=tomorrow").content.decode()
    assert "b-long" in browser.get(f"{BUDGET}?day={timezone.localdate(soon)}").content.decode()
    assert "b-long" not in browser.get(f"{BUDGET}?when=none").content.decode()
    builders.make_desk("Sport")
    assert "b-long" not in browser.get(f"{BUDGET}?desk=sport").content.decode()
    for wrong in ("?sort=password", "?day=2026-02-31", "?day=x", "?desk=%25", "?when=never"):
        assert "b-long" in browser.get(BUDGET + wrong).content.decode(), wrong
    assert short.pk


def test_budget_and_month_tell_a_colleague_the_slug_of_an_embargoed_story_alone(reporter):
    article = builders.make_article(
        reporter, headline="Merger told", slug="quiet-deal", embargo_until=timezone.now() + timedelta(days=1)
    )
    plan(by=reporter, story_id=article.pk, token=article.token, due_at=timezone.now() + timedelta(hours=1))
    browser = logged_in(builders.make_person("colleague", "reporter", builders.make_desk()))
    page = browser.get(BUDGET).content.decode()
    assert "quiet-deal" in page
    assert "Merger told" not in page
    assert str(article.pk) not in page
    assert "quiet-deal" not in browser.get(f"{BUDGET}?when=today").content.decode()


@pytest.mark.parametrize("address", [BUDGET, MONTH])
def test_pages_cost_the_same_few_queries_and_no_scan_however_many_stories(reporter, editor, address):
    browser = logged_in(reporter)
    fill(1, reporter=reporter, editor=editor)
    one = cost(browser, address)
    fill(6, reporter=reporter, editor=editor)
    many = cost(browser, address)
    assert len(many) == len(one) <= 8
    assert whole_scans(many) == []
