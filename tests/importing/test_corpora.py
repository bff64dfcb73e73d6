"""A corpus of stories as JSON Lines: each line a story, nothing twice, bad lines told and passed over."""

import gzip
import io
import json
import signal
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles import workflow
from articles.importing import called, corpora
from articles.importing.lines import NoStory, read_line
from articles.importing.markdown import is_markdown
from articles.models import Address, Article, Edition, PictureCredit, Provenance, SourcePage, Story
from articles.models.search_index import IndexDue
from articles.models.shelf_count import ShelfCount
from articles.workflow import verifying
from media import intake
from media.models import Picture
from newsroom.folding import fold_words
from newsroom.progress import Bar

pytestmark = pytest.mark.django_db

FERRY = {
    "story_id": "40100200",
    "url": "https://old.example/city/ferry-returns",
    "headline": "The ferry returns",
    "slug": "ferry-returns",
    "kicker": "City",
    "standfirst": "After nine years.",
    "dateline": "HALMIRA",
    "body_html": "<p>It came <b>back</b>.</p><script>alert(1)</script>",
    "language": "en",
    "section": "City",
    "bylines": [{"name": "Layla Haddane", "role": "writer", "as_printed": "L. Haddane"}],
    "tags": [{"name": "Port", "kind": "place"}, "Ferries"],
    "pictures": [
        {
            "media_id": "55360001",
            "caption": "The quay",
            "caption_state": "present",
            "credit": "S. Q.",
            "alt": "A quay",
        }
    ],
    "published_at": "2012-05-03T09:30:00+00:00",
    "digest": "abc",
    "mood": {"of": "hope"},
}


def corpus(folder, *stories, name="stories.jsonl"):
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    text = "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in stories).encode()
    file.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    return file


def take(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_archive", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


@pytest.mark.parametrize("name", ["stories.jsonl", "stories.jsonl.gz"])
def test_line_becomes_story_published_then_with_all_that_it_says(tmp_path, client, name):
    said = take(corpus(tmp_path, FERRY, name=name))
    assert "1 line was read: 1 was created" in said
    edition = Edition.objects.at().get()
    assert (edition.headline, edition.kicker, edition.standfirst) == (
        "The ferry returns",
        "City",
        "After nine years.",
    )
    assert edition.published_at.isoformat() == edition.live_from.isoformat() == "2012-05-03T09:30:00+00:00"
    assert edition.body == "<p>It came <strong>back</strong>.</p>"
    assert (edition.byline, edition.bylines[0]["contributor"]) == ("L. Haddane", "layla-haddane")
    assert [(tag["name"], tag["kind"]) for tag in edition.filed_tags] == [
        ("Port", "place"),
        ("Ferries", "topic"),
    ]
    picture = edition.pictures[0]
    assert (picture["media_id"], picture["caption"], picture["credit"], picture["alt"]) == (
        "55360001", "The quay", "S. Q.", "A quay",
    )  # fmt: skip
    page = client.get(edition.get_absolute_url())
    assert b"The ferry returns" in page.content
    assert b"alert" not in page.content
    moved = client.get("/city/ferry-returns/")
    assert (moved.status_code, moved["Location"].endswith(edition.get_absolute_url())) == (301, True)
    assert b"The ferry returns" in client.get("/search/?q=nine+years").content
    assert ShelfCount.objects.totals("t").count() == 2
    facts = {row["field"]: row for row in Provenance.objects.get().facts}
    assert facts["mood"]["value"] == '{"of": "hope"}'
    assert (facts["mood"]["rule"], facts["digest"]["rule"]) == ("unknown-key", "json")
    assert bytes(SourcePage.objects.get().raw) == json.dumps(FERRY).encode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT raw FROM articles_sourcepage")
        assert len(bytes(cursor.fetchone()[0])) < len(json.dumps(FERRY))
        # As it was kept before.
        cursor.execute("UPDATE articles_sourcepage SET raw = %s", [b"as it stands"])
    assert bytes(SourcePage.objects.get().raw) == b"as it stands"
    assert list(verifying.problems()) == []


def test_corpus_with_the_names_of_others_is_read_and_what_nobody_knows_is_told(tmp_path):
    others = {
        "source": "wire", "body": "It came back.\n\nAll < saw it.", "published": "2012-05-03 9:05:07 -0400", "mood": "hope",
        "authors": ["Layla Haddane", {"name": "Omar Said"}], "lang": "en", "place": "Halmira", "topics": "ferries, the port",
    }  # fmt: skip
    said = take(corpus(tmp_path, *({"title": f"Story {n}", "id": n, **others} for n in range(1, 4)), FERRY))
    assert "4 were created" in said
    assert "Read under the names that others use: “title” as “headline” (3)" in said
    assert "“body” as “body_text” (3)" in said
    assert "no text" not in said
    assert "“mood” (4), “source” (3)." in said
    edition = Edition.objects.at().get(headline="Story 2")
    assert edition.body == "<p>It came back.</p>\n<p>All &lt; saw it.</p>"
    assert edition.published_at.isoformat() == "2012-05-03T13:05:07+00:00"
    assert edition.byline == "Layla Haddane and Omar Said"
    kinds = {tag["name"]: tag["kind"] for tag in edition.filed_tags}
    assert kinds == {"ferries": "topic", "the port": "topic", "Halmira": "place"}
    facts = {
        (row["field"], row["rule"]): row["value"] for row in Provenance.objects.get(edition=edition).facts
    }
    assert facts["body_text", "called-otherwise"] == "body"
    assert "3 stories have no text" in take(corpus(tmp_path, *({"headline": f"Bare {n}"} for n in range(3))))


@pytest.mark.parametrize(
    "names",
    [
        {"title": "headline", "maintext": "body_text", "date_publish": "published_at", "description": "standfirst"},
        {"webTitle": "headline", "bodyText": "body_text", "webPublicationDate": "published_at", "sectionName": "section"},
        {"title": "headline", "article": "body_text", "publish_date": "published_at", "author": "bylines"},
        {"headline": "headline", "articleBody": "body_text", "datePublished": "published_at", "abstract": "standfirst"},
    ],
    ids=["a crawler's", "an agency's", "a dump's", "schema.org's"],
)  # fmt: skip
def test_line_is_read_under_the_names_of(names):
    line = {other: f"2019-01-0{n}" for n, other in enumerate(names, 1)}
    told, read = called.in_our_names(line)
    assert told == {ours: line[other] for other, ours in names.items()}
    assert read == {ours: other for other, ours in names.items() if ours != other}


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2019-01-05", "2019-01-05"), ("2019/1/5", "2019-01-05"), ("January 5, 2019", "2019-01-05"), ("5 Jan 2019", "2019-01-05"),
        ("2019-01-05T09:30:00Z", "2019-01-05T09:30:00+00:00"), ("2019-01-05 9:30", "2019-01-05T09:30:00"),
        ("2019-01-05 09:30:00.123 +0200", "2019-01-05T09:30:00+02:00"), ("Sat, 05 Jan 2019 09:30:00 +0200", "2019-01-05T09:30:00+02:00"),
        (1546680600, "2019-01-05T09:30:00+00:00"), (1546680600000, "2019-01-05T09:30:00+00:00"),
    ],
)  # fmt: skip
def test_dates_are_read_as_others_write_them(told, moment):
    read = called.moment(told)
    assert (read if isinstance(read, str) else read.isoformat()) == moment


