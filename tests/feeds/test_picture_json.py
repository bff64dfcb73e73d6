"""A picture for machines: all that its page tells, with the keys that are promised; its citation in three formats."""

import json
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article
from media.models import CaptionVersion, Picture
from tests.builders import make_archived, make_copy, make_picture, make_published
from tests.public_pages import assert_public

pytestmark = pytest.mark.django_db
KEYS = {
    "media_id", "url", "caption", "caption_state", "credit", "alt", "described", "creator", "copyright", "rights",
    "place", "keywords", "taken_on", "made_with_ai", "made", "source_type", "has_file", "width", "height", "files",
    "history", "citation", "cite", "items", "next",
}  # fmt: skip


def read(client, picture, ending=".json"):
    response = client.get(f"/media/{picture.media_id}{ending}")
    assert response.status_code == 200
    assert_public(response)
    return response


def test_picture_has_exactly_the_promised_keys(client, settings):
    picture = make_picture(
        caption="The quay", creator="Lina Aoun", copyright="© L", rights_holder="Agence", rights_terms="One use.",
        rights_class="licensed", rights_end_on=date(2099, 1, 2), keywords=["quay"], taken_on=date(2014, 8, 28),
        place="Beirut", alt_long="Long", is_made_by_ai=True, source_type="algorithmicMedia", width=3000, height=2000,
        instructions="zinstructions", headline="zheadline", killed_because="zbecause", original_name="zname",
        said_in_file={"caption": "zsaid", "web_statement": "https://a.example/"}, released_at=timezone.now(),
    )  # fmt: skip
    make_copy(picture, "a", kinds=("jpg", "avif"), width=320, height=213)
    make_copy(picture, "b", kinds=("jpg",), width=640, height=427)
    make_copy(picture, "c", kinds=("jpg",), slot="square", width=160, height=160)
    make_copy(picture, "old", kinds=("jpg",), width=640, height=400, superseded_at=timezone.now())
    answer = read(client, picture)
    found = answer.json()
    assert set(found) == KEYS
    assert found["rights"] == {
        "class": "licensed", "holder": "Agence", "terms": "One use.", "until": "2099-01-02", "web": "https://a.example/",
        "in_words": "Rights: licensed, Agence. One use. Until 2 January 2099.",
    }  # fmt: skip
    assert (found["made_with_ai"], found["made"]) == (True, "made by an algorithm")
    assert (found["keywords"], found["taken_on"], found["place"]) == (["quay"], "2014-08-28", "Beirut")
    images = f"{settings.SITE_URL}/images"
    assert found["files"] == {
        "square": {"jpg": [{"url": f"{images}/c.jpg", "width": 160, "height": 160}]},
        "whole": {
            "avif": [{"url": f"{images}/a.avif", "width": 320, "height": 213}],
            "jpg": [
                {"url": f"{images}/a.jpg", "width": 320, "height": 213},
                {"url": f"{images}/b.jpg", "width": 640, "height": 427},
            ],
        },
    }
    for hidden in ("zinstructions", "zheadline", "zbecause", "zname", "zsaid"):
        assert hidden not in answer.content.decode(), hidden


def test_history_tells_who_said_what_from_when_to_when(client, editor):
    since = datetime(2015, 3, 1, tzinfo=UTC)
    picture = make_picture(caption="Second", released_at=since)
    CaptionVersion.objects.create(picture=picture, layer="library", caption="", said_at=since)
    CaptionVersion.objects.create(
        picture=picture, layer="library", caption="Second", said_at=datetime(2016, 3, 1, tzinfo=UTC)
    )
    edition = make_archived(date(2014, 8, 28), headline="Ferry", pictures=[picture])
    found = read(client, picture).json()["history"]
    assert [(one["caption"], one["caption_state"], one["source"]) for one in found] == [
        ("Second", "present", "library"), ("", "empty", "library"), ("Second", "present", "story"),
    ]  # fmt: skip
    assert (found[1]["from"], found[1]["until"]) == ("2015-03-01T00:00:00Z", "2016-03-01T00:00:00Z")
    assert (found[2]["story_id"], found[2]["edition"]) == (str(edition.story_id), 1)
    assert found[2]["url"].endswith("/editions/1/")


