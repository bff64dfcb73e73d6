"""Whatever lies in the folder, each file gets a sentence and the run goes on."""

import io
import json
import os
import socket
import time

import pytest
from django.core.management import CommandError, call_command

from articles.importing import pages
from articles.importing.files import printable
from articles.models import Edition, SourcePage
from tests.importing.archive import BAKERS, LAMPS, bring, only_story, save, story
from tests.importing.pages import article

pytestmark = pytest.mark.django_db
PATH = "/nadia-farouk/news-middle-east/council-keeps-the-night-ferry"


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one good page, which must be imported whatever lies beside it."""
    save(tmp_path / "a", "zz-good", story(), PATH)
    return tmp_path / "a"


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n \r\n\t", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
        ("nul.txt", b"text\x00\x00with\x01nul" * 50, "text"),
        ("random.bin", bytes(range(256)) * 40, ""),
        ("lone.json", b'{"url": "https://example.org/"}', "No page stands beside it"),
        (".hidden.txt", b"hidden", "hidden"),
    ],
)
def test_useless_file_is_refused_in_a_sentence(folder, name, raw, says):
    (folder / name).write_bytes(raw)
    rows, said = bring(folder)
    assert rows[name]["outcome"] == "refused"
    assert says in rows[name]["reason"]
    assert rows[name]["reason"].endswith(".")
    assert "1 was refused" in said
    assert only_story().headline == "Council keeps the night ferry"
    assert SourcePage.objects.get(outcome="refused").raw is None


def test_other_encodings_are_read(folder):
    text = article("Café owners – and “their” guests – met on the quay. " + BAKERS, LAMPS, headline="Café")
    (folder / "1.txt").write_bytes(text.encode("cp1252"))
    (folder / "2.txt").write_bytes(text.replace("Café", "Harbour café").encode("utf-16"))
    rows, _ = bring(folder)
    assert [rows["1.txt"]["outcome"], rows["2.txt"]["outcome"]] == ["created", "created"]
    assert rows["1.txt"]["repairs"][0]["rule"] == "encoding"
    assert Edition.objects.filter(headline="Café").exists()


def test_huge_file_is_refused_without_being_read(folder):
    with open(folder / "huge.txt", "wb") as file:
        file.truncate(100 * 1024 * 1024)
    began = time.monotonic()
    rows, _ = bring(folder)
    assert "104,857,600 bytes" in rows["huge.txt"]["reason"]
    assert time.monotonic() - began < 20


def test_pipes_sockets_and_devices_are_refused_not_waited_for(folder):
    os.mkfifo(folder / "pipe.txt")
    os.symlink("/dev/zero", folder / "zero.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "s.txt"))
        rows, _ = bring(folder)
    assert "no ordinary file" in rows["pipe.txt"]["reason"]
    assert rows["s.txt"]["outcome"] == "refused"
    assert "outside" in rows["zero.txt"]["reason"]
    assert rows["zz-good.txt"]["outcome"] == "created"


def test_links_are_followed_only_inside(folder, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("not yours")
    os.symlink(secret, folder / "outside.txt")
    os.symlink(folder / "gone.txt", folder / "broken.txt")
    os.symlink(folder, folder / "loop")
    os.symlink(folder / "zz-good.txt", folder / "zz-inside.txt")
    rows, _ = bring(folder)
    assert "leads outside" in rows["outside.txt"]["reason"]
    assert "not there" in rows["broken.txt"]["reason"]
    assert "not followed" in rows["loop"]["reason"]
    assert rows["zz-inside.txt"]["outcome"] == "unchanged"


def test_folder_named_like_a_page_is_walked(folder):
    save(folder / "x.txt", "inner", article(BAKERS, LAMPS, headline="Bakers"))
    rows, _ = bring(folder)
    assert rows["inner.txt"]["outcome"] == "created"


def test_folder_that_cannot_be_opened_is_told(folder, monkeypatch):
    (folder / "closed").mkdir()
    real = os.listdir

    def refuse_one(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    # Who runs the tests may be root, whom no mode keeps out.
    monkeypatch.setattr(os, "listdir", refuse_one)
    rows, _ = bring(folder)
    assert "cannot be opened (permission denied)" in rows["closed"]["reason"]
    assert rows["zz-good.txt"]["outcome"] == "created"


def test_deeply_nested_folders_are_walked(folder):
    deep = folder
    for _ in range(400):
        deep = deep / "d"
    save(deep, "inner", article(BAKERS, LAMPS, headline="Bakers"))
    rows, _ = bring(folder)
    assert rows["inner.txt"]["outcome"] == "created"


def test_names_of_any_bytes_can_be_told(folder):
    odd = os.fsencode(folder) + b"/caf\xe9\x07\n.txt"
    with open(odd, "wb") as file:
        file.write(article(BAKERS, LAMPS, headline="Bakers").encode())
    rows, _ = bring(folder)
    (name,) = [name for name in rows if name.startswith("caf")]
    assert name == "caf\\xe9\\x07\\n.txt"
    assert rows[name]["outcome"] == "created"
    assert len(printable("/a" * 4000)) == 500


def test_file_that_vanishes_is_told(folder, monkeypatch):
    victim = save(folder, "aa-victim", article(BAKERS, LAMPS, headline="Bakers"))
    (folder / "a-first.txt").write_text(article(LAMPS, BAKERS, headline="Lamps"))
    real = pages.read_page

    def read_and_remove(*args, **named):
        victim.unlink(missing_ok=True)
        return real(*args, **named)

    monkeypatch.setattr(pages, "read_page", read_and_remove)
    rows, _ = bring(folder)
    assert "gone when it was to be read" in rows["aa-victim.txt"]["reason"]
    assert rows["zz-good.txt"]["outcome"] == "created"


@pytest.mark.parametrize("sidecar", ["{", '"text"', '{"url": 7}', "[" * 100_000])
def test_broken_sidecar_leaves_the_page_without_address(folder, sidecar):
    (folder / "zz-good.json").write_text(sidecar)
    rows, _ = bring(folder)
    assert rows["zz-good.txt"]["outcome"] == "created"
    assert "its address is not known" in rows["zz-good.txt"]["reason"]


def test_other_papers_pages_are_refused(folder):
    save(folder, "1", article(BAKERS, LAMPS, headline="Bakers"))
    (folder / "1.json").write_text(json.dumps({"url": "https://www.example-paper.org/news/bakers"}))
    rows, _ = bring(folder)
    assert rows["1.txt"]["outcome"] == "refused"
    assert "example-paper.org" in rows["1.txt"]["reason"]


def test_fault_of_the_program_stops_one_file_only(folder, monkeypatch):
    save(folder, "1", article(BAKERS, LAMPS, headline="Bakers"), "/x-y/opinion/bakers")
    real = pages.tell

    def fail_after_writing(offer, *args):
        told = real(offer, *args)
        if "Bakers" in offer.headline.value:
            raise RuntimeError("a rule that nobody thought of")
        return told

    monkeypatch.setattr(pages, "tell", fail_after_writing)
    rows, _ = bring(folder)
    assert rows["1.txt"]["outcome"] == "refused"
    assert "a rule that nobody thought of" in rows["1.txt"]["reason"]
    assert only_story().headline == "Council keeps the night ferry"


@pytest.mark.parametrize(
    ("paths", "options", "says"),
    [
        ([], {}, "Name the files"),
        (["/nowhere/at/all"], {}, "There is nothing at"),
        (["tests"], {"report": "/nowhere/report.jsonl"}, "report cannot be written"),
        (["tests"], {"undo": 1}, "Give --undo alone"),
    ],
)
def test_unusable_arguments_end_with_2_and_a_sentence(paths, options, says):
    with pytest.raises(CommandError, match=says) as refused:
        call_command("import_archive", *paths, **options)
    assert refused.value.returncode == 2


def test_empty_folder_is_told(tmp_path):
    (tmp_path / "a").mkdir()
    _, said = bring(tmp_path / "a")
    assert "No file was found there" in said


def test_report_in_the_folder_is_no_page(folder):
    (folder / "report.jsonl").write_text("an earlier one")
    call_command("import_archive", str(folder), report=str(folder / "report.jsonl"), stdout=io.StringIO())
    assert not SourcePage.objects.filter(file__endswith="report.jsonl").exists()
