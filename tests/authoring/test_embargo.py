"""Until its embargo ends, nobody below an editor sees more of a story than its slug, except its writer: on every door."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import roles, workflow
from articles.models import Article
from tests.authoring.desk_form import LIST, log_in, page_of, sentences
from tests.builders import make_article, make_desk, make_person, make_picture

pytestmark = pytest.mark.django_db
SECRETS = ("Minister to resign", "seen the letter", "Zoe Marchetti", "The letter itself")


@pytest.fixture
def colleague(db):
    return make_person("colleague", "reporter", make_desk())


@pytest.fixture
def stranger(db):
    return make_person("stranger", "reporter", make_desk("Sport"))


@pytest.fixture
def embargoed(reporter):
    """A story of the foreign desk that waits for Thursday, with a picture."""
    return make_article(
        reporter,
        headline="Minister to resign",
        slug="minister",
        body="<p>Three people have seen the letter.</p>",
        bylines=["Zoe Marchetti"],
        pictures=[make_picture(caption="The letter itself")],
        embargo_until=timezone.now() + timedelta(days=2),
    )


def doors(story):
    """Every address of the story on the desk."""
    names = {
        "articles_article_change": [],
        "articles_article_history": [],
        "desk_preview": [],
        "desk_revision": [1],
        "desk_edition": [1],
    }
    return [reverse(f"admin:{name}", args=[story.pk, *more]) for name, more in names.items()]


def test_rule_and_query_agree_on_everybody(
    embargoed, reporter, colleague, stranger, editor, chief, picture_desk, reader
):
    other = make_article(colleague)
    nobodys = make_article(reporter, embargo_until=timezone.now() + timedelta(hours=1))
    Article.objects.filter(pk=nobodys.pk).update(writer=None)
    nobodys.refresh_from_db()
    over = make_article(reporter, embargo_until=timezone.now() - timedelta(hours=1))
    for person in (reporter, colleague, stranger, editor, chief, picture_desk, reader):
        asked = set(Article.objects.filter(roles.readable_by(person)).values_list("pk", flat=True))
        known = set(Article.objects.filter(roles.known_to(person)).values_list("pk", flat=True))
        slugs = set(Article.objects.filter(roles.known_by_slug_to(person)).values_list("pk", flat=True))
        every = list(Article.objects.select_related("section"))
        assert asked == {one.pk for one in every if roles.may_read(person, one)}
        assert known == {one.pk for one in every if roles.may_know(person, one)}
        assert slugs == known - asked
    for person, reads in (
        (reporter, True),
        (colleague, False),
        (stranger, False),
        (editor, True),
        (chief, True),
    ):
        assert roles.may_read(person, embargoed) is reads
    assert roles.may_read(colleague, other)
    assert roles.may_read(colleague, over)
    assert not roles.may_read(reporter, nobodys)


def test_colleague_is_told_the_slug_in_the_list_and_nothing_more(client, embargoed, colleague):
    log_in(client, colleague)
    page = sentences(client.get(LIST))
    assert "until it ends: minister." in page
    for typed in ("resign", "letter", "minister", str(embargoed.pk), "Marchetti"):
        found = client.get(LIST, {"q": typed})
        assert f"{embargoed.pk}/change/" not in found.content.decode()
        assert "Minister to resign" not in found.content.decode()
    for narrowed in (
        {"by": "zoe-marchetti"},
        {"whose": "waiting"},
        {"state__exact": "draft"},
        {"section__id__exact": "1"},
    ):
        assert not any(secret in client.get(LIST, narrowed).content.decode() for secret in SECRETS)


def test_slug_that_nobody_typed_is_not_made_from_the_headline(client, embargoed, colleague):
    Article.objects.filter(pk=embargoed.pk).update(slug="")
    assert f"until it ends: story {embargoed.pk}." in sentences(log_in(client, colleague).get(LIST))


def test_no_door_of_the_story_opens_to_a_colleague(client, embargoed, colleague, reporter, editor):
    log_in(client, colleague)
    for address in doors(embargoed):
        response = client.get(address)
        assert response.status_code == 404, address
        assert not any(secret in response.content.decode() for secret in SECRETS)
    for person in (reporter, editor):
        log_in(client, person)
        assert client.get(page_of(embargoed)).status_code == 200


def test_colleague_may_neither_keep_nor_move_what_an_embargo_hides(client, embargoed, colleague):
    log_in(client, colleague)
    letter = {
        "page": str(uuid.uuid4()),
        "serial": 1,
        "story": embargoed.pk,
        "token": embargoed.token,
        "changed": {"headline": "x"},
    }
    answer = client.post(
        reverse("admin:desk_keep"),
        json.dumps(letter),
        content_type="application/json",
        headers={"x-csrftoken": "x"},
    )
    assert answer.status_code in {403, 404}
    with pytest.raises(workflow.Refused, match="under embargo"):
        workflow.save(
            by=colleague,
            story_id=embargoed.pk,
            token=embargoed.token,
            contents=workflow.copy.contents_of(embargoed),
        )
    embargoed.refresh_from_db()
    assert embargoed.headline == "Minister to resign"


def test_stranger_is_not_even_told_that_it_exists(client, embargoed, stranger):
    page = sentences(log_in(client, stranger).get(LIST))
    assert "minister" not in page
    assert roles.refusal(stranger, "save", embargoed).startswith("This story belongs to another desk")


def test_first_screen_and_pictures_keep_the_secret(client, embargoed, colleague):
    log_in(client, colleague)
    picture = embargoed.placements.get().picture
    for address in ("/admin/", "/admin/media/picture/", f"/admin/media/picture/{picture.pk}/change/"):
        shown = client.get(address).content.decode()
        assert "Minister to resign" not in shown
        assert "seen the letter" not in shown


def test_embargo_ends_to_the_second(embargoed, colleague):
    Article.objects.filter(pk=embargoed.pk).update(embargo_until=timezone.now())
    embargoed.refresh_from_db()
    assert roles.may_read(colleague, embargoed)
    assert Article.objects.filter(roles.readable_by(colleague), pk=embargoed.pk).exists()
