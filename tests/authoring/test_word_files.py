"""A Word file becomes a story: all its words, what they are, its pictures in the library; whatever is none is told so."""

import io
import json
import re
import subprocess
import sys
import uuid
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from articles import prose
from articles.authoring.word import blocks, child, reading, refusing
from articles.models import Article, Sitting
from media.models import Picture
from newsroom import bounds
from tests import builders
from tests.authoring import word_made as made
from tests.media import drawn

pytest.importorskip("mammoth")


@pytest.fixture
def read(tmp_path):
    """Read a Word file where the test stands: what is found, without the process around it."""

    def reading_it(raw, language=""):
        (tmp_path / "original").write_bytes(raw)
        return child.read(tmp_path / "original", tmp_path, language)

    return reading_it


def refused(read, raw):
    with pytest.raises(refusing.Refused) as why:
        read(raw)
    return str(why.value)


STORY = (
    made.p("The quay reopens", style="Title"),
    made.p("After nine years of scaffolding", style="Subtitle"),
    made.p("Ships ", made.r("came", "b"), " and ", made.r("went", "i"), ", says ", made.link("the log", "h1"), "."),
    made.p("What the harbour kept", style="Heading1"),
    made.p("Of rope", style="Heading2"),
    made.line("hawsers"), made.line("lines"), made.line("thin ones", level=1), made.line("first", number=2),
    made.table(["Ship", "Tons"], ["Amina", "40"]),
    made.p("Nobody waved.", style="Quote"),
    made.p("They never do.", style="PullQuote"),
    made.p("Over and out.", made.noted(2), made.r("1", "vertAlign")),
)  # fmt: skip
LOG = [("h1", "https://harbour.example/log")]
NOTES = {"footnotes.xml": made.notes("footnote", "Counted twice.")}


def test_headings_lists_tables_quotes_links_and_marks_become_the_body(read):
    found = read(made.word(*STORY, links=LOG, more=NOTES))
    assert found["headline"] == "The quay reopens"
    assert found["standfirst"] == "After nine years of scaffolding"
    assert found["blocks"] == [
        '<p>Ships <strong>came</strong> and <em>went</em>, says <a href="https://harbour.example/log">the log</a>.</p>',
        "<h2>What the harbour kept</h2>",
        "<h3>Of rope</h3>",
        "<ul><li>hawsers</li><li>lines<ul><li>thin ones</li></ul></li></ul>",
        "<ol><li>first</li></ol>",
        "<table><tr><td>Ship</td><td>Tons</td></tr><tr><td>Amina</td><td>40</td></tr></table>",
        "<blockquote>Nobody waved.</blockquote>",
        '<blockquote class="pull">They never do.</blockquote>',
        "<p>Over and out.<sup>[1]</sup>1</p>",
        "<hr>",
        "<ol><li>Counted twice.</li></ol>",
    ]
    for block in found["blocks"]:
        assert prose.clean(block), "the paste's own cleaning leaves it"


