"""The pages that withdraw a picture and that merge two: what will happen is shown first, then done, by those who may."""

import pytest
from django.urls import reverse

from articles.models import Event
from media.models import Likeness, Picture
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(db):
    made = builders.make_picture(caption="The quay")
    builders.make_copy(made)
    return made


def page_of(picture, name="change"):
    return reverse(f"admin:media_picture_{name}", args=[picture.pk])


def test_withdrawal_lists_every_live_use_then_withdraws_and_the_page_says_so(
    client, editor, picture_desk, picture
):
    live = builders.make_published(editor, pictures=[picture], headline="A live story")
    builders.make_article(editor, pictures=[picture], headline="Secret copy")
    client.force_login(picture_desk)
    asked = client.get(page_of(picture, "withdraw")).content.decode()
    assert "A live story" in asked
    assert "1 live story will be drawn anew" in asked
    assert "Secret copy" not in asked
    sent = {"version": "1", "reason": "The agency took it back", "notice": "It was not ours."}
    done = client.post(page_of(picture, "withdraw"), sent, follow=True)
    said = done.content.decode()
    picture.refresh_from_db()
    assert (picture.killed_because, picture.kill_notice) == ("The agency took it back", "It was not ours.")
    assert "is withdrawn" in said
    assert "by picture_desk" in said
    assert "The agency took it back" in said
    assert f'href="{live.get_absolute_url()}"' in said
    assert client.get(page_of(picture, "withdraw")).status_code == 302
    assert builders.edition_of(live.story_id).shown_pictures[0]["src"] == ""


def test_withdrawal_without_a_reason_or_on_an_old_version_does_nothing_and_keeps_what_was_typed(
    client, picture_desk, picture
):
    client.force_login(picture_desk)
    without = client.post(page_of(picture, "withdraw"), {"version": "1", "reason": " ", "notice": "Kept"})
    assert without.status_code == 422
    assert "Say why" in without.content.decode()
    assert "Kept" in without.content.decode()
    Picture.objects.filter(pk=picture.pk).update(version=2)
    late = client.post(page_of(picture, "withdraw"), {"version": "1", "reason": "My reason", "notice": ""})
    assert late.status_code == 409
    assert "My reason" in late.content.decode()
    assert late.context["form"]["version"].value() == "2"
    assert Picture.objects.get(pk=picture.pk).killed_at is None


def test_only_those_who_may_withdraw_and_merge_do(
    client, reporter, editor, chief, picture_desk, reader, picture
):
    for name in ("withdraw", "merge"):
        for person, status in (
            (picture_desk, 200),
            (editor, 200),
            (chief, 200),
            (reporter, 403),
            (reader, 302),
        ):
            client.force_login(person)
            assert client.get(page_of(picture, name)).status_code == status, (name, person)
    client.force_login(reporter)
    refused = client.post(page_of(picture, "withdraw"), {"version": "1", "reason": "Because"})
    assert refused.status_code == 403
    assert client.post(page_of(picture, "differs"), {"likeness": "1"}).status_code == 403
    assert not Event.objects.filter(verb="kill_picture").exists()


@pytest.mark.parametrize("said", ["{}", "Media ID {}", "/media/{}/", "  {} "])
def test_number_is_taken_however_it_is_typed_and_both_stand_side_by_side(client, editor, picture, said):
    kept = builders.make_picture(caption="The one that stays", credit="")
    client.force_login(editor)
    page = client.get(page_of(picture, "merge"), {"into": said.format(kept.media_id)})
    assert page.context["kept"] == kept
    assert "The one that stays" in page.content.decode()


def test_merge_does_what_its_page_said_it_would(client, editor, picture):
    picture.headline, picture.place, picture.creator = "A headline", "Old quay", "Nadia Farouk"
    picture.rights_class, picture.rights_holder = "agency", "An agency"
    picture.original, picture.file_caption, picture.digest = "a.jpg", "From the file", "d" * 64
    picture.width, picture.height = 640, 400
    picture.save()
    kept = builders.make_picture(caption="The one that stays", place="New quay", rights_class="unknown")
    client.force_login(editor)
    asked = client.get(page_of(picture, "merge"), {"into": kept.media_id})
    promised = {fact.label: fact.merged if fact.is_filled else fact.kept for fact in asked.context["facts"]}
    sent = {"into": kept.media_id, "version": picture.token}
    done = client.post(page_of(picture, "merge"), sent)
    assert done.url == page_of(kept)
    kept = Picture.objects.get(pk=kept.pk)
    assert promised == {
        "The library’s caption": kept.caption, "The file’s caption": kept.file_caption, "Headline": kept.headline,
        "Credit": kept.credit, "Creator": kept.creator, "Place": kept.place, "Rights": "agency",
        "Holder of the rights": kept.rights_holder, "Where it may be shown": kept.get_uses_display(), "Alternative text": kept.alt,
    }  # fmt: skip
    assert (kept.caption, kept.place, kept.headline) == ("The one that stays", "New quay", "A headline")
    followed = client.get(page_of(picture), follow=True)
    assert followed.redirect_chain[-1][0] == page_of(kept)
    assert "was merged into" in followed.content.decode()


@pytest.mark.parametrize(
    ("into", "sentence"),
    [
        ("99999999", "No picture has the Media ID"),
        ("words", "No picture has the Media ID"),
        ("self", "very picture"),
    ],
)
def test_number_that_leads_nowhere_is_a_sentence(client, editor, picture, into, sentence):
    client.force_login(editor)
    typed = picture.media_id if into == "self" else into
    for send in (client.get, client.post):
        answer = send(page_of(picture, "merge"), {"into": typed})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_merge_on_an_old_version_does_nothing(client, editor, picture):
    kept = builders.make_picture()
    client.force_login(editor)
    late = client.post(page_of(picture, "merge"), {"into": kept.media_id, "version": "7"})
    assert late.status_code == 409
    assert Picture.objects.get(pk=picture.pk).alias_of is None


def test_pictures_that_look_alike_are_suggested_until_somebody_says_they_differ(
    client, editor, reporter, picture
):
    other = builders.make_picture(caption="Looks the same")
    pair = Likeness.objects.create(older=picture, newer=other, distance=3)
    stranger = Likeness.objects.create(older=other, newer=builders.make_picture(), distance=9)
    client.force_login(editor)
    assert str(other) in client.get(page_of(picture)).content.decode()
    assert client.post(page_of(picture, "differs"), {"likeness": stranger.pk}).status_code == 404
    assert client.get(page_of(picture, "differs")).status_code == 405
    client.post(page_of(picture, "differs"), {"likeness": pair.pk})
    pair.refresh_from_db()
    assert pair.settled_by == editor
    assert "Different pictures" not in client.get(page_of(picture)).content.decode()
