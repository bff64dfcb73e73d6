"""One import is taken back as one: what it brought is withdrawn, what it changed is as before, the desk's copy stays."""

import io

import pytest
from django.core.management import CommandError, call_command

from articles import workflow
from articles.models import Correction, Edition, Event, ImportRun
from articles.workflow.verifying import problems
from media.models import Picture
from tests import builders
from tests.importing.archive import BAKERS, LAMPS, bring, only_story, save, story, teaser
from tests.importing.pages import article
from tests.importing.test_attachments import PICTURE

pytestmark = pytest.mark.django_db
PATH = "/nadia-farouk/news-middle-east/council-keeps-the-night-ferry"


def last_run():
    return ImportRun.objects.first().pk


def test_stories_an_import_brought_are_withdrawn_and_kept(tmp_path, chief):
    save(tmp_path / "a", "1", story(), PATH)
    bring(tmp_path / "a")
    undone = workflow.undo_import(by=chief, run_id=last_run())
    edition = only_story()
    assert undone.withdrawn == [edition.story_id]
    assert not Edition.objects.at().exists()
    assert edition.suppressed_at is not None
    assert "taken back" in Correction.objects.get(story_id=edition.story_id).note
    assert ImportRun.objects.get().undone_by == chief
    assert Event.objects.filter(verb="undo_import", by=chief).exists()
    assert list(problems()) == []


def test_story_it_changed_is_as_before(tmp_path, chief):
    save(tmp_path / "a", "1", teaser(), "/tag/night-ferry")
    bring(tmp_path / "a")
    before = only_story()
    save(tmp_path / "b", "2", story(above=("Media ID: 55361435",)), PATH)
    bring(tmp_path / "b")
    undone = workflow.undo_import(by=chief, run_id=last_run())
    after = only_story()
    assert undone.restored == [after.story_id]
    assert (after.number, after.completeness) == (3, "teaser")
    for field in ("headline", "body", "byline", "section", "pictures", "dating", "filed_tags"):
        assert getattr(after, field) == getattr(before, field), field
    assert list(problems()) == []


def test_dates_and_tags_it_gave_are_taken_back(tmp_path, chief):
    save(tmp_path / "a", "1", story(above=("Media ID: 55361435",)), PATH.replace("nadia-farouk", "theaawsat"))
    bring(tmp_path / "a")
    before = only_story()
    save(tmp_path / "b", "2", teaser(), "/tag/night-ferry")
    bring(tmp_path / "b")
    assert only_story().published_on is not None
    workflow.undo_import(by=chief, run_id=last_run())
    after = only_story()
    assert after.dating == before.dating
    assert (after.filed_tags, after.byline) == ([], before.byline)
    assert after.byline_rows.get().listed_at == after.listed_at


def test_tags_alone_are_taken_back(tmp_path, chief):
    save(tmp_path / "a", "1", teaser(), "/tag/night-ferry")
    bring(tmp_path / "a")
    save(tmp_path / "b", "2", teaser(length=150), "/tag/islands")
    bring(tmp_path / "b")
    workflow.undo_import(by=chief, run_id=last_run())
    assert [tag["name"] for tag in only_story().filed_tags] == ["Night Ferry"]
    assert only_story().number == 1


def test_bounds_it_tightened_are_wide_again(tmp_path, chief):
    save(tmp_path / "a", "1", story(above=("Media ID: 55361435",)), PATH)
    bring(tmp_path / "a")
    before = only_story().dating
    builders.make_archived(pictures=[builders.make_picture(media_id="55361400")])
    empty = tmp_path / "b"
    empty.mkdir()
    bring(empty)
    assert Edition.objects.get(slug="council-keeps-the-night-ferry").dating != before
    workflow.undo_import(by=chief, run_id=last_run())
    assert Edition.objects.get(slug="council-keeps-the-night-ferry").dating == before


