"""The front page edited by hand: places held from a moment until a moment, by whom, seen when, kept in time, taken back."""

import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, Edition, Event, FrontSlot, Section
from articles.models.front_page import lay_out, layout
from articles.models.front_slot import PLACES, plan
from articles.workflow import Refused
from tests.builders import (
    make_archived,
    make_article,
    make_desk,
    make_person,
    make_published,
    make_section,
)
from tests.planning.shelves import logged_in

pytestmark = pytest.mark.django_db
FRONT, PREVIEW = reverse("admin:desk_front"), reverse("admin:desk_front_preview")


def hold(by, edition_or_article, place="lead", **when):
    story_id = getattr(edition_or_article, "story_id", None) or edition_or_article.pk
    return workflow.hold_front(by=by, token=plan().token, place=place, story_id=story_id, **when)


def places(moment=None):
    shown = layout(list(Section.objects.filter(is_in_masthead=True)), moment)
    return {place: edition.headline for place, edition in shown.by_place().items()}


@pytest.fixture
def stories(editor):
    make_section("World")
    first = timezone.localdate() - timedelta(days=20)
    return [make_archived(first + timedelta(days=n), headline=f"Story {n}") for n in range(12)]


def test_story_is_held_where_an_editor_puts_it_and_stands_nowhere_else(client, editor, stories):
    hold(editor, stories[0])
    hold(editor, stories[3], "third-2")
    assert (places()["lead"], places()["third-2"]) == ("Story 0", "Story 3")
    text = client.get("/").content.decode()
    assert text.index(">Story 0<") < text.index(">Story 11<")
    assert text.count(">Story 3<") == text.count(">Story 0<") == 1
    assert [event.verb for event in Event.objects.all()[:2]] == ["front_hold", "front_hold"]


def laid_out(shown):
    lists = [
        [shown.lead],
        shown.seconds,
        shown.thirds,
        *(one.editions for one in (*shown.opinion, *shown.rivers)),
    ]
    return [[edition and edition.headline for edition in each] for each in lists]


