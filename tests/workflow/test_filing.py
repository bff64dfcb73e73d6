"""Names: made with their keys, kept as printed, merged, and put back exactly as they were."""

import pytest

from articles import workflow
from articles.models import (
    Article,
    BulkAct,
    Byline,
    Contributor,
    Edition,
    EditionByline,
    EditionTag,
    Event,
    PrintedByline,
    Spelling,
    Tag,
    Tagging,
    ToldApart,
)
from articles.workflow.copy import contents_of
from articles.workflow.filing import contributor_named, tag_of_kind, tags_named
from tests.builders import make_archived, make_contents, make_contributor, make_published, make_tag

pytestmark = pytest.mark.django_db


def named(tag):
    return [one["name"] for one in Edition.objects.get(pk=tag.pk).filed_tags]


def standing():
    """Everything that a merge may move, as plain values; row numbers left out."""
    return {
        "tags": set(Tag.objects.values_list("name", "alias_of__name")),
        "people": set(Contributor.objects.values_list("name", "alias_of__name")),
        "copy tags": set(Tagging.objects.values_list("content_object_id", "tag__name")),
        "copy lines": set(
            Byline.objects.values_list("article_id", "contributor__name", "role", "as_printed")
        ),
        "tag rows": set(
            EditionTag.objects.values_list("edition_id", "tag__name", "listed_at", "story_number")
        ),
        "lines": set(
            EditionByline.objects.values_list("edition_id", "contributor__name", "order", "is_first", "role")
        ),
        "rows": [
            (one.pk, one.digest, sorted(tag["name"] for tag in one.filed_tags), one.bylines, one.byline)
            for one in Edition.objects.order_by("pk")
        ],
    }


def test_names_are_found_however_they_are_cased_and_made_with_their_keys():
    first, second = tags_named(["Moussa", "\u202emoussa\u202c", " \u200b "])[0], tags_named(["MOUSSA"])[0]
    assert first == second
    assert (first.folded, first.sound) == ("moussa", "msa")
    assert contributor_named("Musa  Ali") == contributor_named("musa ali")
    assert Contributor.objects.get().sound == "msaala"
    Tag.objects.bulk_create([Tag(name="Aléppo", slug="aleppo-2")])
    assert Tag.objects.get(slug="aleppo-2").folded == "aleppo"
    assert tag_of_kind("ALÉPPO", kind="place").slug == "aleppo-2"


def test_way_a_name_is_printed_is_kept_with_the_person_once(editor):
    person = make_contributor("Nadia Farouk")
    for _ in range(2):
        make_archived(bylines=[])
        line = (PrintedByline(person.slug, "writer", "N. Farouk"),)
        workflow.admit(arrival=workflow.Arrival(make_contents(bylines=[]).changed(bylines=line)))
    make_published(editor, bylines=["Nadia Farouk"])
    kept = Spelling.objects.filter(contributor=person)
    assert set(kept.values_list("as_printed", "folded")) == {
        ("N. Farouk", "n. farouk"),
        ("Nadia Farouk", "nadia farouk"),
    }


def test_merge_of_tags_is_taken_back_exactly(editor):
    halab, aleppo = make_tag("Halab", "place"), make_tag("Aleppo", "place")
    Tag.objects.create(name="Haleb", alias_of=halab)
    make_published(editor, tags=("Halab", "War"))
    make_published(editor, tags=("Halab", "Aleppo"))
    make_published(editor, tags=("Aleppo",))
    make_archived(tags=())
    before = standing()
    act = workflow.merge_tags(by=editor, tag=halab, into=aleppo)
    assert set(Tag.objects.filter(alias_of=aleppo).values_list("name", flat=True)) == {"Halab", "Haleb"}
    assert not EditionTag.objects.filter(tag=halab).exists()
    assert not Tagging.objects.filter(tag=halab).exists()
    done = workflow.unmerge_tags(by=editor, act=act)
    assert standing() == before
    assert done.sentences() == ["“Halab” is a tag of its own again. 2 stories as before."]
    assert Event.objects.filter(verb="unmerge").exists()
    with pytest.raises(workflow.Refused, match="taken back already"):
        workflow.unmerge_tags(by=editor, act=act)