def test_every_word_of_the_document_is_in_the_result(read):
    rare = (
        '<w:p><w:fldSimple w:instr="DATE">' + made.r("third of May") + "</w:fldSimple></w:p>",
        '<w:p><w:bdo w:val="rtl">' + made.r("turned about") + "</w:bdo></w:p>",
        "<w:p><w:neverHeardOf>" + made.r("wholly unknown") + "</w:neverHeardOf></w:p>",
        "<w:p><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></w:p>",
        "<w:sdt><w:sdtContent>" + made.p("in a control") + "</w:sdtContent></w:sdt>",
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic><a:graphicData "
        "uri='x/wordprocessingShape'><wps:wsp><wps:txbx><w:txbxContent>" + made.p("boxed words")
        + "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r></w:p>",
        made.p(made.r("kept out of print", "vanish"), "in print"),
        "<w:tbl><w:tr><w:tc>" + made.table(["a table in", "a table"]) + made.p("") + "</w:tc></w:tr></w:tbl>",
    )  # fmt: skip
    raw = made.word(*STORY, *rare, links=LOG, more=NOTES)
    found = read(raw)
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        source = file.read("word/document.xml") + file.read("word/footnotes.xml")
    wanted = re.findall(r"\w+", " ".join(re.findall(r"<[wm]:t[ >](?:[^<]*>)?([^<]*)", source.decode())))
    kept = " ".join([found["headline"], found["standfirst"], *found["blocks"]])
    there = re.findall(r"\w+", re.sub(r"<[^>]+>", " ", kept))
    assert sorted(set(wanted) - set(there)) == []
    assert all(there.count(word) >= wanted.count(word) for word in wanted)
    assert len(wanted) > 40
    said = [block for block in found["blocks"] if 'class="note"' in block]
    assert any("wholly unknown" in one for one in said)
    assert any("kept out of print" in one for one in said)
    assert "<p>boxed words</p>" in found["blocks"]


def test_comments_are_notes_where_they_stand_and_changes_are_accepted(read):
    tracked = (
        made.p(
            "Forty ", f'<w:ins w:id="1" w:author="E">{made.r("two ")}</w:ins>',
            '<w:del w:id="2" w:author="E"><w:r><w:delText>fifty </w:delText></w:r></w:del>', made.commented(0, "ships"),
        ),
        f'<w:p><w:moveFrom w:id="3" w:author="E">{made.r("moved away")}</w:moveFrom></w:p>',
        f'<w:p><w:moveTo w:id="4" w:author="E">{made.r("moved here")}</w:moveTo></w:p>',
    )  # fmt: skip
    raw = made.word(
        *tracked, more={"comments.xml": made.comments(("Rana H.", "Forty or fifty?"), ("Edwin", "Adrift"))}
    )
    found = read(raw)
    assert found["blocks"] == [
        "<p>Forty two ships</p>",
        '<p class="note">Rana H. on “ships”: Forty or fifty?</p>',
        "<p>moved here</p>",
        '<p class="note">Edwin: Adrift</p>',
    ]
    assert {name: found["counts"][name] for name in ("insertions", "deletions", "comments")} == {
        "insertions": 2, "deletions": 2, "comments": 2,
    }  # fmt: skip
    assert prose.printed("\n".join(found["blocks"])).count("Rana") == 0


def test_arabic_document_is_arabic_and_each_block_runs_its_own_way(read):
    bidi = "<w:bidi/>"
    found = read(
        made.word(
            made.p("عاد المركب إلى الرصيف", style="Heading1", extra=bidi),
            made.p("غادرت السفينة الميناء القديم في السادسة صباحا", extra=bidi),
            made.p("Nobody waved at the old quay."),
            made.p(f"<w:r><w:rPr><w:rtl/><w:bCs/></w:rPr>{made.t('ثقيل')}</w:r>", extra=bidi),
        )
    )
    assert (found["language"], found["headline"]) == ("ar", "عاد المركب إلى الرصيف")
    assert [block.partition(">")[0] for block in found["blocks"]] == ["<p", '<p dir="ltr"', "<p"]
    assert "<strong>ثقيل</strong>" in found["blocks"][2]
    mixed = read(
        made.word(made.p("Six at the quay, they say, and no earlier."), made.p("12 — 14", extra=bidi))
    )
    assert mixed["blocks"][1] == '<p dir="rtl">12 — 14</p>', (
        "the file's word counts where letters say nothing"
    )


