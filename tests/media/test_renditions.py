"""Copies are made in the background, in three formats and five shapes, each named by what it holds, none with a secret."""

import io
import os
import re
import struct
import tempfile
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from PIL import Image

from media import background, cropping, geometry, intake, signals
from media.models import Picture, Rendition, originals, renditions
from tests import builders
from tests.media import drawn
from tests.media.stored import bytes_of, every_file

pytestmark = pytest.mark.django_db
ALL = {"avif", "webp", "jpg"}


def taken(size=(700, 500), **saved):
    return intake.take_in(drawn.file(drawn.picture(size), quality=80, **saved), by=None)


def made(picture):
    """Make what is due and return the picture as it stands then."""
    background.make_due(processes=2)
    return Picture.objects.prefetch_related("renditions").get(pk=picture.pk)


def opened(copy, kind="jpg"):
    return Image.open(io.BytesIO(bytes_of(renditions(), copy.file_name(kind))))


def test_no_story_waits_the_whole_picture_is_there_at_once():
    picture = taken((2400, 1600))
    assert [(one.slot, one.width, one.formats) for one in picture.renditions.all()] == [
        ("whole", width, ["jpg"]) for width in (320, 640, 960, 1280, 1920)
    ]
    assert Picture.objects.get().copies_due_at is not None


def test_every_slot_is_copied_in_three_formats_at_its_widths():
    picture = made(taken((2400, 1600)))
    for slot, shape in geometry.SLOTS.items():
        copies = picture.copies(slot)
        assert [one.width for one in copies] == [one for one in shape.widths if one <= 2400]
        for copy in copies:
            assert set(copy.formats) == ALL
            assert re.fullmatch(r"[0-9a-f]{16}-[0-9a-f]{32}", copy.name)
            for kind in ALL:
                file = opened(copy, kind)
                assert (file.format, file.mode, file.size) == (
                    {"jpg": "JPEG"}.get(kind, kind.upper()),
                    "RGB",
                    (copy.width, copy.height),
                )
            assert opened(copy).info.get("progressive")
    assert (picture.copies_due_at, picture.copies_claimed_until, picture.copies_trouble) == (None, None, "")


def test_copies_made_at_once_keep_their_names_and_get_their_other_formats():
    picture = taken(exif=drawn_by("Ana Ünal"))
    before = {one.name for one in picture.renditions.all()}
    assert {one.name for one in made(picture).copies()} == before
    assert not Rendition.objects.filter(superseded_at__isnull=False).exists()


def test_making_all_anew_changes_nothing_that_is_right_and_brings_back_what_is_lost():
    picture = made(taken((700, 500)))
    files = every_file()
    renditions().delete(picture.copies("square")[0].file_name("webp"))
    assert background.order_all() == 1
    assert {one.name for one in made(picture).renditions.all()} == {
        one.name for one in picture.renditions.all()
    }
    assert every_file() == files


def test_focal_point_and_crop_by_hand_show(picture_desk):
    picture = made(taken())
    old = {slot: [one.name for one in picture.copies(slot)] for slot in geometry.SLOTS}
    cropping.crop(
        by=picture_desk,
        picture_id=picture.pk,
        token=picture.token,
        focal=(0, 0),
        crops={"portrait": (380, 100, 320, 400)},
    )
    picture = made(picture)
    # The corner that is red is a third of each side.
    assert opened(picture.copies("square")[-1]).getpixel((90, 60))[0] > 200
    assert opened(picture.copies("portrait")[-1]).getpixel((5, 5))[0] < 120
    assert [one.width for one in picture.copies("portrait")] == [320]
    assert [one.name for one in picture.copies()] == old["whole"]
    assert {one.name for one in picture.copies("square")}.isdisjoint(old["square"])


