"""The picture desk's pages, through HTTP: add, look, change, nothing lost, nobody let in who may not."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.picture_desk.opening import in_groups
from media.models import Picture
from tests import builders
from tests.media import drawn

pytestmark = pytest.mark.django_db
ADD = reverse("admin:media_picture_add")
LIST = reverse("admin:media_picture_changelist")


def typed(**overrides):
    facts = {
        "version": "1", "caption_is": "written", "caption": "The quay at noon", "credit": "Staff", "alt": "A quay",
        "rights_class": "staff", "rights_holder": "", "rights_terms": "", "rights_end_on": "", "taken_on": "2016-11-03",
        "uses": "anywhere",
    }  # fmt: skip
    return facts | overrides


def page_of(picture):
    return reverse("admin:media_picture_change", args=[picture.pk])


def test_picture_is_added_listed_and_shown(client, picture_desk):
    client.force_login(picture_desk)
    answer = client.post(ADD, typed(file=drawn.file(), media_id="55361435"))
    picture = Picture.objects.get(media_id="55361435")
    assert answer.url == page_of(picture)
    assert (picture.caption, picture.made_by, str(picture.taken_on)) == (
        "The quay at noon",
        picture_desk,
        "2016-11-03",
    )
    listed = client.get(LIST).content.decode()
    assert f'src="{picture.copies()[0].desk_url}"' in listed
    shown = client.get(page_of(picture)).content.decode()
    assert "/admin/images/" in shown
    image = client.get(picture.copies()[0].desk_url)
    assert b"".join(image.streaming_content).startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        (b"<svg/>", "no picture that can be taken in"),
        (drawn.file().getvalue()[:3000], "cut short"),
    ],
)
def test_bad_file_is_a_sentence_and_what_was_typed_stays(client, picture_desk, raw, sentence):
    client.force_login(picture_desk)
    answer = client.post(ADD, typed(file=drawn.named(raw, "quay.jpg"), caption="Typed with care"))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert "Typed with care" in answer.content.decode()
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("caption_is", "caption", "kept"),
    [("written", " Noon ", "Noon"), ("empty", "", ""), ("absent", "", None)],
)
def test_absent_empty_and_written_captions_are_three_things(client, picture_desk, caption_is, caption, kept):
    picture = builders.make_picture(caption="Before")
    client.force_login(picture_desk)
    client.post(page_of(picture), typed(caption_is=caption_is, caption=caption))
    picture.refresh_from_db()
    assert (picture.caption, picture.version) == (kept, 2)
    assert client.get(page_of(picture)).context["form"].initial["caption_is"] == caption_is


@pytest.mark.parametrize(
    ("caption_is", "caption"), [("written", "  "), ("empty", "Noon"), ("absent", "Noon")]
)
def test_caption_that_contradicts_itself_is_asked_about(client, picture_desk, caption_is, caption):
    picture = builders.make_picture(caption="Before")
    client.force_login(picture_desk)
    answer = client.post(page_of(picture), typed(caption_is=caption_is, caption=caption))
    assert answer.context["form"].errors
    picture.refresh_from_db()
    assert picture.caption == "Before"


def test_second_writer_is_refused_with_both_texts_and_loses_nothing(client, picture_desk):
    picture = builders.make_picture(caption="Before")
    client.force_login(picture_desk)
    client.post(page_of(picture), typed(caption="The first writer's"))
    late = client.post(page_of(picture), typed(caption="The second writer's"))
    said = late.content.decode()
    assert late.status_code == 409
    assert "The first writer&#x27;s" in said
    assert "The second writer&#x27;s" in said
    client.post(
        page_of(picture),
        typed(caption="The second writer's", version=late.context["form"]["version"].value()),
    )
    picture.refresh_from_db()
    assert picture.caption == "The second writer's"
    missing = client.post(page_of(picture), typed(version="", caption="No token"))
    assert "which version" in missing.content.decode()


def test_lost_file_is_uploaded_beside_new_words_or_nothing_is(client, picture_desk):
    picture = builders.make_picture(caption="Before")
    client.force_login(picture_desk)
    refused = client.post(page_of(picture), typed(file=drawn.named(b"no picture", "a.jpg")))
    assert "no picture that can be taken in" in refused.content.decode()
    picture.refresh_from_db()
    assert (picture.caption, picture.version) == ("Before", 1)
    client.post(page_of(picture), typed(file=drawn.file()))
    picture.refresh_from_db()
    assert (picture.caption, picture.has_file, picture.version) == ("The quay at noon", True, 3)
    assert 'type="file"' not in client.get(page_of(picture)).content.decode()


def test_words_refused_after_their_file_came_in_stay_in_the_form_and_go_with_the_next_save(
    client, picture_desk
):
    picture = builders.make_picture(media_id="55361435")
    client.force_login(picture_desk)
    refused = client.post(page_of(picture), typed(file=drawn.file(), alt_long="far too long " * 10_000))
    picture.refresh_from_db()
    assert (refused.status_code, picture.has_file, picture.alt_long) == (409, True, "")
    kept = refused.context["form"]
    assert kept["version"].value() == picture.token
    client.post(page_of(picture), typed(version=kept["version"].value(), alt_long="Of a length"))
    picture.refresh_from_db()
    assert picture.alt_long == "Of a length"


def test_file_that_another_number_has_offers_to_merge_the_two(client, picture_desk):
    lost, here = builders.make_picture(caption="Before"), builders.make_picture()
    client.force_login(picture_desk)
    client.post(page_of(here), typed(file=drawn.file()))
    answer = client.post(page_of(lost), typed(file=drawn.file(), caption="Typed with care"))
    assert answer.status_code == 422
    assert answer.context["same"] == here
    assert f"merge/?into={here.media_id}" in answer.content.decode()
    assert answer.context["form"]["caption"].value() == "Typed with care"
    assert Picture.objects.get(pk=lost.pk).caption == "Before"


def test_each_role_does_what_it_may(client, reporter, editor, chief, picture_desk, reader):
    picture = builders.make_picture(caption="Before")
    version = 1
    for person in (picture_desk, editor, chief):
        client.force_login(person)
        assert client.get(LIST).status_code == client.get(ADD).status_code == 200
        client.post(page_of(picture), typed(caption=person.username, version=str(version)))
        version += 1
        assert Picture.objects.get(pk=picture.pk).caption == person.username
    client.force_login(reporter)
    assert client.get(LIST).status_code == client.get(ADD).status_code == 200
    assert "ask the picture desk" in client.get(page_of(picture)).content.decode()
    assert client.post(page_of(picture), typed(version=str(version))).status_code == 403
    client.force_login(reader)
    assert {client.get(path).status_code for path in (LIST, ADD, page_of(picture))} == {302}


def test_addresses_that_are_no_picture_s_are_not_found(client, picture_desk):
    client.force_login(picture_desk)
    for path in ("999999999999999999/change/", "9" * 30 + "/change/", "1/delete/", "1/history/", "0/change/"):
        assert client.get(f"/admin/media/picture/{path}").status_code in {302, 404}
    assert client.get("/admin/media/picture/1/delete/", follow=True).status_code in {200, 404}


def test_number_stands_in_the_groups_in_which_it_is_said(client, picture_desk):
    picture = builders.make_picture(media_id="55361435")
    client.force_login(picture_desk)
    page = client.get(page_of(picture)).content.decode()
    assert "<span>5536</span><span>1435</span>" in page
    assert '<span class="visually-hidden">5536 1435</span>' in page
    assert 'data-copies="55361435"' in page


@pytest.mark.parametrize(
    ("number", "groups"),
    [("55361435", ["5536", "1435"]), ("1234", ["1234"]), ("12345", ["12345"]), ("123456789", ["1234", "56789"]),
     ("1234567890", ["1234", "5678", "90"]), ("123456789012", ["1234", "5678", "9012"]), (None, [])],
)  # fmt: skip
def test_any_number_falls_into_groups_that_can_be_said(number, groups):
    assert in_groups(number) == groups


def test_three_layers_of_the_caption_each_say_where_they_come_from(client, editor):
    picture = builders.make_picture(caption="What the library says", file_caption="What the file says")
    article = builders.make_article(editor, pictures=[picture], headline="The story with words of its own")
    article.placements.update(caption="What the story says")
    client.force_login(editor)
    answer = client.get(page_of(picture))
    layers = [(layer.source, layer.caption, layer.is_in_force) for layer in answer.context["layers"]]
    assert layers == [
        ("The file", "What the file says", False),
        ("The library", "What the library says", True),
    ]
    page = answer.content.decode()
    assert page.index("What the story says") < page.index("Caption as written")
    assert "The story with words of its own" in page
    Picture.objects.filter(pk=picture.pk).update(caption=None)
    assert [layer.is_in_force for layer in client.get(page_of(picture)).context["layers"]] == [True, False]


def test_each_change_of_a_caption_stands_in_its_history_word_by_word(client, picture_desk):
    picture = builders.make_picture(caption="The quay at dawn")
    client.force_login(picture_desk)
    client.post(page_of(picture), typed(caption="The quay at noon"))
    client.post(page_of(picture), typed(caption="The quay at dusk", version="2"))
    client.post(page_of(picture), typed(caption="", caption_is="empty", version="3"))
    answer = client.get(page_of(picture))
    told = answer.context["history"]
    assert [str(one.state) for one in told] == ["empty", "present", "present"]
    assert {one.said_by for one in told} == {picture_desk}
    page = " ".join(answer.content.decode().split())
    assert "noon<span" in page
    assert "dusk<span" in page
    assert "caption left empty" in page


def test_file_s_other_value_goes_into_the_form_without_scripts_and_is_saved_by_save(client, picture_desk):
    picture = builders.make_picture(
        caption=None, file_caption="From XMP", place="Alexandria, Egypt",
        disagreements=[
            {"field": "caption", "xmp": "From XMP", "iptc": "From IPTC", "exif": None, "in_force": "xmp"},
            {"field": "city", "xmp": "Alexandria", "iptc": "Port Said", "exif": None, "in_force": "xmp"},
            {"field": "taken_at", "xmp": "2016-11-03T10:00", "iptc": "2016-11-04", "exif": "soon", "in_force": "xmp"},
        ],
    )  # fmt: skip
    client.force_login(picture_desk)
    page = client.get(page_of(picture)).content.decode()
    assert page.count(">in force<") == 4  # three values of the file, and the file's layer of the caption
    sent = typed(caption_is="absent", caption="", place="Alexandria, Egypt", headline="Typed and not lost")
    taken = client.post(page_of(picture), {**sent, "take": "0:iptc"})
    form = taken.context["form"]
    assert (form["caption"].value(), form["caption_is"].value()) == ("From IPTC", "written")
    assert form["headline"].value() == "Typed and not lost"
    into = {
        take: client.post(page_of(picture), {**sent, "take": take}).context["form"]
        for take in ("1:iptc", "2:iptc", "2:exif", "9:iptc", "x", "0:nothing")
    }
    assert into["1:iptc"]["place"].value() == "Port Said, Egypt"
    assert into["2:iptc"]["taken_on"].value() == "2016-11-04"
    assert into["2:exif"]["taken_on"].value() == sent["taken_on"]
    picture.refresh_from_db()
    assert (picture.version, picture.place) == (1, "Alexandria, Egypt")


def test_all_that_the_file_says_is_readable(client, reporter):
    said = {
        "headline": "From the file", "gps": {"latitude": 1.5}, "keywords": ["quay", "ferry"], "made_by_ai": True,
        "licensor": [{"name": "An agency", "web": "https://agency.example"}], "caption_in": {"ar": "العبّارة"},
    }  # fmt: skip
    picture = builders.make_picture(
        said_in_file=said, original="a.jpg", source_type="x/trainedAlgorithmicMedia/"
    )
    client.force_login(reporter)
    answer = client.get(page_of(picture))
    assert dict(answer.context["file_rows"]) == {
        "Headline": ["From the file"], "GPS": ["Latitude: 1.5"], "Keywords": ["quay, ferry"], "Made by AI": ["yes"],
        "Licensor": ["Name: An agency; Web: https://agency.example"], "Caption in": ["Ar: العبّارة"],
    }  # fmt: skip
    assert "The file says: made by AI." in answer.content.decode()


def test_rights_are_told_in_words_with_the_day(client, picture_desk):
    today = timezone.localdate()
    client.force_login(picture_desk)
    for facts, words, state in (
        ({"rights_class": "staff"}, "Rights clear", "clear"),
        ({"rights_class": "unknown"}, "Rights not known", "unknown"),
        ({"rights_end_on": date(2016, 11, 3)}, "Rights ran out on 3 November 2016", "expired"),
        ({"rights_begin_on": date(2999, 1, 2)}, "Rights begin on 2 January 2999", "not_begun"),
        ({"rights_end_on": today}, f"Rights end on {today.day} {today:%B %Y}", "ending"),
        ({"uses": "nowhere"}, "Rights denied", "denied"),
    ):
        page = client.get(page_of(builders.make_picture(**facts))).content.decode()
        assert f'<span class="state rights-{state}">{words}</span>' in page


def test_one_story_is_named_by_its_number_or_its_address_and_shows_its_headline(client, editor, picture_desk):
    picture = builders.make_picture()
    story = builders.make_published(editor, headline="The only story")
    client.force_login(picture_desk)
    for given in (str(story.story_id), f"https://paper.example{story.get_absolute_url()}"):
        version = Picture.objects.get(pk=picture.pk).token
        sent = typed(uses="one_story", only_story=given, version=version)
        assert client.post(page_of(picture), sent).status_code == 302
        assert Picture.objects.get(pk=picture.pk).only_story == story.story_id
    assert "The only story" in client.get(page_of(picture)).content.decode()
    said = client.get(f"/admin/media/picture/story/{story.story_id}/").json()
    assert said == {"headline": "The only story"}
    draft = builders.make_article(editor, headline="Secret")
    hidden = client.get(f"/admin/media/picture/story/{draft.pk}/").json()
    never = client.get("/admin/media/picture/story/99999999/").json()
    assert hidden == never
    client.force_login(editor)
    assert client.get(f"/admin/media/picture/story/{draft.pk}/").json() == {"headline": "Secret"}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"uses": "one_story"}, "Name the story"),
        ({"uses": "one_story", "only_story": "12"}, "No story has this ID"),
        ({"uses": "one_story", "only_story": "99999999"}, "No story has this ID"),
        ({"rights_begin_on": "2016-11-03", "rights_end_on": "2016-11-02"}, "end before they begin"),
        ({"keywords": "\n".join(map(str, range(201)))}, "Keep the 200 best"),
        ({"credit": "x" * 301}, "at most 300"),
        ({"taken_on": "soon"}, "valid date"),
    ],
)
def test_what_contradicts_itself_is_a_sentence_and_nothing_typed_is_lost(
    client, picture_desk, wrong, sentence
):
    picture = builders.make_picture(caption="Before")
    client.force_login(picture_desk)
    answer = client.post(page_of(picture), typed(**wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert all(answer.context["form"][name].value() == value for name, value in wrong.items())
    assert Picture.objects.get(pk=picture.pk).version == 1


def test_every_field_of_the_library_can_be_typed_and_stands_there_again(client, picture_desk):
    picture = builders.make_picture()
    facts = {
        "headline": "H", "credit": "C", "creator": "Cr", "source": "S", "copyright": "©", "alt": "A", "alt_long": "Long",
        "place": "P", "instructions": "I", "rights_class": "agency", "rights_holder": "RH", "rights_terms": "RT",
        "rights_begin_on": "2016-11-01", "rights_end_on": "2016-11-30", "uses": "web", "keywords": "one, two\nthree",
        "is_made_by_ai": "on", "caption": "شرح الصورة", "taken_on": "2016-10-01", "caption_is": "written",
        "only_story": "", "version": "1",
    }  # fmt: skip
    client.force_login(picture_desk)
    assert client.post(page_of(picture), facts).status_code == 302
    picture.refresh_from_db()
    assert picture.keywords == ["one, two", "three"]
    assert (picture.is_made_by_ai, picture.uses, str(picture.rights_end_on)) == (True, "web", "2016-11-30")
    again = client.get(page_of(picture)).context["form"].initial
    for name, value in facts.items():
        if name not in ("version", "is_made_by_ai", "only_story"):
            assert str(again[name]) == value, name


def test_page_costs_the_same_however_often_the_picture_is_used(client, editor, django_assert_max_num_queries):
    picture = builders.make_picture()
    client.force_login(editor)
    for _ in range(5):
        builders.make_published(editor, pictures=[picture])
    with django_assert_max_num_queries(24):
        client.get(page_of(picture))


def test_form_that_is_sent_after_the_session_ended_is_kept_and_saved_with_the_login(client, picture_desk):
    picture = builders.make_picture(caption="Before")
    asked = client.post(page_of(picture), typed(caption="Typed with care"))
    assert asked.status_code == 401
    kept = dict(asked.context["kept"])
    assert kept["caption"] == "Typed with care"
    picture.refresh_from_db()
    assert picture.caption == "Before"
    login = {"username": picture_desk.username, "password": "a long pass-phrase"}
    assert client.post(page_of(picture), {**kept, **login}).status_code == 302
    picture.refresh_from_db()
    assert picture.caption == "Typed with care"
