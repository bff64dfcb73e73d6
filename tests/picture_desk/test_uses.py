"""Where a picture is used: live for everybody, withdrawn and drafted only for those who may read the story."""

import pytest
from django.urls import reverse

from articles import workflow
from articles.models import Article
from articles.picture_desk import uses
from tests import builders

pytestmark = pytest.mark.django_db


def shelf(kind, picture, user):
    return uses.shelf(kind, picture, user)


def headlines(kind, picture, user):
    return [use.headline for use in shelf(kind, picture, user).shown]


@pytest.fixture
def others(db):
    """An editor of another desk."""
    return builders.make_person("sports_editor", "editor", builders.make_desk("Sports"))


@pytest.fixture
def picture(db):
    return builders.make_picture(caption="The library's words")


def republished(by, edition, **changes):
    article = Article.objects.get(pk=edition.story_id)
    contents = workflow.copy.contents_of(article).changed(**changes)
    saved = workflow.save(
        by=by,
        story_id=article.pk,
        token=article.token,
        contents=contents,
        assignment=workflow.Assignment(desk=article.desk_id, writer=article.writer_id),
    )
    return workflow.update(by=by, story_id=article.pk, token=saved.token)


def test_live_use_is_seen_by_every_role_with_the_caption_it_prints(
    picture, reporter, editor, chief, picture_desk, others
):
    edition = builders.make_published(editor, pictures=[picture])
    for person in (reporter, editor, chief, picture_desk, others):
        (use,) = shelf(uses.LIVE, picture, person).shown
        assert (use.headline, use.caption) == (edition.headline, "The library's words"), person
        is_reader_s_page = use.path == edition.get_absolute_url()
        assert is_reader_s_page == (person in (picture_desk, others)), person


def test_earlier_edition_says_what_it_printed(picture, editor, picture_desk):
    first = builders.make_published(editor, pictures=[picture], headline="As it was")
    republished(editor, first, headline="As it is", pictures=())
    (use,) = shelf(uses.PAST, picture, picture_desk).shown
    assert (use.headline, use.where, use.caption) == ("As it was", "edition 1", "The library's words")
    assert use.path.endswith("/editions/1/")
    assert headlines(uses.LIVE, picture, picture_desk) == []


def test_withdrawn_story_is_named_only_to_those_who_may_read_it(
    picture, reporter, editor, chief, picture_desk, others
):
    edition = builders.make_published(editor, pictures=[picture], headline="A secret killed")
    article = Article.objects.get(pk=edition.story_id)
    workflow.kill(by=editor, story_id=article.pk, token=article.token, reason="Wrong", notice="")
    for person in (editor, chief, reporter):
        assert headlines(uses.PAST, picture, person) == ["A secret killed"], person
    for person in (picture_desk, others):
        found = shelf(uses.PAST, picture, person)
        assert (found.shown, found.of_others) == ([], 1), person


def test_drafts_of_other_desks_are_counted_only(picture, reporter, editor, chief, picture_desk, others):
    builders.make_article(editor, pictures=[picture], headline="Not out yet")
    builders.make_article(
        others, pictures=[picture], headline="Sports only", desk=builders.make_desk("Sports"), section=None
    )
    seen = {person.username: headlines(uses.COPY, picture, person) for person in (reporter, editor, others)}
    assert seen == {
        "reporter": ["Not out yet"],
        "editor": ["Not out yet"],
        "sports_editor": ["Sports only"],
    }
    assert headlines(uses.COPY, picture, chief) == ["Sports only", "Not out yet"]
    assert shelf(uses.COPY, picture, reporter).of_others == 1
    found = shelf(uses.COPY, picture, picture_desk)
    assert (found.shown, found.count, found.of_others) == ([], 0, 2)


def test_copy_of_a_live_story_that_shows_it_is_not_told_twice(picture, editor):
    builders.make_published(editor, pictures=[picture])
    assert shelf(uses.COPY, picture, editor).shown == []


def test_story_s_own_caption_is_told_from_the_library_s(picture, editor):
    article = builders.make_article(editor, pictures=[picture])
    row = article.placements.get()
    row.caption = "The story's own words"
    row.save()
    (use,) = shelf(uses.COPY, picture, editor).shown
    assert (use.own, use.caption) == (True, "The story's own words")


def test_uses_come_twenty_at_a_time_newest_first_and_none_is_left_out(client, picture, editor, picture_desk):
    made = [builders.make_published(editor, pictures=[picture]).headline for _ in range(23)]
    first = shelf(uses.LIVE, picture, picture_desk)
    assert (len(first.shown), first.count, first.of_others) == (20, 23, 0)
    rest = uses.shelf(uses.LIVE, picture, picture_desk, first.next)
    assert [use.headline for use in (*first.shown, *rest.shown)] == made[::-1]
    assert (rest.next, rest.of_others) == (None, 0)
    client.force_login(picture_desk)
    page = client.get(f"/admin/media/picture/{picture.pk}/change/").content.decode()
    path = f"/admin/media/picture/{picture.pk}/uses/?kind=live&amp;after={first.next}"
    assert path in page
    more = client.get(path.replace("&amp;", "&")).content.decode()
    assert made[0] in more
    assert made[22] not in more


@pytest.mark.parametrize("query", ["", "?kind=nothing", "?kind=live&after=damaged", "?kind=live&after=!!"])
def test_damaged_address_of_more_uses_is_not_found(client, picture, picture_desk, query):
    client.force_login(picture_desk)
    assert client.get(f"/admin/media/picture/{picture.pk}/uses/{query}").status_code == 404


def test_page_names_no_draft_of_another_desk(client, picture, editor, picture_desk, reader):
    builders.make_article(editor, pictures=[picture], headline="Not for the picture desk")
    client.force_login(picture_desk)
    page = client.get(f"/admin/media/picture/{picture.pk}/change/").content.decode()
    assert "Not for the picture desk" not in page
    assert "1 draft of other desks" in page


def test_merged_number_s_uses_stand_with_what_they_printed(picture, editor, picture_desk):
    old = builders.make_picture(caption="What the old number said")
    builders.make_published(editor, pictures=[old])
    workflow.picturing.merge_pictures(by=editor, kept_id=picture.pk, merged_id=old.pk, token=old.token)
    (use,) = shelf(uses.LIVE, picture, picture_desk).shown
    assert use.caption == "What the old number said"


def test_reader_s_page_is_linked_where_there_is_one(client, picture, editor, picture_desk):
    client.force_login(picture_desk)
    own = reverse("admin:media_picture_change", args=[picture.pk])
    builders.make_article(editor, pictures=[picture])
    assert "As readers see it" not in client.get(own).content.decode()
    assert client.get(f"/media/{picture.media_id}/").status_code == 404
    first = builders.make_published(editor, pictures=[picture])
    link = f'<a href="/media/{picture.media_id}/">As readers see it</a>'
    assert link in client.get(own).content.decode()
    republished(editor, first, pictures=())
    assert link in client.get(own).content.decode()
    assert client.get(f"/media/{picture.media_id}/").status_code == 200