def test_superseded_copies_stay_as_rows_and_their_files_go(picture_desk):
    picture = made(taken())
    heard = []
    signals.picture_changed.connect(
        lambda **sent: heard.append(sent["changed"]), weak=False, dispatch_uid="test"
    )
    try:
        cropping.crop(by=picture_desk, picture_id=picture.pk, token=picture.token, focal=(0, 0), crops={})
        made(picture)
    finally:
        signals.picture_changed.disconnect(dispatch_uid="test")
    old = Rendition.objects.filter(superseded_at__isnull=False)
    assert {one.slot for one in old} == {"square", "portrait", "lead", "landscape"}
    assert not any(renditions().exists(one.file_name(kind)) for one in old for kind in ALL)
    present = Rendition.objects.filter(superseded_at__isnull=True)
    assert all(renditions().exists(name) for one in present for name in one.files())


def test_folder_at_work_is_swept_away_by_nobody_and_a_left_one_is(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    at_work, left = background.Folder(), tmp_path / f"{background.PREFIX}left"
    left.mkdir()
    for folder in (at_work.path, left):
        os.utime(folder, (0, 0))
    background.make_due()
    assert list(tmp_path.iterdir()) == [at_work.path]
    at_work.remove()
    assert list(tmp_path.iterdir()) == []


def test_editions_that_print_a_picture_are_due_in_the_same_transaction(
    editor, django_capture_on_commit_callbacks
):
    picture = intake.take_in(drawn.iptc(credit=b"Harbour Agency"), by=None, rights_class="staff")
    edition = builders.make_published(editor, pictures=[picture])
    made(picture)
    assert Picture.objects.get().editions_due_at is not None
    with django_capture_on_commit_callbacks(execute=True):
        Picture.objects.update(copies_due_at=timezone.now())
        Rendition.objects.all().delete()
        made(picture)
    edition.refresh_from_db()
    assert set(edition.shown_pictures[0]["copies"]) == set(geometry.SLOTS)
    assert Picture.objects.get().editions_due_at is None


def drawn_by(artist, rights=""):
    exif = Image.Exif()
    exif[0x013B], exif[0x8298] = artist.encode(), rights.encode()
    return exif


def planted():
    """An upright JPEG that tells where it was taken, by which camera and when."""
    exif = drawn_by("Ana Ünal", "© Harbour Agency")
    exif[0x010F], exif[0x0110], exif[0x0132] = "Kamera", "Modell X", "2016:11:03 10:00:00"
    exif.get_ifd(0x8769).update({0xA431: "SERIAL-987654", 0x9003: "2016:11:03 10:00:00", 0xA435: "LENS-123"})
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (33.0, 30.0, 47.0), 3: "E", 4: (36.0, 17.0, 31.0), 29: "2016:11:03"}
    )
    xmp = drawn.XMP.replace(
        'photoshop:Credit="Harbour Agency"',
        'photoshop:Credit="Harbour Agency" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux="http://ns.adobe.com/'
        'exif/1.0/aux/" exif:GPSLatitude="33,30.7833N" aux:SerialNumber="SERIAL-987654" photoshop:City="Damascus"',
    )
    return drawn.file(drawn.picture((500, 400)), exif=exif, xmp=xmp.encode(), comment=b"COMMENT-555")


