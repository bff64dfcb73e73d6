"""A story's published versions: each with its date, reason and what it changed; the suppressed as stubs; an old one says what came after."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, EditionChange
from tests.builders import edition_of, make_archived, make_picture, make_published

pytestmark = pytest.mark.django_db
FIRST = "<p>The ferry left the old quay at six.</p><p>Nobody on the steps waved.</p>"


def change(by, story_id, verb=None, asked=None, **words):
    """Save the copy with other words and let it out, as an update unless another verb is named."""
    article = Article.objects.get(pk=story_id)
    contents = workflow.copy.contents_of(article).changed(**words)
    article = workflow.save(by=by, story_id=story_id, token=article.token, contents=contents)
    return (verb or workflow.update)(by=by, story_id=story_id, token=article.token, **(asked or {}))


@pytest.fixture
def story(editor):
    """A story of three versions: the second adds two words, the third corrects one and the headline."""
    first = make_published(editor, body=FIRST, headline="Ferry leaves", slug="ferry")
    change(
        editor, first.story_id, body=FIRST.replace("waved", "waved them off"), asked={"reason": "More of it."}
    )
    return change(
        editor,
        first.story_id,
        workflow.correct,
        {"note": "It was the new quay."},
        body=FIRST.replace("waved", "waved them off").replace("old", "new"),
        headline="Ferry leaves new quay",
    )


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


def versions(client, story, query=""):
    return text(client, f"{story.get_absolute_url()}editions/{query}")


def test_each_version_says_why_and_what_it_changed_and_leads_to_it(client, story):
    told = versions(client, story)
    home = f"{story.get_absolute_url()}editions/"
    assert told.index("Edition 3") < told.index("Edition 2") < told.index("Edition 1")
    assert "2 words added" in told
    assert "More of it." in told
    assert "1 word added; 1 word removed; changed: headline" in told
    assert "It was the new quay." in told
    for place in ("1/", "2/", "3/", "1/2/", "2/3/"):
        assert f'href="{home}{place}"' in told, place
        assert client.get(home + place).status_code == 200
    assert "Corrected, in force" in told


def test_life_is_drawn_for_more_than_one_version_and_says_where_its_table_is(client, editor, story):
    told = versions(client, story)
    assert told.count('class="mark of-') == 3
    assert 'class="mark of-correction"' in told
    assert "the list below says the same" in told
    assert "<svg" not in versions(client, make_published(editor))


def test_form_leads_to_what_changed_between_any_two(client, story):
    told = versions(client, story)
    assert 'method="get"' in told
    assert '<option value="2" selected>' in told
    home = f"{story.get_absolute_url()}editions/"
    for query in ("?first=1&second=3", "?first=3&second=1"):
        response = client.get(home + query)
        assert (response.status_code, response.headers["Location"]) == (302, f"{home}1/3/")
    for query in (
        "?first=x&second=3",
        "?first=1",
        f"?first=1&second={'9' * 30}",
        "?first=0&second=0",
        "?x=1",
    ):
        assert client.get(home + query).status_code == 200, query


def test_suppressed_version_stays_in_the_list_as_a_stub_and_its_redlines_are_gone(client, chief, story):
    workflow.suppress(by=chief, story_id=story.story_id, number=2, reason="An order of the court")
    told = versions(client, story)
    home = f"{story.get_absolute_url()}editions/"
    assert "No longer shown since" in told
    assert "for a legal reason. Its number and its dates stay on record." in told
    assert f'href="{home}2/"' not in told
    assert "What it changed is not told: the version before it is no longer shown." in told
    for hidden in ("An order of the court", "More of it.", "words added"):
        assert hidden not in told
    own = text(client, f"{home}2/", 410)
    for pair in ("1/2/", "2/3/"):
        assert text(client, home + pair, 410) == own
        assert client.get(f"{home}{pair[:-1]}.json").status_code == 410
    assert client.get(f"{home}1/3/").status_code == 200
    assert "waved them off" not in own
    assert '<option value="2"' not in told


def test_many_versions_are_listed_forty_at_a_time(client, editor, django_assert_max_num_queries):
    first = make_archived(headline="Count")
    edition = first
    for n in range(2, 47):
        arrival = workflow.Arrival(workflow.copy.contents_of_edition(edition).changed(kicker=f"Count {n}"))
        edition = workflow.amend(story_id=first.story_id, arrival=arrival)
    with django_assert_max_num_queries(3):
        told = versions(client, edition)
    seen, query = [], ""
    while True:
        page = versions(client, edition, query)
        seen += map(int, re.findall(r'<li id="edition-(\d+)"', page))
        after = re.search(r'class="older" href="[^"]*\?after=([\w-]+)"', page)
        if after is None:
            break
        query = f"?after={after[1]}"
    assert seen == list(range(46, 0, -1))
    assert told.count("<option") == 2 * 46
    assert client.get(f"{edition.get_absolute_url()}editions/?after=nonsense").status_code == 404


def test_old_version_says_which_it_is_what_came_after_and_what_was_put_right(client, editor, story):
    home = f"{story.get_absolute_url()}editions/"
    first, last = text(client, f"{home}1/"), text(client, f"{home}3/")
    assert "2 versions came after it" in first
    assert first.index("Put right since") < first.index("It was the new quay.") < first.index("<article")
    assert f'<a href="{home}1/3/">What changed since, word by word</a>' in first
    assert f'href="{home}1/2/"' in first
    assert "This is the version in force." in last
    assert "Put right since" not in last
    assert f'<a href="{home}2/3/">What it changed in edition 2</a>' in last


def test_correction_on_the_story_leads_to_all_that_it_changed(client, story):
    home = story.get_absolute_url()
    for address in (home, "/corrections/"):
        assert f'href="{home}editions/2/3/"' in text(client, address), address


def test_correction_leads_nowhere_where_the_version_before_is_suppressed(client, chief, story):
    workflow.suppress(by=chief, story_id=story.story_id, number=2, reason="x")
    for address in (story.get_absolute_url(), "/corrections/"):
        told = text(client, address)
        assert "It was the new quay." in told
        assert "editions/2/3/" not in told


def test_scheduled_version_is_in_no_list_of_changes(client, editor, story):
    before = versions(client, story)
    due = timezone.now() + timedelta(days=1)
    change(editor, story.story_id, asked={"at": due}, body="<p>Quite other words.</p>")
    assert EditionChange.objects.filter(edition__number=4).exists()
    assert versions(client, story) == before
    assert client.get(f"{story.get_absolute_url()}editions/3/4/").status_code == 404
    assert client.get(f"{story.get_absolute_url()}editions/3/4.json").status_code == 404


def test_what_editions_changed_before_it_was_counted_is_counted_by_the_keeper(client, story):
    EditionChange.objects.all().delete()
    assert "What changed in edition 3" in versions(client, story)
    workflow.keep_record()
    assert "1 word added; 1 word removed; changed: headline" in versions(client, story)
    assert EditionChange.objects.count() == 2


def test_caption_changed_in_the_library_is_told_in_the_history(client, editor, picture_desk):
    picture = make_picture(caption="The old quay")
    edition = make_published(editor, pictures=[picture])
    workflow.recaption(
        by=picture_desk,
        picture_id=picture.pk,
        token=picture.token,
        facts={"caption": "The new quay"},
        excluding=(),
    )
    edition = edition_of(edition.story_id)
    assert edition.number == 2
    assert "Changed: captions and credits" in versions(client, edition)


def test_data_tell_of_a_suppressed_version_what_the_pages_do(client, chief, story):
    workflow.suppress(by=chief, story_id=story.story_id, number=2, reason="An order of the court")
    rows = client.get(f"{story.get_absolute_url()}editions.json").json()["items"]
    said = "This version is no longer shown, for a legal reason. Its number and its dates stay on record."
    assert [row["notice"] for row in rows] == [None, said, None]
    for address in ("editions/2.json", "editions/1/2.json", "editions/2/record.json"):
        response = client.get(story.get_absolute_url() + address)
        assert (response.status_code, response.json()["notice"]) == (410, said), address
