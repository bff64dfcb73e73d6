"""Acts on many stories: told before they are done, each story by itself, and taken back in one click while that can be."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, BulkAct, Clearance, Edition, Event, Revision
from articles.workflow import bulk
from articles.workflow.bulk import ACTS, Choice, carry_out, preview, undo
from tests import builders
from tests.planning.shelves import logged_in, token

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")
WHOLE = {"standfirst": "What it is about.", "pictures": []}


@pytest.fixture
def three(reporter):
    """Three drafts that nothing stops."""
    return [builders.make_article(reporter, headline=f"Story {n}", **WHOLE) for n in "ABC"]


def tokens(articles):
    return {article.pk: token(article) for article in articles}


def states(articles):
    return [Article.objects.get(pk=article.pk).state for article in articles]


def as_shown(page):
    """The answers with which a page of effects was made."""
    return unescape(re.search(r'name="shown" value="([^"]*)"', page)[1])


def done(kept):
    return [key for key, facts in kept.before.items() if "was" in facts]


def test_preview_tells_and_keeps_nothing(editor, three):
    before = (Event.objects.count(), Revision.objects.count(), Edition.objects.count(), states(three))
    three[1] = builders.make_article(editor, headline="", **WHOLE)
    before = (Event.objects.count(), Revision.objects.count(), Edition.objects.count(), states(three))
    told = preview(by=editor, act=ACTS["publish"], stories=tokens(three), choice=Choice())
    assert [one.is_done for one in told] == [True, False, True]
    assert "headline" in told[1].said
    after = (Event.objects.count(), Revision.objects.count(), Edition.objects.count(), states(three))
    assert after == before
    assert not BulkAct.objects.exists()


def test_stories_published_together_wait_a_minute_and_can_be_taken_back(editor, three, time_machine):
    time_machine.move_to(builders.moment(2090, 3, 2, 9), tick=False)
    workflow.file(by=editor, story_id=three[1].pk, token=three[1].token)
    kept = carry_out(by=editor, act=ACTS["publish"], stories=tokens(three), choice=Choice())
    assert len(done(kept)) == 3
    assert states(three) == ["published"] * 3
    assert not Edition.objects.at().exists()
    time_machine.move_to(builders.moment(2090, 3, 2, 9, 0, 59), tick=False)
    assert all(one.is_done for one in undo(by=editor, act_id=kept.pk))
    assert states(three) == ["draft", "filed", "draft"]
    assert not Edition.objects.exists()
    with pytest.raises(workflow.Refused, match="taken back already"):
        undo(by=editor, act_id=kept.pk)


def test_what_went_out_is_not_undone_but_killed(editor, three, time_machine):
    time_machine.move_to(builders.moment(2090, 3, 2, 9), tick=False)
    kept = carry_out(by=editor, act=ACTS["publish"], stories=tokens(three), choice=Choice())
    time_machine.move_to(builders.moment(2090, 3, 2, 9, 1), tick=False)
    assert Edition.objects.at().count() == 3
    outcomes = undo(by=editor, act_id=kept.pk)
    assert not any(one.is_done for one in outcomes)
    assert all("kill" in one.said for one in outcomes)
    assert Edition.objects.at().count() == 3


def test_warning_nobody_answered_keeps_a_story_from_going_out_with_the_others(editor, reporter, three):
    bare = builders.make_article(reporter, headline="No standfirst", standfirst="")
    kept = carry_out(by=editor, act=ACTS["publish"], stories=tokens([*three, bare]), choice=Choice())
    assert len(done(kept)) == 3
    assert "standfirst" in kept.before[str(bare.pk)]["refused"]
    assert Article.objects.get(pk=bare.pk).state == "draft"


def test_one_reason_a_warning_lets_all_its_stories_out_and_stands_in_the_record_of_each(
    editor, reporter, three, time_machine
):
    time_machine.move_to(builders.moment(2090, 3, 2, 9), tick=False)
    bare = [builders.make_article(reporter, headline=f"Bare {n}", standfirst="") for n in "XY"]
    open_rights = builders.make_picture(rights_class="unknown")
    owed = builders.make_article(reporter, headline="Owed", standfirst="", pictures=[open_rights])
    stopped = builders.make_article(reporter, headline="", standfirst="")
    stories = tokens([*three, *bare, owed, stopped])
    told = {
        one.story_id: one for one in preview(by=editor, act=ACTS["publish"], stories=stories, choice=Choice())
    }
    assert [problem.rule.name for problem in told[bare[0].pk].asked] == ["no_standfirst"]
    assert {problem.rule.name for problem in told[owed.pk].asked} == {"no_standfirst", "rights_open"}
    assert told[stopped.pk].asked == (), "a reason would not let it out"
    choice = Choice(waived={"no_standfirst": "Briefs have none."})
    kept = carry_out(by=editor, act=ACTS["publish"], stories=stories, choice=choice)
    assert set(done(kept)) == {str(one.pk) for one in [*three, *bare]}
    assert "standfirst" not in kept.before[str(owed.pk)]["refused"], "only what nobody answered is named"
    assert (
        "let through: The story has no standfirst (“Briefs have none.”)"
        in kept.before[str(bare[0].pk)]["said"]
    )
    for one in bare:
        (waved,) = Event.objects.get(story_id=one.pk, verb="publish").details["waived"]
        assert (waved["rule"], waved["reason"]) == ("no_standfirst", "Briefs have none.")
    assert "waived" not in Event.objects.get(story_id=three[0].pk, verb="publish").details
    choice = Choice(waived={"no_standfirst": "Briefs have none.", "rights_open": "The family asked us to."})
    second = carry_out(by=editor, act=ACTS["publish"], stories=tokens([owed]), choice=choice)
    assert Clearance.objects.get(story_id=owed.pk).reason == "The family asked us to."
    for act in (kept, second):
        assert all(one.is_done for one in undo(by=editor, act_id=act.pk))
    assert states([*three, *bare, owed]) == ["draft"] * 6


def test_reasons_are_asked_for_once_a_warning_on_the_page(editor, reporter, three):
    bare = [builders.make_article(reporter, headline=f"Bare {n}", standfirst="") for n in "XY"]
    browser, address = logged_in(editor), reverse("admin:desk_bulk", args=["publish"])
    stories = [f"{key}:{version}" for key, version in tokens([*three, *bare]).items()]
    page = browser.post(address, {"story": stories}).content.decode()
    assert page.count('name="waived-no_standfirst"') == 1
    assert "2 stories: say why they may run so" in page
    assert "Publish 3 stories" in page
    typed = {
        "story": stories,
        "waived-no_standfirst": "Briefs <b>",
        "waived-nonsense": "x",
        "shown": as_shown(page),
    }
    page = browser.post(address, typed | {"do": "1"}).content.decode()
    assert "An answer changed" in page
    assert "Publish 5 stories" in page
    assert not BulkAct.objects.exists()
    answer = browser.post(address, typed | {"shown": as_shown(page), "do": "1"}, follow=True).content.decode()
    assert "The story has no standfirst (“Briefs &lt;b&gt;”)" in answer
    assert states([*three, *bare]) == ["published"] * 5


def test_stories_move_to_a_section_and_back(editor, three):
    builders.make_section("City")
    kept = carry_out(by=editor, act=ACTS["move"], stories=tokens(three), choice=Choice(section="city"))
    assert {Article.objects.get(pk=one.pk).section.slug for one in three} == {"city"}
    assert "from World to City" in kept.before[str(three[0].pk)]["said"]
    undo(by=editor, act_id=kept.pk)
    assert {Article.objects.get(pk=one.pk).section.slug for one in three} == {"world"}


def test_story_that_moved_on_stays_as_it_is_and_the_others_go_back(editor, reporter, three):
    builders.make_section("City")
    kept = carry_out(by=editor, act=ACTS["move"], stories=tokens(three), choice=Choice(section="city"))
    contents = builders.make_contents(headline="Rewritten", section="City")
    workflow.save(by=reporter, story_id=three[1].pk, token=token(three[1]), contents=contents)
    # In an order that is each database's own.
    outcomes = {one.story_id: one for one in undo(by=editor, act_id=kept.pk)}
    assert [outcomes[one.pk].is_done for one in three] == [True, False, True]
    assert "reporter changed it" in outcomes[three[1].pk].said
    assert Article.objects.get(pk=three[1].pk).section.slug == "city"


def test_tags_are_added_and_only_those_taken_off_again(editor, reporter):
    for name in ("harbour", "ferries"):
        builders.make_tag(name)
    one = builders.make_article(reporter, tags=("harbour",))
    two = builders.make_article(reporter)
    choice = Choice(tags=("Harbour", "ferries"))
    kept = carry_out(by=editor, act=ACTS["tag"], stories=tokens([one, two]), choice=choice)
    names = lambda article: sorted(Article.objects.get(pk=article.pk).tags.names())  # noqa: E731
    assert names(one) == names(two) == ["ferries", "harbour"]
    undo(by=editor, act_id=kept.pk)
    assert names(one) == ["harbour"]
    assert names(two) == []
    (told,) = preview(by=editor, act=ACTS["tag"], stories=tokens([one]), choice=Choice(tags=("unheard",)))
    assert "no tag “unheard”" in told.said


def test_stories_are_assigned_and_given_back_with_their_dates_untouched(editor, reporter, three):
    due = timezone.now() + timedelta(days=1)
    workflow.planning.plan(by=reporter, story_id=three[0].pk, token=three[0].token, due_at=due)
    other = builders.make_person("omar", "reporter", builders.make_desk())
    kept = carry_out(
        by=editor, act=ACTS["assign_writer"], stories=tokens(three), choice=Choice(writer=other.pk)
    )
    assert {Article.objects.get(pk=one.pk).writer for one in three} == {other}
    assert Article.objects.get(pk=three[0].pk).due_at == due
    undo(by=editor, act_id=kept.pk)
    assert {Article.objects.get(pk=one.pk).writer for one in three} == {reporter}
    sport = builders.make_desk("Sport")
    kept = carry_out(by=editor, act=ACTS["assign_desk"], stories=tokens(three), choice=Choice(desk=sport.pk))
    assert {Article.objects.get(pk=one.pk).desk for one in three} == {sport}
    assert all(one.is_done for one in undo(by=editor, act_id=kept.pk)), "a desk one may not read gives back"
    assert {Article.objects.get(pk=one.pk).desk.name for one in three} == {"Foreign"}


def test_spiked_stories_come_back_as_they_were(editor, three):
    workflow.file(by=editor, story_id=three[1].pk, token=three[1].token)
    kept = carry_out(by=editor, act=ACTS["spike"], stories=tokens(three), choice=Choice(note="Overtaken."))
    assert states(three) == ["spiked"] * 3
    undo(by=editor, act_id=kept.pk)
    assert states(three) == ["draft", "filed", "draft"]


def test_each_story_is_refused_as_if_alone(editor, reporter, three):
    theirs = builders.make_article(
        builders.make_person("stranger", "reporter", builders.make_desk("Sport")),
        desk=builders.make_desk("Sport"),
    )
    stale = tokens(three) | {three[2].pk: "0", theirs.pk: theirs.token, 12345678: "1"}
    kept = carry_out(by=editor, act=ACTS["spike"], stories=stale, choice=Choice(note="Overtaken."))
    assert done(kept) == [str(three[0].pk), str(three[1].pk)]
    assert "changed this story" in kept.before[str(three[2].pk)]["refused"]
    assert Article.objects.get(pk=theirs.pk).state == "draft"
    with pytest.raises(workflow.Refused, match="role"):
        carry_out(by=reporter, act=ACTS["publish"], stories=tokens(three[:1]), choice=Choice())
    many = {10_000_000 + n: "1" for n in range(bulk.MOST + 1)}
    with pytest.raises(workflow.Refused, match="at once is the most"):
        carry_out(by=editor, act=ACTS["spike"], stories=many, choice=Choice(note="x"))


def test_list_preview_act_and_undo_in_the_browser(editor, three):
    browser = logged_in(editor)
    builders.make_section("City")
    ticked = {"action": "move", "_selected_action": [str(one.pk) for one in three]}
    page = browser.post(LIST, ticked).content.decode()
    assert "Story A" in page
    stories = [f"{key}:{version}" for key, version in tokens(three).items()]
    address = reverse("admin:desk_bulk", args=["move"])
    shown = browser.post(address, {"story": stories, "section": "city", "show": "1"}).content.decode()
    assert "from World to City" in shown
    assert "Move 3 stories" in shown
    assert Article.objects.get(pk=three[0].pk).section.slug == "world"
    city = {"story": stories, "section": "city", "shown": as_shown(shown), "do": "1"}
    builders.make_section("Culture")
    other = browser.post(address, city | {"section": "culture"}).content.decode()
    assert "An answer changed" in other, "what was not shown is not done"
    assert "from World to Culture" in other
    assert Article.objects.get(pk=three[0].pk).section.slug == "world"
    answer = browser.post(address, city, follow=True)
    assert "Undo it" in answer.content.decode()
    kept = BulkAct.objects.get()
    answer = browser.post(reverse("admin:desk_bulk_undo", args=[kept.pk]), follow=True).content.decode()
    assert "3 taken back" in answer
    assert "Undo it" not in answer
    assert Article.objects.get(pk=three[0].pk).section.slug == "world"
    assert "undid this for many stories" in browser.get(reverse("admin:desk_log")).content.decode()


def test_act_is_seen_and_undone_by_who_did_it_and_by_chiefs(editor, reporter, chief, three):
    kept = carry_out(by=editor, act=ACTS["spike"], stories=tokens(three), choice=Choice(note="Overtaken."))
    page, back = (reverse(f"admin:desk_bulk_{part}", args=[kept.pk]) for part in ("done", "undo"))
    other = builders.make_person("second", "editor", builders.make_desk())
    for person in (reporter, other):
        assert logged_in(person).get(page).status_code == 404
        assert logged_in(person).post(back).status_code == 404
    assert logged_in(editor).get(page).status_code == 200
    assert logged_in(chief).post(back).status_code == 302
    assert states(three) == ["draft"] * 3


def test_forged_stories_and_acts_open_nothing(reporter, three):
    browser = logged_in(reporter)
    assert browser.post(reverse("admin:desk_bulk", args=["publish"]), {"story": ["1:1"]}).status_code == 403
    assert browser.post(reverse("admin:desk_bulk", args=["drop"]), {"story": ["1:1"]}).status_code == 404
    sport = builders.make_desk("Sport")
    stranger = builders.make_person("stranger", "editor", sport)
    sent = {"story": [f"{three[0].pk}:1", "x:y", "9" * 30], "note": "x", "show": "1"}
    page = (
        logged_in(stranger)
        .post(reverse("admin:desk_bulk", args=["spike"]), sent, follow=True)
        .content.decode()
    )
    assert "Story A" not in page
    assert "Tick the stories first" in page