def test_nothing_of_what_a_file_says_reaches_readers_but_who_made_it():
    file = planted()
    for secret in (b"SERIAL-987654", b"33,30.7833N", b"Modell X", b"COMMENT-555"):
        assert secret in file.getvalue()
    picture = made(intake.take_in(file, by=None, copyright="© Harbour & <Co>"))
    assert bytes_of(originals(), picture.original.name) == file.getvalue()
    latitude = b"".join(struct.pack("<LL", number, 1) for number in (33, 30, 47))
    for copy in picture.renditions.all():
        for kind in copy.formats:
            raw = bytes_of(renditions(), copy.file_name(kind))
            for secret in (
                b"SERIAL",
                b"LENS-123",
                b"33,30",
                b"Modell",
                b"Kamera",
                b"COMMENT",
                b"2016",
                b"Damascus",
                b"quay",
            ):
                assert secret not in raw, (copy, kind, secret)
            for order in (latitude, b"".join(struct.pack(">LL", number, 1) for number in (33, 30, 47))):
                assert order not in raw
            shown = opened(copy, kind)
            exif = shown.getexif()
            assert {tag: exif[tag] for tag in exif} == drawn_tags(exif)
            assert not exif.get_ifd(0x8825)
            assert not exif.get_ifd(0x8769)
            packet = shown.info["xmp"].decode()
            assert "<rdf:li>Ana Ünal</rdf:li>" in packet
            assert "<photoshop:Credit>Harbour Agency</photoshop:Credit>" in packet
            assert "© Harbour &amp; &lt;Co&gt;" in packet
            assert not {"icc_profile", "comment"} & {name for name, value in shown.info.items() if value}


def drawn_tags(exif):
    """What may stand there: artist and copyright."""
    said = {tag: exif[tag] for tag in (0x013B, 0x8298)}
    assert "Ana" in said[0x013B]
    assert "Harbour & <Co>" in said[0x8298]
    return said


def test_picture_of_which_nobody_is_named_says_nothing():
    picture = made(taken((300, 200)))
    for copy in picture.renditions.all():
        for kind in copy.formats:
            assert not opened(copy, kind).getexif()
            assert not opened(copy, kind).info.get("xmp")


def test_picture_of_another_profile_becomes_srgb_in_every_format():
    green = Image.new("CMYK", (700, 500), (255, 0, 255, 0))
    picture = made(intake.take_in(drawn.file(green), by=None))
    for kind in ALL:
        red, amount, blue = opened(picture.copies("square")[0], kind).getpixel((80, 80))
        assert (red < 60, amount > 120, blue < 90) == (True, True, True)


def test_original_that_is_lost_is_said_once_and_not_tried_for_ever():
    picture = taken((300, 200))
    originals().delete(picture.original.name)
    run = background.make_due()
    assert (run.count, run.troubled) == (0, 1)
    fresh = Picture.objects.get()
    assert fresh.copies_due_at is None
    assert "not in its store" in fresh.copies_trouble
    assert background.make_due().troubled == 0
    assert len(fresh.copies()) == 1


