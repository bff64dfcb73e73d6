"""Sitemaps name every public story and none else; robots.txt and security.txt say what they must."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from lxml import etree

from articles import workflow
from articles.feeds import sitemaps
from articles.models import Article, Dating
from articles.workflow import translating
from articles.workflow.shelving import recount_due
from tests.builders import make_archived, make_article, make_copy, make_picture, make_published
from tests.public_pages import assert_public

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
LINK = "{http://www.w3.org/1999/xhtml}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def token_of(edition):
    return Article.objects.get(pk=edition.story_id).token


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    assert_public(response)
    return etree.fromstring(response.content)


def addresses(client, settings, path="/sitemap.xml"):
    """Every address that the index leads to."""
    found = []
    for page in read(client, path).iter(f"{MAP}loc"):
        assert page.text.startswith(settings.SITE_URL)
        found += [
            loc.text for loc in read(client, page.text.removeprefix(settings.SITE_URL)).iter(f"{MAP}loc")
        ]
    return found


def test_sitemap_leads_to_every_public_story_once(client, settings):
    editions = [make_archived(date(2014, 8, 28)), make_archived(date(2005, 1, 1)), make_archived(None)]
    found = addresses(client, settings)
    for edition in editions:
        assert found.count(settings.SITE_URL + edition.get_absolute_url()) == 1
    assert f"{settings.SITE_URL}/section/world/" in found
    assert f"{settings.SITE_URL}/by/nadia-farouk/" in found


def test_story_comes_with_its_lead_picture_while_that_is_shown(client, settings):
    shown, lost, killed = make_picture(), make_picture(), make_picture(killed_at=timezone.now())
    for picture in (shown, killed):
        make_copy(picture, f"copy{picture.pk}")
    for picture in (shown, lost, killed):
        make_archived(date(2014, 8, 28), pictures=[picture, shown])
    make_archived(date(2014, 8, 28))
    tree = read(client, "/sitemap-2014-08.xml")
    found = [loc.text for loc in tree.iter(f"{IMAGE}loc")]
    assert len(list(tree.iter(f"{MAP}url"))) == 4
    assert f"{settings.SITE_URL}/images/copy{shown.pk}.jpg" in found
    assert f"copy{killed.pk}" not in "".join(found)


def test_hidden_and_killed_stories_are_in_no_sitemap(client, editor, settings):
    draft = make_article(editor)
    due = make_article(editor)
    workflow.publish(by=editor, story_id=due.pk, token=due.token, at=timezone.now() + timedelta(days=1))
    killed = make_published(editor)
    assert any(str(killed.story_id) in loc for loc in addresses(client, settings))
    workflow.kill(by=editor, story_id=killed.story_id, token=token_of(killed), reason="Made up")
    text = "\n".join([*addresses(client, settings), client.get("/news-sitemap.xml").content.decode()])
    for story_id in (draft.pk, due.pk, killed.story_id):
        assert str(story_id) not in text


def test_page_of_a_sitemap_has_its_limit_and_the_index_names_each(client, settings, monkeypatch):
    monkeypatch.setattr(sitemaps, "PAGE", 2)
    for _ in range(5):
        make_archived(date(2014, 8, 28))
    make_archived(None)
    assert pages_of(client) == [
        "sitemap-shelves.xml", "sitemap-people.xml", "sitemap-2014-08.xml", "sitemap-2014-08-2.xml", "sitemap-2014-08-3.xml",
        "sitemap-undated.xml",
    ]  # fmt: skip
    stories = [loc for loc in addresses(client, settings) if "/story/" in loc]
    assert len(set(stories)) == len(stories) == 6


def pages_of(client):
    return [loc.text.rsplit("/", 1)[1] for loc in read(client, "/sitemap.xml").iter(f"{MAP}loc")]


def test_every_tag_and_every_name_is_in_a_page_of_the_sitemap(client, editor, settings, monkeypatch):
    monkeypatch.setattr(sitemaps, "PAGE", 2)
    tags, names = [f"Quay {letter}" for letter in "abcde"], ["Nadia Farouk", "Leila Haddad", "Omar Said"]
    make_archived(date(2014, 8, 28), tags=tags, bylines=names)
    make_article(editor, tags=("Not yet",), bylines=["Nobody Yet"])
    assert [page for page in pages_of(client) if "tags" in page or "people" in page] == [
        "sitemap-tags.xml", "sitemap-tags-2.xml", "sitemap-tags-3.xml", "sitemap-people.xml", "sitemap-people-2.xml",
    ]  # fmt: skip
    shelves = [
        path.removeprefix(settings.SITE_URL)
        for page in pages_of(client)
        for path in (loc.text for loc in read(client, f"/{page}").iter(f"{MAP}loc"))
        if "/tag/" in path or "/by/" in path
    ]
    assert sorted(path for path in shelves if path != "/by/") == [
        "/by/leila-haddad/", "/by/nadia-farouk/", "/by/omar-said/",
        "/tag/quay-a/", "/tag/quay-b/", "/tag/quay-c/", "/tag/quay-d/", "/tag/quay-e/",
    ]  # fmt: skip
    for page in ("tags-1", "tags-4", "people-3", "sections", "tags-9999"):
        assert client.get(f"/sitemap-{page}.xml").status_code == 404, page


def test_month_of_nothing_but_hidden_stories_is_not_in_the_index(client, editor, db):
    before = client.get("/sitemap.xml").content
    article = make_article(editor)
    due = timezone.now() + timedelta(days=40)
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due)
    assert client.get("/sitemap.xml").content == before
    assert client.get(f"/sitemap-{due:%Y-%m}.xml").status_code == 404


def test_story_whose_embargo_ends_is_in_the_index_from_its_second_on(client, editor, time_machine):
    """Whoever counts the stories comes by later."""
    due = datetime(2014, 9, 1, 12, tzinfo=UTC)
    time_machine.move_to(due - timedelta(days=4), tick=False)
    article = make_article(editor)
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due)
    time_machine.move_to(due - timedelta(seconds=1), tick=False)
    assert "sitemap-2014-09.xml" not in pages_of(client)
    for _ in range(2):
        time_machine.move_to(due, tick=False)
        assert pages_of(client).count("sitemap-2014-09.xml") == 1
        assert str(article.pk) in client.get("/sitemap-2014-09.xml").content.decode()
        recount_due()


def test_part_of_a_month_names_the_translations_of_its_stories(client, editor, settings, monkeypatch):
    monkeypatch.setattr(sitemaps, "PAGE", 1)
    day = date(2014, 8, 28)
    english = make_archived(
        day, headline="Ferry", dating=Dating.stated_at(datetime(2014, 8, 28, 8, tzinfo=UTC))
    )
    arabic = make_archived(
        day, headline="عبارة", language="ar", dating=Dating.stated_at(datetime(2014, 8, 28, 9, tzinfo=UTC))
    )
    workflow.link_translation(
        by=editor,
        story_id=arabic.story_id,
        original=english.story_id,
        token=translating.token_of(arabic.story_id),
    )
    for path, edition in (("/sitemap-2014-08.xml", english), ("/sitemap-2014-08-2.xml", arabic)):
        (url,) = read(client, path).iter(f"{MAP}url")
        assert url.findtext(f"{MAP}loc") == settings.SITE_URL + iri_to_uri(edition.get_absolute_url())
        assert [link.get("hreflang") for link in url.iter(f"{LINK}link")] == ["en", "ar"]


def test_three_queries_a_sitemap_with_translations(client, editor, django_assert_max_num_queries):
    for _ in range(4):
        pair = [make_archived(language=language) for language in ("en", "ar")]
        told = {"story_id": pair[1].story_id, "original": pair[0].story_id}
        workflow.link_translation(by=editor, token=translating.token_of(pair[1].story_id), **told)
    with django_assert_max_num_queries(3):
        assert client.get("/sitemap-2014-08.xml").content.decode().count("hreflang") == 16


@pytest.mark.parametrize(
    "path",
    ["/sitemap-2014-08.xml", "/sitemap-2014-13.xml", "/sitemap-0000-01.xml", "/sitemap-undated-2.xml", "/sitemap-2014-08-1.xml"],
)  # fmt: skip
def test_sitemap_page_with_nothing_in_it_is_not_there(client, db, path):
    assert client.get(path).status_code == 404


def test_sitemap_says_when_a_story_changed(client, editor):
    edition = make_published(editor)
    when = edition.live_from
    page = read(client, f"/sitemap-{when:%Y-%m}.xml")
    assert datetime.fromisoformat(page.findtext(f"{MAP}url/{MAP}lastmod")) == when.replace(microsecond=0)


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize(
    "path",
    [
        "/sitemap.xml",
        "/sitemap-2014-08.xml",
        "/sitemap-shelves.xml",
        "/sitemap-tags.xml",
        "/news-sitemap.xml",
    ],
)
def test_three_queries_a_sitemap(client, path, count, django_assert_max_num_queries):
    for number in range(count):
        make_archived(date(2014, 8, 28), tags=(f"tag {number}",))
    with django_assert_max_num_queries(3):
        assert client.get(path).status_code == 200


def test_news_sitemap_has_two_days(client, editor, settings):
    fresh = make_published(editor, headline="SALOMON INC <SB> & ]]>")
    make_archived(timezone.localdate() - timedelta(days=4))
    (url,) = read(client, "/news-sitemap.xml")
    assert url.findtext(f"{MAP}loc") == settings.SITE_URL + fresh.get_absolute_url()
    news = url.find(f"{NEWS}news")
    assert news.findtext(f"{NEWS}title") == "SALOMON INC <SB> & ]]>"
    assert news.findtext(f"{NEWS}publication/{NEWS}name") == settings.SITE_NAME
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "en"
    assert datetime.fromisoformat(news.findtext(f"{NEWS}publication_date"))


def test_robots_keep_off_the_desk_and_find_the_sitemaps(client, settings, db):
    response = client.get("/robots.txt")
    assert_public(response)
    lines = response.content.decode().splitlines()
    assert "User-agent: *" in lines
    assert "Disallow: /admin/" in lines
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines
    assert response.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("named", "printed"),
    [
        ("", "mailto:security@localhost"),
        ("desk@news.example", "mailto:desk@news.example"),
        ("https://news.example/security", "https://news.example/security"),
    ],
)
def test_security_txt_names_somebody_and_has_not_expired(client, settings, db, named, printed):
    settings.SECURITY_CONTACT = named
    response = client.get("/.well-known/security.txt")
    assert_public(response)
    facts = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert facts["Contact"] == printed
    assert timezone.now() < datetime.fromisoformat(facts["Expires"]) < timezone.now() + timedelta(days=365)
    assert facts["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"
