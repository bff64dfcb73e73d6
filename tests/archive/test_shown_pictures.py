"""A picture is offered in every format, in the shape of its place, with its size; of a withdrawn one a notice is left."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.conf import settings as site

from articles.models import Edition
from articles.templatetags.sources import NARROW
from articles.workflow import editions, rederiving
from media.models import Picture
from tests.builders import make_archived, make_copy, make_picture

pytestmark = pytest.mark.django_db
ALL = ("avif", "webp", "jpg")


@pytest.fixture
def pictured():
    """A picture with copies for the lead, lists, thumbnails and phones."""
    picture = make_picture(caption="The quay at dawn", alt="A quay")
    for slot, width, height in (
        ("whole", 640, 400), ("whole", 1920, 1200), ("lead", 640, 360), ("lead", 1280, 720),
        ("landscape", 320, 213), ("square", 160, 160), ("portrait", 480, 600),
    ):  # fmt: skip
        make_copy(picture, f"{slot}-{width}", kinds=ALL, slot=slot, width=width, height=height)
    return picture


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def pictures_in(text):
    """Return each <picture> as (sources, img), each a dict of attributes."""
    return [
        ([_attributes(one) for one in re.findall(r"<source[^>]*>", found)], _attributes(re.search(r"<img[^>]*>", found)[0]))
        for found in re.findall(r"<picture>.*?</picture>", text, re.DOTALL)
    ]  # fmt: skip


def _attributes(tag):
    return dict(re.findall(r'(\w+)="([^"]*)"', tag))


def test_story_page_offers_the_whole_picture_in_each_format_with_its_size(client, pictured):
    edition = make_archived(pictures=[pictured])
    ((sources, img),) = pictures_in(text_of(client, edition.get_absolute_url()))
    assert [one["type"] for one in sources] == ["image/avif", "image/webp"]
    assert sources[0]["srcset"] == "/images/whole-640.avif 640w, /images/whole-1920.avif 1920w"
    assert img["src"] == "/images/whole-1920.jpg"
    # Who knows neither lighter format gets the one file; its size keeps the place of any that comes.
    assert "srcset" not in img
    assert (img["width"], img["height"]) == ("1920", "1200")
    assert all(one["sizes"] for one in sources)
    assert img["alt"] == "A quay"


def test_front_lead_is_wide_and_on_phones_tall(client, pictured):
    make_archived(pictures=[pictured])
    sources, img = pictures_in(text_of(client, "/"))[0]
    narrow = [one for one in sources if one.get("media") == NARROW]
    assert [one["type"] for one in narrow] == ["image/avif", "image/webp", "image/jpeg"]
    assert sources[:3] == narrow
    assert all((one["width"], one["height"]) == ("480", "600") for one in narrow)
    assert (img["src"], img["width"], img["height"]) == ("/images/lead-1280.jpg", "1280", "720")


def test_lists_show_landscape_and_on_phones_a_square(client, pictured):
    edition = make_archived(pictures=[pictured])
    sources, img = pictures_in(text_of(client, edition.section.get_absolute_url()))[0]
    assert (img["src"], img["height"]) == ("/images/landscape-320.jpg", "213")
    assert sources[0]["srcset"] == "/images/square-160.avif 160w"


def test_picture_whose_copies_are_still_to_be_made_is_shown_by_what_is_there(client):
    picture = make_picture()
    make_copy(picture, "whole-640")
    edition = make_archived(pictures=[picture])
    for address in (edition.get_absolute_url(), edition.section.get_absolute_url(), "/"):
        ((sources, img),) = pictures_in(text_of(client, address))
        assert (sources, img["src"], img["width"]) == ([], "/images/whole-640.jpg", "640")


def test_edition_drawn_before_there_were_shapes_is_shown_as_it_was(client, pictured):
    edition = make_archived(pictures=[pictured])
    row = Edition.objects.get(pk=edition.pk)
    for name in ("copies", "formats", "is_made_by_ai"):
        del row.shown_pictures[0][name]
    Edition.objects.filter(pk=row.pk).update(shown_pictures=row.shown_pictures)
    for address in (edition.get_absolute_url(), "/"):
        ((sources, img),) = pictures_in(text_of(client, address))
        assert (sources, img["src"]) == ([], "/images/whole-1920.jpg")


def test_only_what_lists_may_show_is_kept_in_every_shape(pictured):
    other = make_picture()
    make_copy(other, "other-640", kinds=ALL)
    make_copy(other, "other-square", kinds=ALL, slot="square", width=160, height=160)
    edition = make_archived(pictures=[pictured, other])
    led, further = edition.shown_pictures
    assert set(led["copies"]) == {"whole", "lead", "landscape", "square", "portrait"}
    assert further["copies"] == {"whole": [["other-640", 640, 400]]}
    assert further["formats"] == ["avif", "webp", "jpg"]


def test_picture_made_with_ai_is_shown_as_such(client, pictured):
    Picture.objects.update(is_made_by_ai=True)
    edition = make_archived(pictures=[Picture.objects.get()])
    assert "Made with AI" in text_of(client, edition.get_absolute_url())


@pytest.mark.parametrize("is_inline", [True, False])
def test_withdrawn_picture_leaves_a_dated_notice_where_it_stood(client, pictured, is_inline):
    body = f'<p>Before.</p><figure data-media-id="{pictured.media_id}"></figure><p>After.</p>'
    edition = make_archived(pictures=[pictured], **({"body": body} if is_inline else {}))
    Picture.objects.update(
        killed_at=datetime(2018, 11, 3, 12, tzinfo=UTC), kill_notice="It showed <somebody> else."
    )
    rederiving.rederive(pictured.pk)
    text = text_of(client, edition.get_absolute_url())
    assert "The picture that stood here was withdrawn on 3 November 2018." in text
    assert "It showed &lt;somebody&gt; else." in text
    for hidden in ("The quay at dawn", "A quay", "/images/", "<picture>"):
        assert hidden not in text, hidden
    assert text_of(client, edition.section.get_absolute_url()).count("<picture>") == 0
    row = Edition.objects.get(pk=edition.pk)
    assert editions.digest_of(row) == row.digest
    assert set(row.shown_pictures[0]) == {"media_id", "is_inline", "withdrawn_on", "notice", "src"}


def test_feeds_give_whole_addresses_of_every_format(client, pictured):
    body = f'<p>Before.</p><figure data-media-id="{pictured.media_id}"></figure><p>After.</p>'
    make_archived(pictures=[pictured], body=body)
    text = unescape(text_of(client, "/rss.xml"))
    assert f'srcset="{site.SITE_URL}/images/whole-640.avif 640w, {site.SITE_URL}/images/' in text
    assert '"/images/' not in text
