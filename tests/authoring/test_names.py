"""Tags, contributors and sections at the desk: suggested, merged and renamed by verb, their addresses chosen once."""

import pytest

from articles.models import Article, Contributor, Edition, Event, Section, Tag
from tests.authoring.desk_form import LIST, log_in, sentences
from tests.builders import (
    make_archived,
    make_article,
    make_contributor,
    make_picture,
    make_published,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db


def test_suggestions_are_for_those_who_write(client, reporter, picture_desk, reader):
    make_tag("Aleppo", "place")
    Tag.objects.create(name="Halab", alias_of=Tag.objects.get(name="Aleppo"))
    make_contributor("Alia Said")
    found = log_in(client, reporter).get(f"{LIST}suggest/tags/?q=al").json()["found"]
    assert [one["shown"] for one in found] == ["Aleppo", "Halab → Aleppo"]
    assert {one["name"] for one in found} == {"Aleppo"}
    people = client.get(f"{LIST}suggest/contributors/?q=SAID").json()["found"]
    assert [one["name"] for one in people] == ["Alia Said"]
    assert client.get(f"{LIST}suggest/tags/?q=").json() == {"found": []}
    assert client.get(f"{LIST}suggest/passwords/?q=a").status_code == 404
    assert client.post(f"{LIST}suggest/tags/?q=al").status_code == 405
    assert log_in(client, picture_desk).get(f"{LIST}suggest/tags/?q=al").status_code == 403
    assert log_in(client, reader).get(f"{LIST}suggest/tags/?q=al").status_code == 302


def test_library_answers_for_one_media_id(client, reporter, reader):
    picture = make_picture(caption=None, file_caption="From the file", credit="<b>Staff</b>")
    address = f"{LIST}picture/{picture.media_id}/"
    said = log_in(client, reporter).get(address).json()
    assert (said["library_says"], said["file_says"], said["credit"]) == (
        "no caption",
        "From the file",
        "<b>Staff</b>",
    )
    missing = client.get(f"{LIST}picture/99999999/")
    assert missing.status_code == 404
    assert "No picture has the Media ID 99999999" in missing.json()["missing"]
    assert log_in(client, reader).get(address).status_code == 302


def test_merging_tags_asks_once_and_moves_their_stories(client, editor, reporter):
    first = make_published(editor, tags=("Halab",))
    halab, aleppo = Tag.objects.get(name="Halab"), make_tag("Aleppo", "place")
    address = f"/admin/articles/tag/{halab.pk}/merge/"
    assert log_in(client, reporter).post(address, {"into": "Aleppo", "confirmed": "yes"}).status_code == 302
    assert Tag.objects.get(name="Halab").alias_of is None
    log_in(client, editor)
    assert client.get(address).status_code == 302
    assert "Merge “Halab” into “Aleppo”" in sentences(client.post(address, {"into": "aleppo"}))
    assert Tag.objects.get(name="Halab").alias_of is None
    client.post(address, {"into": "Nowhere"})
    client.post(address, {"into": "Halab", "confirmed": "yes"})
    assert Tag.objects.get(name="Halab").alias_of is None
    client.post(address, {"into": aleppo.slug, "confirmed": "yes"})
    assert Tag.objects.get(name="Halab").alias_of == aleppo
    assert Edition.objects.get(pk=first.pk).filed_tags[0]["name"] == "Aleppo"


def test_merging_contributors_keeps_bylines_as_printed(client, editor):
    edition = make_archived(bylines=["N. Farouk"])
    one, into = make_contributor("N. Farouk"), make_contributor("Nadia Farouk")
    log_in(client, editor).post(
        f"/admin/articles/contributor/{one.pk}/merge/", {"into": into.slug, "confirmed": "yes"}
    )
    assert Contributor.objects.get(pk=one.pk).alias_of == into
    assert Edition.objects.at().by(into).get() == edition
    assert Edition.objects.get(pk=edition.pk).byline == "N. Farouk"


def test_renamed_tag_reaches_every_story_and_is_an_event(client, editor):
    edition = make_published(editor, tags=("feries",))
    tag = Tag.objects.get(name="feries")
    sent = {"name": "ferries", "kind": "topic", "line": "", "slug": "hijacked"}
    assert log_in(client, editor).post(f"/admin/articles/tag/{tag.pk}/change/", sent).status_code == 302
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("ferries", "feries")
    assert Edition.objects.get(pk=edition.pk).filed_tags[0]["name"] == "ferries"
    assert Event.objects.filter(verb="rename").exists()


def test_slug_of_a_section_is_chosen_once(client, chief, editor):
    section = make_section("World")
    sent = {"name": "The World", "slug": "stolen", "order": "1", "line": "", "desk": section.desk_id}
    log_in(client, editor).post(f"/admin/articles/section/{section.pk}/change/", sent)
    assert Section.objects.get().name == "World"
    assert (
        log_in(client, chief).post(f"/admin/articles/section/{section.pk}/change/", sent).status_code == 302
    )
    assert (Section.objects.get().name, Section.objects.get().slug) == ("The World", "world")
    sent = {"name": "Sport", "slug": "sport", "order": "9", "line": "", "desk": ""}
    assert client.post("/admin/articles/section/add/", sent).status_code == 302
    assert Section.objects.filter(slug="sport").exists()


def test_chief_puts_people_on_a_desk(client, chief, reporter):
    section = make_section("World")
    sent = {"name": "Foreign", "slug": "foreign", "members": [reporter.pk, chief.pk]}
    assert (
        log_in(client, chief).post(f"/admin/articles/desk/{section.desk_id}/change/", sent).status_code == 302
    )
    assert set(section.desk.members.all()) == {reporter, chief}


def test_story_of_another_desk_cannot_be_felt_for_through_the_archive(client, editor):
    from tests.builders import make_desk, make_person

    hidden = make_article(editor, headline="Not out yet", bylines=["Hidden Name"])
    stranger = log_in(client, make_person("sports", "editor", make_desk("Sports")))
    taken = stranger.post(f"/admin/articles/edition/take-up/{hidden.pk}/")
    never = stranger.post("/admin/articles/edition/take-up/10000000/")
    assert (taken.status_code, never.status_code) == (404, 404)
    assert "Hidden Name" not in sentences(stranger.get(LIST))
    assert Article.objects.count() == 1
