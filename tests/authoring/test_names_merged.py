"""Names at the desk: suggested with their use, listed, merged with what that does said first, and put back."""

from datetime import date

import pytest
from django.db import connection

from articles import workflow
from articles.authoring.known_names import fitting, uses_of
from articles.models import Contributor, Dating, PrintedByline, Spelling, Tag, ToldApart
from tests.authoring.desk_form import LIST, log_in, sentences
from tests.builders import make_archived, make_contents, make_contributor, make_published, make_tag, moment

pytestmark = pytest.mark.django_db
TAGS, PEOPLE = "/admin/articles/tag/", "/admin/articles/contributor/"


def suggested(client, kind, typed):
    return client.get(f"{LIST}suggest/{kind}/", {"q": typed}).json()["found"]


def test_suggestion_tells_kind_count_and_last_use_of_what_readers_see(client, reporter, editor, chief):
    from articles.models import Article

    make_tag("Aleppo", "place")
    make_tag("Alepo", "topic")
    make_archived(tags=("Aleppo",))
    killed = make_published(editor, tags=("Aleppo",))
    copy = Article.objects.get(pk=killed.story_id)
    workflow.kill(by=editor, story_id=copy.pk, token=copy.token, reason="wrong")
    found = suggested(log_in(client, reporter), "tags", "Aleppo")
    assert found[0]["shown"] == "Aleppo"
    assert found[0]["note"] == "place: 1 story, last 28 Aug 2014"
    assert found[0]["is_exact"]
    assert (found[1]["shown"], found[1]["is_near"]) == ("Alepo", True)
    assert found[1]["note"] == "topic: in no published story yet"


def test_scheduled_story_is_not_counted_and_its_last_edition_still_is(editor):
    from articles.models import Article
    from tests.builders import make_article

    tag = make_tag("Harbour")
    waiting = make_article(editor, tags=("Harbour",))
    workflow.publish(by=editor, story_id=waiting.pk, token=waiting.token, at=moment(2090))
    assert uses_of("tags", {tag.pk}) == {}
    live = make_published(editor, tags=("Harbour",))
    copy = Article.objects.get(pk=live.story_id)
    assert uses_of("tags", {tag.pk})[tag.pk].stories == 1
    workflow.suppress(by=make_chief(), story_id=copy.pk, number=1, reason="by order")
    assert uses_of("tags", {tag.pk}) == {}


def make_chief():
    from tests.builders import make_person

    return make_person("chidi", "chief")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Moussa", "Mousa"), ("موسى", "Mousa"), ("محمد", "مُحَمَّد"), ("mous", "Mousa"), ("sanaa", "Sana’a")],
)
def test_near_spellings_are_found(typed, meant):
    for name in ("Mousa", "مُحَمَّد", "Sana’a", "Harbour"):
        make_tag(name)
    assert meant in [one.row.name for one in fitting("tags", typed)]
    assert "Harbour" not in [one.row.name for one in fitting("tags", typed)]


def test_person_is_suggested_by_how_they_were_once_printed(client, reporter):
    person = make_contributor("Nadia Farouk")
    Spelling.objects.create(contributor=person, as_printed="N. of the secret desk")
    assert suggested(log_in(client, reporter), "contributors", "n. of") == []
    arrival = make_contents().changed(bylines=(PrintedByline(person.slug, "writer", "N. al-Farouk"),))
    workflow.admit(arrival=workflow.Arrival(arrival, Dating.stated_on(date(2014, 8, 28)), "whole", None))
    found = suggested(log_in(client, reporter), "contributors", "n. al")
    assert [(one["name"], one["as_printed"], one["shown"]) for one in found] == [
        ("Nadia Farouk", "N. al-Farouk", "N. al-Farouk → Nadia Farouk")
    ]


def test_walks_are_along_indexes_and_the_queries_few(client, reporter, django_assert_max_num_queries):
    Tag.objects.bulk_create(Tag(name=f"Name {n}", slug=f"name-{n}") for n in range(300))
    make_archived(tags=("Name 7",))
    log_in(client, reporter)
    with django_assert_max_num_queries(9):
        assert len(suggested(client, "tags", "name")) == 12
    if connection.vendor == "sqlite":
        rows = Tag.objects.filter(sound__gte="nm", sound__lt="nn").order_by("sound")[:12]
        assert "USING INDEX articles_tag_sound" in rows.explain()
        rows = Tag.objects.filter(folded__gte="na", folded__lt="nb").order_by("folded")[:12]
        assert "USING INDEX articles_tag_folded" in rows.explain()


