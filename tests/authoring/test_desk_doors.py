"""Who gets through which door of the desk: the roles decide, not Django's table of permissions."""

import pytest
from django.contrib.auth.models import Permission, User

from tests.authoring.desk_form import LIST, log_in, sentences
from tests.builders import (
    make_archived,
    make_article,
    make_contributor,
    make_person,
    make_published,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db

# The address, and who may open it; a superuser is a chief.
DOORS = {
    LIST: {"reporter", "editor", "chief", "root"},
    f"{LIST}add/": {"reporter", "editor", "chief", "root"},
    "/admin/articles/edition/": {"editor", "chief", "root"},
    "/admin/articles/tag/": {"editor", "chief", "root"},
    "/admin/articles/contributor/": {"editor", "chief", "root"},
    "/admin/articles/section/": {"chief", "root"},
    "/admin/articles/desk/": {"chief", "root"},
    "/admin/articles/importrun/": {"chief", "root"},
    "/admin/articles/sourcepage/": {"chief", "root"},
    "/admin/auth/user/": {"root"},
    "/admin/auth/user/add/": {"root"},
    "/admin/auth/group/": {"root"},
}


@pytest.fixture
def cast(reporter, editor, chief, picture_desk, reader):
    people = {one.username: one for one in (reporter, editor, chief, picture_desk, reader)}
    people["root"] = User.objects.create_superuser("root", password="a long pass-phrase")
    for one in people.values():
        # Django's own permissions open nothing here.
        one.user_permissions.set(Permission.objects.all())
        one.is_staff = True
        one.save()
    return people


@pytest.mark.parametrize("door", DOORS)
def test_door_opens_for_its_roles_alone(client, cast, door):
    make_section()
    for name, person in cast.items():
        response = log_in(client, person).get(door)
        assert response.status_code == (200 if name in DOORS[door] else 403), name


def test_stranger_and_reader_stand_before_the_login(client, reader):
    for door in DOORS:
        assert client.get(door).status_code == 302
    assert log_in(client, reader).get(LIST).status_code == 302


def test_nothing_can_be_deleted_and_no_record_can_be_edited(client, cast):
    edition = make_published(cast["editor"])
    tag, person = make_tag("ferries"), make_contributor()
    log_in(client, cast["root"])
    for address in (
        f"{LIST}{edition.story_id}/delete/",
        f"/admin/articles/edition/{edition.pk}/delete/",
        "/admin/articles/edition/add/",
        "/admin/articles/importrun/add/",
        "/admin/articles/event/",
        "/admin/articles/revision/",
        "/admin/articles/correction/",
        "/admin/taggit/tag/",
    ):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"post": "yes"}).status_code == 404, address
    for address in (
        f"/admin/articles/tag/{tag.pk}/delete/",
        f"/admin/articles/contributor/{person.pk}/delete/",
        f"/admin/auth/user/{cast['reader'].pk}/delete/",
    ):
        assert client.post(address, {"post": "yes"}).status_code == 403, address
    response = client.post("/admin/articles/tag/", {"action": "delete_selected", "_selected_action": tag.pk})
    tag.refresh_from_db()
    assert response.status_code in (200, 302)


def test_first_page_shows_whose_turn_it_is(client, cast):
    filed = make_article(cast["reporter"], headline="Waits for an editor")
    from articles import workflow

    workflow.file(by=cast["reporter"], story_id=filed.pk, token=filed.token)
    make_article(cast["reporter"], headline="Not begun well")
    editors = sentences(log_in(client, cast["editor"]).get("/admin/"))
    assert "Waits for an editor" in editors.split("My copy")[0]
    assert "Not begun well" not in editors
    reporters = sentences(log_in(client, cast["reporter"]).get("/admin/"))
    assert "Not begun well" in reporters.split("My copy")[1]
    assert "has no role at the desk" in sentences(log_in(client, cast["reader"]).get("/admin/"))


def test_list_shows_own_and_own_desks_copy_only(client, cast):
    make_article(cast["editor"], headline="Ours entirely")
    stranger = make_person("sports", "editor")
    make_article(stranger, desk=None, headline="Theirs entirely")
    lonely = make_person("lonely", "reporter")
    assert "Ours entirely" in sentences(log_in(client, cast["reporter"]).get(LIST))
    assert "Ours entirely" not in sentences(log_in(client, lonely).get(LIST))
    for query in ("?q=entirely", "?state__exact=draft", "?whose=waiting", "?o=1"):
        assert "Ours entirely" not in sentences(log_in(client, lonely).get(LIST + query))


def test_archive_shows_what_is_public_and_not_at_the_desk(client, cast):
    make_archived(headline="Old harbour story")
    make_published(cast["editor"], headline="Has its copy")
    page = sentences(log_in(client, cast["editor"]).get("/admin/articles/edition/"))
    assert "Old harbour story" in page
    assert "Has its copy" not in page