def test_story_that_shows_it_no_longer_is_told_apart(client, editor):
    picture = make_picture(caption="The quay")
    first = make_published(editor, pictures=[picture], slug="quay")
    article = Article.objects.get(pk=first.story_id)
    article.placements.all().delete()
    workflow.update(by=editor, story_id=first.story_id, token=article.token)
    make_archived(pictures=[picture], headline="Still")
    uses = {one["headline"]: one for one in read(client, picture).json()["items"]}
    assert uses["Still"]["in_force"] is True
    gone = uses[first.headline]
    assert (gone["in_force"], gone["edition"]) == (False, 1)
    assert gone["url"].endswith("/editions/1/")
    assert gone["printed"][0]["caption"] == "The quay"
    assert gone["printed"][0]["caption_state"] == "present"


def test_uses_page_by_key_within_three_queries(client, django_assert_max_num_queries):
    picture = make_picture()
    wanted = {str(make_archived(pictures=[picture]).story_id) for _ in range(23)}
    with django_assert_max_num_queries(3):
        first = client.get(f"/media/{picture.media_id}.json").json()
    with django_assert_max_num_queries(3):
        second = client.get(first["next"]).json()
    assert {one["story_id"] for page in (first, second) for one in page["items"]} == wanted
    assert (len(second["items"]), second["next"]) == (3, None)
    assert client.get(f"/media/{picture.media_id}.json?after=MS4x").status_code == 404


def test_citation_is_read_by_programs(client, settings):
    picture = make_picture(
        media_id="55361435", caption="50 % of {the} quay\n& more", creator="Lina Aoun", taken_on=date(2014, 8, 28),
        released_at=timezone.now(),
    )  # fmt: skip
    address = f"{settings.SITE_URL}/media/55361435/"
    bib = read(client, picture, ".bib").content.decode()
    assert bib.startswith("@misc{picture55361435,\n  title = {{50 \\% of \\{the\\} quay \\& more}},\n")
    assert "  author = {{Lina Aoun}},\n  year = {2014},\n" in bib
    assert bib.count("{") - bib.count("\\{") == bib.count("}") - bib.count("\\}")
    ris = read(client, picture, ".ris")
    assert ris.headers["Content-Type"].startswith("application/x-research-info-systems")
    lines = ris.content.decode().split("\r\n")
    assert lines[0] == "TY  - ART"
    assert lines[-2:] == ["ER  - ", ""]
    assert "TI  - 50 % of {the} quay & more" in lines
    assert f"UR  - {address}" in lines
    csl = json.loads(read(client, picture, ".csl.json").content)
    assert csl == [{
        "id": "picture55361435", "type": "graphic", "title": "50 % of {the} quay & more",
        "author": [{"literal": "Lina Aoun"}], "container-title": settings.SITE_NAME, "number": "55361435",
        "URL": address, "issued": {"date-parts": [[2014, 8, 28]]},
    }]  # fmt: skip


@pytest.mark.parametrize("ending", [".json", ".bib", ".ris", ".csl.json"])
def test_hidden_and_never_answer_alike_and_killed_is_gone(client, ending):
    hidden = make_picture(caption="zhidden")
    never = client.get(f"/media/11111111{ending}")
    answer = client.get(f"/media/{hidden.media_id}{ending}")
    assert (answer.status_code, answer.content) == (404, never.content)
    Picture.objects.filter(pk=hidden.pk).update(released_at=timezone.now(), killed_at=timezone.now())
    gone = client.get(f"/media/{hidden.media_id}{ending}")
    assert gone.status_code == 410
    assert "zhidden" not in gone.content.decode()
