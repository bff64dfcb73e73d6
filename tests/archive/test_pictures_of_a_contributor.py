"""A contributor's pictures: listed once readers may see one, paged by key, there for machines too."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import workflow
from articles.models import Article, PictureCredit
from media.models import Picture
from tests.builders import (
    make_archived,
    make_article,
    make_contributor,
    make_copy,
    make_picture,
    make_published,
)
from tests.crawling import steps_of
from tests.public_pages import assert_public

pytestmark = pytest.mark.django_db
LIST = "/by/lina-aoun/pictures/"


@pytest.fixture
def lina(db):
    return make_contributor("Lina Aoun")


def credited(person, **facts):
    picture = make_picture(**facts)
    PictureCredit.objects.get_or_create(picture=picture, contributor=person)
    return picture


def shown(client, address=LIST):
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    assert_public(response)
    return response.content.decode()


def test_list_shows_what_readers_may_see_and_nothing_else(client, lina, editor):
    seen = [credited(lina, caption="Released <b>", released_at=timezone.now()), credited(lina, caption=None)]
    make_archived(pictures=[seen[1]])
    make_copy(seen[0], "aoun", kinds=("jpg", "webp"))
    hidden = [
        credited(lina, caption="zdraft"),
        credited(lina, caption="zkilled", released_at=timezone.now(), killed_at=timezone.now()),
        credited(lina, caption="zlater", released_at=timezone.now() + timedelta(days=1)),
        credited(lina, caption="zback", released_at=timezone.now(), withdrawn_at=timezone.now()),
        credited(lina, caption="zmerged", released_at=timezone.now(), alias_of=seen[0]),
    ]
    make_article(editor, pictures=[hidden[0]])
    text = shown(client)
    listed = client.get("/by/lina-aoun/pictures.json").json()
    assert [one["media_id"] for one in listed["items"]] == [one.media_id for one in reversed(seen)]
    assert (listed["next"], listed["name"]) == (None, "Lina Aoun")
    assert all(f'href="/media/{one.media_id}/"' in text for one in seen)
    assert not any(one.media_id in text for one in hidden)
    assert 'srcset="/images/aoun.webp 640w"' in text
    assert "Released &lt;b&gt;" in text


def test_contributor_page_links_to_the_list_only_while_there_is_one(client, lina):
    make_archived(bylines=["Lina Aoun"])
    hidden = credited(lina)
    assert LIST not in client.get("/by/lina-aoun/").content.decode()
    Picture.objects.filter(pk=hidden.pk).update(released_at=timezone.now())
    assert f'href="{LIST}"' in client.get("/by/lina-aoun/").content.decode()
    assert 'href="/by/lina-aoun/"' in shown(client)


def test_somebody_who_only_took_pictures_has_no_list_of_stories_to_lead_to(client, lina):
    credited(lina, released_at=timezone.now())
    assert 'href="/by/lina-aoun/"' not in shown(client)
    assert client.get("/by/lina-aoun/").status_code == 404


def test_nobody_and_somebody_of_hidden_pictures_answer_alike(client, lina):
    credited(lina, caption="zhidden")
    make_contributor("Sami Haddad")
    for ending in ("/pictures/", "/pictures.json", "/pictures/?after=MS4x", "/pictures.json?after=MS4x"):
        hidden = client.get(f"/by/lina-aoun{ending}")
        for other in ("nobody-at-all", "sami-haddad"):
            never = client.get(f"/by/{other}{ending}")
            assert (hidden.status_code, hidden.content) == (404, never.content), ending


def test_list_whose_pictures_were_withdrawn_is_gone(client, lina, editor):
    picture = credited(lina)
    edition = make_published(editor, pictures=[picture])
    assert client.get(LIST).status_code == 200
    token = Article.objects.get(pk=edition.story_id).token
    workflow.kill(by=editor, story_id=edition.story_id, token=token, reason="made up")
    assert client.get(LIST).status_code == 410
    assert client.get("/by/lina-aoun/pictures.json").status_code == 410


def test_merged_name_leads_to_the_list_in_force(client, lina):
    old = make_contributor("L Aoun")
    old.alias_of = lina
    old.save()
    assert client.get("/by/l-aoun/pictures/").status_code == 404
    credited(lina, released_at=timezone.now())
    for ending in ("/", ".json"):
        response = client.get(f"/by/l-aoun/pictures{ending}")
        assert (response.status_code, response.headers["Location"]) == (
            301,
            f"/by/lina-aoun/pictures{ending}",
        )


def test_pages_by_key_to_the_last_within_three_queries(client, lina, django_assert_max_num_queries):
    made = [credited(lina, released_at=timezone.now()).media_id for _ in range(30)]
    for number, media_id in enumerate(made):
        make_copy(Picture.objects.get(media_id=media_id), f"copy{number}")
    with django_assert_max_num_queries(3):
        first = client.get("/by/lina-aoun/pictures.json").json()
    second = client.get(first["next"]).json()
    found = [one["media_id"] for page in (first, second) for one in page["items"]]
    assert found == list(reversed(made))
    assert second["next"] is None
    with django_assert_max_num_queries(3):
        text = shown(client)
    start = text.index(f'href="{LIST}?after=') + 6
    address = text[start : text.index('"', start)]
    assert "Older pictures" in text
    with django_assert_max_num_queries(3):
        assert shown(client, address).count("<figure>") == 6


@pytest.mark.parametrize("after", ["x", "MS4x", "", "%00", "9" * 70])
def test_forged_place_is_not_found(client, lina, after):
    credited(lina, released_at=timezone.now())
    assert client.get(f"{LIST}?after={after}").status_code in (400, 404)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the steps are those of SQLite")
def test_list_takes_no_more_steps_among_very_many_pictures_of_others(client, lina):
    for _ in range(3):
        credited(lina, released_at=timezone.now())
    other = make_contributor("Somebody Else")
    few = steps_of(client, LIST)
    for number in range(300):
        credited(other, released_at=timezone.now(), caption=f"Another's {number}")
    assert steps_of(client, LIST) < 1.2 * few
    assert "Another" not in shown(client)
