"""What the library says changes only on the version that was read; what stories printed stays, their files follow."""

from datetime import date

import pytest

from articles.models import Edition, Event
from articles.workflow import editions, verifying
from media import changing, intake
from media.models import CaptionVersion, Picture
from tests import builders
from tests.media import drawn

pytestmark = pytest.mark.django_db


def test_change_needs_the_version_it_was_made_on(picture_desk):
    picture = builders.make_picture(caption=None)
    with pytest.raises(changing.NotChanged, match="which version"):
        changing.change(by=picture_desk, picture_id=picture.pk, token="", facts={"caption": "A"})
    changed = changing.change(by=picture_desk, picture_id=picture.pk, token="1", facts={"caption": ""})
    assert (changed.caption, changed.version) == ("", 2)
    with pytest.raises(changing.NotChanged, match="Somebody changed this picture"):
        changing.change(by=picture_desk, picture_id=picture.pk, token="1", facts={"caption": "B"})
    same = changing.change(by=picture_desk, picture_id=picture.pk, token="2", facts={"caption": ""})
    assert same.version == 2


def test_reporter_and_reader_change_nothing(reporter, reader):
    picture = builders.make_picture()
    for person in (reporter, reader):
        with pytest.raises(changing.NotChanged, match="Ask the picture desk"):
            changing.change(by=person, picture_id=picture.pk, token="1", facts={"caption": "Mine"})
    picture.refresh_from_db()
    assert picture.caption == "The harbour at dawn"


def test_captions_are_kept_as_versions_and_the_picture_is_found_by_its_new_words(picture_desk):
    picture = builders.make_picture(caption=None)
    for token, caption in (("1", "Noon"), ("2", ""), ("3", None)):
        changing.change(by=picture_desk, picture_id=picture.pk, token=token, facts={"caption": caption})
    changing.change(by=picture_desk, picture_id=picture.pk, token="4", facts={"place": "Old Quay"})
    kept = CaptionVersion.objects.filter(picture=picture)
    assert [(row.layer, row.caption, row.said_by) for row in kept] == [
        ("library", caption, picture_desk) for caption in ("Noon", "", None)
    ]
    assert list(Picture.objects.matching("quay")) == [picture]
    assert not Picture.objects.matching("noon").exists()


def test_copies_that_carry_a_name_are_ordered_anew_when_it_changes(picture_desk):
    picture = intake.take_in(drawn.file(), by=None)
    Picture.objects.update(copies_due_at=None)
    changed = changing.change(by=picture_desk, picture_id=picture.pk, token="1", facts={"caption": "Noon"})
    assert changed.copies_due_at is None
    assert changed.editions_due_at is None
    changed = changing.change(
        by=picture_desk, picture_id=picture.pk, token="2", facts={"creator": "N. Farouk"}
    )
    assert changed.copies_due_at
    # Stories tell machines who made their pictures.
    assert changed.editions_due_at
    Picture.objects.update(editions_due_at=None)
    changed = changing.change(
        by=picture_desk, picture_id=picture.pk, token="3", facts={"is_made_by_ai": True}
    )
    assert changed.editions_due_at
    lost = builders.make_picture()
    assert (
        changing.change(by=picture_desk, picture_id=lost.pk, token="1", facts={"credit": "A"}).copies_due_at
        is None
    )


def test_change_that_does_not_fit_is_a_sentence_and_changes_nothing(picture_desk):
    picture = builders.make_picture(media_id="55361435", rights_end_on=date(2020, 1, 1))
    for wrong, sentence in (
        ({"credit": "x" * 301, "place": "Quay"}, "at most 300"),
        ({"rights_begin_on": date(2020, 1, 2)}, "end before they begin"),
        ({"uses": "everywhere"}, "not a valid choice"),
    ):
        with pytest.raises(changing.NotChanged, match=sentence):
            changing.change(by=picture_desk, picture_id=picture.pk, token="1", facts=wrong)
    merged = builders.make_picture(media_id="55361436", alias_of=picture)
    with pytest.raises(changing.NotChanged, match="was merged into Media ID 55361435"):
        changing.change(by=picture_desk, picture_id=merged.pk, token="1", facts={"credit": "A"})
    picture.refresh_from_db()
    assert (picture.credit, picture.place, picture.version) == ("Staff", "", 1)


def test_file_that_turns_up_is_shown_by_every_edition_whose_text_stays(
    editor, picture_desk, django_capture_on_commit_callbacks
):
    picture = builders.make_picture(media_id="55361435", caption="The harbour at dawn")
    figure = '<p>Dawn.</p><figure data-media-id="55361435"></figure>'
    first = builders.make_published(editor, pictures=[picture], body=figure)
    archived = builders.make_archived(pictures=[picture])
    assert first.shown_pictures[0]["src"] == ""
    with django_capture_on_commit_callbacks(execute=True):
        intake.attach(picture, drawn.file(), by=picture_desk)
        fresh = type(picture).objects.get(pk=picture.pk)
        changing.change(
            by=picture_desk, picture_id=picture.pk, token=str(fresh.version), facts={"caption": "Other"}
        )
    for edition in (builders.edition_of(first.story_id), builders.edition_of(archived.story_id)):
        assert edition.shown_pictures[0]["src"].startswith("/images/")
        assert edition.shown_pictures[0]["caption"] == "The harbour at dawn"
        assert edition.digest == editions.digest_of(edition)
    assert "/images/" in builders.edition_of(first.story_id).body_html
    assert Event.objects.filter(verb="change_picture").count() == 2
    assert list(verifying.problems()) == []
    assert Edition.objects.count() == 2