@pytest.mark.parametrize(
    "told", ["soon", "2019-13-45", "31 February 2019", 1e300, True, [2019], {"rendered": "x"}]
)
def test_what_is_no_date_is_refused_by_the_name_it_came_under(told):
    with pytest.raises(NoStory, match="Its “pubDate” is no date as in"):
        read_line(1, json.dumps({"title": "A", "pubDate": told}).encode())


def test_name_of_ours_comes_before_those_of_others():
    line = {
        "headline": "Ours",
        "title": "Theirs",
        "body": "<p>A</p>",
        "body_html": "<p>B</p>",
        "date": "no date",
        "published_at": "2011-02-03",
    }
    read = read_line(1, json.dumps(line).encode())
    assert (read.texts["headline"], read.texts["body"], read.dating.published_on) == (
        "Ours",
        "<p>B</p>",
        date(2011, 2, 3),
    )
    assert set(read.unknown) == {"title", "body", "date"}


def test_text_of_others_may_hold_markup(tmp_path):
    mixed = 'Loose <a href="https://a.example/">words</a> stand\nhere.\n\n<h2>Head</h2>\n\n<p>Whole.</p><script>alert(1)</script>'
    wrapped = {
        "title": {"rendered": "It&#8217;s"},
        "content": {"rendered": "<p>Text &amp; more.</p>"},
        "link": "https://old.example/its",
    }
    take(corpus(tmp_path, {"title": "Mixed", "content": mixed}, wrapped))
    first, second = Edition.objects.order_by("pk")
    assert first.body.startswith('<p>Loose <a href="https://a.example/"')
    assert "<h2>Head</h2>" in first.body
    assert "script" not in first.body
    assert (second.headline, second.body) == ("It’s", "<p>Text &amp; more.</p>")
    assert Address.objects.get().path == "/its"


