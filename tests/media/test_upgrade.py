"""A library of the version before comes up whole: copies under their old addresses, captions, words to be found by."""

import os
import subprocess
import sys

from tests.laws.tree import ROOT

BEFORE = """
from django.db import connection
from django.utils import timezone
now = timezone.now()
with connection.cursor() as at:
    at.execute("INSERT INTO media_picture (id, media_id, caption, file_caption, credit, alt, rights_class, rights_holder,"
        " rights_terms, original, original_name, digest, version, made_at) VALUES"
        " (1, '55361435', '', 'A quay', 'Photo: NADIA FAROUK/Staff', 'A quay at dawn', 'staff', '', '', 'ab/cd.png', 'quay.png', 'abcd', 3, %s),"
        " (2, '55361436', NULL, NULL, '', '', 'unknown', '', '', '', '', '', 1, %s)", [now, now])
    at.execute("INSERT INTO articles_contributor (id, name, slug, line, is_staff_name) VALUES (1, 'Nadia Farouk', 'nadia-farouk', '', 0)")
    at.execute("INSERT INTO media_rendition (picture_id, name, width, height, file) VALUES (1, 'aa-bb.jpg', 320, 200, 'aa-bb.jpg')")
"""
AFTER = """
from media.models import CaptionVersion, Picture, Rendition
copy = Rendition.objects.get()
first, lost = Picture.objects.order_by("pk")
said = list(CaptionVersion.objects.order_by("layer").values_list("picture_id", "layer", "caption"))
print([copy.url, copy.slot, copy.formats, first.format, first.copies_due_at is not None, lost.copies_due_at, said,
    Picture.objects.matching("QUAY dawn").get() == first, first.credit_rows.get().contributor.slug])
"""
NAMES = """
from django.db import connection
with connection.cursor() as at:
    at.execute("SELECT name, file FROM media_rendition")
    print(at.fetchall())
"""


def run(folder, *words):
    left_out = {"DATABASE_URL", "STORAGE_URL", "DJANGO_SETTINGS_MODULE"}
    settings = {name: value for name, value in os.environ.items() if name not in left_out}
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**settings, "VAR_DIR": str(folder)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def go_back(folder):
    """To the last migrations of the version before."""
    run(folder, "migrate", "-v0", "articles", "0003")
    run(folder, "migrate", "-v0", "media", "0001")


def test_what_the_library_knew_is_there_after_the_upgrade_and_after_the_way_back(tmp_path):
    go_back(tmp_path)
    run(tmp_path, "shell", "-v0", "-c", BEFORE)
    run(tmp_path, "migrate", "-v0")
    assert eval(run(tmp_path, "shell", "-v0", "-c", AFTER)) == [
        "/images/aa-bb.jpg", "whole", ["jpg"], "png", True, None, [(1, "file", "A quay"), (1, "library", "")], True, "nadia-farouk",
    ]  # fmt: skip
    go_back(tmp_path)
    assert run(tmp_path, "shell", "-v0", "-c", NAMES) == "[('aa-bb.jpg', 'aa-bb.jpg')]"