def test_stories_edited_at_the_desk_stay_and_are_named(tmp_path, chief):
    save(tmp_path / "a", "1", story(), PATH)
    save(tmp_path / "a", "2", article(BAKERS, LAMPS, headline="Bakers"), "/nadia-farouk/opinion/bakers")
    bring(tmp_path / "a")
    edited = Edition.objects.get(slug="bakers").story_id
    workflow.take_up(by=chief, story_id=edited)
    undone = workflow.undo_import(by=chief, run_id=last_run())
    assert [edited] == list(Edition.objects.at().values_list("story_id", flat=True))
    assert str(edited) in undone.left[0]
    assert "edited at the desk" in undone.left[0]


def test_undoing_twice_does_it_once(tmp_path, chief):
    save(tmp_path / "a", "1", story(), PATH)
    bring(tmp_path / "a")
    workflow.undo_import(by=chief, run_id=last_run())
    events = Event.objects.count()
    again = workflow.undo_import(by=chief, run_id=last_run())
    assert (again.withdrawn, again.restored, Event.objects.count()) == ([], [], events)


def test_importing_again_brings_the_same_story_back(tmp_path, chief):
    save(tmp_path / "a", "1", story(), PATH)
    save(tmp_path / "a", "2", teaser(), "/tag/night-ferry")
    bring(tmp_path / "a")
    story_id = only_story().story_id
    workflow.undo_import(by=chief, run_id=last_run())
    rows, _ = bring(tmp_path / "a")
    assert rows["1.txt"]["stories"] == [str(story_id)]
    edition = only_story()
    assert Edition.objects.at().get() == edition
    assert (edition.completeness, edition.byline) == ("whole", "Nadia Farouk")
    assert edition.published_on.isoformat() == "2014-08-28"
    rows, _ = bring(tmp_path / "a")
    assert {row["outcome"] for row in rows.values()} == {"unchanged"}
    assert list(problems()) == []


def test_pictures_it_made_are_no_longer_public_by_themselves(tmp_path, chief):
    save(tmp_path / "a", "1", PICTURE, f"{PATH}/attachment/night-ferry")
    bring(tmp_path / "a")
    assert workflow.undo_import(by=chief, run_id=last_run()).pictures == 1
    picture = Picture.objects.get()
    assert picture.released_at is None
    assert picture.withdrawn_at is not None
    bring(tmp_path / "a")
    picture.refresh_from_db()
    assert picture.released_at is not None
    assert picture.withdrawn_at is None


def test_picture_it_made_and_that_was_merged_since_is_taken_back_too(tmp_path, chief):
    save(tmp_path / "a", "1", PICTURE, f"{PATH}/attachment/night-ferry")
    bring(tmp_path / "a")
    merged, kept = Picture.objects.get(), builders.make_picture()
    workflow.merge_pictures(by=chief, kept_id=kept.pk, merged_id=merged.pk, token=merged.token)
    kept.refresh_from_db()
    assert kept.released_at is not None
    assert workflow.undo_import(by=chief, run_id=last_run()).pictures == 1
    kept.refresh_from_db()
    assert kept.released_at is None
    assert kept.withdrawn_at is not None
    bring(tmp_path / "a")
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert kept.released_at is not None
    assert merged.released_at is None


def test_only_a_chief_may_and_only_what_there_is(tmp_path, editor, chief):
    save(tmp_path / "a", "1", story(), PATH)
    bring(tmp_path / "a")
    with pytest.raises(workflow.Refused, match="role"):
        workflow.undo_import(by=editor, run_id=last_run())
    with pytest.raises(workflow.Refused, match="There is no import 99999"):
        workflow.undo_import(by=chief, run_id=99999)
    assert Edition.objects.at().exists()


def test_command_takes_an_import_back(tmp_path):
    save(tmp_path / "a", "1", story(), PATH)
    bring(tmp_path / "a")
    said = io.StringIO()
    call_command("import_archive", undo=last_run(), stdout=said)
    assert "1 story withdrawn" in said.getvalue()
    with pytest.raises(CommandError) as refused:
        call_command("import_archive", undo=424242)
    assert refused.value.returncode == 2