def test_text_of_others_may_be_markdown(tmp_path):
    written = (
        "The **old** quay, [said](https://a.example/q) _Moussa_.\n\n## What next\n\n  * Dig\n  * Pour\n\n"
        'A [map]({{< ref "map.md" >}} "Map") and <b>more</b>.\n\n'
        '{{< img src="q.png" alt="A quay" caption="The quay & its crane." >}}\n\n<script>alert(1)</script>\n\n'
        "[Do not](javascript:alert(1))\n\n    set in, and no code"
    )
    said = take(corpus(tmp_path, {"title": "Quay", "content": written}))
    assert "“content” as “body_text” (1), “Markdown” as “body_html” (1)" in said
    edition = Edition.objects.get()
    assert [line for line in edition.body.split("\n") if line] == [
        '<p>The <strong>old</strong> quay, <a href="https://a.example/q" rel="noopener noreferrer">said</a> <em>Moussa</em>.</p>',
        "<h2>What next</h2>",
        "<ul>",
        "<li>Dig</li>",
        "<li>Pour</li>",
        "</ul>",
        "<p>A map and <strong>more</strong>.</p>",
        "<p><em>The quay &amp; its crane.</em></p>",
        '<p><a rel="noopener noreferrer">Do not</a></p>',
        "<p>set in, and no code</p>",
    ]


def test_plain_texts_of_others_may_hold_markup(tmp_path):
    theirs = {"title": "It&#8217;s AT&amp;T", "excerpt": {"rendered": "<p>So <em>it</em> is &amp; was.</p>"}}
    ours = {"headline": "What &amp; means", "standfirst": "It is <em>ours</em>", "body_text": "A."}
    take(corpus(tmp_path, theirs | {"body": "B."}, ours))
    first, second = Edition.objects.order_by("pk")
    assert (first.headline, first.standfirst) == ("It’s AT&T", "So it is & was.")
    assert (second.headline, second.standfirst) == ("What &amp; means", "It is <em>ours</em>")
    kept = {(one["field"], one["rule"]): one["value"] for one in Provenance.objects.order_by("pk")[0].facts}
    assert kept["headline", "markup-in-a-plain-text"] == "It&#8217;s AT&amp;T"


def test_lines_of_markdown_without_blank_lines_are_paragraphs(tmp_path):
    take(
        corpus(
            tmp_path, {"title": "A", "body": "**First**\nsecond"}, {"title": "B", "body_text": "**First**"}
        )
    )
    assert [one.body for one in Edition.objects.order_by("pk")] == [
        "<p><strong>First</strong></p>\n<p>second</p>",
        "<p>**First**</p>",
    ]


@pytest.mark.parametrize(
    "text", ["5 * 3 ** 2", "*** ends ***", "# 7 of [8]", "[sic] (so)", "a**b**c", "** not this **", "- Non."]
)
def test_plain_text_is_not_taken_for_markdown(text):
    assert not is_markdown(text)


def test_numbers_of_two_sources_are_not_one_story(tmp_path):
    one = {"id": 7, "title": "One", "body": "A.", "published": "2012-05-03"}
    assert "2 were created" in take(corpus(tmp_path, one | {"source": "a"}, one | {"source": "b"}))
    said = take(corpus(tmp_path, one | {"source": "a", "body": "A, changed."}))
    assert "1 was updated" in said
    assert "“body” as “body_text” (1)" in said


def test_what_a_line_does_not_say_is_an_absence(tmp_path):
    take(
        corpus(
            tmp_path,
            {"body_text": "One line.\nAnother < line."},
            {"headline": "كلمة", "dated": {"earliest": "2011-01-05"}},
        )
    )
    bare, dated = Edition.objects.order_by("pk")
    assert bare.body == "<p>One line.</p>\n<p>Another &lt; line.</p>"
    assert (bare.headline, bare.section, bare.byline, bare.filed_tags) == (
        "One line. Another < line.",
        None,
        "",
        [],
    )
    assert (bare.published_at, bare.dated_earliest, bare.language) == (None, None, "en")
    assert (dated.published_at, dated.dated_earliest.isoformat(), dated.language) == (
        None,
        "2011-01-05",
        "ar",
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "no JSON"),
        ("[1]", "no object"),
        ('{"items": []}', "a list of stories"),
        ('{"kicker": "x"}', "neither a headline nor a text"),
        ('{"headline": 5}', "“headline” is no text"),
        ('{"headline": "x", "published_at": "yesterday"}', "“published_at” is no date"),
        ('{"headline": "x", "published_at": "0001-01-01T00:00:00+14:00"}', "“published_at” is no date"),
        ('{"headline": "x", "published_at": 1e999}', "“published_at” is no date"),
        ("[" * 100_000, "no JSON"),
        (json.dumps({"headline": "x", "pictures": [{"caption": "c" * 25_000}]}), "more than 20,000 characters"),
        ('{"headline": "x", "body_text": ' + "9" * 5_000 + "}", "no JSON"),
    ],
)  # fmt: skip
def test_bad_line_is_told_with_its_number_and_the_others_go_on(tmp_path, line, reason):
    said = take(corpus(tmp_path, FERRY, line, {"headline": "Another"}))
    assert Edition.objects.count() == 2
    assert "line 2: " in said
    assert reason in said
    assert SourcePage.objects.get(outcome="refused").file.endswith("stories.jsonl, line 2")


