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


# All in one process: each new one would take longer to start than its step.
STEPS = f"""
import django
django.setup()
from django.core.management import call_command
def go_back():
    # To the last migrations of the version before.
    call_command("migrate", "articles", "0003", verbosity=0)
    call_command("migrate", "media", "0001", verbosity=0)
go_back()
{BEFORE}
call_command("migrate", verbosity=0)
{AFTER}
go_back()
{NAMES}
"""


def test_what_the_library_knew_is_there_after_the_upgrade_and_after_the_way_back(tmp_path):
    left_out = {"DATABASE_URL", "STORAGE_URL"}
    settings = {name: value for name, value in os.environ.items() if name not in left_out}
    done = subprocess.run(
        [sys.executable, "-c", STEPS],
        cwd=ROOT,
        env={**settings, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    upgraded, after_the_way_back = done.stdout.strip().splitlines()
    assert eval(upgraded) == [
        "/images/aa-bb.jpg", "whole", ["jpg"], "png", True, None, [(1, "file", "A quay"), (1, "library", "")], True, "nadia-farouk",
    ]  # fmt: skip
    assert after_the_way_back == "[('aa-bb.jpg', 'aa-bb.jpg')]"
