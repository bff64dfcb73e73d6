"""What search engines, other sites and reference managers read in a page: complete, and dated only where a date is stated."""

import json
from datetime import UTC, date, datetime

import pytest
from lxml import etree
from PIL import Image, ImageChops

from articles import workflow
from articles.models import Article, Dating, PictureCredit
from media import changing
from media.models import Picture
from tests import sign
from tests.builders import make_archived, make_contributor, make_copy, make_picture, make_published, make_tag

pytestmark = pytest.mark.django_db
# schema.org's and the search engines' required and recommended facts of a NewsArticle.
ALWAYS = {
    "@context", "@type", "headline", "image", "author", "publisher", "mainEntityOfPage", "isAccessibleForFree",
    "articleSection", "inLanguage", "keywords", "url", "isPartOf", "wordCount", "abstract", "identifier",
}  # fmt: skip


def head_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return etree.HTML(response.content.decode())


def facts_of(tree):
    found = [json.loads(one.text) for one in tree.xpath('//script[@type="application/ld+json"]')]
    return {one["@type"]: one for one in found}


def metas(tree):
    found = {}
    for one in tree.xpath("//meta[@content]"):
        found.setdefault(one.get("name") or one.get("property") or "", []).append(one.get("content"))
    return found


@pytest.fixture
def story(editor):
    make_tag("Beirut", "place")
    said = {"web_statement": "https://rights.example/quay"}
    picture = make_picture(
        media_id="55361435",
        caption="The quay",
        credit="Staff",
        alt="A quay",
        creator="Leila Haddad",
        said_in_file=said,
    )
    make_copy(picture, "quay", width=1280, height=800)
    return make_published(
        editor, headline="Ferry resumes", kicker="Harbour", bylines=["Nadia Farouk", "Leila Haddad"], tags=("Beirut",),
        pictures=[picture], dateline="BEIRUT",
    )  # fmt: skip


def test_story_has_every_fact_that_is_required_or_recommended(client, editor, story, settings):
    token = Article.objects.get(pk=story.story_id).token
    workflow.correct(by=editor, story_id=story.story_id, token=token, note="It left at six.")
    facts = facts_of(head_of(client, story.get_absolute_url()))
    news, way = facts["NewsArticle"], facts["BreadcrumbList"]
    assert set(news) >= ALWAYS | {"datePublished", "dateModified", "correction"}
    assert news["author"][0] == {
        "@type": "Person", "name": "Nadia Farouk", "url": f"{settings.SITE_URL}/by/nadia-farouk/",
    }  # fmt: skip
    assert news["image"][0]["@type"] == "ImageObject"
    assert (news["image"][0]["width"], news["image"][0]["creditText"]) == (1280, "Staff")
    assert news["image"][0]["creator"] == {"@type": "Person", "name": "Leila Haddad"}
    assert news["image"][0]["license"] == "https://rights.example/quay"
    assert news["publisher"]["logo"]["url"] == f"{settings.SITE_URL}/static/icon.png"
    (correction,) = news["correction"]
    assert (correction["@type"], correction["text"]) == ("CorrectionComment", "It left at six.")
    assert datetime.fromisoformat(correction["datePublished"])
    assert datetime.fromisoformat(news["datePublished"])
    assert news["isPartOf"]["@type"] == "Newspaper"
    assert [step["position"] for step in way["itemListElement"]] == [1, 2, 3]
    assert way["itemListElement"][1]["item"] == f"{settings.SITE_URL}/section/world/"


def test_page_says_the_same_to_other_sites_and_reference_managers(client, story, settings):
    said = metas(head_of(client, story.get_absolute_url()))
    on = story.published_on
    assert said["og:type"] == ["article"]
    assert (said["og:image:width"], said["og:image:height"], said["og:image:alt"]) == (
        ["1280"],
        ["800"],
        ["A quay"],
    )
    assert said["og:locale"] == ["en_GB"]
    assert said["twitter:card"] == ["summary_large_image"]
    assert said["article:section"] == ["World"]
    assert said["article:tag"] == ["Beirut"]
    assert datetime.fromisoformat(said["article:published_time"][0]) == story.published_at
    assert said["citation_title"] == said["DC.title"] == ["Ferry resumes"]
    assert said["citation_author"] == said["DC.creator"] == ["Nadia Farouk", "Leila Haddad"]
    assert said["citation_publication_date"] == [f"{on:%Y/%m/%d}"]
    assert said["DC.date"] == [on.isoformat()]
    assert said["citation_journal_title"] == said["DC.publisher"] == [settings.SITE_NAME]
    address = f"{settings.SITE_URL}{story.get_absolute_url()}editions/1/"
    assert said["citation_public_url"] == said["DC.identifier"] == [address]


