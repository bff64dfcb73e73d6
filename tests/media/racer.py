"""A process of its own that takes pictures in, told what to do by lines of JSON: for races (see tests.workflow.racer).

Run as `python -m tests.media.racer`.
"""

import json
import sys
import threading

import django

django.setup()

from django.db import connection  # noqa: E402

from media import intake  # noqa: E402
from media.models import CaptionVersion, MediaIDCounter, Picture, Rendition  # noqa: E402
from tests import builders  # noqa: E402
from tests.media import drawn  # noqa: E402
from tests.media.stored import every_file  # noqa: E402


def begin():
    return connection.vendor


def known(media_id):
    return builders.make_picture(media_id=media_id).pk


def take_in(marks, media_id=None):
    """Take in one picture a mark, all at once, each in a thread of its own; pictures of one mark are one file."""
    said, ready = [], threading.Barrier(len(marks))

    def one(mark):
        file = drawn.file(drawn.picture((90, 60)), comment=mark.encode())
        ready.wait()
        try:
            said.append(["taken", intake.take_in(file, by=None, media_id=media_id, caption=mark).media_id])
        except intake.AlreadyHere as here:
            said.append(["here", here.picture.media_id])
        except intake.NotTaken as refused:
            said.append(["refused", refused.reason])
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(mark,)) for mark in marks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def look():
    """What is kept: rows, and files that belong to none."""
    rows = Picture.objects.order_by("pk")
    named = {("original", row.original.name) for row in rows if row.original}
    named |= {("copy", name) for row in Rendition.objects.all() for name in row.files()}
    return {
        "ids": [row.media_id for row in rows],
        "versions": [row.version for row in rows],
        "captions": CaptionVersion.objects.count(),
        "last": MediaIDCounter.objects.get().last if MediaIDCounter.objects.exists() else None,
        "stray": sorted(named ^ set(every_file())),
    }


if __name__ == "__main__":
    for line in sys.stdin:
        act, arguments = json.loads(line)
        print(json.dumps(globals()[act](*arguments)), flush=True)
