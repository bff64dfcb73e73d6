"""What wants work in the library, through HTTP: the lists, their counts, rows saved each alone, pairs that look alike."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.picture_desk.lists import LISTS
from media.models import CaptionState, CaptionVersion, Likeness, Picture
from tests import builders
from tests.media import drawn

pytestmark = pytest.mark.django_db
WORK = reverse("admin:media_picture_work")
ALIKE = reverse("admin:media_picture_work_alike")
RIGHTS = reverse("admin:media_picture_rights")
CSV = reverse("admin:media_picture_rights_csv")


def page_of(name):
    return reverse(f"admin:media_picture_work_{name.replace('-', '_')}")


@pytest.fixture
def desk(client, picture_desk):
    client.force_login(picture_desk)
    return client


def whole(**facts):
    """A picture that lacks nothing."""
    number = Picture.objects.count()
    return builders.make_picture(
        **{
            "alt": "A quay",
            "original": f"{number}.jpg",
            "width": 9,
            "height": 9,
            "caption": "The quay",
            **facts,
        }
    )


def lines(client, name):
    return [shown.picture.media_id for _, shown, _ in client.get(page_of(name)).context["lines"]]


def counts(client, address=WORK):
    return {one.name: one.count for one, _ in client.get(address).context["lists"]}


def typed(client, name, **rows):
    """The form of a list as a browser sends it: every row as it was shown, with what was typed over it."""
    sent = {"row": []}
    for form, _, _ in client.get(page_of(name)).context["lines"]:
        sent["row"].append(str(form.picture.pk))
        for bound in form:
            sent[bound.html_name] = bound.value() or ""
            if bound.field.show_hidden_initial:
                sent[bound.html_initial_name] = bound.value() or ""
    return sent | rows


def test_each_list_holds_what_it_names_and_counts_it(desk, editor):
    today = timezone.localdate()
    days = {number: today + timedelta(days=number) for number in (-1, 0, 7, 8, 30, 31)}
    whole(media_id="1001", caption=None)
    whole(media_id="1002", caption="")
    whole(media_id="1003", caption=None, file_caption="")
    whole(media_id="1004", caption=None, file_caption="In the file")
    whole(media_id="1005", alt="")
    whole(media_id="1006", credit="")
    whole(media_id="1007", original="", alt="")
    whole(media_id="1008", rights_class="unknown")
    for number, day in days.items():
        whole(media_id=f"{2000 + number}", rights_end_on=day)
    whole(media_id="3001", killed_at=timezone.now(), caption=None, credit="", alt="", rights_class="unknown")
    used = whole(media_id="3002")
    builders.make_published(editor, pictures=[used])
    whole(media_id="3003", alias_of=used, caption=None)
    expected = {
        "no-caption": {"1001"}, "empty-caption": {"1002", "1003"}, "no-alt": {"1005"}, "no-credit": {"1006"},
        "no-file": {"1007"}, "rights-unknown": {"1008"}, "rights-0": {"2000"}, "rights-7": {"2000", "2007"},
        "rights-30": {"2000", "2007", "2008", "2030"}, "rights-ended": {"1999"},
    }  # fmt: skip
    for name, numbers in expected.items():
        assert set(lines(desk, name)) == numbers, name
    standing = set(Picture.objects.filter(alias_of=None, killed_at=None).values_list("media_id", flat=True))
    assert set(lines(desk, "unused")) == standing - {"3002"}
    wanted = {name: len(numbers) for name, numbers in expected.items()}
    assert counts(desk) == {**wanted, "unused": len(standing) - 1, "alike": 0}


def test_lists_begin_with_what_is_read_most_and_page_by_it(desk):
    for number in range(60):
        whole(media_id=f"{5000 + number}", alt="", reads=number // 2)
    seen, query = [], ""
    for _ in range(3):
        answer = desk.get(page_of("no-alt") + query)
        seen += [shown.picture.pk for _, shown, _ in answer.context["lines"]]
        query = answer.context["next"]
    assert query == ""
    assert seen == list(Picture.objects.by_reads().values_list("pk", flat=True))
    assert desk.get(page_of("no-alt") + "?after=nonsense").context["lines"][0][1].picture.pk == seen[0]


def test_pages_cost_the_same_however_long_they_are(client, chief, django_assert_num_queries):
    client.force_login(chief)
    for length in (1, 24):
        for number in range(length):
            builders.make_copy(whole(alt=""), name=f"0123456789abcdef-{length:016d}{number:016d}")
        # Session, person with roles, their notices; counts, pictures with copies.
        with django_assert_num_queries(5):
            client.get(page_of("no-alt"))
        with django_assert_num_queries(4):
            client.get(WORK)


def test_rows_are_saved_each_alone_and_a_refused_one_keeps_what_was_typed(desk):
    first, second, third = (whole(media_id=number, alt="") for number in ("6001", "6002", "6003"))
    sent = typed(
        desk, "no-alt", **{f"{first.pk}-alt": "Nets on a quay", f"{second.pk}-alt": "Typed with care"}
    )
    Picture.objects.filter(pk=second.pk).update(version=9, alt="Somebody else's")
    answer = desk.post(page_of("no-alt"), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Not saved: Media ID 6002." in page
    assert "Media ID 6001 was saved." in page
    assert "Typed with care" in page
    assert "Somebody else&#x27;s" in page
    assert Picture.objects.get(pk=first.pk).alt == "Nets on a quay"
    assert Picture.objects.get(pk=second.pk).alt == "Somebody else's"
    assert Picture.objects.get(pk=third.pk).version == 1
    again = {"row": str(second.pk)}
    for bound in answer.context["lines"][0][0]:
        again[bound.html_name] = bound.value() or ""
        again[f"initial-{bound.html_name}"] = ""
    desk.post(page_of("no-alt"), again)
    assert Picture.objects.get(pk=second.pk).alt == "Typed with care"


def test_untouched_row_is_never_saved_over_somebody_s_words(desk):
    picture = whole(credit="")
    sent = typed(desk, "no-credit")
    Picture.objects.filter(pk=picture.pk).update(version=2, credit="Harbour Agency", creator="Noor")
    assert desk.post(page_of("no-credit"), sent).status_code == 302
    assert Picture.objects.get(pk=picture.pk).credit == "Harbour Agency"


def test_missing_version_is_refused(desk):
    picture = whole(alt="")
    sent = typed(desk, "no-alt", **{f"{picture.pk}-alt": "Nets", f"{picture.pk}-version": ""})
    assert "which version" in desk.post(page_of("no-alt"), sent).content.decode()
    assert Picture.objects.get(pk=picture.pk).alt == ""


@pytest.mark.parametrize(
    ("state", "words", "kept"),
    [
        ("absent", "The quay at noon", "The quay at noon"),
        ("present", " Noon ", "Noon"),
        ("empty", "", ""),
        ("present", "", None),
        ("empty", "Noon", None),
    ],
)
def test_caption_is_written_left_empty_or_absent_and_never_both(desk, state, words, kept):
    picture = whole(caption=None)
    sent = typed(desk, "no-caption", **{f"{picture.pk}-caption": words, f"{picture.pk}-caption_is": state})
    answer = desk.post(page_of("no-caption"), sent)
    picture.refresh_from_db()
    assert picture.caption == kept
    assert answer.status_code == (409 if kept is None else 302)
    if kept is not None:
        assert CaptionVersion.objects.get(picture=picture).caption == kept
        assert picture.caption_state is (CaptionState.PRESENT if kept else CaptionState.EMPTY)


def test_script_saves_one_row_and_is_told_in_json(desk):
    one, two = whole(alt=""), whole(alt="")
    sent = typed(
        desk, "no-alt", save=str(one.pk), **{f"{one.pk}-alt": "Nets", f"{two.pk}-alt": "Not this one"}
    )
    told = desk.post(page_of("no-alt"), sent, headers={"accept": "application/json"})
    assert told.json() == {"saved": f"{one} was saved.", "version": "2"}
    assert Picture.objects.get(pk=two.pk).alt == ""
    late = desk.post(
        page_of("no-alt"), sent | {f"{one.pk}-alt": "Late"}, headers={"accept": "application/json"}
    )
    assert late.status_code == 409
    assert late.json()["version"] == "2"
    assert late.json()["now"] == ["What would you tell someone on the phone?: Nets"]


def test_lost_file_is_attached_from_its_row_and_a_bad_one_is_a_sentence(desk):
    picture = builders.make_picture(media_id="8001")
    sent = {"row": str(picture.pk), f"{picture.pk}-version": "1", "save": str(picture.pk)}
    bad = desk.post(page_of("no-file"), sent | {f"{picture.pk}-file": drawn.named(b"no picture", "a.jpg")})
    assert bad.status_code == 409
    assert "Not saved: Media ID 8001" in bad.content.decode()
    stale = sent | {f"{picture.pk}-version": "7", f"{picture.pk}-file": drawn.file()}
    assert "changed this picture since" in desk.post(page_of("no-file"), stale).content.decode()
    desk.post(page_of("no-file"), sent | {f"{picture.pk}-file": drawn.file()})
    assert Picture.objects.get(pk=picture.pk).has_file


def test_every_list_s_fields_can_be_filled_in(desk):
    for one in LISTS:
        assert one.help
        assert desk.get(page_of(one.name)).status_code == 200
    assert "needed" not in desk.get(page_of("no-alt")).content.decode()
    whole(rights_class="unknown")
    sent = typed(desk, "rights-unknown")
    key = sent["row"][0]
    desk.post(
        page_of("rights-unknown"), sent | {f"{key}-rights_class": "agency", f"{key}-rights_holder": "Noor"}
    )
    assert Picture.objects.get(pk=key).rights_class == "agency"
    soon = whole(rights_end_on=timezone.localdate())
    sent = typed(desk, "rights-0", **{f"{soon.pk}-rights_end_on": "2999-01-01"})
    desk.post(page_of("rights-0"), sent)
    assert str(Picture.objects.get(pk=soon.pk).rights_end_on) == "2999-01-01"
    sent = typed(desk, "unused", **{f"{soon.pk}-keywords": "quay, nets،حلب", f"{soon.pk}-place": "Tyre"})
    desk.post(page_of("unused"), sent)
    assert Picture.objects.get(pk=soon.pk).keywords == ["quay", "nets", "حلب"]


def test_roles_see_or_fill_in_as_they_may(client, reporter, reader, picture_desk):
    picture = whole(alt="")
    client.force_login(picture_desk)
    sent = typed(client, "no-alt", **{f"{picture.pk}-alt": "Nets"})
    first_page = client.get("/admin/").content.decode()
    assert "No alternative text" in first_page
    client.force_login(reporter)
    assert "ask the picture desk" in client.get(page_of("no-alt")).content.decode()
    assert client.post(page_of("no-alt"), sent).status_code == 403
    assert client.post(ALIKE, {"pair": "1", "do": "different"}).status_code == 403
    assert "Pictures that want work" not in client.get("/admin/").content.decode()
    client.force_login(reader)
    for address in (WORK, page_of("no-alt"), ALIKE, RIGHTS, CSV):
        assert client.get(address).status_code == 302
    assert Picture.objects.get(pk=picture.pk).alt == ""


def pair(older, newer, distance=3):
    return Likeness.objects.create(older=older, newer=newer, distance=distance)


def test_pairs_stand_side_by_side_until_somebody_says_that_they_differ(desk, picture_desk):
    one, two, three = (whole(media_id=number, reads=int(number)) for number in ("9001", "9002", "9003"))
    open_pair, other = pair(one, two), pair(two, three)
    assert [found.pk for found, _ in desk.get(ALIKE).context["pairs"]] == [other.pk, open_pair.pk]
    assert counts(desk)["alike"] == 2
    desk.post(ALIKE, {"pair": open_pair.pk, "do": "different"})
    open_pair.refresh_from_db()
    assert (open_pair.settled_by, Picture.objects.filter(alias_of=None).count()) == (picture_desk, 3)
    again = desk.post(ALIKE, {"pair": open_pair.pk, "do": "different"}, follow=True)
    assert "settled this pair already" in again.content.decode()
    for forged in (
        {},
        {"pair": "x"},
        {"pair": "9" * 40, "do": "different"},
        {"pair": other.pk, "do": "burn"},
    ):
        assert desk.post(ALIKE, forged).status_code == 302
    assert counts(desk)["alike"] == 1


def test_pair_is_merged_into_the_one_that_is_kept_at_the_version_shown(desk):
    older, newer = whole(media_id="9011", credit=""), whole(media_id="9012", original="", credit="Noor")
    likeness = pair(older, newer)
    asked = {"pair": likeness.pk, "older": older.version, "newer": newer.version + 1, "do": "keep-older"}
    refused = desk.post(ALIKE, asked, follow=True)
    assert Picture.objects.get(pk=newer.pk).alias_of is None
    assert refused.context["messages"]
    desk.post(ALIKE, asked | {"newer": newer.version})
    assert Picture.objects.get(pk=newer.pk).alias_of == older
    assert Picture.objects.get(pk=older.pk).credit == "Noor"
    assert counts(desk)["alike"] == 0


def test_rights_are_forecast_by_month_with_what_readers_see(desk, editor):
    today = timezone.localdate()
    shown = whole(media_id="9101", rights_end_on=today + timedelta(days=40), rights_holder="Harbour Agency")
    whole(media_id="9102", rights_end_on=today + timedelta(days=40), rights_holder="Harbour Agency")
    whole(media_id="9103", rights_end_on=today + timedelta(days=400))
    whole(media_id="9104", rights_end_on=today + timedelta(days=40), killed_at=timezone.now())
    ended = whole(media_id="9105", rights_end_on=None)
    whole(media_id="9106", rights_end_on=today - timedelta(days=5))
    builders.make_published(editor, pictures=[shown, ended])
    Picture.objects.filter(pk=ended.pk).update(rights_end_on=today - timedelta(days=5))
    month = (today + timedelta(days=40)).replace(day=1)
    seen = desk.get(RIGHTS, {"month": f"{month:%Y-%m}"}).context
    assert [(one.number, row.live_uses) for one, row in seen["ending"]] == [("9101", 1), ("9102", 0)]
    assert [one.number for one, _ in seen["ended"]] == ["9105"]
    assert (seen["total"], seen["live"]) == (2, 1)
    assert [(one.count, one.live) for one in seen["months"] if one.count] == [(2, 1)]
    assert sum(week.count for week in seen["bars"]) == 2
    assert [(row["holder"], row["count"]) for row in seen["holders"]] == [("Harbour Agency", 2)]
    for odd in ("2016-01", "2999-99", "x" * 99, "9999-01"):
        assert desk.get(RIGHTS, {"month": odd}).context["first"] == month


def test_forecast_goes_away_as_a_table_without_formulas(desk):
    whole(
        media_id="9201", caption='=HYPERLINK("x")', credit="@noor", rights_holder="-1+1", rights_terms="+1",
        rights_end_on=timezone.localdate() + timedelta(days=3),
    )  # fmt: skip
    answer = desk.get(CSV)
    assert answer["Content-Type"].startswith("text/csv")
    head, row = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    said = dict(zip(head, row, strict=True))
    assert said["Media ID"] == "9201"
    assert said["Caption"] == '\'=HYPERLINK("x")'
    assert (said["Credit"], said["Holder"], said["Terms"], said["Days left"]) == (
        "'@noor",
        "'-1+1",
        "'+1",
        "3",
    )
