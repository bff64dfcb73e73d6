"""Publishing through the rules: what stops stops everybody, what warns wants a reason that is kept, spelling is mended in silence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Clearance, Correction, Edition, EditionKind, Event, State
from articles.rules import BY_NAME, mending
from articles.workflow import NotReady, Refused
from articles.workflow.showing import where_it_shows
from tests.builders import make_article, make_contents, make_picture, make_published

pytestmark = pytest.mark.django_db


def publish(by, article, **how):
    return workflow.publish(by=by, story_id=article.pk, token=article.token, **how)


def refused(by, article, **how):
    with pytest.raises(NotReady) as told:
        publish(by, article, **how)
    assert not Edition.objects.exists()
    article.refresh_from_db()
    assert article.state == State.DRAFT
    return [one.rule.name for one in told.value.problems]


def reword(by, edition, **words):
    article = Article.objects.get(pk=edition.story_id)
    contents = workflow.copy.contents_of(article).changed(**words)
    return workflow.save(by=by, story_id=article.pk, token=article.token, contents=contents)


def test_warning_is_waved_through_by_a_reason_and_by_nothing_else(editor):
    article = make_article(editor, standfirst="", pictures=[make_picture(alt="")])
    assert refused(editor, article, waived={}) == ["no_standfirst", "no_alt"]
    assert refused(editor, article, waived={"no_standfirst": "A photograph says it."}) == ["no_alt"]
    assert refused(editor, article, waived={"no_standfirst": " \x00\n", "no_alt": "It is a map."}) == [
        "no_standfirst"
    ]
    publish(
        editor,
        article,
        waived={"no_standfirst": "A photograph says it.", "no_alt": "It is a map.", "unheard_of": "x"},
    )
    kept = Event.objects.get(verb="publish").details["waived"]
    assert [(one["rule"], one["reason"]) for one in kept] == [
        ("no_standfirst", "A photograph says it."),
        ("no_alt", "It is a map."),
    ]
    assert "has no alternative text" in kept[1]["said"][0]


def test_stop_is_waved_through_by_nobody(editor):
    every = dict.fromkeys(BY_NAME, "Because I say so.")
    article = make_article(editor, section="", pictures=[make_picture(credit="")])
    assert refused(editor, article, waived=every) == ["no_section", "uncredited"]
    assert refused(editor, article, waived=every, rights_reason="Because.") == ["no_section", "uncredited"]


def test_script_that_nobody_asks_meets_the_same_stops_and_rights(editor):
    article = make_article(editor, standfirst="", pictures=[make_picture(credit="", rights_class="unknown")])
    assert refused(editor, article) == ["uncredited", "rights_open"]
    mended = make_article(editor, standfirst="")
    assert publish(editor, mended).number == 1
    assert "waived" not in Event.objects.get(verb="publish").details


def test_rights_are_answered_with_the_other_warnings_and_kept_as_before(editor):
    article = make_article(editor, standfirst="", pictures=[make_picture(rights_class="unknown")])
    assert refused(editor, article, waived={"no_standfirst": "Short."}) == ["rights_open"]
    publish(editor, article, waived={"no_standfirst": "Short.", "rights_open": "The agency confirmed it."})
    assert Clearance.objects.get().reason == "The agency confirmed it."


def test_half_typed_fact_stops_the_story_and_keeps_what_was_typed(editor):
    half = {
        "bylines": [
            {
                "at": 0,
                "typed": {"contributor": "Nad"},
                "said": "Nobody called “Nad” has written for the paper.",
            }
        ]
    }
    article = make_article(editor, unfinished=half)
    assert refused(editor, article, waived={}) == ["unfinished"]
    assert article.unfinished == half


def test_importers_editions_are_records_of_the_past_and_stopped_by_nothing(db):
    arrival = workflow.Arrival(make_contents(section="", standfirst="", pictures=[make_picture(credit="")]))
    assert workflow.admit(arrival=arrival).number == 1


def test_warnings_are_asked_of_an_update_and_a_correction_too(editor):
    edition = make_published(editor)
    article = reword(editor, edition, standfirst="")
    on = {"by": editor, "story_id": article.pk, "token": article.token}
    for verb, asked in (
        (workflow.update, {}),
        (workflow.correct, {"note": "It was wrong."}),
        (workflow.mend, {}),
    ):
        with pytest.raises(Refused):
            verb(**on, **asked, waived={})
    workflow.update(**on, waived={"no_standfirst": "It has none."})
    assert Event.objects.get(verb="update").details["waived"][0]["reason"] == "It has none."


def test_schedule_asks_about_its_own_day(editor):
    ends = timezone.localdate() + timedelta(days=3)
    article = make_article(editor, pictures=[make_picture(rights_end_on=ends)])
    at = timezone.now() + timedelta(days=9)
    assert refused(editor, article, at=at, waived={}) == ["rights_open"]
    assert publish(editor, article, waived={}).number == 1


# What may be mended in silence, and what may not.

TEXT = "The ferry to Arwad will not leave the old quay at 6, said Nadia Farouk. It was it was late. Teh crew slept."
SLIPS = [
    ("Teh crew", "The crew"),
    ("It was it was late", "It was late"),
    ("old quay", "old-quay"),
    ("slept.", "slept!"),
    ("leave", "leaves"),
    ("said Nadia", "said, Nadia"),
]
MORE = [
    ("at 6", "at 7", "a number changed"),
    ("at 6", "at six", "a number changed"),
    ("Farouk", "Faruk", "a name"),
    ("Arwad", "Tartus", "a name"),
    ("will not leave", "will leave", "turn the sentence round"),
    ("will not leave", "will now leave", "turn the sentence round"),
    ("slept", "drank", "another word"),
    ("late", "very late", "another word"),
    ("crew", "crew and the captain’s dog", "another word"),
]


@pytest.mark.parametrize(("was", "now"), SLIPS)
def test_slip_of_the_pen_is_mended(was, now):
    before = make_text(TEXT)
    assert mending.more_than_spelling(before, make_text(TEXT.replace(was, now))) == []


@pytest.mark.parametrize(("was", "now", "said"), MORE)
def test_more_than_a_slip_is_an_update_or_a_correction(was, now, said):
    (told,) = mending.more_than_spelling(make_text(TEXT), make_text(TEXT.replace(was, now)))
    assert said in told
    assert told.endswith("Publish it as a correction if it was wrong, or as an update if it is new.")


def make_text(text):
    return workflow.copy.Contents(headline="Ferry", body=f"<p>{text}</p>")


def test_many_slips_are_too_many():
    before = " ".join(f"wrod{chr(97 + n)}" for n in range(20))
    reasons = mending.more_than_spelling(make_text(before), make_text(before.replace("wrod", "word")))
    assert reasons == [f"20 words changed; a silent fix mends at most 12. {mending.INSTEAD}"]


@pytest.mark.parametrize(
    "change",
    [
        {"section": "sport"},
        {"slug": "other"},
        {"bylines": ()},
        {"body": '<p>Ferry.</p><figure data-media-id="5555"></figure>'},
        {"body": '<p><a href="https://example.org/">Ferry.</a></p>'},
    ],
)
def test_what_is_no_text_is_not_mended(change):
    before = make_contents(slug="ferry", body="<p>Ferry.</p>")
    assert mending.more_than_spelling(before, before.changed(**change))


def test_arabic_slip_is_mended_and_a_negation_is_not():
    assert (
        mending.more_than_spelling(make_text("غادرت العبارة الرصييف"), make_text("غادرت العبارة الرصيف"))
        == []
    )
    assert mending.more_than_spelling(make_text("لم تغادر العبارة"), make_text("تغادر العبارة"))


def test_silent_fix_is_an_edition_in_the_record_with_its_event(editor, reporter):
    edition = make_published(editor, body="<p>Teh ferry left.</p>")
    article = reword(editor, edition, body="<p>The ferry left.</p>")
    on = {"story_id": article.pk, "token": article.token, "waived": {}}
    with pytest.raises(Refused, match="Your role does not allow this"):
        workflow.mend(by=reporter, **on)
    made = workflow.mend(by=editor, **on)
    assert (made.number, made.kind) == (2, EditionKind.FIX)
    assert Event.objects.get(verb="mend").details["edition"] == 2
    assert not Correction.objects.exists()
    article.refresh_from_db()
    with pytest.raises(Refused, match="Nothing has changed"):
        workflow.mend(by=editor, story_id=article.pk, token=article.token)


def test_fix_that_says_more_is_refused_and_nothing_goes_out(editor):
    edition = make_published(editor, body="<p>Ten men were held.</p>")
    article = reword(editor, edition, body="<p>Two men were held.</p>")
    with pytest.raises(Refused):
        workflow.mend(by=editor, story_id=article.pk, token=article.token)
    assert Edition.objects.get() == edition


def test_correction_says_how_far_it_went_and_what_it_changed(editor):
    edition = make_published(editor, body="<p>The old quay.</p><p>Nobody waved.</p>")
    article = reword(editor, edition, body="<p>The new quay.</p><p>Nobody waved.</p>")
    on = {"by": editor, "story_id": article.pk, "token": article.token, "note": "It was the new quay."}
    with pytest.raises(Refused, match="how far the mistake went"):
        workflow.correct(**on, severity="terrible")
    workflow.correct(**on, severity="grave")
    told = Correction.objects.get()
    assert told.severity == "grave"
    assert told.changes == [
        {"part": "", "spans": [["same", "The "], ["gone", "old"], ["new", "new"], ["same", " quay."]]}
    ]


# Withdrawing


def test_kill_takes_its_ground_from_the_list(editor):
    edition = make_published(editor)
    article = Article.objects.get(pk=edition.story_id)
    on = {"by": editor, "story_id": article.pk, "token": article.token}
    for why in (
        {"ground": "boredom", "reason": "x"},
        {"ground": "other"},
        {"ground": "other", "reason": " "},
        {},
    ):
        with pytest.raises(Refused):
            workflow.kill(**on, **why)
    workflow.kill(**on, ground="fabricated", notice="The interview never took place.")
    details = Event.objects.get(verb="kill").details
    assert (details["ground"], details["reason"]) == ("fabricated", "fabricated or plagiarised.")
    assert Correction.objects.get().note == "The interview never took place."


def test_where_a_story_shows_is_known_before_it_goes(editor):
    picture = make_picture(media_id="5557")
    edition = make_published(editor, tags=("Aleppo",), pictures=[picture])
    shown = " | ".join(where_it_shows(edition.story_id))
    for place in (
        "/story/",
        "the front page",
        "the section World",
        "the tag Aleppo",
        "Nadia Farouk",
        "Media ID 5557",
    ):
        assert place in shown
    article = Article.objects.get(pk=edition.story_id)
    workflow.kill(by=editor, story_id=article.pk, token=article.token, ground="legal")
    assert where_it_shows(edition.story_id) == []
