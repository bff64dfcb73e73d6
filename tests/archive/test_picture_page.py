"""The page of a picture: what was said under it and when, its rights, its making, how to cite it, and where it went."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import workflow
from articles.models import Article, Dating
from media.models import CaptionVersion, Picture
from tests.builders import make_archived, make_article, make_contents, make_copy, make_picture, make_published
from tests.crawling import steps_of
from tests.public_pages import assert_public

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2015, 3, 1, 12, tzinfo=UTC)


def page_of(picture):
    return f"/media/{picture.media_id}/"


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.status_code
    assert_public(response)
    return response.content.decode()


def said(picture, caption, said_at, layer="library"):
    CaptionVersion.objects.create(picture=picture, layer=layer, caption=caption, said_at=said_at)


def released(since=LONG_AGO, **facts):
    return make_picture(released_at=since, **facts)


def linked_facts(text):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1])


def sayings(text):
    return text[text.index('class="sayings"') : text.index('class="uses"')]


def after(days):
    return LONG_AGO + timedelta(days=days)


def test_wording_of_a_story_that_nobody_dated_is_not_given_a_day(client):
    picture = make_picture(caption="The quay")
    bounds = Dating(earliest=date(2016, 10, 1), latest=date(2017, 3, 31), reason="From its neighbours.")
    make_archived(dating=bounds, pictures=[picture])
    told = sayings(text_of(client, page_of(picture)))
    assert "between October 2016 and March 2017 (inferred)" in " ".join(told.split())
    assert str(timezone.localdate().year) not in told[told.index("Printed") :]


def test_every_public_fact_is_told_and_no_note_of_the_desk(client):
    picture = released(
        caption="The quay", headline="Zdesk headline", creator="Lina Aoun", copyright="© 2014 Agence",
        credit="Lina Aoun/Agence", place="Beirut, Lebanon", keywords=["quay", "dawn"], taken_on=date(2014, 8, 28),
        rights_class="agency", rights_holder="Agence", rights_terms="One-time use", rights_end_on=date(2099, 1, 2),
        instructions="Zinstructions", alt="Alt", alt_long="A quay with two boats.", original_name="zname.jpg",
        said_in_file={"web_statement": "https://agence.example/terms", "instructions": "zsaid"},
        disagreements=[{"field": "zfield"}],
    )  # fmt: skip
    text = text_of(client, page_of(picture))
    for shown in (
        "The quay", "Lina Aoun", "© 2014 Agence", "Lina Aoun/Agence", "Beirut, Lebanon", "quay</bdi>, <bdi>dawn",
        "Thursday, 28 August 2014", "Agency", "One-time use", "Until 2 January 2099", "A quay with two boats.",
        'href="https://agence.example/terms"',
    ):  # fmt: skip
        assert shown in text, shown
    for hidden in ("Zinstructions", "zname", "zsaid", "zfield"):
        assert hidden not in text, hidden


@pytest.mark.parametrize(
    "web", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[", 7, ["x"], {"a": "b"}]
)
def test_statement_that_is_no_address_is_no_link(client, web):
    picture = released(said_in_file={"web_statement": web, "licensor": [{"web": web}]})
    text = text_of(client, page_of(picture))
    assert "license" not in linked_facts(text)
    assert 'rel="license' not in text.partition("<body")[2]


def test_wordings_stand_with_their_stories_and_dates(client, editor):
    picture = make_picture(caption="The quay at dawn")
    story = make_archived(date(2014, 8, 28), headline="Ferry <stops>", pictures=[picture])
    Picture.objects.filter(pk=picture.pk).update(caption="The quay at dusk")
    make_published(editor, headline="Ferry resumes", pictures=[Picture.objects.get(pk=picture.pk)])
    told = sayings(text_of(client, page_of(picture)))
    assert told.index("The quay at dusk") < told.index("The quay at dawn")
    assert f'href="{story.get_absolute_url()}editions/1/"><bdi>Ferry &lt;stops&gt;</bdi>, edition 1' in told
    assert "28 August 2014" in told
    assert "Ferry resumes" in told


def test_library_caption_is_told_for_the_days_the_page_was_public(client):
    picture = released(caption="Third")
    said(picture, "First", after(-20))
    said(picture, "Second", after(-2))
    said(picture, "Third", after(10))
    told = sayings(text_of(client, page_of(picture)))
    assert "First" not in told
    assert "In the library from <time" in told
    assert re.search(r"Second.*?1 March 2015.*?11 March 2015", told, re.S)
    assert re.search(r"Third.*?11 March 2015</time> on", told, re.S)


def test_library_caption_of_one_day_is_told_for_that_day(client):
    picture = released(caption="Third")
    said(picture, "Second", after(2))
    said(picture, "Third", after(2.1))
    told = sayings(text_of(client, page_of(picture)))
    assert re.search(r'Second.*?In the library on <time datetime="2015-03-03', told, re.S)


def test_caption_changed_before_the_picture_was_first_shown_is_never_told(client, editor):
    picture = make_picture(caption="What we print")
    said(picture, "What the desk thought", timezone.now() - timedelta(days=3))
    said(picture, "What we print", timezone.now() - timedelta(days=2))
    make_article(editor, pictures=[picture])
    make_published(editor, pictures=[picture])
    text = text_of(client, page_of(picture))
    assert "What the desk thought" not in text
    assert "What the desk thought" not in client.get(f"/media/{picture.media_id}.json").content.decode()


def test_story_taken_in_today_shows_no_caption_of_the_years_before(client):
    picture = make_picture(caption="Now")
    said(picture, "Never seen here", after(5))
    said(picture, "Now", timezone.now() - timedelta(days=1))
    make_archived(date(2014, 8, 28), pictures=[picture])
    assert "Never seen here" not in text_of(client, page_of(picture))


def test_what_was_said_while_the_page_was_withdrawn_is_not_told(client, editor):
    picture = released(caption="Back again", withdrawn_at=after(5))
    said(picture, "On its first page", after(-1))
    said(picture, "In between", after(10))
    said(picture, "Back again", timezone.now() - timedelta(days=1))
    make_published(editor, pictures=[picture])
    told = sayings(text_of(client, page_of(picture)))
    assert "On its first page" in told
    assert "In between" not in told


def test_file_speaks_only_where_the_library_is_silent(client):
    picture = released(caption="Library", file_caption="File")
    said(picture, "File", after(1), layer="file")
    said(picture, "Library", after(3))
    told = sayings(text_of(client, page_of(picture)))
    assert re.search(r"File.*?2 March 2015.*?4 March 2015", told, re.S)


def test_caption_printed_in_a_killed_story_is_told_no_longer(client, editor):
    picture = make_picture(caption="Kept")
    make_archived(date(2014, 8, 28), pictures=[picture])
    Picture.objects.filter(pk=picture.pk).update(caption="Untrue words")
    killed = make_published(editor, pictures=[Picture.objects.get(pk=picture.pk)])
    Picture.objects.filter(pk=picture.pk).update(caption="Kept")
    assert "Untrue words" in text_of(client, page_of(picture))
    token = Article.objects.get(pk=killed.story_id).token
    workflow.kill(by=editor, story_id=killed.story_id, token=token, reason="made up")
    assert "Untrue words" not in text_of(client, page_of(picture))


def test_making_with_ai_is_said_in_words_and_to_search_engines(client):
    made = released(is_made_by_ai=True, source_type="trainedAlgorithmicMedia")
    unsure = released(is_made_by_ai=True, source_type="https://x.example/what")
    taken = released(source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture")
    text = text_of(client, page_of(made))
    assert "Made with AI." in text
    assert "made with generative AI" in text
    known = linked_facts(text)["digitalSourceType"]
    assert known == "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    text = text_of(client, page_of(unsure))
    assert "Made with AI." in text
    assert "digitalSourceType" not in linked_facts(text)
    text = text_of(client, page_of(taken))
    assert "Made with AI." not in text
    assert "Taken with a digital camera" in text


def test_search_engines_are_told_whose_picture_it_is(client, settings):
    picture = released(
        caption='</script><b>"quay"', creator="Lina Aoun", credit="Agence", copyright="© Agence",
        said_in_file={"web_statement": "https://agence.example/terms"},
    )  # fmt: skip
    make_copy(picture)
    text = text_of(client, page_of(picture))
    assert "</script><b>" not in text
    facts = linked_facts(text)
    assert facts["@type"] == "ImageObject"
    assert facts["caption"] == '</script><b>"quay"'
    assert (facts["creditText"], facts["copyrightNotice"]) == ("Agence", "© Agence")
    assert facts["license"] == facts["acquireLicensePage"] == "https://agence.example/terms"
    assert facts["contentUrl"].startswith(f"{settings.SITE_URL}/images/")
    assert facts["identifier"] == picture.media_id


def test_citation_names_maker_words_number_and_address(client, settings):
    picture = released(
        media_id="55361435", caption="The quay", creator="Lina Aoun", taken_on=date(2014, 8, 28)
    )
    text = text_of(client, page_of(picture))
    cited = (
        f"Lina Aoun. “The quay” [picture], 28 August 2014. {settings.SITE_NAME}, Media ID 55361435. "
        f"{settings.SITE_URL}/media/55361435/"
    )
    assert cited in re.sub(r"</?bdi>", "", text)
    assert '<span class="groups">5536 1435</span>' in text


def test_picture_of_many_formats_offers_each(client):
    picture = released(alt="A quay")
    make_copy(picture, "small", kinds=("jpg", "webp", "avif"), width=320, height=200)
    make_copy(picture, "large", kinds=("jpg", "webp", "avif"), width=640, height=400)
    make_copy(picture, "crop", kinds=("jpg",), slot="square", width=160, height=160)
    text = text_of(client, page_of(picture))
    for kind in ("avif", "webp"):
        assert (
            f'<source type="image/{kind}" srcset="/images/small.{kind} 320w, /images/large.{kind} 640w"'
            in text
        )
    assert 'src="/images/large.jpg"' in text
    assert 'width="640" height="400" alt="A quay"' in text
    assert "crop" not in text


# --- Where it went ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["/", ".json", ".bib", ".ris", ".csl.json"])
def test_merged_number_leads_to_the_picture_in_force(client, ending):
    kept = released()
    merged = make_picture(alias_of=kept)
    response = client.get(f"/media/{merged.media_id}{ending}")
    assert (response.status_code, response.headers["Location"]) == (301, f"/media/{kept.media_id}{ending}")


@pytest.mark.parametrize("ending", ["/", ".json", ".bib"])
def test_number_merged_into_a_hidden_picture_never_was(client, ending):
    kept = make_picture()
    merged = make_picture(alias_of=kept)
    assert client.get(f"/media/{merged.media_id}{ending}").status_code == 404


def test_number_merged_into_a_killed_picture_is_gone(client):
    kept = released(killed_at=timezone.now())
    merged = make_picture(alias_of=kept)
    assert client.get(f"/media/{merged.media_id}/").status_code == 410
    assert client.get(f"/media/{merged.media_id}.json").status_code == 410


def test_killed_picture_gives_its_notice_and_no_reason(client):
    picture = released(
        caption="Zcaption", killed_at=datetime(2016, 11, 3, tzinfo=UTC), killed_because="zreason",
        kill_notice="It showed another <harbour>.",
    )  # fmt: skip
    text = text_of(client, page_of(picture), 410)
    assert "It showed another &lt;harbour&gt;." in text
    assert "Thursday, 3 November 2016" in text
    assert "Zcaption" not in text
    assert "zreason" not in text
    found = client.get(f"/media/{picture.media_id}.json")
    assert found.status_code == 410
    assert found.json() | {"error": ""} == {
        "error": "", "media_id": picture.media_id, "notice": "This picture is no longer shown. It showed another <harbour>.",
        "withdrawn_at": "2016-11-03T00:00:00Z",
    }  # fmt: skip


def test_page_taken_back_with_its_import_is_gone_not_unknown(client):
    picture = released(withdrawn_at=datetime(2016, 11, 3, tzinfo=UTC))
    assert "Thursday, 3 November 2016" in text_of(client, page_of(picture), 410)
    assert client.get(f"/media/{picture.media_id}.json").status_code == 410


def test_page_to_be_taken_back_later_stands(client):
    picture = released(withdrawn_at=timezone.now() + timedelta(days=1))
    assert client.get(page_of(picture)).status_code == 200


def test_merged_pictures_share_stories_and_wordings_but_no_words_of_before(client, picture_desk):
    public, hidden = make_picture(caption="Printed under the old number"), make_picture(caption="In force")
    said(hidden, "What the desk thought", after(400))
    said(hidden, "In force", timezone.now() - timedelta(days=1))
    make_archived(date(2014, 8, 28), headline="Old number", pictures=[public])
    workflow.merge_pictures(by=picture_desk, kept_id=hidden.pk, merged_id=public.pk, token=public.token)
    moved = client.get(page_of(public))
    assert (moved.status_code, moved.headers["Location"]) == (301, page_of(hidden))
    text = text_of(client, page_of(hidden))
    for shown in ("Old number", "Printed under the old number", "In force"):
        assert shown in sayings(text), shown
    assert "What the desk thought" not in text


def test_picture_that_was_public_itself_keeps_its_wordings_through_a_merge(client, picture_desk, editor):
    kept, merged = make_picture(caption="First words"), make_picture(caption="Other words")
    said(kept, "First words", timezone.now() - timedelta(days=9))
    make_published(editor, pictures=[kept])
    make_archived(date(2014, 8, 28), pictures=[merged])
    Picture.objects.filter(pk=kept.pk).update(caption="Second words")
    said(kept, "Second words", timezone.now())
    workflow.merge_pictures(by=picture_desk, kept_id=kept.pk, merged_id=merged.pk, token=merged.token)
    told = sayings(text_of(client, page_of(kept)))
    for shown in ("First words", "Second words", "Other words"):
        assert shown in told, shown


def admitted(picture, stories):
    contents = [make_contents(headline=f"Story {number}", pictures=[picture]) for number in range(stories)]
    arrivals = [
        workflow.Arrival(one, Dating.stated_on(date(2014, 1, 1) + timedelta(days=number)), "whole", None)
        for number, one in enumerate(contents)
    ]
    workflow.admit_many(arrivals=arrivals)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the steps are those of SQLite")
def test_page_takes_no_more_steps_for_a_picture_that_very_many_stories_show(client):
    picture = make_picture(caption="The quay")
    admitted(picture, 80)
    few = steps_of(client, page_of(picture))
    admitted(picture, 240)
    assert "Story 239" in text_of(client, page_of(picture))
    assert steps_of(client, page_of(picture)) < 1.2 * few
