"""Files that are no page of the archive, encodings, damage."""

import json

import pytest

from articles.importing.reading import Unreadable, read_page
from tests.importing.pages import ARCHIVE, BAKERS, FERRY, LAMPS, article, page, read

LONG = [FERRY, BAKERS, LAMPS] * 4


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("\u200b \u00a0\n".encode(), "spaces|hardly any text"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "PNG picture"),
        (b"%PDF-1.4 something", "a PDF"),
        (b"PK\x03\x04 something", "ZIP"),
        (b"a\x00b\x00c\xff\xfe\x01" * 20, "NUL"),
        (b"\x01\x02\x03\x04\x05abc" * 20, "control characters"),
        (b"x" * 5_000_001, "5,000,001 bytes.*at most 5,000,000"),
        (b"word\n" * 30_000, "30,000 lines"),
        (b"&#34 is a quote " * 30_000, "damaged in 30,000 places"),
        (b"hello there", "no story"),
        (json.dumps({"url": "https://x.example", "expect": {"a": 1}}).encode(), "JSON"),
        (b"<?xml version='1.0'?><rss><channel></channel></rss>", "XML"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\n", "web archive"),
    ],
)
def test_files_that_are_no_page_are_refused_with_a_sentence(raw, reason):
    with pytest.raises(Unreadable, match=reason) as refusal:
        read_page(raw, file="folder/x.txt")
    assert refusal.value.reason.endswith(".")
    assert refusal.value.file == "folder/x.txt"


def test_cap_is_the_callers():
    with pytest.raises(Unreadable, match="at most 100"):
        read_page(article(FERRY).encode(), file="x", cap=100)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["404 Not Found", "nginx"], "error page"),
        (["Page not found", "The page you asked for has moved or never was here."], "error page"),
        (["Error 500", "Internal Server Error"], "error page"),
        (["403 Forbidden"], "error page"),
        (["Just a moment...", "Checking your browser before you go on."], "robots"),
        (["Please enable JavaScript and cookies to continue"], "JavaScript"),
        (["We use cookies to make this site work.", "Accept all cookies", "Reject"], "cookies"),
        (
            ["Ferry sails again", FERRY, "Subscribe to continue reading", "Already a subscriber? Sign in"],
            "paywall",
        ),
    ],
)
def test_error_pages_walls_and_checks_are_refused(lines, reason):
    with pytest.raises(Unreadable, match=reason):
        read("\n\n".join(lines))
    with pytest.raises(Unreadable, match=reason):
        read(page(*lines, headline=lines[0]))


def test_stories_about_cookies_errors_and_captchas_are_read():
    for opening in (
        "We use cookies, said the baker, to please the children.",
        "Error 404 is the name of the ship.",
        "Captcha: a history",
    ):
        assert read(article(opening, *LONG, headline="404 lamps lit")).paragraphs[0].text == opening


def test_other_papers_pages_are_refused_and_ours_read():
    text = article(FERRY, BAKERS)
    for host in ("www.example.com", "aawsat-english.example.com", "aawsat.com.example.org", "notaawsat.com"):
        with pytest.raises(Unreadable, match=f"another paper's page.*{host}"):
            read(text, address=f"https://{host}/a/b/c")
    for host in ("eng-archive.aawsat.com", "aawsat.com", "english.aawsat.com", "www.aawsat.com:8080"):
        assert read(text, address=f"http://{host}/a/b/c").address
    stored = read(text, address=f"https://web.archive.org/web/20170304050607/{ARCHIVE}/ann-rahbi/gulf/ferry")
    assert stored.address.canonical == "eng-archive.aawsat.com/ann-rahbi/gulf/ferry"
    odd = read(text, address="not an address")
    assert odd.address is None
    assert any("no address" in doubt.sentence for doubt in odd.doubts)


@pytest.mark.parametrize(
    ("encoding", "rule"),
    [
        ("utf-8", None),
        ("utf-8-sig", "encoding"),
        ("utf-16", "encoding"),
        ("utf-16-le", "encoding"),
        ("cp1252", "encoding"),
    ],
)
def test_encodings(encoding, rule):
    text = article("The captain’s “ferry” – and its café – sailed at noon, said Señor Núñez.", FERRY)
    found = read_page(text.encode(encoding), file="x")
    assert found.paragraphs[0].text.startswith("The captain’s “ferry” – and its café")
    assert [repair.rule for repair in found.repairs] == ([rule] if rule else [])


def test_arabic_code_page_and_broken_utf8():
    arabic = "قال القبطان إن العبارة ستبحر مرتين كل يوم وإن أحدا لم يبق على الرصيف. " * 3
    assert read_page(f"العبارة\n\n{arabic}".encode("cp1256"), file="x").paragraphs[0].text == arabic.strip()
    broken = article("The captain’s “ferry” – she’s “ours” – sailed.", FERRY).encode() + b" caf\xe9 again."
    found = read_page(broken, file="x")
    assert found.paragraphs[-1].text.endswith("café again.")
    assert "The captain’s" in found.paragraphs[0].text


@pytest.mark.parametrize(
    ("was", "now", "rule"),
    [
        ("the &#34ferry&#34 sails", 'the "ferry" sails', "entity"),
        ("the &#3420 ferries&#34 sail", 'the "20 ferries" sail', "entity"),
        ("fish &amp; chips, 5 &lt; 6 &#8217; &eacute;", "fish & chips, 5 < 6 ’ é", "entity"),
        ("the council”s ferry", "the council’s ferry", "apostrophe"),
        ("Sana”a is far", "Sana’a is far", "apostrophe"),
        ("the captainâ€™s â€œferryâ€\x9d â€“ and cafÃ©", "the captain’s “ferry” – and café", "mojibake"),
        ("the\u00a0ferry\u200b sails\u00ad", "the ferry sails", "invisible"),
        ("the  ferry   sails", "the ferry sails", "doubled-space"),
    ],
)
def test_damage_is_repaired_by_recorded_steps(was, now, rule):
    found = read(article(f"On that day {was} again, as everybody in the town had hoped.", FERRY))
    assert found.paragraphs[0].text == f"On that day {now} again, as everybody in the town had hoped."
    assert rule in {repair.rule for repair in found.repairs}
    assert all(repair.line == 6 for repair in found.repairs)


@pytest.mark.parametrize(
    "text",
    [
        "AT&T and R&D & more",
        "&copy 2014 &nothing;",
        "She said “no”and left",
        "Ã la carte",
        "{{ 7*7 }} {% x %}",
    ],
)
def test_what_is_no_damage_is_left_alone(text):
    sentence = f"{text}, as everybody in the town had hoped."
    found = read(article(sentence, FERRY))
    assert found.paragraphs[0].text == sentence
    assert found.repairs == ()


def test_windows_line_ends_are_one_step():
    found = read(article(FERRY, BAKERS).replace("\n", "\r\n"))
    assert [(repair.rule, repair.was) for repair in found.repairs] == [("line-ends", "CRLF")]
    assert found.paragraphs[0].line == 6