def test_list_tells_use_and_other_spellings_of_a_page_in_as_many_queries_as_of_one(
    client, editor, django_assert_max_num_queries
):
    make_archived(tags=("Aleppo",))
    Tag.objects.create(name="Haleb", alias_of=Tag.objects.get(name="Aleppo"))
    log_in(client, editor)
    page = sentences(client.get(TAGS, {"q": "HALEB"}))
    assert "1 story, last 28 Aug 2014" in page
    assert "→ Aleppo" in page
    Tag.objects.bulk_create(Tag(name=f"Name {n}", slug=f"name-{n}") for n in range(40))
    with django_assert_max_num_queries(12):
        assert "Name 39" in sentences(client.get(TAGS, {"q": "name"}))


def test_effects_are_said_first_and_the_merge_is_taken_back_on_its_page(client, editor, reporter):
    make_published(editor, tags=("Halab",))
    halab, aleppo = Tag.objects.get(name="Halab"), make_tag("Aleppo")
    log_in(client, editor)
    asked = sentences(client.post(f"{TAGS}{halab.pk}/merge/", {"into": "Aleppo"}))
    assert "It moves 1 published story from “Halab” to “Aleppo”." in asked
    assert "/tag/halab/ will lead to /tag/aleppo/." in asked
    client.post(f"{TAGS}{halab.pk}/merge/", {"into": "Aleppo", "confirmed": "yes"})
    assert "Take the merge back" in sentences(client.get(f"{TAGS}{halab.pk}/change/"))
    assert log_in(client, reporter).post(f"{TAGS}{halab.pk}/unmerge/").status_code in (302, 403)
    halab.refresh_from_db()
    assert halab.alias_of == aleppo
    done = log_in(client, editor).post(f"{TAGS}{halab.pk}/unmerge/", follow=True)
    assert "1 story as before." in sentences(done)
    halab.refresh_from_db()
    assert halab.alias_of is None
    again = client.post(f"{TAGS}{halab.pk}/unmerge/", follow=True)
    assert "no merge of this name" in sentences(again)


@pytest.mark.parametrize(("address", "model"), [(TAGS, Tag), (PEOPLE, Contributor)])
def test_names_that_sound_alike_are_listed_until_they_are_told_apart(
    client, editor, reporter, address, model
):
    one, other, _ = [
        model.objects.create(name=name, slug=name.lower()) for name in ("Moussa", "Musa", "Harbour")
    ]
    assert log_in(client, reporter).get(f"{address}alike/").status_code == 403
    page = sentences(log_in(client, editor).get(f"{address}alike/"))
    assert "Moussa" in page
    assert "Harbour" not in page
    client.post(f"{address}alike/", {"one": one.pk, "other": "x" * 40})
    assert not ToldApart.objects.exists()
    client.post(f"{address}alike/", {"one": one.pk, "other": other.pk})
    assert "No two names here sound alike." in sentences(client.get(f"{address}alike/"))


def test_hostile_names_are_searched_for_without_harm(client, editor):
    log_in(client, editor)
    for typed in ("\0", "\u202e", "%", "'", "x" * 5000, "\ud7ff", "🦊", "ﷺ" * 90):
        for kind in ("tags", "contributors"):
            assert client.get(f"{LIST}suggest/{kind}/", {"q": typed}).status_code in (200, 400)
        assert client.get(TAGS, {"q": typed}).status_code in (200, 302, 400)
        assert client.get(f"{TAGS}alike/", {"after": typed}).status_code in (200, 400)


def test_byline_typed_as_once_printed_finds_the_person_and_prints_it_so(client, reporter):
    from articles.models import Article
    from tests.authoring.desk_form import ADD, fields_of

    Spelling.objects.create(contributor=make_contributor("Nadia Farouk"), as_printed="N. al-Farouk")
    sent = fields_of(log_in(client, reporter).get(ADD)) | {"headline": "Nets mended"}
    client.post(ADD, sent | {"bylines-0-contributor": "\u202eN. AL-FAROUK", "tags": "\u202eHarbour\u202c"})
    line = Article.objects.get().bylines.get()
    assert (line.contributor.name, line.as_printed) == ("Nadia Farouk", "N. al-Farouk")
    assert Tag.objects.get().name == "Harbour"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("x" * 1000, "at most 100 characters"), ("\u202e\u2066", "no letter that could be read")],
)
def test_what_cannot_be_a_tag_is_refused_with_a_sentence_and_stays_in_its_box(client, reporter, typed, said):
    from tests.authoring.desk_form import ADD, fields_of

    sent = fields_of(log_in(client, reporter).get(ADD)) | {"headline": "Nets mended", "tags": typed}
    answer = client.post(ADD, sent)
    assert answer.status_code == 422
    assert said in sentences(answer)
    assert fields_of(answer)["tags"] == typed
    assert not Tag.objects.exists()


def test_name_is_not_offered_to_be_merged_into_itself(client, editor):
    tag = make_tag("Harbour")
    answer = log_in(client, editor).post(f"{TAGS}{tag.pk}/merge/", {"into": "Harbour"}, follow=True)
    assert "A name cannot be merged into itself. Choose another one." in sentences(answer)
    assert "Merging" not in sentences(answer)
