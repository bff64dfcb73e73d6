"""A story at its one address: what it shows, where it redirects, when it is gone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles import prose, workflow
from articles.models import Article, Dating
from tests.builders import make_archived, make_article, make_picture, make_published, make_tag
from tests.public_pages import assert_public

pytestmark = pytest.mark.django_db


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def main_of(client, address):
    """What stands between masthead and foot."""
    return page(client, address).partition("<main")[2].partition("</main>")[0]


def token_of(edition):
    return Article.objects.get(pk=edition.story_id).token


def test_story_shows_what_was_printed_and_how_to_cite_it(client, editor):
    make_tag("Aleppo", "place")
    edition = make_published(
        editor, headline="Ferry resumes", kicker="Harbour", standfirst="After nine weeks.", dateline="BEIRUT",
        bylines=["Nadia Farouk", "Tomás Reyes"], tags=("Aleppo",),
    )  # fmt: skip
    text = page(client, edition.get_absolute_url())
    for shown in (
        "<h1>Ferry resumes</h1>", "Harbour", "After nine weeks.", "BEIRUT", "The ferry left the old quay at six.",
        'href="/by/nadia-farouk/"', 'href="/section/world/"', 'href="/tag/aleppo/"', "Places",
        f"Story {edition.story_id}", f"http://localhost:8000{edition.get_absolute_url()}", edition.digest,
        "1-minute read",
    ):  # fmt: skip
        assert shown in text, shown


def test_names_stand_in_their_order_joined_by_and(client):
    edition = make_archived(bylines=["Zoe Abel", "Adam Zander", "Mia Holt"])
    text = page(client, edition.get_absolute_url())
    order = [text.index(f">{name}</a>") for name in ("Zoe Abel", "Adam Zander", "Mia Holt")]
    assert order == sorted(order)


@pytest.mark.parametrize("slug", ["", "another-slug/", "FERRY/"])
def test_any_other_slug_redirects_for_good(client, slug):
    edition = make_archived(headline="Ferry", slug="ferry")
    response = client.get(f"/story/{edition.story_id}/{slug}?share=facebook")
    assert (response.status_code, response.headers["Location"]) == (301, f"/story/{edition.story_id}/ferry/")
    assert_public(response)


def test_arabic_story_is_set_right_to_left_and_its_slug_redirects(client):
    edition = make_archived(headline="ليلة المياه", language="ar")
    assert 'lang="ar" dir="rtl"' in page(client, edition.get_absolute_url())
    response = client.get(f"/story/{edition.story_id}/", follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/story/10000000/", "/story/1234567/", "/story/123456789/", "/story/99999999999999999999999/x/",
        "/story/00000000/", "/story/-1/", "/story/12345678/x/editions/0/", "/story/12345678/x/editions/9999999999/",
    ],
)  # fmt: skip
def test_number_that_no_story_has_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_hidden_story_answers_as_one_that_never_was(client, editor):
    draft = make_article(editor, headline="Secret draft")
    waiting = make_article(editor, headline="Secret schedule")
    workflow.publish(
        by=editor, story_id=waiting.pk, token=waiting.token, at=timezone.now() + timedelta(hours=1)
    )
    never = client.get("/story/10000001/x/")
    for article in (draft, waiting):
        for address in (
            f"/story/{article.pk}/",
            f"/story/{article.pk}/x/",
            f"/story/{article.pk}/x/editions/1/",
        ):
            response = client.get(address)
            assert (response.status_code, response.content) == (404, never.content)


def test_killed_story_answers_gone_with_the_dated_notice_and_nothing_it_said(client, editor):
    edition = make_published(editor, headline="Invented meeting", slug="invented")
    workflow.kill(
        by=editor, story_id=edition.story_id, token=token_of(edition), reason="made up",
        notice="We could not confirm <b>it</b>.",
    )  # fmt: skip
    base = f"/story/{edition.story_id}/"
    for address in (
        base,
        f"{base}invented/",
        f"{base}x/",
        f"{base}invented/editions/",
        f"{base}invented/editions/1/",
    ):
        text = page(client, address, 410)
        assert "We could not confirm &lt;b&gt;it&lt;/b&gt;." in text
        assert str(timezone.localdate().year) in text
        assert "Invented meeting" not in text
        assert "made up" not in text


def test_story_suppressed_for_a_legal_reason_is_a_dated_stub(client, editor, chief):
    edition = make_published(editor, headline="Named in court")
    workflow.suppress(by=chief, story_id=edition.story_id, number=1, reason="order 17/2026")
    text = page(client, edition.get_absolute_url(), 410)
    assert "legal reason" in text
    assert "Named in court" not in text
    assert "17/2026" not in text


def test_each_version_keeps_its_address_and_a_suppressed_one_is_a_stub(client, editor, chief):
    first = make_published(editor, headline="First wording", slug="wording")
    workflow.correct(by=editor, story_id=first.story_id, token=token_of(first), note="The year was wrong.")
    base = f"/story/{first.story_id}/wording/editions/"
    assert "The year was wrong." in page(client, base)
    assert "It has been replaced" in page(client, f"{base}1/")
    assert "version in force" in page(client, f"{base}2/")
    assert client.get(f"{base}3/").status_code == 404
    assert client.get(f"/story/{first.story_id}/other/editions/1/").headers["Location"] == f"{base}1/"
    workflow.suppress(by=chief, story_id=first.story_id, number=1, reason="order 17/2026")
    stub = page(client, f"{base}1/", 410)
    assert "legal reason" in stub
    assert "First wording" not in stub
    assert "No longer shown since" in page(client, base)
    assert client.get(first.get_absolute_url()).status_code == 200


def test_version_to_come_is_as_if_it_were_not(client, editor):
    first = make_published(editor, slug="wording")
    Article.objects.filter(pk=first.story_id).update(headline="In other words")
    workflow.update(
        by=editor, story_id=first.story_id, token=token_of(first), at=timezone.now() + timedelta(hours=1)
    )
    base = f"/story/{first.story_id}/wording/editions/"
    assert client.get(f"{base}2/").status_code == 404
    assert "Edition 2" not in page(client, base)
    assert "the only published version" in page(client, first.get_absolute_url())


def test_last_correction_stands_above_the_text_and_earlier_ones_below(client, editor):
    first = make_published(editor, body="<p>The body itself.</p>")
    for note in ("It was the old quay.", "It was the new quay."):
        workflow.correct(by=editor, story_id=first.story_id, token=token_of(first), note=note)
    text = main_of(client, first.get_absolute_url())
    assert (
        text.index("It was the new quay.")
        < text.index("The body itself.")
        < text.index("It was the old quay.")
    )


@pytest.mark.parametrize(
    ("dating", "words"),
    [
        (Dating.stated_on(date(2016, 11, 3)), "Thursday, 3 November 2016"),
        (Dating.stated_at(datetime(2016, 11, 3, 18, 5, tzinfo=UTC)), "Thursday, 3 November 2016, 18:05 UTC"),
        (
            Dating(earliest=date(2016, 10, 1), latest=date(2017, 3, 31), reason="Media IDs"),
            "between October 2016 and March 2017 (inferred)",
        ),
        (
            Dating(earliest=date(2016, 10, 4), latest=date(2017, 3, 31), reason="Media IDs"),
            "between 4 October 2016 and 31 March 2017 (inferred)",
        ),
        (Dating(earliest=date(2016, 10, 1), reason="Media IDs"), "October 2016 or later (inferred)"),
        (Dating(latest=date(2016, 10, 31), reason="Media IDs"), "October 2016 or earlier (inferred)"),
        (
            Dating(earliest=date(2016, 10, 1), latest=date(2016, 10, 31), reason="x"),
            "in October 2016 (inferred)",
        ),
        (Dating(earliest=date(2016, 1, 1), latest=date(2016, 12, 31), reason="x"), "in 2016 (inferred)"),
        (
            Dating(earliest=date(2016, 10, 4), latest=date(2016, 10, 4), reason="x"),
            "on 4 October 2016 (inferred)",
        ),
        (Dating(), "date not known"),
    ],
)
def test_date_is_printed_in_words_and_an_inferred_one_as_inferred(client, dating, words):
    edition = make_archived(dating=dating, live_from=datetime(2020, 1, 1, tzinfo=UTC))
    text = page(client, edition.get_absolute_url())
    assert f">{words}<" in text
    assert (dating.reason in text) if not dating.is_stated else ("inferred" not in text)


def test_seed_like_story_says_no_caption_and_links_its_number(client):
    empty = make_picture(media_id="55361435", caption="", credit="")
    text = page(client, make_archived(pictures=[empty]).get_absolute_url())
    assert ">Media ID 55361435</a>" in text
    assert 'href="/media/55361435/"' in text
    assert "no caption" in text
    assert "left empty" in text
    assert "Caption:" not in text


def test_absent_caption_and_lost_number_are_told_apart(client):
    lost = make_picture(media_id=None, caption=None)
    text = page(client, make_archived(pictures=[lost]).get_absolute_url())
    assert "no caption" in text
    assert "left empty" not in text
    assert "Media ID not known" in text


def test_each_picture_stands_once_the_first_above_the_text(client):
    lead, inline, last = (make_picture(caption=f"Caption {name}") for name in ("lead", "inline", "last"))
    body = f"<p>Before.</p>{prose.figure(inline.media_id)}<p>Behind.</p>"
    text = main_of(client, make_archived(pictures=[lead, inline, last], body=body).get_absolute_url())
    marks = [
        text.index(mark) for mark in ("Caption lead", "Before.", "Caption inline", "Behind.", "Caption last")
    ]
    assert marks == sorted(marks)
    assert all(text.count(f">Caption {name}<") == 1 for name in ("lead", "inline", "last"))


@pytest.mark.parametrize(
    ("completeness", "sentence"),
    [
        ("cut", "breaks off here in the only copy known"),
        ("teaser", "Only the opening of this story is known"),
    ],
)
def test_story_that_is_not_whole_says_so(client, completeness, sentence):
    assert sentence in page(client, make_archived(completeness=completeness).get_absolute_url())


def test_interview_shows_its_speakers_and_its_answers_can_be_linked(client):
    body = prose.turn("question", "Q", "Who?") + prose.turn("answer", "Okoro", "A committee.")
    text = page(client, make_archived(body=body).get_absolute_url())
    assert 'class="turn answer" id="turn-2"' in text
    assert '<b class="speaker">Okoro</b>' in text


@pytest.mark.parametrize(
    "headline",
    [
        "SALOMON INC <SB> Q1 NET",
        "{{ 7*7 }} and {% now 'Y' %}",
        "</script><script>alert(1)</script>",
        "Q\u2028x",
    ],
)
def test_headline_comes_out_literally(client, headline):
    edition = make_archived(headline=headline, kicker=headline, standfirst=headline, dateline=headline)
    text = page(client, edition.get_absolute_url())
    escaped = headline.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;")
    assert f"<h1>{escaped}</h1>" in text
    assert text.count("<script") == text.count('<script type="application/ld+json">') == 2
    assert "alert(1)</script>" not in text


def test_head_answers_as_get_without_a_body(client):
    address = make_archived().get_absolute_url()
    response = client.head(address)
    assert (response.status_code, response.content) == (200, b"")
    assert client.post(address).status_code == 405


def test_no_parameter_or_header_changes_a_public_page(client, editor):
    edition = make_published(editor)
    plain = client.get(edition.get_absolute_url())
    dressed = client.get(f"{edition.get_absolute_url()}?preview=1&edition=7", headers={"X-Preview": "1"})
    assert dressed.content == plain.content


def test_dash_of_an_old_dateline_is_printed_once(client, db):
    edition = make_archived(dateline="Cairo, The Courier—", body="<p>The lift bridge opened.</p>")
    html = client.get(edition.get_absolute_url()).content.decode()
    assert "Cairo, The Courier <" in html
    assert "Courier—" not in html