def test_story_filed_anew_since_stays_as_it_is_and_is_told(editor):
    halab, aleppo = make_tag("Halab"), make_tag("Aleppo")
    stays, goes = make_published(editor, tags=("Halab",)), make_published(editor, tags=("Halab",))
    act = workflow.merge_tags(by=editor, tag=halab, into=aleppo)
    copy = Article.objects.get(pk=stays.story_id)
    workflow.save(
        by=editor, story_id=copy.pk, token=copy.token, contents=contents_of(copy).changed(tags=("Harbour",))
    )
    copy = Article.objects.get(pk=goes.story_id)
    saved = workflow.save(
        by=editor, story_id=copy.pk, token=copy.token, contents=contents_of(copy).changed(kicker="Anew")
    )
    later = workflow.update(by=editor, story_id=copy.pk, token=saved.token)
    done = workflow.unmerge_tags(by=editor, act=act)
    assert named(stays) == ["Harbour"]
    assert named(goes) == named(later) == ["Halab"]
    assert (done.stories, done.left) == ({goes.story_id}, {stays.story_id})
    assert done.sentences()[1] == "1 story was filed anew since and stays as it is."


def test_merge_of_people_is_taken_back_exactly(editor):
    short, whole = make_contributor("N. Farouk"), make_contributor("Nadia Farouk")
    Contributor.objects.create(name="Nadja F.", slug="nadja-f", alias_of=short)
    make_archived(bylines=["N. Farouk", "Omar Said"])
    make_archived(bylines=["Nadia Farouk", "N. Farouk"])
    make_published(editor, bylines=["N. Farouk"])
    make_published(editor, bylines=["Nadia Farouk"])
    make_published(editor, bylines=["N. Farouk", "Nadia Farouk"])
    before = standing()
    act = workflow.merge_contributors(by=editor, contributor=short, into=whole)
    assert Edition.objects.at().by(whole).count() == 5
    assert standing()["rows"] != before["rows"]
    done = workflow.unmerge_contributors(by=editor, act=act)
    assert standing() == before
    assert not done.left


def test_byline_changed_since_is_left_alone(editor):
    short, whole = make_contributor("N. Farouk"), make_contributor("Nadia Farouk")
    edition = make_published(editor, bylines=["N. Farouk"])
    act = workflow.merge_contributors(by=editor, contributor=short, into=whole)
    copy = Article.objects.get(pk=edition.story_id)
    line = (PrintedByline(make_contributor("Omar Said").slug, "writer", "Omar Said"),)
    workflow.save(
        by=editor, story_id=copy.pk, token=copy.token, contents=contents_of(copy).changed(bylines=line)
    )
    done = workflow.unmerge_contributors(by=editor, act=act)
    assert Byline.objects.get(article=copy).contributor.name == "Omar Said"
    assert done.left == {copy.pk}
    assert Edition.objects.at().by(short).get() == edition


def test_merges_are_taken_back_last_one_first_and_by_editors(editor, reporter):
    one, two, three = make_tag("Halab"), make_tag("Haleb"), make_tag("Aleppo")
    first = workflow.merge_tags(by=editor, tag=one, into=two)
    second = workflow.merge_tags(by=editor, tag=two, into=three)
    with pytest.raises(workflow.Refused, match="merged since"):
        workflow.unmerge_tags(by=editor, act=first)
    with pytest.raises(workflow.Refused, match="role"):
        workflow.unmerge_tags(by=reporter, act=second)
    workflow.unmerge_tags(by=editor, act=second)
    workflow.unmerge_tags(by=editor, act=first)
    assert not Tag.objects.filter(alias_of__isnull=False).exists()
    assert BulkAct.objects.filter(undone_at__isnull=False).count() == 2


def test_two_names_are_told_apart_once(editor, reporter):
    one, other = make_tag("Oman"), make_tag("Amman")
    with pytest.raises(workflow.Refused, match="role"):
        workflow.tell_apart(by=reporter, kind="tags", one=one.pk, other=other.pk)
    for pair in ((one.pk, other.pk), (other.pk, one.pk)):
        workflow.tell_apart(by=editor, kind="tags", one=pair[0], other=pair[1])
    assert ToldApart.objects.get().first == min(one.pk, other.pk)
    with pytest.raises(workflow.Refused, match="no longer there"):
        workflow.tell_apart(by=editor, kind="tags", one=one.pk, other=10**9)