def test_day_without_an_hour_states_no_hour(client):
    said = metas(head_of(client, make_archived(date(2014, 8, 28)).get_absolute_url()))
    assert said["article:published_time"] == ["2014-08-28"]


def test_inferred_date_stands_in_no_field_of_a_date(client):
    bounds = Dating(earliest=date(2016, 10, 1), latest=date(2017, 3, 31), reason="Media IDs")
    edition = make_archived(dating=bounds, live_from=datetime(2020, 1, 1, tzinfo=UTC))
    tree = head_of(client, edition.get_absolute_url())
    said, facts = metas(tree), facts_of(tree)["NewsArticle"]
    for name in ("article:published_time", "citation_publication_date", "DC.date", "article:modified_time"):
        assert name not in said
    assert not {"datePublished", "dateModified", "dateCreated"} & set(facts)
    assert "2016" not in json.dumps(facts)


def test_translation_says_what_it_was_translated_from(client, chief, story, settings):
    arabic = make_archived(headline="العبارة", slug="ferry-ar", language="ar")
    workflow.link_translation(
        by=chief, story_id=arabic.story_id, original=story.story_id, token=str(arabic.story_id)
    )
    original = facts_of(head_of(client, story.get_absolute_url()))["NewsArticle"]
    translated = facts_of(head_of(client, arabic.get_absolute_url()))["NewsArticle"]
    assert [one["inLanguage"] for one in original["workTranslation"]] == ["ar"]
    assert translated["translationOfWork"]["url"] == settings.SITE_URL + story.get_absolute_url()
    assert "translationOfWork" not in original


@pytest.mark.parametrize("path", ["/section/world/", "/tag/beirut/", "/by/nadia-farouk/"])
def test_list_is_told_as_a_collection(client, story, settings, path):
    page = facts_of(head_of(client, path))["CollectionPage"]
    assert page["url"] == settings.SITE_URL + path
    assert page["mainEntity"]["itemListElement"] == [
        {
            "@type": "ListItem",
            "position": 1,
            "url": settings.SITE_URL + story.get_absolute_url(),
            "name": "Ferry resumes",
        }
    ]


def test_index_is_told_as_a_collection_of_what_it_leads_to(client, editor, story, settings):
    token = Article.objects.get(pk=story.story_id).token
    workflow.correct(by=editor, story_id=story.story_id, token=token, note="It left at six.")
    PictureCredit.objects.create(
        picture=Picture.objects.get(media_id="55361435"), contributor=make_contributor("Leila Haddad")
    )
    here, on = story.get_absolute_url(), story.published_on
    for path, leads_to in {
        "/": here,
        "/sections/": "/section/world/",
        "/tags/": "/tag/beirut/",
        "/by/": "/by/nadia-farouk/",
        "/archive/": f"/{on:%Y}/",
        f"/{on:%Y}/": f"/{on:%Y/%m}/",
        f"/{on:%Y/%m}/": here,
        f"/{on:%Y/%m/%d}/": here,
        f"/on-this-day/{on:%m/%d}/": here,
        "/tag/beirut/timeline/": here,
        "/corrections/": f"/story/{story.story_id}/",
        "/by/leila-haddad/pictures/": "/media/55361435/",
    }.items():
        found = facts_of(head_of(client, path))
        assert set(found) == {"CollectionPage"}, path
        told = found["CollectionPage"]
        assert told["name"]
        assert told["url"].startswith(settings.SITE_URL), path
        items = told["mainEntity"]["itemListElement"]
        assert settings.SITE_URL + leads_to in [one["url"] for one in items], path


def test_changed_maker_of_a_picture_is_told_in_the_stories_that_show_it(
    client, picture_desk, story, django_capture_on_commit_callbacks
):
    picture = Picture.objects.get(media_id="55361435")
    with django_capture_on_commit_callbacks(execute=True):
        changing.change(
            by=picture_desk, picture_id=picture.pk, token=picture.token, facts={"creator": "Omar Said"}
        )
    news = facts_of(head_of(client, story.get_absolute_url()))["NewsArticle"]
    assert news["image"][0]["creator"]["name"] == "Omar Said"


def test_sign_is_its_drawing_in_dots():
    with Image.open(sign.PICTURE) as kept:
        assert kept.size == (sign.SIZE, sign.SIZE)
        off = ImageChops.difference(kept.convert("RGB"), sign.drawn().convert("RGB"))
    # Another version of the library may round otherwise.
    assert max(high for _, high in off.getextrema()) <= 8


def test_every_page_names_its_licence(client, story):
    for path in ("/", story.get_absolute_url(), "/section/world/", "/media/55361435/"):
        (link,) = head_of(client, path).xpath('//link[@rel="license"]')
        assert (link.get("type"), link.get("href")) == ("application/rsl+xml", "/license.xml")
