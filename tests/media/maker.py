"""A process that fills a site of its own with pictures and tells what lies there: `python -m tests.media.maker ACT`."""

import json
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402

from media import intake  # noqa: E402
from media.models import Picture, Rendition  # noqa: E402
from tests.media import drawn  # noqa: E402
from tests.media.stored import every_file  # noqa: E402


def take(count):
    """Take in so many small pictures."""
    for number in range(int(count)):
        intake.take_in(drawn.file(drawn.picture((330 + number, 240))), by=None)


def tell():
    """Tell what is due, what is claimed, which files lie in the store of copies and which rows name one."""
    print(
        json.dumps(
            {
                "due": Picture.objects.filter(copies_due_at__isnull=False).count(),
                "claimed": Picture.objects.filter(copies_claimed_until__isnull=False).count(),
                "present": Rendition.objects.filter(superseded_at__isnull=True).count(),
                "files": sorted(name for store, name in every_file() if store == "copy"),
                "named": sorted(name for row in Rendition.objects.all() for name in row.files()),
            }
        )
    )


def free():
    """Let the claims of processes that died run out."""
    Picture.objects.filter(copies_claimed_until__isnull=False).update(copies_claimed_until=timezone.now())


def order():
    """Have everything made anew, under other names."""
    Picture.objects.update(copies_due_at=timezone.now(), credit=f"Staff {timezone.now():%H%M%S%f}")


if __name__ == "__main__":
    {"take": take, "tell": tell, "free": free, "order": order}[sys.argv[1]](*sys.argv[2:])
