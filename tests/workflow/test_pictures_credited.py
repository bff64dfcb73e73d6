"""A contributor's pictures are those whose credit or creator names them, whole, in whatever spelling."""

import pytest

from articles import workflow
from articles.models import Contributor, PictureCredit
from articles.workflow import crediting
from articles.workflow.filing import contributor_named
from media import changing, intake
from tests import builders

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/contributor/add/"


def pictures_of(contributor):
    rows = PictureCredit.objects.filter(contributor=contributor).order_by("picture_id")
    return [row.picture for row in rows]


def test_whole_names_in_any_spelling_and_no_parts_of_names():
    person = builders.make_contributor("Zoë Al-Hariri")
    named = [
        builders.make_picture(credit="Reuters/ZOE AL-HARIRI"),
        builders.make_picture(credit="", creator="Zoe Al Hariri"),
        builders.make_picture(credit="Photo: Zoë al‑Hariri (AFP)"),
    ]
    builders.make_picture(credit="Zoe Al-Haririan")
    builders.make_picture(credit="Zoe Al", creator="Hariri")
    builders.make_picture(caption="Zoe Al-Hariri on the quay", credit="Staff")
    crediting.credit_all()
    assert pictures_of(person) == named
    PictureCredit.objects.all().delete()
    crediting.credit_contributor(person)
    assert pictures_of(person) == named


def test_arabic_names_are_found(db):
    person = builders.make_contributor("ليلى أحمد")
    picture = builders.make_picture(credit="تصوير: ليلي احمد")
    assert crediting.credit_all() == 1
    assert pictures_of(person) == [picture]


def test_change_of_credit_and_new_pictures_are_followed(picture_desk, django_capture_on_commit_callbacks):
    person = builders.make_contributor("Nadia Farouk")
    with django_capture_on_commit_callbacks(execute=True):
        picture = intake.enter(by=picture_desk, media_id="55361435", credit="Nadia Farouk")
    assert pictures_of(person) == [picture]
    with django_capture_on_commit_callbacks(execute=True):
        changing.change(by=picture_desk, picture_id=picture.pk, token="1", facts={"credit": "Staff"})
    assert pictures_of(person) == []
    with django_capture_on_commit_callbacks(execute=True):
        changing.change(by=picture_desk, picture_id=picture.pk, token="2", facts={"creator": "Nadia Farouk"})
    assert pictures_of(person) == [picture]


def test_contributor_made_renamed_and_merged_is_followed(client, chief):
    picture = builders.make_picture(credit="Nadia Farouk")
    person = contributor_named("Nadia Farouk")
    assert pictures_of(person) == [picture]
    other = builders.make_picture(credit="N. Farouk")
    client.force_login(chief)
    typed = {"name": "N. Farouk", "slug": "n-farouk", "line": "", "user": ""}
    assert client.post(ADD, typed).status_code == 302
    short = Contributor.objects.get(slug="n-farouk")
    assert pictures_of(short) == [other]
    workflow.merge_contributors(by=chief, contributor=short, into=person)
    assert pictures_of(person) == [picture, other]
    assert pictures_of(short) == []
    crediting.credit_all()
    assert pictures_of(person) == [picture, other]
    client.post(f"/admin/articles/contributor/{person.pk}/change/", typed | {"name": "Nadia Haddad"})
    assert pictures_of(person) == [other]


def test_merged_pictures_are_listed_once(picture_desk):
    person = builders.make_contributor("Nadia Farouk")
    kept, merged = (builders.make_picture(credit="Nadia Farouk") for _ in range(2))
    crediting.credit_all()
    workflow.merge_pictures(by=picture_desk, kept_id=kept.pk, merged_id=merged.pk, token="1")
    assert pictures_of(person) == [kept]
    crediting.credit_all()
    assert pictures_of(person) == [kept]
