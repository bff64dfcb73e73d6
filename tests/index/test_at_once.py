"""What a verb changes is found, changed or gone in its own transaction, on every surface, and after its rollback is not."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from articles import workflow
from articles.index import ask, facets, find, keep_index, reindex, suggest
from articles.models import Article, Dating
from articles.workflow.filing import refile_live
from tests.builders import make_archived, make_article, make_contents, make_published, make_tag

pytestmark = pytest.mark.django_db


class Undone(Exception):
    pass


def found(text, moment=None, **narrowed):
    asked = ask(text, **narrowed)
    answer = find(asked, moment=moment)
    assert answer.total == len(answer.editions) == facets(asked, moment=moment).total
    return {edition.headline for edition in answer.editions}


def try_and_undo(act, after):
    try:
        with transaction.atomic():
            act()
            assert after()
            raise Undone
    except Undone:
        return


def holds_at_once(act, before, after):
    """Try a verb in a transaction that is undone, then for good, then with the index on disk up to date."""
    assert before()
    try_and_undo(act, after)
    assert before()
    act()
    assert after()
    keep_index()
    assert after()


def token(edition):
    return Article.objects.get(pk=edition.story_id).token


@pytest.fixture
def indexed(db):
    make_archived(headline="Another story", body="<p>About nothing.</p>")
    assert reindex()


def test_published_story_is_found(indexed, editor):
    article = make_article(editor, headline="Zanzibar treaty signed")

    def act():
        held = Article.objects.get(pk=article.pk)
        workflow.publish(by=editor, story_id=article.pk, token=held.token)

    holds_at_once(act, lambda: not found("zanzibar"), lambda: found("zanzibar") == {"Zanzibar treaty signed"})


@pytest.mark.parametrize("is_folded", [False, True])
def test_embargoed_story_is_found_from_its_second_and_not_before(indexed, editor, time_machine, is_folded):
    due = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    article = make_article(editor, headline="Zanzibar treaty", tags=("Zanzibari",))
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due)
    if is_folded:
        keep_index()
    time_machine.move_to(due - timedelta(milliseconds=1), tick=False)
    assert not found("zanzibar")
    assert not suggest("zanz")
    time_machine.move_to(due, tick=False)
    assert found("zanzibar") == {"Zanzibar treaty"}
    assert "headline" in {one.kind for one in suggest("zanzibar t")}
    keep_index()
    assert not found("zanzibar", due - timedelta(milliseconds=1))


@pytest.mark.parametrize("verb", ["update", "correct"])
def test_changed_story_is_found_by_what_it_says_now(indexed, editor, verb):
    edition = make_published(editor, headline="Zanzibar treaty")
    keep_index()
    before = timezone.now()
    contents = make_contents(headline="Pemba treaty")
    workflow.save(by=editor, story_id=edition.story_id, token=token(edition), contents=contents)

    def act():
        note = {"note": "It was Pemba."} if verb == "correct" else {}
        how = getattr(workflow, verb)
        how(by=editor, story_id=edition.story_id, token=token(edition), **note)

    holds_at_once(
        act,
        lambda: found("zanzibar") == {"Zanzibar treaty"} and not found("pemba"),
        lambda: found("pemba") == {"Pemba treaty"} and not found("zanzibar"),
    )
    assert found("zanzibar", before) == {"Zanzibar treaty"}


def test_killed_story_is_gone_at_every_moment(indexed, editor):
    edition = make_published(editor, headline="Zanzibar treaty")
    keep_index()
    before = timezone.now()

    def act():
        workflow.kill(by=editor, story_id=edition.story_id, token=token(edition), reason="Untrue")

    holds_at_once(act, lambda: found("zanzibar"), lambda: not found("zanzibar"))
    assert not found("zanzibar", before)


def test_suppressed_edition_is_gone(indexed, editor, chief):
    edition = make_published(editor, headline="Zanzibar treaty")
    keep_index()

    def act():
        workflow.suppress(by=chief, story_id=edition.story_id, number=1, reason="A court said so")

    holds_at_once(act, lambda: found("zanzibar"), lambda: not found("zanzibar"))


def test_story_filed_anew_is_found_under_its_new_tag(indexed, editor):
    edition = make_published(editor, headline="A treaty", tags=("Zanzibar",))
    keep_index()

    def act():
        refile_live(story_id=edition.story_id, tags=["Pemba"], by=editor)

    holds_at_once(
        act,
        lambda: found("zanzibar") == found("", tag="zanzibar") == {"A treaty"} and not found("pemba"),
        lambda: found("pemba") == found("", tag="pemba") == {"A treaty"} and not found("zanzibar"),
    )


def test_merged_tag_is_found_by_both_names(indexed, editor):
    make_published(editor, headline="One treaty", tags=("Zanzibar",))
    make_published(editor, headline="Another treaty", tags=("Pemba",))
    keep_index()

    def act():
        workflow.merge_tags(by=editor, tag=make_tag("Zanzibar"), into=make_tag("Pemba"))

    both = {"One treaty", "Another treaty"}
    holds_at_once(
        act,
        lambda: found("zanzibar") == {"One treaty"},
        lambda: found("zanzibar") == found("pemba") == found("", tag="zanzibar") == both,
    )


def test_renamed_tag_is_found_by_its_new_name_and_kind(indexed, editor):
    make_published(editor, headline="A treaty", tags=("Zanzibar",))
    keep_index()

    def act():
        tag = make_tag("Zanzibar")
        tag.name, tag.kind = "Pemba", "place"
        tag.save()
        workflow.rename_tag(by=editor, tag=tag)

    holds_at_once(
        act,
        lambda: found("zanzibar") and not found("", kind="place"),
        lambda: found("pemba") == found("", kind="place") == {"A treaty"} and not found("zanzibar"),
    )


def test_imported_story_is_found_and_its_new_date_counts(indexed, editor):
    def act():
        make_archived(date(2014, 8, 28), headline="Zanzibar treaty")

    holds_at_once(act, lambda: not found("zanzibar"), lambda: found("zanzibar from:2014 to:2014"))
    (edition,) = find(ask("zanzibar")).editions

    def redate():
        workflow.redate(story_id=edition.story_id, dating=Dating.stated_on(date(2001, 1, 1)), by=editor)

    holds_at_once(
        redate,
        lambda: found("zanzibar from:2014"),
        lambda: found("zanzibar to:2001") and not found("zanzibar from:2014"),
    )