def test_style_made_from_a_heading_is_one_and_file_s_title_is_only_told(read):
    own = (
        '<w:style w:type="paragraph" w:styleId="House"><w:name w:val="House head"/><w:basedOn w:val="Heading2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Level"><w:name w:val="Level"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    more = {"styles.xml": made.styles(own), "docProps/core.xml": made.core("Draft 7 final", "Jo Writer")}
    lines = [made.p(f"Line {number}.") for number in range(6)]
    found = read(
        made.word(
            *lines, made.p("A house head", style="House"), made.p("Of one level", style="Level"), more=more
        )
    )
    assert found["blocks"][6:] == ["<h3>A house head</h3>", "<h2>Of one level</h2>"]
    assert (found["headline"], found["title"], found["author"]) == ("", "Draft 7 final", "Jo Writer")


def test_pictures_stand_where_they_stood_with_their_captions(read, tmp_path):
    raw = drawn.file(kind="PNG").getvalue()
    elsewhere = made.image("far").replace("r:embed", "r:link")
    ways = [("far", "https://spy.example/pixel.png")]
    found = read(
        made.word(
            made.p("Before. ", made.image("i1", alt="A quay & two men")),
            made.p("The quay at six.", style="Caption"),
            made.p("After.", elsewhere),
            pictures={"i1": raw},
            links=ways,
        )
    )
    assert found["blocks"] == [
        "<p>Before.</p>",
        {"picture": 1, "alt": "A quay & two men", "caption": "The quay at six."},
        "<p>After.</p>",
        blocks.note(blocks.NO_FILE),
    ], "nothing outside the file is fetched, and its place is told"
    assert (tmp_path / "picture-1").read_bytes() == raw


def test_ways_that_lead_nowhere_lose_no_words(read):
    lost = [
        made.p("Says ", made.link("the log", "h9"), "."),
        made.p("A quay: ", made.image("i9")),
        made.p("End.", made.noted(7)),
    ]
    assert read(made.word(*lost))["blocks"] == [
        "<p>Says the log.</p>",
        "<p>A quay:</p>",
        blocks.note(blocks.NO_FILE),
        "<p>End.</p>",
        blocks.note("A footnote of the Word file is missing from it here."),
    ]


def bomb():
    """Ten thousand million characters, if anybody unfolded them."""
    entities = "".join(f'<!ENTITY e{n} "{"".join([f"&e{n - 1};"] * 10) if n else "lol"}">' for n in range(10))
    text = made.part("document", "<w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body>")
    return text.replace("<w:document", f"<!DOCTYPE x [{entities}]><w:document", 1)


def outside():
    text = made.part("document", "<w:body><w:p><w:r><w:t>&file;</w:t></w:r></w:p></w:body>")
    return text.replace(
        "<w:document", '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]><w:document', 1
    )


WHOLE = made.word(made.p("One."))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD = {
    "text": (b"Only words, whatever the name says.", refusing.NO_WORD),
    "picture": (drawn.file().getvalue(), "picture"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "rtf": (b"{\\rtf1 ...}", "Rich Text"),
    "old": (OLE, refusing.OLD_DOC),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le"), refusing.LOCKED),
    "cut short": (WHOLE[: len(WHOLE) // 2], refusing.DAMAGED),
    "damaged": (WHOLE.replace(b"PK\x01\x02", b"PK\x09\x09"), refusing.DAMAGED),
    "odt": (made.packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "OpenDocument"),
    "sheet": (made.packed({"[Content_Types].xml": made.TYPES, "xl/workbook.xml": "<x/>"}), "spreadsheet"),
    "a zip": (made.packed({"notes.txt": "words"}), refusing.NO_WORD),
    "no text": (made.word(without=("word/document.xml",)), refusing.NO_WORD),
    "no XML": (made.word(more={"document.xml": "<w:document"}), refusing.DAMAGED),
    "size that lies": (made.word(more={"document.xml": " " * 9999}).replace(b"\x0f\x27\0\0", b"\x09\0\0\0"), refusing.DAMAGED),
    "laughs": (made.word(more={"document.xml": bomb()}), refusing.DOCTYPE),
    "laughs in styles": (made.word(more={"styles.xml": bomb().replace("w:document", "w:styles")}), refusing.DOCTYPE),
    "outside": (made.word(more={"document.xml": outside()}), refusing.DOCTYPE),
    "many parts": (made.packed({f"{n}.xml": "" for n in range(3001)}), refusing.BOMB),
    "unpacks": (made.word(more={"document.xml": " " * (13 * 1024**2)}), refusing.BOMB),
    "deep": (
        made.word("<w:tbl><w:tr><w:tc>" * 120 + made.p("x") + "</w:tc></w:tr></w:tbl>" * 120), refusing.DAMAGED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_word_file_is_told_so_and_what_to_do(read, kind):
    raw, sentence = BAD[kind]
    assert sentence in refused(read, raw)


class Sender:
    """A browser that sends Word files."""

    def __init__(self, user, **settings):
        self.client = Client(**settings)
        if user is not None:
            self.client.force_login(user)

    def send(self, raw, name="report.docx", **asked):
        asked = {"name": name, "page": str(uuid.uuid4()), **asked}
        query = "&".join(f"{key}={value}" for key, value in asked.items())
        address = f"{reverse('admin:desk_word_file')}?{query}"
        return self.client.post(
            address,
            raw,
            content_type="application/octet-stream",
            headers={"X-CSRFToken": "checked by Django"},
        )


WITH_PICTURES = made.word(
    made.p("The quay reopens", style="Title"),
    made.p("Ships came."),
    made.p(made.image("i1", alt="Two men")),
    made.p("The quay at six.", style="Caption"),
    made.p("Ships went."),
    made.p(made.image("i2")),
    pictures={
        "i1": drawn.file(drawn.picture((300, 200)), "PNG").getvalue(),
        "i2": b"\xd7\xcd\xc6\x9a no picture that a browser shows",
    },
    more={"docProps/core.xml": made.core("Draft 7", "Jo Writer")},
)


def test_word_file_starts_one_story_that_belongs_to_whoever_dropped_it(reporter):
    own = builders.make_contributor("Rana Haddad")
    own.user = reporter
    own.save()
    browser, page = Sender(reporter), str(uuid.uuid4())
    answer = browser.send(WITH_PICTURES, page=page)
    assert answer.status_code == 201, answer.json()
    told = answer.json()
    article = Article.objects.get(pk=told["story"])
    assert (article.headline, article.writer, article.state) == ("The quay reopens", reporter, "draft")
    assert [str(line) for line in article.bylines.all()] == ["Rana Haddad"]
    placed = article.placements.get()
    picture = placed.picture
    assert (picture.caption, picture.alt, picture.rights_class) == ("The quay at six.", "Two men", "unknown")
    assert (picture.made_by, picture.original_name) == (reporter, "report-1.png")
    assert article.body.split("\n")[:3] == [
        "<p>Ships came.</p>",
        f'<figure data-media-id="{picture.media_id}"></figure>',
        "<p>Ships went.</p>",
    ]
    assert "A picture of the Word file was not taken in" in article.body
    assert "1 picture was not taken in" in " ".join(told["said"])
    assert "Jo Writer" in " ".join(told["said"])
    shown = browser.client.get(told["address"]).content.decode()
    assert "Taken from report.docx: " in shown
    again = browser.send(WITH_PICTURES, page=page)
    assert (again.status_code, again.json()["story"]) == (200, told["story"])
    assert (Article.objects.count(), Picture.objects.count()) == (1, 1)
    assert not Sitting.objects.here().exists(), "nobody holds it yet"


def test_same_picture_again_is_the_one_that_is_here_and_its_caption_the_story_s_own(reporter):
    browser = Sender(reporter)
    browser.send(WITH_PICTURES)
    raw = made.packed(
        parts_of(WITH_PICTURES)
        | {"word/document.xml": parts_of(WITH_PICTURES)["word/document.xml"].replace(b"at six", b"at seven")}
    )
    told = browser.send(raw).json()
    assert Picture.objects.count() == 1
    placed = Article.objects.get(pk=told["story"]).placements.get()
    assert (placed.caption, placed.picture.caption) == ("The quay at seven.", "The quay at six.")
    assert "1 picture that the library had" in told["said"][0]


def test_text_of_a_word_file_comes_back_for_the_cursor_and_starts_nothing(reporter):
    answer = Sender(reporter).send(WITH_PICTURES, into="text", language="ar")
    assert answer.status_code == 200
    told = answer.json()
    picture = Picture.objects.get()
    assert told["body"].startswith('<h2>The quay reopens</h2>\n<p dir="ltr">Ships came.</p>')
    assert [one["media_id"] for one in told["pictures"]] == [picture.media_id]
    assert not Article.objects.exists()


def test_nothing_of_the_site_is_loaded_where_a_stranger_s_file_is_read(tmp_path):
    (tmp_path / "original").write_bytes(WHOLE)
    spy = "; import json; print(json.dumps(sorted(sys.modules)))"
    command = [
        sys.executable,
        "-I",
        "-c",
        reading.START + spy,
        bounds.ROOT,
        tmp_path / "original",
        tmp_path,
        "{}",
    ]
    done = subprocess.run(command, capture_output=True, env={}, check=True)
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert {"mammoth", "articles", "lxml"} <= loaded
    assert not loaded & {"django", "media", "sqlite3", "nh3"}
    assert json.loads((tmp_path / bounds.RESULT).read_text())["blocks"] == ["<p>One.</p>"]


@pytest.mark.parametrize("kind", ["laughs", "locked", "cut short"])
def test_refused_file_leaves_nothing_behind(reporter, kind):
    raw, sentence = BAD[kind]
    answer = Sender(reporter).send(raw)
    assert (answer.status_code, answer.json()) == (422, {"refused": [sentence]})
    assert not Article.objects.exists()
    assert not Picture.objects.exists()


def test_file_that_takes_too_long_is_ended_and_told_so(reporter, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    answer = Sender(reporter).send(WHOLE)
    assert (answer.status_code, answer.json()) == (422, {"refused": [refusing.TOO_MUCH]})
    assert not Article.objects.exists()


def test_who_may_not_start_a_story_gets_none_from_a_word_file(reporter, picture_desk, reader):
    assert Sender(picture_desk).send(WHOLE).status_code == 403
    assert Sender(reader).send(WHOLE).status_code == 401
    assert Sender(None).send(WHOLE).json() == {"login": reverse("admin:login")}
    assert Sender(reporter, enforce_csrf_checks=True).send(WHOLE).status_code == 403
    assert Sender(reporter).send(WHOLE, page="no-page").status_code == 422
    assert Sender(reporter).client.get(reverse("admin:desk_word_file")).status_code == 405
    assert not Article.objects.exists()


def test_file_over_the_cap_is_refused_before_it_is_read(reporter):
    answer = Sender(reporter).send(b"PK" + b"\0" * refusing.LARGEST_FILE)
    assert (answer.status_code, answer.json()["refused"]) == (413, [refusing.TOO_BIG])


def test_where_the_extra_is_missing_nothing_is_offered_and_the_door_says_why(reporter, monkeypatch):
    browser, pages = Sender(reporter), [reverse("admin:index"), reverse("admin:articles_article_changelist")]
    pages.append(reverse("admin:articles_article_add"))
    for address in pages:
        assert "data-word-file" in browser.client.get(address).content.decode(), address
    monkeypatch.setattr(reading, "find_spec", lambda name: None)
    for address in pages:
        assert "word_file" not in browser.client.get(address).content.decode(), address
    answer = browser.send(WHOLE)
    assert (answer.status_code, answer.json()["refused"]) == (422, [refusing.NOT_SET_UP])


def test_who_may_not_start_a_story_is_not_offered_to(picture_desk):
    assert "data-word-file" not in Sender(picture_desk).client.get(reverse("admin:index")).content.decode()


def parts_of(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return {name: file.read(name) for name in file.namelist()}
