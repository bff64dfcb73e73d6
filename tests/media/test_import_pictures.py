"""`manage.py import_pictures` takes folders in: a sentence for each file that is refused, the rest goes on, twice is once."""

import io
import json
import os
import random
import socket
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from media.models import MediaIDCounter, Picture
from tests import builders
from tests.media import drawn
from tests.media.stored import bytes_of, every_file

pytestmark = pytest.mark.django_db


def draw(path, seed=0, size=(90, 60), **saved):
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = random.Random(seed).randbytes(12 * 8 * 3)
    picture = Image.frombytes("RGB", (12, 8), pixels).resize(size, Image.Resampling.BICUBIC)
    picture.save(os.fsencode(path) if isinstance(path, Path) else path, "JPEG", comment=str(seed), **saved)
    return path


def bring(*paths, **options):
    """Import and return {file's name: its line of the report}, and what was said."""
    report, said = Path(paths[0]).parent / "report.jsonl", io.StringIO()
    call_command(
        "import_pictures", *map(str, paths), report=str(report), stdout=said, stderr=io.StringIO(), **options
    )
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    return {line["file"].rsplit("/", 1)[-1]: line for line in lines}, said.getvalue()


@pytest.fixture
def folder(tmp_path):
    for number in range(3):
        draw(tmp_path / "in" / "deep" / f"{number}.jpg", number)
    return tmp_path / "in"


def test_folder_comes_in_with_what_is_true_of_all_and_a_second_run_changes_nothing(folder):
    given = {
        "credit": "Staff",
        "keywords": "quay, dawn",
        "rights_class": "staff",
        "rights_end_on": "2030-01-31",
    }
    rows, said = bring(folder, **given)
    pictures = list(Picture.objects.order_by("media_id"))
    assert [rows[f"{number}.jpg"]["pictures"] for number in range(3)] == [[one.media_id] for one in pictures]
    assert {row["outcome"] for row in rows.values()} == {"created"}
    assert "3 files were read: 3 were created, 0 were attached, 0 were unchanged, 0 were refused." in said
    for one in pictures:
        assert (one.credit, one.keywords, one.rights_class, one.rights_end_on, one.caption) == (
            "Staff", ["quay", "dawn"], "staff", date(2030, 1, 31), None,
        )  # fmt: skip
        assert one.original_name in rows
    before = every_file()
    rows, said = bring(folder)
    assert "3 were unchanged" in said
    assert [row["pictures"] for row in rows.values()] == [[one.media_id] for one in pictures]
    assert every_file() == before


def test_names_that_are_media_ids_find_their_pictures_or_make_them(tmp_path):
    lost = builders.make_picture(media_id="55361435", caption="Dawn", credit="")
    kept = builders.make_picture(media_id="55361440")
    builders.make_picture(media_id="55361441", alias_of=kept)
    for number, name in enumerate(("55361435", "55361436", "55361441", "harbour", "123", "55361435٣")):
        draw(tmp_path / "in" / f"{name}.jpg", number)
    draw(tmp_path / "in" / "z" / "55361435.jpg", 7)
    rows, _ = bring(tmp_path / "in", ids_from_names=True, credit="Staff")
    lost.refresh_from_db()
    assert (lost.has_file, lost.caption, lost.credit) == (True, "Dawn", "Staff")
    assert rows["55361436.jpg"]["outcome"] == "created"
    assert Picture.objects.get(media_id="55361436").has_file
    assert rows["55361441.jpg"] == {**rows["55361441.jpg"], "outcome": "attached", "pictures": ["55361440"]}
    assert rows["55361435.jpg"]["outcome"] == "refused"
    assert "has its file already" in rows["55361435.jpg"]["reason"]
    for name in ("harbour.jpg", "123.jpg", "55361435٣.jpg"):
        assert "Its name is no Media ID" in rows[name]["reason"]
    assert not MediaIDCounter.objects.exists()
    again, _ = bring(tmp_path / "in", ids_from_names=True)
    assert [again[f"{name}.jpg"]["outcome"] for name in ("55361436", "55361441")] == ["unchanged"] * 2


def test_file_that_is_here_under_another_number_is_told(tmp_path):
    draw(tmp_path / "in" / "55361435.jpg")
    draw(tmp_path / "in" / "55361436.jpg")
    rows, _ = bring(tmp_path / "in", ids_from_names=True)
    assert rows["55361435.jpg"]["outcome"] == "created"
    assert rows["55361436.jpg"]["outcome"] == "refused"
    assert (
        "named 55361436, but this very picture is here as Media ID 55361435" in rows["55361436.jpg"]["reason"]
    )


