"""The story form saves through the verbs, refuses with sentences, and loses nothing that was typed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Contributor, Edition, Revision, Tag
from tests.authoring.desk_form import ADD, fields_of, log_in, page_of, save, sentences
from tests.builders import (
    make_article,
    make_contributor,
    make_desk,
    make_person,
    make_picture,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db


def new_story(client, **changes):
    sent = fields_of(client.get(ADD)) | {"headline": "Bread is dearer", "body": "<p>It is.</p>"} | changes
    return client.post(ADD, sent)


def test_reporter_starts_a_story_and_a_reader_may_not(client, reporter, reader):
    response = new_story(log_in(client, reporter), act="file")
    article = Article.objects.get()
    assert response.status_code == 302
    assert (article.state, article.writer, article.headline) == ("filed", reporter, "Bread is dearer")
    assert log_in(client, reader).get(ADD).status_code == 302
    reader.is_staff = True
    reader.save()
    assert log_in(client, reader).get(ADD).status_code == 403


def test_every_field_is_kept(client, editor):
    section, desk, person = make_section("Culture", "Arts"), make_desk("Arts"), make_contributor("Lena Aziz")
    picture = make_picture()
    until = timezone.localtime(timezone.now() + timedelta(days=2)).replace(microsecond=0)
    article = make_article(editor)
    response = save(
        log_in(client, editor),
        article,
        headline="Every field",
        kicker="Kick",
        standfirst="Stand <b>first</b>",
        dateline="ALEPPO",
        body="<p>New <strong>text</strong></p>",
        section=section.slug,
        slug="own-slug",
        language="ar",
        tags="ferries\nperson: Lena Aziz",
        desk=desk.pk,
        embargo_until=until.strftime("%Y-%m-%dT%H:%M:%S"),
        note="Check the name.",
        **{
            "bylines-0-contributor": person.name,
            "bylines-0-role": "photographer",
            "bylines-0-as_printed": "L. Aziz",
            "pictures-0-media_id": picture.media_id,
            "pictures-0-caption": "Own words",
        },
    )
    assert response.status_code == 302
    article = Article.objects.get()
    kept = Revision.objects.first().read()
    assert (kept.headline, kept.kicker, kept.standfirst) == ("Every field", "Kick", "Stand <b>first</b>")
    assert (kept.dateline, kept.slug, kept.language, kept.section) == ("ALEPPO", "own-slug", "ar", "culture")
    assert kept.body == "<p>New <strong>text</strong></p>"
    assert (kept.bylines[0].role, kept.bylines[0].as_printed) == ("photographer", "L. Aziz")
    assert (kept.pictures[0].media_id, kept.pictures[0].own_caption) == (picture.media_id, "Own words")
    assert set(kept.tags) == {"ferries", "Lena Aziz"}
    assert Tag.objects.get(name="Lena Aziz").kind == "person"
    assert (article.desk, article.embargo_until, article.note) == (desk, until, "Check the name.")


def test_saving_an_untouched_form_changes_nothing(client, editor):
    article = make_article(editor, pictures=[make_picture()], tags=("ferries",))
    response = save(log_in(client, editor), article)
    assert response.status_code == 302
    assert Revision.objects.count() == 1
    assert Article.objects.get().token == article.token


def test_missing_token_is_refused_and_the_right_one_taken(client, editor):
    article = make_article(editor)
    sent = fields_of(log_in(client, editor).get(page_of(article))) | {"headline": "Typed with care"}
    without = {name: value for name, value in sent.items() if name != "token"}
    for broken in (without, sent | {"token": ""}):
        response = client.post(page_of(article), broken)
        assert response.status_code == 422
        assert "does not say which version" in sentences(response)
        assert fields_of(response)["headline"] == "Typed with care"
    assert Article.objects.get().headline == article.headline
    assert client.post(page_of(article), sent).status_code == 302
    assert Article.objects.get().headline == "Typed with care"


def test_two_writers_both_texts_are_shown_and_the_second_may_decide(client, editor, reporter):
    article = make_article(reporter, headline="Ferry resumes today")
    opened = fields_of(log_in(client, reporter).get(page_of(article)))
    save(log_in(client, editor), article, headline="Ferry resumes on Monday", body="<p>Theirs whole.</p>")
    response = log_in(client, reporter).post(
        page_of(article), opened | {"headline": "Ferry resumes on Friday"}
    )
    assert response.status_code == 409
    text = response.content.decode()
    assert "editor saved this story while you were writing" in sentences(response)
    assert "Theirs whole." in text
    assert "Monday" in text
    again = fields_of(response)
    assert (again["headline"], again["body"]) == ("Ferry resumes on Friday", opened["body"])
    assert Article.objects.get().headline == "Ferry resumes on Monday"
    assert Revision.objects.get(kind="conflict").read().headline == "Ferry resumes on Friday"
    assert client.post(page_of(article), again).status_code == 302
    assert Article.objects.get().headline == "Ferry resumes on Friday"


def test_mistakes_are_named_and_everything_typed_stands(client, editor):
    article = make_article(editor)
    wrong = {
        "headline": "Kept",
        "body": "<p>Kept too</p>",
        "embargo_until": "next week",
        "bylines-1-contributor": "Nobody Known",
        "pictures-0-media_id": "99999999",
        "pictures-0-caption": "Kept as well",
    }
    response = save(log_in(client, editor), article, **wrong)
    said = sentences(response)
    assert response.status_code == 422
    assert "No picture has the Media ID 99999999" in said
    assert "Nobody called “Nobody Known”" in said
    assert "is not understood. Write a day and an hour" in said
    shown = fields_of(response)
    assert {name: shown[name] for name in wrong} == wrong
    assert Article.objects.get().headline == article.headline


def test_new_name_is_added_only_when_ticked(client, editor):
    article = make_article(editor)
    save(log_in(client, editor), article, **{"bylines-1-contributor": "Omar Said"})
    assert not Contributor.objects.filter(name="Omar Said").exists()
    save(client, article, **{"bylines-1-contributor": "Omar Said", "bylines-1-is_new": "on"})
    assert [line.contributor.name for line in Article.objects.get().bylines.all()] == [
        "Nadia Farouk",
        "Omar Said",
    ]


def test_names_two_people_share_must_be_told_apart(client, editor):
    Contributor.objects.create(name="Ali Hassan", slug="ali-hassan")
    second = Contributor.objects.create(name="Ali Hassan", slug="ali-hassan-2")
    article = make_article(editor)
    response = save(log_in(client, editor), article, **{"bylines-0-contributor": "Ali Hassan"})
    assert "ali-hassan-2" in sentences(response)
    save(client, article, **{"bylines-0-contributor": "ali-hassan-2"})
    assert Article.objects.get().bylines.get().contributor == second
    assert fields_of(client.get(page_of(article)))["bylines-0-contributor"] == "ali-hassan-2"


def test_three_captions_are_three_things(client, editor):
    picture = make_picture(caption="The library's words", file_caption="The file's words")
    article = make_article(editor, pictures=[picture])
    for typed, kept in (
        ({"pictures-0-caption": ""}, None),
        ({"pictures-0-no_caption": "on"}, ""),
        ({"pictures-0-no_caption": "", "pictures-0-caption": "Our own"}, "Our own"),
    ):
        save(log_in(client, editor), article, **typed)
        assert Article.objects.get().placements.get().caption == kept
    page = sentences(client.get(page_of(article)))
    assert "The library's words" in page
    assert "The file's words" in page


def test_rows_follow_their_numbers_and_empty_ones_go(client, editor):
    article = make_article(editor, bylines=["Nadia Farouk", "Lena Aziz"], pictures=[make_picture()])
    save(
        log_in(client, editor),
        article,
        **{"bylines-0-ORDER": "2", "bylines-1-ORDER": "1", "pictures-0-media_id": "", "pictures-0-row": ""},
    )
    article = Article.objects.get()
    assert [str(line) for line in article.bylines.all()] == ["Lena Aziz", "Nadia Farouk"]
    assert not article.placements.exists()


def test_picture_whose_number_is_lost_stays(client, editor):
    picture = make_picture(media_id=None)
    article = make_article(editor, pictures=[picture])
    save(log_in(client, editor), article, headline="Saved again")
    assert Article.objects.get().placements.get().picture == picture


def test_reporter_cannot_hand_the_story_to_somebody_else(client, reporter, editor):
    make_desk("Sports")
    article = make_article(reporter)
    save(log_in(client, reporter), article, writer=editor.pk)
    assert Article.objects.get().writer == reporter
    response = save(client, article, desk=make_desk("Sports").pk)
    assert response.status_code == 422
    save(log_in(client, editor), article, desk=make_desk("Sports").pk, writer=editor.pk)
    article = Article.objects.get()
    assert (article.writer, article.desk.name) == (editor, "Sports")


def test_closed_story_is_read_only_and_text_typed_meanwhile_is_shown_again(client, reporter, editor):
    article = make_article(reporter)
    opened = fields_of(log_in(client, reporter).get(page_of(article)))
    save(log_in(client, editor), article, act="file")
    save(client, article, act="approve")
    page = log_in(client, reporter).get(page_of(article))
    assert "This story is approved. Ask an editor" in sentences(page)
    assert "headline" not in fields_of(page)
    response = client.post(page_of(article), opened | {"headline": "Typed in vain?"})
    assert response.status_code == 422
    assert fields_of(response)["headline"] == "Typed in vain?"
    assert Article.objects.get().headline == article.headline


def test_another_desks_story_is_as_if_it_were_not(client, editor):
    article = make_article(editor)
    stranger = make_person("sportsman", "editor", make_desk("Sports"))
    assert log_in(client, stranger).get(page_of(article)).status_code == 404
    assert client.get(page_of(10_000_000)).status_code == 404
    assert client.get(page_of(10**30)).status_code == 404
    assert log_in(client, editor).get(page_of(article)).status_code == 200


def test_hostile_words_come_out_literally(client, editor):
    article = make_article(editor, headline="SALOMON INC <SB> Q1 {{ 7*7 }}")
    page = log_in(client, editor).get(page_of(article)).content.decode()
    assert "SALOMON INC &lt;SB&gt; Q1 {{ 7*7 }}" in page
    assert "<SB>" not in page


def test_damaged_form_is_answered_with_a_sentence(client, editor):
    article = make_article(editor)
    sent = fields_of(log_in(client, editor).get(page_of(article)))
    for damage in (
        {"bylines-TOTAL_FORMS": "many"},
        {"pictures-TOTAL_FORMS": "5000"},
        {"language": "xx"},
        {"section": "no-such"},
        {"headline": "x" * 400},
        {"headline": "nul\x00"},
        {"pictures-0-media_id": "0" * 13},
        {"desk": "9" * 40},
    ):
        assert client.post(page_of(article), sent | damage).status_code == 422, damage
    assert Article.objects.get().token == article.token
    assert client.post(page_of(article), sent | {"pictures-0-row": "9" * 40}).status_code == 302


def test_tags_keep_their_kind_and_follow_aliases(client, editor):
    make_tag("Aleppo", "place")
    Tag.objects.create(name="Halab", kind="place", alias_of=Tag.objects.get(name="Aleppo"))
    article = make_article(editor)
    save(log_in(client, editor), article, tags="halab\norganisation: Aleppo\nplace: Idlib")
    assert sorted(Article.objects.get().tags.values_list("name", "kind")) == [
        ("Aleppo", "place"),
        ("Idlib", "place"),
    ]


def test_nothing_typed_reaches_readers_before_it_is_published(client, editor):
    article = make_article(editor)
    save(log_in(client, editor), article, headline="Not yet")
    assert not Edition.objects.exists()


def test_save_of_today_is_told_by_its_hour_and_an_older_one_with_its_day(client, editor):
    article = make_article(editor)
    form = f"/admin/articles/article/{article.pk}/change/"
    hour = timezone.localtime(Article.objects.get(pk=article.pk).changed_at).strftime("%H:%M:%S")
    assert f"data-saved>Saved {hour} by" in log_in(client, editor).get(form).content.decode()
    Article.objects.filter(pk=article.pk).update(changed_at=datetime(2016, 11, 3, 6, tzinfo=UTC))
    assert "data-saved>Saved 3 Nov 2016, 06:00 UTC by" in client.get(form).content.decode()