@pytest.mark.parametrize(
    "odd",
    [
        {"headline": "a\ud800b\x00c", "mood": "\ud800\x00"},
        {"headline": "x" * 500, "kicker": "y" * 500, "dateline": "z" * 500, "slug": "s" * 500},
        {"headline": "x", "bylines": [{"name": ""}, 5, {"name": "N" * 900, "role": "king"}], "tags": [None, {}, "t" * 900]},
        {"headline": "x", "pictures": [{"media_id": "no", "caption": None}, {"caption": "c", "credit": "q" * 900}, 7]},
        {"headline": "x", "url": "http://[broken", "story_id": {"a": 1}},
        {"headline": "x", "section": {"name": "S" * 300}, "language": "klingon-long", "dated": 5, "incomplete": "half"},
    ],
)  # fmt: skip
def test_odd_values_are_cut_or_left_out_and_the_line_is_taken(tmp_path, odd):
    take(corpus(tmp_path, odd))
    assert Edition.objects.at().count() == 1
    assert list(verifying.problems()) == []


def test_not_utf_8_and_a_cut_archive_are_sentences(tmp_path):
    with pytest.raises(NoStory, match="not UTF-8"):
        read_line(1, b'{"headline": "\xff"}')
    file = corpus(
        tmp_path,
        FERRY,
        *({"headline": f"Story {n}", "body_text": "word " * n} for n in range(400)),
        name="a.jsonl.gz",
    )
    file.write_bytes(file.read_bytes()[:-200])
    assert "cannot be read any further" in take(file)
    assert Edition.objects.count() > 0


def test_again_imports_nothing_twice_and_what_changed_is_a_further_edition(tmp_path, monkeypatch):
    monkeypatch.setattr(corpora, "BATCH", 2)
    others = [{"headline": f"Story {n}", "body_text": f"Text {n}"} for n in range(5)]
    file = corpus(tmp_path, FERRY, *others, others[0])
    assert "6 were created" in take(file)
    said = take(file)
    assert "0 were created, 0 were updated, 7 were unchanged" in said
    assert (
        Story.objects.count()
        == Edition.objects.count()
        == SourcePage.objects.exclude(outcome="unchanged").count()
        == 6
    )
    corpus(tmp_path, FERRY | {"standfirst": "After ten years."}, *others)
    assert "1 was updated" in take(file)
    first, second = Edition.objects.filter(headline="The ferry returns").order_by("number")
    assert (first.live_until, second.standfirst) == (second.live_from, "After ten years.")
    assert list(verifying.problems()) == []


def test_what_the_desk_edited_or_withdrew_stays(tmp_path, chief):
    file = corpus(tmp_path, FERRY, {"headline": "Gone", "url": "https://old.example/gone"})
    take(file)
    kept, gone = Edition.objects.order_by("pk")
    workflow.take_up(by=chief, story_id=kept.story_id)
    copy = workflow.take_up(by=chief, story_id=gone.story_id)
    workflow.kill(by=chief, story_id=gone.story_id, token=copy.token, reason="wrong", notice="Withdrawn.")
    corpus(
        tmp_path, FERRY | {"headline": "Other"}, {"headline": "Gone again", "url": "https://old.example/gone"}
    )
    said = take(file)
    assert "has been edited at the desk" in said
    assert "was withdrawn by the editors" in said
    assert Edition.objects.count() == 2


def test_stopped_it_goes_on_where_it_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(corpora, "BATCH", 10)
    file = corpus(tmp_path, *({"headline": f"Story {n}", "body_text": f"Text {n}"} for n in range(50)))
    once = Bar.step
    monkeypatch.setattr(
        Bar, "step", lambda bar, count=1: once(bar, count) or signal.raise_signal(signal.SIGINT)
    )
    with pytest.raises(KeyboardInterrupt):
        # The second line that is counted interrupts at once: what is written by then is a whole batch.
        corpora_of(file)
    assert Edition.objects.count() == Provenance.objects.count() == 10
    monkeypatch.setattr(Bar, "step", once)
    assert "40 were created, 0 were updated, 10 were unchanged" in take(file)
    assert list(verifying.problems()) == []