def test_same_bytes_twice_in_one_run_are_one_picture(tmp_path):
    for name in ("a", "b", "c"):
        draw(tmp_path / "in" / f"{name}.jpg")
    rows, _ = bring(tmp_path / "in")
    assert [rows[f"{name}.jpg"]["outcome"] for name in "abc"] == ["created", "unchanged", "unchanged"]
    assert len({row["pictures"][0] for row in rows.values()}) == 1


HOSTILE = {
    "empty.jpg": (b"", "empty"),
    "half.jpg": (drawn.file().getvalue()[:3000], "cut short"),
    "bomb.png": (drawn.huge_png(), "pixels"),
    "vector.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture that can be taken in"),
    "eps.jpg": (b"%!PS-Adobe-3.0 EPSF-3.0\nshowpage\n", "no picture that can be taken in"),
    "notes.txt": (b"Shot list", "no picture that can be taken in"),
    "trailed.jpg": (drawn.file().getvalue() + b"<script>alert(1)</script>", "Behind the picture"),
    ".htaccess": (b"Options +ExecCGI", "begins with a dot"),
    "._0.jpg": (b"\x00\x05\x16\x07", "begins with a dot"),
}


def test_each_hostile_file_gets_a_sentence_and_the_rest_comes_in(folder):
    for name, (raw, _) in HOSTILE.items():
        (folder / name).write_bytes(raw)
    with open(folder / "huge.jpg", "wb") as file:
        file.truncate(1024**3)
    os.symlink("/etc/passwd", folder / "link.jpg")
    os.symlink(folder, folder / "round")
    os.mkfifo(folder / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "s.jpg"))
        rows, said = bring(folder)
    for name, (_, sentence) in HOSTILE.items():
        assert rows[name]["outcome"] == "refused"
        assert sentence in rows[name]["reason"]
        assert rows[name]["reason"].endswith(".")
    assert "may have at most 41,943,040" in rows["huge.jpg"]["reason"]
    assert "outside the folder" in rows["link.jpg"]["reason"]
    assert "imported itself" in rows["round"]["reason"]
    assert "no ordinary file" in rows["pipe.jpg"]["reason"]
    assert "3 were created" in said
    assert "Refused, 2 files: Its name begins with a dot" in said
    assert Picture.objects.count() == 3
    assert len(every_file()) >= 6


@pytest.mark.parametrize(
    "name",
    [b"\xff\xfe broken.jpg", "gpj.\u202ecod.jpg".encode(), b"two\nlines.jpg", b"x" * 250 + b".jpg", b"; rm -rf $HOME.jpg"],
)  # fmt: skip
def test_hostile_name_is_told_safely_and_never_used(tmp_path, name):
    (tmp_path / "in").mkdir()
    raw = drawn.file().getvalue()
    with open(os.path.join(os.fsencode(tmp_path), b"in", name), "wb") as file:
        file.write(raw)
    rows, _ = bring(tmp_path / "in")
    (row,) = rows.values()
    assert row["outcome"] == "created"
    assert row["file"].isprintable()
    picture = Picture.objects.get()
    assert picture.original_name.isprintable()
    assert len(picture.original_name) <= 255
    assert "jpg" not in picture.original.name.rpartition(".")[0]
    assert bytes_of(picture.original.storage, picture.original.name) == raw


def test_dry_run_tells_what_would_be_and_keeps_nothing(folder):
    draw(folder / "deep" / "again.jpg", 0)
    (folder / "bad.jpg").write_bytes(b"no picture")
    before = every_file()
    rows, said = bring(folder, dry_run=True)
    assert {name: row["outcome"] for name, row in rows.items()} == {
        "0.jpg": "created", "1.jpg": "created", "2.jpg": "created", "again.jpg": "unchanged", "bad.jpg": "refused",
    }  # fmt: skip
    assert "5 files were read: 3 would be created" in said
    assert "nothing was kept" in said
    assert not Picture.objects.exists()
    assert every_file() == before


@pytest.mark.parametrize(
    ("paths", "options", "sentence"),
    [
        ([], {}, "Name the files and folders"),
        (["/nowhere/at/all"], {}, "There is nothing at"),
        (["a\0b"], {}, "There is nothing at"),
        (["/tmp"], {"credit": "x" * 301}, "at most 300"),
        (["/tmp"], {"rights_begin_on": "2020-02-02", "rights_end_on": "2020-02-01"}, "end before they begin"),
        (["/tmp"], {"taken_on": "soon"}, "Taken on"),
        (["/tmp"], {"report": "/nowhere/report"}, "cannot be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_stops_before_anything_is_read(paths, options, sentence):
    with pytest.raises(CommandError, match=sentence) as stopped:
        call_command("import_pictures", *paths, **options)
    assert stopped.value.returncode == 2
    assert not Picture.objects.exists()
