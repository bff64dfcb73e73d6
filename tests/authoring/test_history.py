"""A story's history: saves folded by sitting, names, any two compared, who wrote what, one click back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.authoring.sittings import folded
from articles.authoring.who_wrote import who_wrote
from articles.models import Article, Revision, RevisionKind
from articles.workflow.copy import contents_of
from media.models import Picture
from tests import builders
from tests.workflow.test_autosaving import BODY, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(editor):
    return builders.make_article(editor, body=BODY, headline="Ships wait")


def at(name, story, *args):
    return reverse(f"admin:{name}", args=[story.pk, *args])


def test_saves_of_one_sitting_are_folded_and_what_stands_out_is_not(editor, reporter, story):
    one, other = Page(editor, story.pk), Page(reporter, story.pk)
    for letter in "abc":
        one.type(note=letter)
    other.type(standfirst="Since Monday.")
    one.type(note="abcd")
    workflow.file(by=editor, story_id=story.pk, token=Article.objects.get(pk=story.pk).token)
    rows = Revision.objects.filter(story_id=story.pk).select_related("named")
    kinds = [(one.last.kind, len(one.revisions), one.by.username) for one in folded(rows)]
    assert kinds[0] == (RevisionKind.MOVE, 1, "editor")
    assert (RevisionKind.AUTOSAVE, 3, "editor") in kinds
    assert kinds[-1] == (RevisionKind.SAVE, 1, "editor")


def test_named_version_and_a_long_pause_break_the_fold(editor, story):
    page = Page(editor, story.pk)
    for letter in "abcd":
        page.type(note=letter)
    rows = list(
        Revision.objects.filter(story_id=story.pk, kind=RevisionKind.AUTOSAVE).select_related("named")
    )
    assert [len(one.revisions) for one in folded(rows)] == [4]
    rows[3].made_at = timezone.now() - timedelta(hours=2)
    assert [len(one.revisions) for one in folded(rows)] == [3, 1]
    workflow.name_version(by=editor, story_id=story.pk, number=rows[1].number, name="before the lawyers")
    rows = Revision.objects.filter(story_id=story.pk, kind=RevisionKind.AUTOSAVE).select_related("named")
    assert [len(one.revisions) for one in folded(rows)] == [1, 1, 2]


def test_history_page_names_compares_and_restores(client, editor, story):
    client.force_login(editor)
    page = Page(editor, story.pk)
    page.type(headline="Ships go")
    page.type(body=BODY.replace("second", "2nd"))
    first, last = 1, Revision.objects.filter(story_id=story.pk).first().number
    client.post(at("desk_name", story, first), {"name": "as it began"})
    shown = client.get(at("articles_article_history", story)).content.decode()
    assert "as it began" in shown
    assert "2 saves of this sitting" in shown
    answer = client.get(at("desk_compare_chosen", story), {"a": last, "b": first}, follow=True)
    assert answer.redirect_chain[-1][0] == at("desk_compare", story, first, last)
    assert {one.name for one in answer.context["compared"]} == {"headline", "body"}
    assert client.get(at("desk_compare_chosen", story), {"a": "x"}, follow=True).status_code == 200
    token = Article.objects.get(pk=story.pk).token
    client.post(at("desk_restore", story, first), {"token": token})
    assert Article.objects.get(pk=story.pk).headline == "Ships wait"
    assert Revision.objects.filter(story_id=story.pk).first().kind == RevisionKind.RESTORE


def test_pictures_are_compared_as_pictures_and_events_told_as_in_the_log(client, editor, story):
    kept, gone, come = (builders.make_picture(media_id=f"7234000{n}") for n in range(3))
    builders.make_copy(gone)
    for pictures in ((kept, gone), (come, kept)):
        article = Article.objects.get(pk=story.pk)
        rows = tuple(workflow.placing.printed(one) for one in pictures)
        contents = contents_of(article).changed(pictures=rows)
        workflow.save(by=editor, story_id=story.pk, token=article.token, contents=contents)
    client.force_login(editor)
    answer = client.get(at("desk_compare", story, 2, 3))
    [part] = answer.context["compared"]
    fates = [(one.name, one.fate) for one in part.pictures]
    assert fates == [(str(come), "put in"), (str(kept), "stays"), (str(gone), "taken out")]
    assert gone.copies()[0].desk_url in answer.content.decode()
    Picture.objects.filter(pk=gone.pk).update(killed_at=timezone.now())
    assert gone.copies()[0].desk_url not in client.get(at("desk_compare", story, 2, 3)).content.decode()
    told = client.get(at("articles_article_history", story)).context["events"]
    assert [sentence for _, sentence in told][-1] == "editor started the story"


def test_history_of_many_saves_is_read_by_pages(client, editor, story, monkeypatch):
    monkeypatch.setattr("articles.authoring.history.SHOWN", 5)
    page = Page(editor, story.pk)
    for n in range(8):
        page.type(note=str(n))
    client.force_login(editor)
    shown = client.get(at("articles_article_history", story))
    assert shown.context["earlier"] == 5
    rest = client.get(at("articles_article_history", story), {"before": "5"})
    assert [one.number for group in rest.context["stretches"] for one in group.revisions] == [4, 3, 2, 1]


def test_each_sentence_is_told_by_who_wrote_it(client, editor, reporter, story):
    Page(reporter, story.pk).type(body=BODY.replace("second one.", "second one. A reporter's sentence."))
    Page(editor, story.pk).type(body=Article.objects.get(pk=story.pk).body.replace("third", "third, mended"))
    paragraphs = who_wrote(story.pk, contents_of(Article.objects.get(pk=story.pk)))
    said = {run.text.strip(): run.revision.made_by.username for runs in paragraphs for run in runs}
    assert said["A reporter's sentence."] == "reporter"
    assert said[", mended"] == "editor"
    assert "".join(run.text for run in paragraphs[1]) == "The second one. A reporter's sentence."
    client.force_login(editor)
    reporter.first_name, reporter.last_name = "Rana", "Haddad"
    reporter.save()
    shown = client.get(at("desk_who_wrote", story)).content.decode()
    assert "A reporter&#x27;s sentence." in shown
    assert 'data-who="Rana Haddad, ' in shown


def test_name_is_bounded_and_taken_away(editor, story):
    with pytest.raises(workflow.Refused, match="120"):
        workflow.name_version(by=editor, story_id=story.pk, number=1, name="x" * 121)
    with pytest.raises(workflow.Refused, match="no revision"):
        workflow.name_version(by=editor, story_id=story.pk, number=99, name="x")
    workflow.name_version(by=editor, story_id=story.pk, number=1, name="x")
    assert workflow.name_version(by=editor, story_id=story.pk, number=1, name=" ") is None


@pytest.mark.parametrize("name", ["desk_who_wrote", "desk_compare_chosen", "articles_article_history"])
def test_history_of_another_desk_is_none(client, story, name):
    client.force_login(builders.make_person("omar", "reporter", builders.make_desk("Sport")))
    assert client.get(at(name, story)).status_code == 404
    assert client.get(at("desk_compare", story, 1, 1)).status_code == 404
    assert client.post(at("desk_name", story, 1), {"name": "x"}).status_code == 404
