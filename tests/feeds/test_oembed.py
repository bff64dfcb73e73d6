"""oEmbed: other sites learn how to show a picture or a story, and nothing of what is hidden."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from lxml import etree

from articles import workflow
from articles.models import Article
from tests.builders import make_archived, make_article, make_copy, make_picture, make_published
from tests.public_pages import assert_public

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, settings):
    def asked(path, **parameters):
        url = path if "://" in path else f"{settings.SITE_URL}{path}"
        return client.get("/oembed", {"url": url, **parameters})

    return asked


@pytest.fixture
def quay(db):
    picture = make_picture(
        caption="The quay", credit="Agence", creator="Lina Aoun", alt="A quay", released_at=timezone.now()
    )
    for width in (320, 640, 1280):
        make_copy(picture, f"quay{width}", width=width, height=width // 2)
    make_copy(picture, "square", slot="square", width=160, height=160)
    return picture


def test_picture_is_a_photo_with_its_maker_and_its_page(ask, quay, settings):
    response = ask(f"/media/{quay.media_id}/")
    assert_public(response)
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.json() == {
        "version": "1.0", "type": "photo", "title": "The quay", "author_name": "Lina Aoun", "credit": "Agence",
        "provider_name": settings.SITE_NAME, "provider_url": f"{settings.SITE_URL}/", "alt": "A quay",
        "web_page": f"{settings.SITE_URL}/media/{quay.media_id}/",
        "url": f"{settings.SITE_URL}/images/quay1280.jpg", "width": 1280, "height": 640,
        "thumbnail_url": f"{settings.SITE_URL}/images/quay320.jpg", "thumbnail_width": 320, "thumbnail_height": 160,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("bounds", "name", "size"),
    [
        ({"maxwidth": "700"}, "quay640", (640, 320)),
        ({"maxwidth": "640", "maxheight": "320"}, "quay640", (640, 320)),
        ({"maxheight": "319"}, "quay320", (320, 160)),
        ({"maxwidth": "100"}, "quay320", (100, 50)),
        ({"maxwidth": "1", "maxheight": "1"}, "quay320", (1, 1)),
        ({"maxwidth": "0"}, "quay320", (1, 1)),
        ({"maxwidth": "-5", "maxheight": "much"}, "quay1280", (1280, 640)),
        ({"maxwidth": "9" * 30}, "quay1280", (1280, 640)),
        ({"maxwidth": "٦٤٠"}, "quay1280", (1280, 640)),
    ],
)
def test_largest_copy_within_the_bounds_is_given(ask, quay, bounds, name, size):
    found = ask(f"/media/{quay.media_id}/", **bounds).json()
    assert found["url"].endswith(f"/images/{name}.jpg")
    assert (found["width"], found["height"]) == size
    assert found["thumbnail_width"] <= size[0]


def test_picture_without_a_file_is_a_link(ask):
    picture = make_picture(released_at=timezone.now(), caption=None, credit="")
    found = ask(f"/media/{picture.media_id}/").json()
    assert (found["type"], found["title"]) == ("link", f"Media ID {picture.media_id}")
    assert "url" not in found


def test_story_is_a_quotation_with_its_lead_picture(ask, quay, settings):
    edition = make_archived(headline="Ferry resumes", bylines=["Lina Aoun"], pictures=[quay])
    for path in (
        edition.get_absolute_url(),
        f"/story/{edition.story_id}/",
        f"/story/{edition.story_id}/old/",
    ):
        found = ask(path, maxwidth="600").json()
        assert (found["type"], found["title"]) == ("rich", "Ferry resumes")
        assert (found["width"], found["height"]) == (600, 260)
        address = settings.SITE_URL + edition.get_absolute_url()
        assert f'<a href="{address}"><strong>Ferry resumes</strong></a>' in found["html"]
        assert (found["author_name"], found["author_url"]) == (
            "Lina Aoun",
            f"{settings.SITE_URL}/by/lina-aoun/",
        )
        assert found["thumbnail_url"].startswith(f"{settings.SITE_URL}/images/quay")
        assert found["thumbnail_width"] <= 600


def test_quotation_runs_nothing_and_fits_its_frame(ask):
    edition = make_archived(
        headline="<script>alert(1)</script> \x0b", slug="a", standfirst='" onload="x', language="ar"
    )
    found = ask(edition.get_absolute_url(), maxwidth="320", maxheight="90").json()
    tree = etree.HTML(found["html"])
    assert (found["width"], found["height"]) == (320, 90)
    assert {one.tag for one in tree.iter()} == {"html", "body", "blockquote", "p", "a", "strong", "small"}
    assert {name for one in tree.iter() for name in one.attrib} == {"cite", "lang", "dir", "href"}
    assert (
        etree.fromstring(ask(edition.get_absolute_url(), format="xml").content)
        .findtext("html")
        .startswith("<block")
    )


def test_merged_number_is_the_picture_in_force(ask, quay):
    merged = make_picture(alias_of=quay)
    assert ask(f"/media/{merged.media_id}/").json()["web_page"].endswith(f"/media/{quay.media_id}/")


def test_xml_says_the_same_and_is_well_formed_whatever_was_typed(ask, quay):
    quay.caption = "A <b>&amp; ]]> \x0b\ufffe quay"
    quay.creator = '"\x01'
    quay.save()
    response = ask(f"/media/{quay.media_id}/", format="xml")
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    tree = etree.fromstring(response.content)
    said = {one.tag: one.text for one in tree}
    assert tree.tag == "oembed"
    assert said["title"].startswith("A <b>&amp; ]]>")
    assert (said["type"], said["width"]) == ("photo", "1280")


def test_page_leads_to_its_own_oembed(client, quay, settings):
    story = make_archived(pictures=[quay])
    for path in (f"/media/{quay.media_id}/", story.get_absolute_url()):
        page = etree.HTML(client.get(path).content)
        found = page.xpath('//link[@rel="alternate"][contains(@type, "oembed")]')
        (link,) = found
        assert link.get("type") == "application/json+oembed"
        answer = client.get(link.get("href").removeprefix(settings.SITE_URL))
        assert answer.json()["web_page"] == settings.SITE_URL + path


def test_story_of_an_arabic_slug_is_found(ask):
    edition = make_archived(headline="ليلة", slug="ليلة", language="ar")
    assert ask(edition.get_absolute_url()).json()["title"] == "ليلة"
    assert ask(quote(edition.get_absolute_url())).json()["title"] == "ليلة"


# --- Refusals -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["yaml", "JSON", "xml,json", "<script>"])
def test_other_format_is_not_implemented(ask, quay, form):
    response = ask(f"/media/{quay.media_id}/", format=form)
    assert response.status_code == 400
    assert "script" not in response.content.decode()


def test_address_must_be_given(client, db):
    assert client.get("/oembed").status_code == 400
    assert "url" in client.get("/oembed?format=xml").json()["error"]


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/media/{id}/", "http://localhost:8000@evil.example/media/{id}/", "file:///media/{id}/",
        "//localhost:8000/media/{id}/", "/media/{id}/", "javascript:alert(1)", "http://[::1", "http://localhost:8000",
        "http://localhost:8000/admin/", "http://localhost:8000/media/{id}/../../admin/", "http://localhost:8000/media/99999999/",
        "http://localhost:8000/story/99999998/x/", "http://localhost:8000/media/" + "1" * 3000, "x" * 5000,
        "http://localhost:8000/media/٥٥٣٦١٤٣٥/",
    ],
)  # fmt: skip
def test_what_is_no_page_of_ours_is_not_found(client, quay, url):
    never = client.get("/oembed", {"url": "http://localhost:8000/media/11111111/"})
    response = client.get("/oembed", {"url": url.replace("{id}", quay.media_id)})
    assert (response.status_code, response.content) == (404, never.content)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_hidden_answers_as_what_never_was_and_withdrawn_as_gone(client, ask, editor, form):
    hidden, withdrawn = make_picture(caption="zhidden"), make_picture(caption="zgone")
    draft = make_article(editor, pictures=[hidden])
    due = make_article(editor, pictures=[hidden], headline="zdue")
    workflow.publish(by=editor, story_id=due.pk, token=due.token, at=timezone.now() + timedelta(days=1))
    killed = make_published(editor, pictures=[withdrawn], headline="zkilled")
    token = Article.objects.get(pk=killed.story_id).token
    workflow.kill(by=editor, story_id=killed.story_id, token=token, reason="made up")
    never = ask("/media/11111111/", format=form)
    for path in (f"/media/{hidden.media_id}/", f"/story/{draft.pk}/x/", f"/story/{due.pk}/"):
        response = ask(path, format=form)
        assert (response.status_code, response.content) == (404, never.content), path
    for path in (f"/media/{withdrawn.media_id}/", killed.get_absolute_url()):
        response = ask(path, format=form)
        assert response.status_code == 410
        assert "z" not in response.json()["error"]


def test_answer_costs_two_queries_at_most(ask, quay, django_assert_max_num_queries):
    edition = make_archived(pictures=[quay])
    for path in (f"/media/{quay.media_id}/", edition.get_absolute_url()):
        with django_assert_max_num_queries(2):
            ask(path)
