"""A correction stands with its note, how far the mistake went and the words it changed, as long as readers may see both."""

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Correction, Edition
from tests.builders import make_picture, make_published

pytestmark = pytest.mark.django_db
WRONG = "<p>The ferry left the old quay at six.</p><p>Nobody waved.</p>"
RIGHT = "<p>The ferry left the new quay at six.</p><p>Nobody waved.</p>"


def change(by, edition, act, **words):
    """Save the copy with other words and let it out by `act`, a verb and what it asks."""
    verb, asked = act
    article = Article.objects.get(pk=edition.story_id)
    contents = workflow.copy.contents_of(article).changed(**words)
    article = workflow.save(by=by, story_id=article.pk, token=article.token, contents=contents)
    return verb(by=by, story_id=article.pk, token=article.token, **asked)


def corrected(by, edition, body=RIGHT, **asked):
    note = {"note": "It was the new quay."} | asked
    return change(by, edition, (workflow.correct, note), body=body)


@pytest.fixture
def edition(editor):
    return make_published(editor, body=WRONG)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def shown(client, edition):
    return page(client, edition.get_absolute_url())


OLD = '<del><bdi class="unseen">[deleted: </bdi>old'
NEW = '<ins><bdi class="unseen">[inserted: </bdi>new'


def test_note_severity_and_changed_words_stand_together(client, editor, edition):
    after = corrected(editor, edition, severity="slip")
    for address in (after.get_absolute_url(), "/corrections/", f"{after.get_absolute_url()}editions/2/"):
        told = page(client, address)
        assert "It was the new quay." in told
        assert "a slip: a date, a spelling of a name" in told
        assert OLD in told
        assert NEW in told
        assert "Nobody waved.</p> </details>" not in told


def test_headline_standfirst_and_caption_are_explained_too(client, editor):
    picture = make_picture(caption="The old quay")
    edition = make_published(
        editor, headline="Ferry leaves old quay", standfirst="From the old quay.", pictures=[picture]
    )
    article = Article.objects.get(pk=edition.story_id)
    printed = workflow.placing.printed(picture, "The new quay")
    change(
        editor,
        edition,
        (workflow.correct, {"note": "It was the new quay."}),
        headline="Ferry leaves new quay",
        standfirst="From the new quay.",
        pictures=(printed,),
    )
    assert [line["part"] for line in Correction.objects.get().changes] == [
        "Headline",
        "Standfirst",
        "Caption",
    ]
    told = shown(client, Edition.objects.at().get(story_id=article.pk))
    assert all(
        f'<span class="part">{part}: </span>' in told for part in ("Headline", "Standfirst", "Caption")
    )


def test_what_was_suppressed_is_not_told_by_what_it_became(client, editor, chief, edition):
    after = corrected(editor, edition)
    workflow.suppress(by=chief, story_id=edition.story_id, number=1, reason="A court order")
    for address in (after.get_absolute_url(), "/corrections/", f"{after.get_absolute_url()}editions/2/"):
        told = page(client, address)
        assert "It was the new quay." in told
        assert "deleted:" not in told


def test_hostile_words_are_only_words(client, editor, edition):
    corrected(editor, edition, body="<p>The ferry left &lt;script&gt;alert(1)&lt;/script&gt; at six.</p>")
    assert "<script>alert(1)" not in page(client, "/corrections/")
    assert "&lt;" in page(client, "/corrections/")


def test_silent_fix_is_no_correction_and_no_update_for_readers(client, editor, edition):
    after = change(
        editor, edition, (workflow.mend, {}), body=WRONG.replace("waved", "wavd").replace("wavd", "waived")
    )
    assert (after.number, after.kind) == (2, "fix")
    told = shown(client, after)
    assert "waived" in told
    assert "Updated" not in told
    assert not Correction.objects.exists()
    assert "No correction has been made." in page(client, "/corrections/")
    assert "Spelling mended" in page(client, f"{after.get_absolute_url()}editions/")


def test_silent_fix_leaves_the_hour_of_the_update_before_it(client, editor, edition):
    update = change(editor, edition, (workflow.update, {}), standfirst="Every half hour from now on.")
    assert "Updated" in shown(client, update)
    since = timezone.localtime(update.live_from)
    mended = change(editor, update, (workflow.mend, {}), body=WRONG.replace("waved", "waived"))
    told = shown(client, mended)
    assert f'Updated <time datetime="{since.isoformat(timespec="seconds")}"' in told
    assert "dateModified" in told
    assert "Updated" not in page(client, f"{mended.get_absolute_url()}editions/3/")
    assert "Updated" in page(client, f"{mended.get_absolute_url()}editions/2/")


def test_pages_stay_within_three_queries(client, editor, edition, django_assert_max_num_queries):
    after = corrected(editor, edition)
    for address in (after.get_absolute_url(), "/corrections/", f"{after.get_absolute_url()}editions/2/"):
        client.get(address)
        with django_assert_max_num_queries(3):
            client.get(address)


def test_long_change_is_kept_short(editor):
    edition = make_published(editor, body="".join(f"<p>{'word ' * 900}{n}</p>" for n in range(40)))
    corrected(editor, edition, body="".join(f"<p>{'other ' * 900}{n}</p>" for n in range(40)))
    changes = Correction.objects.get().changes
    assert len(changes) == 12
    assert all(sum(len(words) for _, words in line["spans"]) <= 1_600 for line in changes)