def test_decoding_that_dies_leaves_a_sentence_and_the_copies_that_were(monkeypatch, caplog):
    picture = taken((300, 200))
    monkeypatch.setattr("media.decoding.START", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert background.make_due().troubled == 1
    fresh = Picture.objects.get()
    assert "more memory or time" in fresh.copies_trouble
    assert fresh.copies_due_at is None
    assert fresh.copies()[0].pk == picture.renditions.get().pk


def test_copies_for_which_the_machine_has_no_time_are_tried_again_by_themselves(monkeypatch):
    picture = taken((300, 200))
    with monkeypatch.context() as busy:
        busy.setattr("media.decoding.START", "import time; time.sleep(600)")
        busy.setattr("media.background.SECONDS", 0.3)
        assert background.make_due().troubled == 1
    fresh = Picture.objects.get()
    assert fresh.copies_due_at is not None
    assert "had no time" in fresh.copies_trouble
    Picture.objects.update(copies_claimed_until=timezone.now())
    assert set(made(picture).copies()[0].formats) == ALL
    assert Picture.objects.get().copies_trouble == ""


def test_store_that_is_away_is_tried_again_later_and_nothing_is_half_there(monkeypatch, caplog):
    picture = taken((300, 200))
    files = every_file()

    def away(*_given, **_more):
        raise OSError("no answer")

    with monkeypatch.context() as broken:
        broken.setattr(renditions(), "save", away)
        assert background.make_due().troubled == 1
    fresh = Picture.objects.get()
    assert fresh.copies_due_at is not None
    assert "did not answer" in fresh.copies_trouble
    assert background.make_due() == background.Made()
    assert every_file() == files
    Picture.objects.update(copies_claimed_until=timezone.now())
    assert set(made(picture).copies()[0].formats) == ALL
    assert Picture.objects.get().copies_trouble == ""


def test_copies_ordered_anew_while_they_are_made_are_made_again(monkeypatch):
    picture = taken((300, 200))
    keep = background.keeping.keep

    def while_made(*given):
        monkeypatch.setattr("media.keeping.keep", keep)
        Picture.objects.update(copies_due_at=timezone.now(), copies_claimed_until=None)
        return keep(*given)

    monkeypatch.setattr("media.keeping.keep", while_made)
    assert background.make_due(processes=1).count == 1
    fresh = Picture.objects.get()
    assert fresh.copies_due_at is None
    assert {name for one in fresh.renditions.all() for name in one.files()} == {
        name for store, name in every_file() if store == "copy" and name.split(".")[0] in names_of(fresh)
    }
    assert picture.pk == fresh.pk


def names_of(picture):
    return {one.name for one in picture.renditions.all()}


def test_killed_and_merged_pictures_get_no_copies():
    first, second = taken((300, 200)), taken((310, 200))
    Picture.objects.filter(pk=first.pk).update(killed_at=timezone.now())
    Picture.objects.filter(pk=second.pk).update(alias_of=first)
    assert background.make_due() == background.Made()


def test_upload_that_the_store_breaks_off_leaves_nothing(monkeypatch):
    files = every_file()
    store = renditions()
    save, done = store.save, []

    def break_off(name, raw, **more):
        done.append(save(name, raw, **more))
        if len(done) == 2:
            raise OSError("the disk is full")
        return done[-1]

    with monkeypatch.context() as broken:
        broken.setattr(store, "save", break_off)
        with pytest.raises(intake.NotTaken, match=r"does not answer|try again|Try again"):
            taken()
    assert len(done) == 2
    assert every_file() == files
    assert not Picture.objects.exists()
    assert taken().copies()


def test_files_that_a_killed_process_left_of_old_copies_go_with_the_next_run(capsys):
    picture = made(taken())
    old = picture.copies("square")[0]
    Rendition.objects.filter(pk=old.pk).update(superseded_at=timezone.now())
    assert all(renditions().exists(name) for name in old.files())
    call_command("make_renditions")
    assert not any(renditions().exists(name) for name in old.files())
    assert all(renditions().exists(name) for name in picture.copies()[0].files())


def test_upright_pictures_of_before_are_copied_anew_and_keep_their_heads():
    """Their wide copies kept the middle; the upgrade orders new ones for those that nobody gave a focal point."""
    upright, wide, told, killed = taken((500, 700)), taken((700, 500)), taken((510, 700)), taken((520, 700))
    Picture.objects.filter(pk__in=[upright.pk, told.pk]).update(focal_x=500, focal_y=500)
    background.make_due(processes=2)
    Picture.objects.filter(pk=upright.pk).update(focal_x=None, focal_y=None)
    Picture.objects.filter(pk=killed.pk).update(killed_at=timezone.now())
    old = Picture.objects.get(pk=upright.pk).copies("lead")[-1]
    red_before = _red_rows(old)
    assert not Picture.objects.filter(copies_due_at__isnull=False).exists()
    upgrade = import_module("media.migrations.0005_upright_pictures_keep_their_heads")
    upgrade.order_copies(apps, SimpleNamespace(connection=connection))
    assert list(background.due()) == [upright]
    assert not Picture.objects.filter(
        pk__in=[wide.pk, told.pk, killed.pk], copies_due_at__isnull=False
    ).exists()
    new = made(upright).copies("lead")[-1]
    assert new.name != old.name
    # The red corner, a third of the picture, is seen further down: the copy begins nearer to the top.
    assert _red_rows(new) > red_before + 50


def _red_rows(copy):
    picture = opened(copy)
    return sum(picture.getpixel((5, row))[0] > 200 for row in range(picture.height))
