"""The step between a new caption and the stories that print it: listed first, any of them left as it is."""

import pytest
from django.urls import reverse

from articles.models import Article
from articles.picture_desk.forms import PictureForm
from media.models import Picture
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(db):
    return builders.make_picture(caption="Before", credit="Staff", alt="A quay")


def page_of(picture):
    return reverse("admin:media_picture_change", args=[picture.pk])


def typed(picture, **overrides):
    said = PictureForm.said_of(Picture.objects.get(pk=picture.pk))
    return {name: "" if value in (None, False) else value for name, value in said.items()} | overrides


def printed(story_id):
    return builders.edition_of(story_id).pictures[0]["caption"]


def test_stories_are_listed_before_anything_is_written_and_a_ticked_one_keeps_its_caption(
    client, editor, picture_desk, picture
):
    follows = builders.make_published(editor, pictures=[picture], headline="This one follows")
    stays = builders.make_published(editor, pictures=[picture], headline="This one stays")
    client.force_login(picture_desk)
    sent = typed(picture, caption="After\r\nall")
    asked = client.post(page_of(picture), sent)
    said = asked.content.decode()
    assert asked.status_code == 200
    assert "This one follows" in said
    assert "This one stays" in said
    assert "Before" in said
    assert Picture.objects.get(pk=picture.pk).caption == "Before"
    carried = dict(asked.context["typed"])
    assert carried == sent
    done = client.post(
        page_of(picture), {**carried, "confirmed": "yes", "keep": [str(stays.story_id)]}, follow=True
    )
    assert "1 story says the new words. 1 story keeps the old ones." in done.content.decode()
    assert Picture.objects.get(pk=picture.pk).caption == "After\nall"
    assert printed(follows.story_id) == "After\nall"
    assert builders.edition_of(follows.story_id).number == 2
    assert printed(stays.story_id) == "Before"
    assert builders.edition_of(stays.story_id).number == 1


def test_back_brings_the_form_with_what_was_typed_and_writes_nothing(client, editor, picture_desk, picture):
    builders.make_published(editor, pictures=[picture])
    client.force_login(picture_desk)
    asked = client.post(page_of(picture), typed(picture, caption="After", headline="A new one"))
    back = client.post(page_of(picture), {**dict(asked.context["typed"]), "back": "yes"})
    assert back.context["form"]["caption"].value() == "After"
    assert back.context["form"]["headline"].value() == "A new one"
    picture.refresh_from_db()
    assert (picture.caption, picture.version) == ("Before", 1)


def test_what_stories_do_not_print_is_saved_without_a_question(client, editor, picture_desk, picture):
    edition = builders.make_published(editor, pictures=[picture])
    client.force_login(picture_desk)
    answer = client.post(page_of(picture), typed(picture, place="The old quay", rights_holder="A holder"))
    assert answer.status_code == 302
    picture.refresh_from_db()
    assert (picture.place, picture.rights_holder) == ("The old quay", "A holder")
    assert builders.edition_of(edition.story_id).number == 1


def test_new_credit_and_new_alternative_text_ask_as_well(client, editor, picture_desk, picture):
    edition = builders.make_published(editor, pictures=[picture])
    client.force_login(picture_desk)
    for fact in ({"credit": "Somebody else"}, {"alt": "A quay at noon"}):
        assert client.post(page_of(picture), typed(picture, **fact)).status_code == 200
    client.post(page_of(picture), typed(picture, credit="Somebody else", confirmed="yes"))
    assert builders.edition_of(edition.story_id).pictures[0]["credit"] == "Somebody else"


def test_story_of_another_desk_is_counted_and_not_named(client, editor, picture_desk, picture):
    builders.make_article(editor, pictures=[picture], headline="Not for the picture desk")
    client.force_login(picture_desk)
    asked = client.post(page_of(picture), typed(picture, caption="After"))
    assert "Not for the picture desk" not in asked.content.decode()
    assert "A story of another desk" in asked.content.decode()


def test_somebody_who_saved_while_the_question_stood_is_not_overwritten(
    client, editor, picture_desk, picture
):
    builders.make_published(editor, pictures=[picture])
    client.force_login(picture_desk)
    asked = client.post(page_of(picture), typed(picture, caption="Mine"))
    client.post(page_of(picture), typed(picture, caption="Theirs", confirmed="yes"))
    late = client.post(page_of(picture), {**dict(asked.context["typed"]), "confirmed": "yes"})
    assert late.status_code == 409
    assert "Theirs" in late.content.decode()
    assert late.context["form"]["caption"].value() == "Mine"
    assert Picture.objects.get(pk=picture.pk).caption == "Theirs"


def test_copy_that_is_left_as_it_is_has_the_old_caption_as_its_own(client, editor, chief, picture):
    article = builders.make_article(editor, pictures=[picture])
    client.force_login(chief)
    client.post(page_of(picture), typed(picture, caption="After", confirmed="yes", keep=str(article.pk)))
    assert Article.objects.get(pk=article.pk).placements.get().caption == "Before"
