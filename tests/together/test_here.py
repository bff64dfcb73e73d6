"""Who is here, who holds a story, and what happens when somebody takes it over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Event, Notice, Sitting
from articles.models.sitting import HELD_FOR, HERE_FOR, UNDER_WAY_FOR
from articles.workflow.autosaving import Sent, keep
from articles.workflow.noticing import called
from tests import builders
from tests.together.doors import as_somebody, here, knock

pytestmark = pytest.mark.django_db


def write(person, article, page, serial=1, **changed):
    article.refresh_from_db()
    number = article.story.revisions.first().number
    return keep(
        by=person, story_id=article.pk, sent=Sent(page, serial, article.token, number, changed or {"kicker": f"Word {serial}"})
    )  # fmt: skip


def test_others_are_told_by_name_and_what_they_do(article, reporter, editor, chief):
    page = uuid4()
    write(reporter, article, page)
    here(as_somebody(chief), article)
    told = here(as_somebody(editor), article)
    clock = timezone.localtime(Sitting.objects.get(page=page).held_since).strftime("%H:%M")
    assert [(one["name"], one["writing"], one["holds"]) for one in told["others"]] == [
        ("reporter", True, True),
        ("chief", False, False),
    ]
    assert told["sentence"] == f"reporter is writing here since {clock}; chief reads along."
    assert told["holder"]["name"] == "reporter"
    assert told["holder"]["this"] is False
    assert told["elsewhere"] is False


def test_nobody_else_is_said_as_nothing(article, reporter):
    told = here(as_somebody(reporter), article)
    assert (told["others"], told["holder"], told["sentence"]) == ([], None, "")


def test_page_that_left_or_fell_silent_is_gone(article, reporter, editor):
    page = uuid4()
    asking = as_somebody(editor)
    here(as_somebody(reporter), article, page)
    assert here(asking, article)["others"]
    knock(as_somebody(reporter), "here/", page=str(page), story=article.pk, left=True)
    assert not here(asking, article)["others"]
    knock(as_somebody(reporter), "here/", page=str(page), story=article.pk, back=True)
    assert here(asking, article)["others"], "a page that comes back is there again"
    Sitting.objects.filter(page=page).update(seen_at=timezone.now() - HERE_FOR - timedelta(seconds=1))
    assert not here(asking, article)["others"]


def test_what_was_under_way_when_a_page_left_brings_it_not_back(article, reporter, editor):
    page, asking = uuid4(), as_somebody(editor)
    here(as_somebody(reporter), article, page)
    knock(as_somebody(reporter), "here/", page=str(page), story=article.pk, left=True)
    here(as_somebody(reporter), article, page)
    write(reporter, article, page)
    told = here(asking, article)
    assert (told["others"], told["holder"]) == ([], None)
    article.refresh_from_db()
    assert article.kicker == "Word 1", "what it wrote is kept"
    Sitting.objects.filter(page=page).update(left_at=timezone.now() - UNDER_WAY_FOR)
    here(as_somebody(reporter), article, page)
    assert here(asking, article)["others"], "a page that asks that much later is open"


def test_two_pages_of_one_person_are_that_person(article, reporter):
    asking, page = as_somebody(reporter), uuid4()
    here(asking, article, page)
    told = here(asking, article)
    assert told["others"] == []
    assert told["elsewhere"] is True
    assert told["sentence"] == "You have this story open on another page too."


def test_hold_ends_when_nothing_is_typed(article, reporter, editor):
    page = uuid4()
    write(reporter, article, page)
    Sitting.objects.filter(page=page).update(wrote_at=timezone.now() - HELD_FOR - timedelta(seconds=1))
    told = here(as_somebody(editor), article)
    assert told["holder"] is None
    assert told["sentence"] == "reporter reads along."
    mine = uuid4()
    write(editor, article, mine)
    assert Sitting.objects.get(page=mine).held_since is not None


def test_being_here_never_touches_what_a_page_sent(article, reporter):
    page = uuid4()
    kept = write(reporter, article, page, serial=7)
    before = (
        Sitting.objects.filter(page=page)
        .values("serial", "version", "revision", "wrote_at", "held_since")
        .get()
    )
    here(as_somebody(reporter), article, page)
    assert Sitting.objects.filter(page=page).values(*before).get() == before
    assert before["serial"] == 7
    assert before["revision"] == kept.revision


def test_take_over_moves_the_hold_and_tells_the_other(article, reporter, editor):
    theirs, mine = uuid4(), uuid4()
    write(reporter, article, theirs)
    here(as_somebody(editor), article, mine)
    answer = knock(as_somebody(editor), f"take-over/{article.pk}/", page=str(mine))
    assert answer.status_code == 200
    assert answer.json()["holder"]["this"] is True
    assert Sitting.objects.get(page=theirs).held_since is None
    told = here(as_somebody(reporter), article, theirs)
    assert told["holder"]["name"] == "editor"
    (taken,) = told["taken"]
    clock = timezone.localtime(Sitting.objects.get(page=mine).held_since).strftime("%H:%M")
    assert taken["text"] == f"editor took over {called(article)} at {clock}; your text is saved up to there."
    assert told["notices"] == 1
    told = here(as_somebody(reporter), article, theirs, heard=[taken["id"]])
    assert told["taken"] == []
    assert told["notices"] == 0
    assert Event.objects.filter(verb="take_over", story_id=article.pk, details__held_by="reporter").exists()


def test_take_over_loses_nothing_of_either(article, reporter, editor):
    theirs, mine = uuid4(), uuid4()
    write(reporter, article, theirs, kicker="Rana's word")
    knock(as_somebody(editor), f"take-over/{article.pk}/", page=str(mine))
    write(editor, article, mine, standfirst="The editor's line")
    write(reporter, article, theirs, serial=2, dateline="ALEPPO")
    article.refresh_from_db()
    assert (article.kicker, article.standfirst, article.dateline) == (
        "Rana's word",
        "The editor's line",
        "ALEPPO",
    )
    assert Sitting.objects.get(page=mine).held_since is not None
    assert Sitting.objects.get(page=theirs).held_since is None


def test_hold_is_not_taken_without_saying_so(article, reporter, editor):
    write(reporter, article, uuid4())
    assert workflow.take_hold(by=editor, page=uuid4(), story_id=article.pk) is None
    free = builders.make_article(reporter)
    assert workflow.take_hold(by=editor, page=uuid4(), story_id=free.pk).held_since is not None
    assert not Notice.objects.exists()


def test_reporter_may_not_take_over_what_is_published(reporter, editor):
    article = builders.make_article(reporter)
    workflow.publish(by=editor, story_id=article.pk, token=article.token)
    answer = knock(as_somebody(reporter), f"take-over/{article.pk}/", page=str(uuid4()))
    assert answer.status_code == 409
    assert "Ask an editor" in answer.json()["refused"][0]


def test_knock_tells_where_the_story_stands_and_who_may_still_write(reporter, editor):
    article = builders.make_article(reporter)
    told = here(as_somebody(reporter), article)
    assert (told["token"], told["state"], told["may_write"]) == (article.token, "draft", True)
    workflow.publish(by=editor, story_id=article.pk, token=article.token)
    told = here(as_somebody(reporter), article)
    assert told["token"] != article.token
    assert (told["state"], told["may_write"]) == ("published", False)
    assert here(as_somebody(editor), article)["may_write"]


def test_story_of_another_desk_is_not_there(article):
    stranger = as_somebody(builders.make_person("sports", "reporter", builders.make_desk("Sport")))
    assert knock(stranger, "here/", page=str(uuid4()), story=article.pk).status_code == 404
    assert knock(stranger, f"take-over/{article.pk}/", page=str(uuid4())).status_code == 404
    assert knock(stranger, "here/", page=str(uuid4()), story=99_999_998).status_code == 404
    assert not Sitting.objects.exists()


def test_page_of_somebody_else_cannot_be_borrowed(article, reporter, editor):
    page = uuid4()
    here(as_somebody(reporter), article, page)
    answer = knock(as_somebody(editor), "here/", page=str(page), story=article.pk, left=True)
    assert answer.status_code == 409
    assert Sitting.objects.get(page=page).left_at is None


def test_session_that_ended_is_told_where_to_log_in(article, client):
    answer = knock(client, "here/", page=str(uuid4()), story=article.pk)
    assert answer.status_code == 401
    assert answer.json() == {"login": "/admin/login/"}


@pytest.mark.parametrize(
    "sent",
    ["", "[]", "{", '{"page": 1, "story": 1}', '{"page": "x", "story": 1}', '{"page": "\\u0000", "story": "9" }',
     '{"story": 99999999999999999999}', '{"story": true}', '{"story": 1.5}', "[" * 100_000, '"\\ud800"'],
    ids=range(11),
)  # fmt: skip
def test_bad_letters_are_told_so(article, reporter, sent):
    letter = sent.replace('"story": 1}', f'"story": {article.pk}}}')
    answer = as_somebody(reporter).post(
        "/admin/desk/here/", letter, content_type="application/json", headers={"X-CSRFToken": "of-the-page"}
    )
    assert answer.status_code in (404, 422)


def test_knock_costs_few_queries(article, reporter, editor, django_assert_max_num_queries):
    for _ in range(5):
        here(as_somebody(reporter), article)
    asking, page = as_somebody(editor), uuid4()
    here(asking, article, page)
    with django_assert_max_num_queries(16):
        here(asking, article, page)
