"""Pictures are placed by number however it is written, merges followed, withdrawn ones refused, rights said for the story."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.models import Article
from tests.authoring.desk_form import LIST, fields_of, log_in, page_of, save, sentences
from tests.builders import make_article, make_copy, make_picture

pytestmark = pytest.mark.django_db


def asked(client, media_id, story=""):
    return client.get(f"{LIST}picture/{media_id}/", {"story": story})


@pytest.mark.parametrize(
    "typed",
    ["70990001", "Media ID 70990001", "7099 0001", "https://paper.example/media/70990001/", "٧٠٩٩٠٠٠١"],
)
def test_number_is_read_however_it_is_written(client, editor, typed):
    picture = make_picture(media_id="70990001")
    article = make_article(editor)
    assert save(log_in(client, editor), article, **{"pictures-0-media_id": typed}).status_code == 302
    assert Article.objects.get().placements.get().picture == picture


@pytest.mark.parametrize("typed", ["harbour", "7099 0001 and more", "123", "1" * 13, "x" * 400])
def test_what_is_no_number_is_refused_with_a_sentence_and_stands(client, editor, typed):
    make_picture(media_id="70990001")
    article = make_article(editor)
    response = save(log_in(client, editor), article, **{"pictures-0-media_id": typed})
    assert response.status_code == 422
    assert "No picture has the Media ID" in sentences(response) or "at most 300 characters" in sentences(
        response
    )
    assert fields_of(response)["pictures-0-media_id"] == typed


def test_merged_number_places_the_picture_in_force(client, editor):
    kept = make_picture(media_id="70990002", caption="Kept words")
    make_picture(media_id="70990003", alias_of=kept)
    answer = asked(log_in(client, editor), "70990003").json()
    assert (answer["media_id"], answer["caption"]) == ("70990002", "Kept words")
    assert answer["merged"] == "Media ID 70990003 was merged into Media ID 70990002."
    assert asked(client, "70990002").json()["merged"] == ""
    article = make_article(editor)
    save(client, article, **{"pictures-0-media_id": "70990003", "pictures-0-caption": "Our own"})
    placement = Article.objects.get().placements.get()
    assert (placement.picture, placement.caption) == (kept, "Our own")


def test_withdrawn_picture_is_not_placed_anew_and_may_stay_where_it_is(client, editor):
    picture, other = make_picture(media_id="70990004"), make_picture(media_id="70990005")
    holding, article = make_article(editor, pictures=[picture]), make_article(editor, pictures=[other])
    picture.killed_at = timezone.now()
    picture.save()
    assert "cannot be placed" in asked(log_in(client, editor), "70990004").json()["withdrawn"]
    response = save(client, article, **{"pictures-1-media_id": "70990004", "headline": "Kept"})
    assert response.status_code == 422
    assert "Media ID 70990004 was withdrawn" in sentences(response)
    assert fields_of(response)["headline"] == "Kept"
    assert not article.placements.filter(picture=picture).exists()
    assert save(client, holding, headline="Saved all the same").status_code == 302
    assert "was withdrawn" in sentences(client.get(page_of(holding)))
    assert holding.placements.get().picture == picture


def test_unknown_number_is_answered_with_a_sentence_and_nobody_else_is_answered(client, editor, reader):
    for number in ("99999999", "abc", "1" * 13, "9" * 200):
        answer = asked(log_in(client, editor), number)
        assert answer.status_code == 404
        assert "No picture has the Media ID" in answer.json()["missing"]
    make_picture(media_id="70990006", caption="Not for all")
    assert asked(client, "70990006", "9" * 40).status_code == 200
    client.logout()
    assert b"Not for all" not in asked(client, "70990006", "1").content
    reader.is_staff = True
    reader.save()
    assert asked(log_in(client, reader), "70990006").status_code == 403


def test_rights_are_said_for_the_story_that_asks(client, editor):
    log_in(client, editor)
    expired = make_picture(rights_class="agency", rights_end_on=date(2020, 1, 31), rights_holder="Reuters")
    answer = asked(client, expired.media_id).json()
    assert (answer["rights"], answer["rights_word"]) == ("expired", "Rights: run out")
    assert "ran out on 31 January 2020 (Reuters)" in answer["rights_said"]
    article = make_article(editor)
    only = make_picture(uses="one_story", only_story=article.pk, rights_class="agency", rights_holder="AFP")
    assert asked(client, only.media_id, article.pk).json()["rights"] == "clear"
    assert asked(client, only.media_id, article.pk).json()["rights_said"] == "Agency, AFP."
    assert "Take it out of this one." in asked(client, only.media_id, article.pk + 1).json()["rights_said"]
    kept = make_picture()
    ran = make_article(editor, pictures=[kept])
    workflow.publish(by=editor, story_id=ran.pk, token=ran.token)
    kept.uses = "archive"
    kept.save()
    assert asked(client, kept.media_id, ran.pk).json()["rights"] == "clear"
    assert asked(client, kept.media_id, article.pk).json()["rights"] == "denied"
    assert "Rights: clear" in sentences(client.get(page_of(ran)))


def test_form_says_what_will_be_printed_and_what_is_missing(client, editor):
    picture = make_picture(
        caption="The library's words", file_caption="The file's", alt="", is_made_by_ai=True
    )
    make_copy(picture, name="0123456789abcde1")
    article = make_article(editor, pictures=[picture])
    page = log_in(client, editor).get(page_of(article))
    for said in (
        "No alternative text",
        "Made with AI",
        "The library's words printed",
        "Rights: clear Staff.",
    ):
        assert said in sentences(page), said
    assert "/admin/images/0123456789abcde1.jpg" in page.content.decode()
    assert "&quot;media_id&quot;: &quot;" in page.content.decode(), "the browser need not ask again"


def test_many_pictures_cost_the_form_no_more_queries_than_one(client, editor):
    def cost(count):
        article = make_article(editor, pictures=[make_picture() for _ in range(count)])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_of(article)).status_code == 200
        return len(queries)

    log_in(client, editor)
    client.get(LIST)
    assert cost(12) <= cost(1) + 1


def test_reporter_is_led_to_the_page_that_takes_pictures_in(client, reporter):
    article = make_article(reporter)
    assert "Add a picture to the library" in sentences(log_in(client, reporter).get(page_of(article)))
    page = client.get(page_of(article)).content.decode()
    assert 'data-take-in="/admin/media/picture/take-in/"' in page
    assert 'data-find="/admin/media/picture/find/"' in page


def test_rows_are_shown_again_in_the_order_typed_and_those_taken_out_stay_out(client, editor):
    pictures = [make_picture() for _ in range(3)]
    article = make_article(editor, pictures=pictures)
    sent = fields_of(log_in(client, editor).get(page_of(article))) | {
        "embargo_until": "next week",
        "pictures-0-ORDER": "2",
        "pictures-2-ORDER": "1",
    }
    kept = {name: value for name, value in sent.items() if not name.startswith("pictures-1-")}
    response = client.post(page_of(article), kept)
    assert response.status_code == 422
    shown = [name for name in fields_of(response) if name.endswith("-media_id")]
    assert shown[:2] == ["pictures-2-media_id", "pictures-0-media_id"]
    client.post(page_of(article), fields_of(response) | {"embargo_until": ""})
    assert [one.picture for one in article.placements.all()] == [pictures[2], pictures[0]]