def corpora_of(file):
    try:
        take(file)
    except Exception as stopped:
        raise stopped.__cause__ or stopped from None


def test_one_ctrl_c_ends_after_what_is_under_way(tmp_path, monkeypatch):
    monkeypatch.setattr(corpora, "BATCH", 10)
    file = corpus(tmp_path, *({"headline": f"Story {n}", "body_text": f"Text {n}"} for n in range(50)))
    once = Bar.step

    def step(bar, count=1):
        once(bar, count)
        bar.is_stopped = True

    monkeypatch.setattr(Bar, "step", step)
    assert "stopped before the end" in take(file)
    assert Edition.objects.count() == 10


def test_pictures_of_a_corpus_are_entered_once_and_completed(
    tmp_path, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    merged = intake.enter(by=None, media_id="55360009", caption="Old")
    lead = intake.enter(by=None, media_id="55360008", credit="M. Saad")
    type(merged).objects.filter(pk=merged.pk).update(alias_of=lead)
    pictures = [
        [{"media_id": "55360001"}],
        [{"media_id": "55360001", "caption": "The quay", "credit": "Layla Haddane"}, {"caption": "Found"}],
        [{"media_id": "55360001", "caption": "Another quay"}, {"caption": "Found"}],
        [{"media_id": "55360009", "caption": "Said later"}],
        [{"media_id": "55360002", "caption": "Two\x00"}, {"media_id": "no", "caption": ""}],
    ]
    lines = [
        {"headline": f"Story {n}", "body_text": "x", "pictures": some, "bylines": ["Layla Haddane"]}
        for n, some in enumerate(pictures)
    ]
    with django_capture_on_commit_callbacks(execute=True):
        take(corpus(tmp_path, *lines))
    here = {row.media_id: row for row in Picture.objects.filter(media_id__isnull=False)}
    assert {number: row.caption for number, row in here.items()} == {
        "55360001": "The quay", "55360002": "Two", "55360008": "Said later", "55360009": "Old",
    }  # fmt: skip
    assert Picture.objects.get(media_id=None).caption == "Found"
    assert [one.caption for one in here["55360001"].caption_versions.order_by("pk")] == ["The quay"]
    assert f" {fold_words('The quay')} " in here["55360001"].search_text
    assert PictureCredit.objects.get().picture == here["55360001"]
    assert [one["caption"] for one in Edition.objects.get(headline="Story 2").pictures] == [
        "Another quay",
        "Found",
    ]
    many = [
        {"headline": f"N {n}", "pictures": [{"media_id": f"7000{n:04}", "caption": "c"}]} for n in range(200)
    ]
    # What a picture costs is no query of its own.
    with django_assert_max_num_queries(190):
        take(corpus(tmp_path, *many))
    assert Picture.objects.filter(media_id__startswith="7000").count() == 200


def test_dry_run_keeps_nothing_and_undoing_takes_all_back(tmp_path, client):
    file = corpus(tmp_path, FERRY)
    assert "1 would be created" in take(file, "--dry-run")
    assert not Story.objects.exists()
    take(file)
    path = Edition.objects.get().get_absolute_url()
    call_command("import_archive", undo=SourcePage.objects.get().run_id, stdout=io.StringIO())
    assert client.get(path).status_code == 410
    assert "1 was created" in take(file)
    assert client.get(path).status_code == 200


def test_what_is_yet_to_come_waits_unseen(tmp_path, client):
    later = (timezone.now() + timezone.timedelta(days=3)).isoformat()
    take(corpus(tmp_path, FERRY | {"published_at": later}))
    edition = Edition.objects.get()
    assert edition.announced_at is None
    assert client.get(edition.get_absolute_url()).status_code == 404
    assert not ShelfCount.objects.exists()


def test_report_names_each_line(tmp_path):
    file = corpus(tmp_path, FERRY, "not json")
    take(file, "--report", tmp_path / "report.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text().splitlines()]
    assert [row["outcome"] for row in sorted(rows, key=lambda row: row["file"])] == ["created", "refused"]
    assert rows[0]["stories"] or rows[1]["stories"]
    assert Address.objects.get().path == "/city/ferry-returns"
    assert not Article.objects.exists()
    assert not IndexDue.objects.filter(is_known=True).exists()