@pytest.mark.parametrize(
    ("news", "opinion"), [(9, 1), (2, 9), (0, 1)], ids=["news", "mostly opinion", "opinion alone"]
)
def test_what_is_drawn_on_is_all_that_laying_out_every_story_would_show(editor, news, opinion):
    chance = random.Random(29)
    weighed = {"World": news, "City": 1 if news else 0, "Culture": 1 if news else 0, "Opinion": opinion}
    for name in weighed:
        make_section(name, is_opinion=name == "Opinion")
    first = timezone.localdate() - timedelta(days=20)
    of_sections = chance.choices([*weighed], [*weighed.values()], k=44)
    made = [
        make_archived(first + timedelta(days=n // 4), headline=f"{name} {n}", section=name, completeness=chance.choice(["whole", "teaser"]))
        for n, name in enumerate(of_sections)
    ]  # fmt: skip
    sections = list(Section.objects.filter(is_in_masthead=True))
    for held in ((), (0, 20, 43), range(30, 39)):
        for place, n in zip(PLACES, held, strict=False):
            hold(editor, made[n], place)
        by_story = dict(FrontSlot.objects.held_at().values_list("story_id", "place"))
        every = list(Edition.objects.at().listed())
        for one in every:
            one.held_as = by_story.get(one.story_id)
        assert laid_out(layout(sections)) == laid_out(lay_out(every, sections))


def test_only_editors_and_chiefs_may(client, reporter, picture_desk, reader, chief, stories):
    for person in (reporter, picture_desk, reader):
        with pytest.raises(Refused, match="Your role does not allow this"):
            hold(person, stories[0])
    for person in (reporter, picture_desk):
        assert logged_in(person).get(FRONT).status_code == 403
    hold(chief, stories[0])
    assert places()["lead"] == "Story 0"


def test_two_editors_do_not_overwrite_each_other(editor, chief, stories):
    seen = plan().token
    hold(editor, stories[0])
    for token, reason in (
        (seen, "editor changed the front page"),
        (None, "which version"),
        ("", "which version"),
    ):
        with pytest.raises(Refused, match=reason):
            workflow.hold_front(by=chief, token=token, place="lead", story_id=stories[1].story_id)
    assert places()["lead"] == "Story 0"


def test_front_page_of_any_moment_is_kept(editor, stories, time_machine):
    begin = timezone.now()
    moments = []
    for number, story in enumerate(stories[:3]):
        time_machine.move_to(begin + timedelta(hours=number + 1), tick=False)
        hold(editor, story)
        moments.append(timezone.now())
    time_machine.shift(timedelta(hours=1))
    workflow.release_front(by=editor, token=plan().token, hold=FrontSlot.objects.held_at().get().pk)
    assert [places(moment)["lead"] for moment in moments] == ["Story 0", "Story 1", "Story 2"]
    assert places(moments[0] - timedelta(seconds=1))["lead"] == places()["lead"] == "Story 11"


def test_what_held_a_place_is_never_changed_in_the_database(editor, stories):
    hold(editor, stories[0], until=timezone.now() + timedelta(hours=1))
    rows = FrontSlot.objects.all()
    later = timezone.now() + timedelta(days=1)
    for change in (
        {"place": "third-1"},
        {"story_id": stories[1].story_id},
        {"held_from": later},
        {"held_until": later},
        {"held_until": None},
    ):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        rows.delete()


def test_hold_ends_by_itself(editor, stories, time_machine):
    until = timezone.now() + timedelta(hours=2)
    hold(editor, stories[0], until=until)
    time_machine.move_to(until - timedelta(seconds=1), tick=False)
    assert places()["lead"] == "Story 0"
    time_machine.move_to(until, tick=False)
    assert places()["lead"] == "Story 11"


def test_killed_story_leaves_its_place_and_the_place_fills_itself(client, editor, stories):
    edition = make_published(editor, headline="Soon killed")
    hold(editor, edition)
    assert places()["lead"] == "Soon killed"
    token = Article.objects.get(pk=edition.story_id).token
    workflow.kill(by=editor, story_id=edition.story_id, token=token, reason="x")
    assert places()["lead"] == "Story 11"
    assert "Soon killed" not in client.get("/").content.decode()


def test_embargoed_story_waits_in_its_place_unseen_until_its_moment(client, editor, stories, time_machine):
    article = make_article(editor, headline="Embargoed census")
    due = timezone.now() + timedelta(hours=3)
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due)
    before = client.get("/").content
    hold(editor, article)
    assert client.get("/").content == before
    assert "waiting" in logged_in(editor).get(FRONT).content.decode()
    time_machine.move_to(due, tick=False)
    assert places()["lead"] == "Embargoed census"


def test_what_is_put_there_for_later_comes_and_goes(editor, stories, time_machine):
    begin = timezone.now() + timedelta(hours=1)
    hold(editor, stories[0])
    hold(editor, stories[1], since=begin, until=begin + timedelta(hours=1))
    with pytest.raises(Refused, match="Release that first"):
        hold(editor, stories[2])
    with pytest.raises(Refused, match="before it begins"):
        hold(editor, stories[2], since=begin, until=begin)
    with pytest.raises(Refused, match="has passed"):
        hold(editor, stories[2], since=timezone.now() - timedelta(hours=1))
    assert places()["lead"] == "Story 0"
    time_machine.move_to(begin, tick=False)
    assert places()["lead"] == "Story 1"
    time_machine.shift(timedelta(hours=1))
    assert places()["lead"] == "Story 11"


def test_moved_story_changes_places_with_what_is_there(editor, stories):
    hold(editor, stories[0])
    hold(editor, stories[1], "second-1")
    workflow.move_front(by=editor, token=plan().token, place="lead", to="second-1")
    assert (places()["lead"], places()["second-1"]) == ("Story 1", "Story 0")
    workflow.move_front(by=editor, token=plan().token, place="lead", to="third-4")
    assert (places()["second-1"], places()["third-4"]) == ("Story 0", "Story 1")
    hold(editor, stories[0], "lead")
    assert places()["lead"] == "Story 0"
    assert FrontSlot.objects.held_at().count() == 2
    with pytest.raises(Refused, match="Put one there first"):
        workflow.move_front(by=editor, token=plan().token, place="second-4", to="lead")


def test_acts_are_taken_back_one_after_the_other(editor, stories):
    hold(editor, stories[0])
    hold(editor, stories[1])
    row = FrontSlot.objects.held_at().get()
    workflow.release_front(by=editor, token=plan().token, hold=row.pk)
    for expected in ("Story 1", "Story 0", "Story 11"):
        workflow.undo_front(by=editor, token=plan().token)
        assert places()["lead"] == expected
    with pytest.raises(Refused, match="nothing to take back"):
        workflow.undo_front(by=editor, token=plan().token)


def test_what_was_put_there_for_later_is_taken_back_and_what_it_ended_goes_on(editor, stories, time_machine):
    begin = timezone.now() + timedelta(hours=1)
    hold(editor, stories[0])
    hold(editor, stories[1], since=begin)
    hold(editor, stories[2], since=begin)
    workflow.undo_front(by=editor, token=plan().token)
    time_machine.move_to(begin, tick=False)
    assert places()["lead"] == "Story 1"
    time_machine.move_to(begin - timedelta(minutes=30), tick=False)
    workflow.undo_front(by=editor, token=plan().token)
    assert places()["lead"] == "Story 0"
    time_machine.move_to(begin + timedelta(hours=1), tick=False)
    assert places()["lead"] == "Story 0"
    workflow.undo_front(by=editor, token=plan().token)
    assert places()["lead"] == "Story 11"


def test_story_that_is_not_there_or_not_ours_is_refused(editor, stories):
    stranger = make_person("stranger", "editor", make_desk("Sport"))
    secret = make_article(editor, headline="Secret of the desk")
    spiked = make_article(editor)
    workflow.spike(by=editor, story_id=spiked.pk, token=spiked.token, note="No.")
    for person, story_id, reason in (
        (editor, 10_000_001, "no story 10000001"), (stranger, secret.pk, "not yours"), (editor, spiked.pk, "never see it"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=reason):
            workflow.hold_front(by=person, token=plan().token, place="lead", story_id=story_id)
    with pytest.raises(Refused, match="no such place"):
        hold(editor, stories[0], "ninth")
    hold(editor, secret)
    page = logged_in(stranger).get(FRONT).content.decode()
    assert "a story of another desk" in page
    assert "Secret of the desk" not in page
    assert str(secret.pk) not in page


def post(browser, **asked):
    return browser.post(FRONT, {"token": plan().token, **asked}, follow=True).content.decode()


def test_page_puts_moves_releases_and_takes_back(editor, stories):
    browser = logged_in(editor)
    page = post(browser, act="hold", place="lead", number=stories[2].story_id, until="tomorrow 6")
    assert "Put a story" in page
    assert FrontSlot.objects.get().held_until > timezone.now()
    assert places()["lead"] == "Story 2"
    post(browser, act="hold", place="second-1", story=f"http://localhost:8000/story/{stories[4].story_id}/x/")
    assert places()["second-1"] == "Story 4"
    post(browser, act="move", place="second-1", to="lead")
    assert places()["lead"] == "Story 4"
    post(browser, act="release", hold=FrontSlot.objects.held_at().get(place="lead").pk)
    assert places()["lead"] == "Story 11"
    assert "Taken back" in post(browser, act="undo")
    assert places()["lead"] == "Story 4"


def test_page_finds_a_story_by_its_words_and_asks_where_several_fit(editor, stories):
    browser = logged_in(editor)
    make_published(editor, headline="Herons on the dredger")
    post(browser, act="hold", place="lead", story="herons dredg")
    assert places()["lead"] == "Herons on the dredger"
    page = post(browser, act="hold", place="second-2", story="story")
    assert "Several stories fit" in page
    assert 'name="number"' in page
    assert "Which story?" in post(browser, act="hold", place="lead", story="")


def test_page_says_what_it_did_not_understand_and_keeps_it(editor, stories):
    browser = logged_in(editor)
    asked = {"act": "hold", "place": "lead", "number": stories[0].story_id}
    for wrong in (
        {"until": "whenever"},
        {"since": "yesterday 6"},
        {"number": "9" * 40},
        {"act": "burn"},
        {"place": "x"},
        {"token": "x"},
    ):
        answer = browser.post(FRONT, {"token": plan().token, **asked, **wrong})
        assert answer.status_code == 409, wrong
        assert "errorlist" in answer.content.decode() or "error" in answer.content.decode()
    assert (
        'value="whenever"'
        in browser.post(FRONT, {"token": plan().token, **asked, "until": "whenever"}).content.decode()
    )
    assert not FrontSlot.objects.exists()


def test_preview_looks_ahead_and_shows_nobody_what_is_not_theirs(editor, stories):
    stranger = make_person("stranger", "editor", make_desk("Sport"))
    article = make_article(editor, headline="Lights at midnight")
    workflow.publish(
        by=editor, story_id=article.pk, token=article.token, at=timezone.now() + timedelta(hours=1)
    )
    hold(editor, article)
    at = {"at": "tomorrow 23:59"}
    assert "Lights at midnight" in logged_in(editor).get(PREVIEW, at).content.decode()
    assert "Lights at midnight" not in logged_in(editor).get(PREVIEW).content.decode()
    answer = logged_in(stranger).get(PREVIEW, at)
    assert "Lights at midnight" not in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.content.decode()


def test_old_story_can_lead_and_costs_no_query_more(client, editor, stories, django_assert_max_num_queries):
    old = make_archived(headline="Long ago")
    hold(editor, old)
    with django_assert_max_num_queries(3):
        assert ">Long ago<" in client.get("/").content.decode()
