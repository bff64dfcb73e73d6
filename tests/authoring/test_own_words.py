"""What a story says of its pictures itself: credit and alternative text beside the library's, a caption that is absent."""

import pytest

from articles import workflow
from articles.models import Article, Revision
from articles.workflow.placing import printed
from tests import builders
from tests.authoring.desk_form import fields_of, log_in, page_of, save, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    return builders.make_picture(caption="The harbour", credit="Staff", alt="Boats")


def placed(editor, picture, *own, **words):
    contents = builders.make_contents().changed(pictures=(printed(picture, *own, **words),))
    return workflow.start(by=editor, contents=contents)


def of_copy():
    return workflow.copy.contents_of(Article.objects.get()).pictures[0]


def test_story_s_own_credit_and_alternative_text_are_printed(client, editor, picture):
    article = builders.make_article(editor, pictures=[picture])
    changes = {"pictures-0-credit": " Lena  Aziz ", "pictures-0-alt": "Two boats at the quay"}
    assert save(log_in(client, editor), article, **changes).status_code == 302
    kept = of_copy()
    assert (kept.caption, kept.credit, kept.alt) == ("The harbour", "Lena Aziz", "Two boats at the quay")
    assert (kept.own_caption, kept.own_credit, kept.own_alt) == (None, "Lena Aziz", "Two boats at the quay")
    edition = workflow.publish(by=editor, story_id=article.pk, token=Article.objects.get().token)
    assert (edition.pictures[0]["credit"], edition.pictures[0]["alt"]) == (
        "Lena Aziz",
        "Two boats at the quay",
    )
    page = client.get(page_of(article))
    assert fields_of(page)["pictures-0-credit"] == "Lena Aziz"
    assert "The library’s creditStaff" in sentences(page)
    assert "The library’s alternative textBoats" in sentences(page)
    save(client, article, **{"pictures-0-credit": "", "pictures-0-alt": ""})
    assert (of_copy().credit, of_copy().alt, of_copy().own_credit) == ("Staff", "Boats", None)


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ((), {}),
        ((), {"own_credit": "", "own_alt": ""}),
        ((), {"own_credit": "Lena Aziz", "own_alt": "Two boats"}),
        ((), {"caption_is_absent": True}),
        (("",), {"own_credit": ""}),
        (("Own words",), {"own_alt": ""}),
    ],
)
def test_untouched_form_keeps_absent_empty_and_own_apart(client, editor, picture, own, words):
    article = placed(editor, picture, *own, **words)
    before = of_copy()
    assert save(log_in(client, editor), article, headline="Another headline").status_code == 302
    assert Article.objects.get().headline == "Another headline"
    assert of_copy() == before


def test_words_and_none_at_once_are_asked_about_and_nothing_is_lost(client, editor, picture):
    article = builders.make_article(editor, pictures=[picture])
    contradictions = (
        {"pictures-0-credit": "Lena Aziz", "pictures-0-no_credit": "on"},
        {"pictures-0-alt": "Two boats", "pictures-0-no_alt": "on"},
        {"pictures-0-caption": "Own words", "pictures-0-caption_is_absent": "on"},
        {"pictures-0-no_caption": "on", "pictures-0-caption_is_absent": "on"},
    )
    for typed in contradictions:
        response = save(log_in(client, editor), article, **typed)
        assert response.status_code == 422
        assert "Take one of the two out." in sentences(response)
        assert fields_of(response).items() >= typed.items()
    too_long = save(client, article, **{"pictures-0-credit": "x" * 301})
    assert too_long.status_code == 422
    assert of_copy().own_credit is None


def test_revision_shows_what_a_story_says_itself(client, editor, picture):
    article = builders.make_article(editor, pictures=[picture])
    changes = {
        "pictures-0-credit": "Lena Aziz",
        "pictures-0-no_alt": "on",
        "pictures-0-caption_is_absent": "on",
    }
    save(log_in(client, editor), article, **changes)
    number = Revision.objects.filter(story_id=article.pk).first().number
    page = sentences(client.get(f"/admin/articles/article/{article.pk}/revisions/{number}/"))
    for line in ("nobody wrote one", "Its credit here: Lena Aziz", "No alternative text here"):
        assert line in page
