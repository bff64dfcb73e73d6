"""Receives uploads without letting them fill memory or disk: what is too large is let pass by unread, and told in a sentence."""

import time

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from media import renditions

# What frames a file in a form, with all that may be typed beside it.
FRAME = 1024 * 1024
# All files of one form together, where a browser sends several at once.
LARGEST_FORM = 200 * 1024 * 1024
# So long is a body that is beyond all measure read and dropped: a browser shows an answer only when it has sent all.
SECONDS = 4.0
_CHUNK = 256 * 1024

TOO_MUCH = (
    f"These files are larger than {LARGEST_FORM // 1024**2} MB together. Send fewer at once, or import the folder with "
    "`manage.py import_pictures`."
)


class Capped(FileUploadHandler):
    """Drops each file that grows over the cap, and goes on with the next; `too_big` has their names."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.too_big: list[str] = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass on what comes, up to the cap."""
        if start + len(raw_data) > renditions.LARGEST_FILE:
            self.too_big.append(str(self.file_name or ""))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the making of the file to the next in line."""


def receive(request: HttpRequest, *, largest: int) -> Capped | None:
    """Set the request up to be read within the cap, or read it off and return None where it is longer than `largest`.

    To be called before anything looks at `request.POST`, so before the token against forged forms is checked.
    """
    if _length(request) > largest:
        let_pass(request)
        return None
    capped = Capped(request)
    request.upload_handlers.insert(0, capped)
    return capped


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def let_pass(request: HttpRequest) -> None:
    """Read what was sent and keep nothing of it, so that the browser gets to see the answer."""
    until = time.monotonic() + SECONDS
    is_usual = _length(request) <= LARGEST_FORM
    try:
        while request.read(_CHUNK) and (is_usual or time.monotonic() < until):
            pass
    except OSError:
        return
