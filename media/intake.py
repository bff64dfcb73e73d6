"""Takes pictures in, on every route alike: checked by what they hold, kept byte for byte, copied for readers, under a Media ID."""

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from media import alike, minting, permissions, renditions, signals
from media import facts as saying
from media.models import CaptionLayer, CaptionVersion, Picture, Rendition
from media.renditions import Decoded, NotTaken

__all__ = ["AlreadyHere", "NotTaken", "attach", "enter", "enter_many", "take_in"]

_MEDIA_ID = re.compile(r"[0-9]{4,12}")
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_CHUNK = 1024 * 1024
# So often is a row tried again where somebody else took its number at the same moment.
_TRIES = 3
_log = logging.getLogger(__name__)

AWAY = (
    "The place where pictures are kept does not answer, so nothing was taken in. Wait a minute and try again."
)
NO_ROLE = "Your role does not allow this. Ask the picture desk to do it."


class AlreadyHere(NotTaken):
    """This very file is in the library; `picture` is the one to use (of a merged one, the one it stands for)."""

    def __init__(self, same: Picture) -> None:
        self.picture = same.in_force
        said = f"This very picture is here already: {self.picture}. Use that one."
        if self.picture.killed_at is not None:
            said = f"This very picture is here and was withdrawn: {self.picture}. It may not be shown again."
        super().__init__(said)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was read and put into the stores, and has no row yet: what it holds, its names, its copies' rows."""

    held: Decoded
    original: str
    original_name: str
    copies: list[Rendition]


def take_in(
    file: Any, *, by: Any, media_id: str | None = None, caption: str | None = None, **facts: Any
) -> Picture:
    """Take the picture in `file` into the library and return it, under `media_id` or the next one free.

    `by` is None for the site itself (an import, the sample). `caption` is the library's: None where it says nothing
    and the file's own is used. `facts` are further fields of the picture (`facts.ENTERED`); what they leave open is
    filled from what the file states. Where the Media ID is known without its file, the file is attached to it.
    Raises `NotTaken` with a sentence, `AlreadyHere` for a file that is in the library; nothing is kept then.
    """
    check_may_add(by)
    given = cleaned({"caption": caption, **facts})
    known = numbered(media_id) if media_id is not None else None
    if known is not None:
        return attach(known, file, by=by, **given)
    refuse_known(digest_of(file))
    with kept(file, given) as arrived:
        return save_new(arrived, by=by, media_id=media_id, given=given)


def attach(picture: Picture, file: Any, *, by: Any, **facts: Any) -> Picture:
    """Give a picture that is known without its file that file, and return it; stories that show it follow.

    `facts`, and then what the file states, fill only what the library does not say. Raises `NotTaken`, `AlreadyHere`.
    """
    _check_may(permissions.may_change(by) if by is not None else True)
    given = cleaned(facts)
    refuse_second(picture)
    refuse_known(digest_of(file))
    with kept(file, known_of(picture, given)) as arrived:
        return save_attached(picture, arrived, by=by, given=given)


def enter(*, by: Any, media_id: str | None, caption: str | None = None, **facts: Any) -> Picture:
    """Enter a picture of which only its number or its caption is known, and return it; its file may be attached later.

    `media_id` None says that the number is lost. Raises `NotTaken` where the number is here already.
    """
    check_may_add(by)
    given = cleaned({"caption": caption, **facts})
    if media_id is not None:
        check_media_id(media_id)
    picture = Picture(media_id=media_id, made_by=by, **given)
    try:
        with transaction.atomic():
            _save_new(picture)
            _keep_captions(picture, by=by)
    except IntegrityError as clash:
        raise NotTaken(f"{picture} is here already. Open it, and add what you know to it.") from clash
    return picture


def enter_many(wanted: Iterable[Mapping[str, Any]]) -> list[Picture]:
    """Enter pictures for the site itself, many at once: of each its `media_id`, which is not here yet, or None, and facts.

    What is not fit to be entered is left out; where somebody else enters one of them at this moment, all are.
    """
    pictures = []
    for one in wanted:
        facts = dict(one)
        media_id = facts.pop("media_id")
        with suppress(NotTaken):
            if media_id is not None:
                check_media_id(media_id)
            pictures.append(Picture(media_id=media_id, **cleaned(facts)))
    for picture in pictures:
        picture.search_text = picture.searched()
    try:
        with transaction.atomic():
            Picture.objects.bulk_create(pictures)
            rows = [row for picture in pictures for row in _captions(picture, by=None)]
            CaptionVersion.objects.bulk_create(rows)
            signals.after_commit_of_new(pictures)
    except IntegrityError:
        return []
    return pictures


def digest_of(file: Any) -> str:
    """Return the SHA-256 (hex) of an open file's bytes, read to no more than the largest that is taken."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > renditions.LARGEST_FILE:
            raise NotTaken(renditions.TOO_BIG)
        digest.update(chunk)
    if not size:
        raise NotTaken(renditions.EMPTY)
    return digest.hexdigest()


def same_as(digest: str) -> Picture | None:
    """Return the picture whose file has this SHA-256, None where there is none."""
    return Picture.objects.select_related("alias_of").filter(digest=digest).first()


def file_name(raw: str) -> str:
    """Return the name a file was sent under, fit to be shown: no folders, nothing unprintable, 255 characters."""
    last = _UNPRINTABLE.sub("", raw.replace("\\", "/")).rsplit("/", 1)[-1].strip()
    stem, dot, ending = last.rpartition(".")
    return f"{stem[: 254 - len(ending[:20])]}{dot}{ending[:20]}" if dot else last[:255]


def id_in_name(raw: str) -> str | None:
    """Return the Media ID that a file is named by (`55361435.jpg`), None where its name is no Media ID."""
    stem = file_name(raw).rpartition(".")[0] or file_name(raw)
    return stem if _MEDIA_ID.fullmatch(stem) else None


def save_new(arrived: Kept, *, by: Any, media_id: str | None, given: Mapping[str, Any]) -> Picture:
    """Make the row of a new picture; of two who send one file at the same moment, one gets in.

    `given` is `cleaned`. To be called within `kept`, which takes the files back where this raises.
    """
    for left in reversed(range(_TRIES)):
        number = media_id
        try:
            with transaction.atomic():
                number = number or minting.mint()
                picture = Picture(media_id=number, made_by=by, **given)
                _hold(picture, arrived)
                _save_new(picture)
                renditions.save_rows(picture, arrived.copies)
                _keep_captions(picture, by=by)
        except minting.NoneLeft as none:
            raise NotTaken(str(none)) from none
        except IntegrityError as clash:
            refuse_known(arrived.held.digest)
            if media_id is not None or not left:
                raise NotTaken(
                    f"Media ID {number} was taken by somebody else at the same moment. Try again."
                ) from clash
        else:
            _look_around(picture)
            return picture
    raise AssertionError("The last try returns or raises.")


def save_attached(picture: Picture, arrived: Kept, *, by: Any, given: Mapping[str, Any]) -> Picture:
    """Complete the row of a picture that was known without its file; else as `save_new`."""
    try:
        with transaction.atomic():
            fresh = Picture.objects.select_for_update().get(pk=picture.pk)
            refuse_second(fresh)
            filled = saying.complete(fresh, given) + _hold(fresh, arrived)
            fresh.version += 1
            fresh.editions_due_at = timezone.now()
            fresh.search_text = fresh.searched()
            fresh.save()
            renditions.save_rows(fresh, arrived.copies)
            _keep_captions(fresh, by=by, library="caption" in filled)
            signals.after_commit(fresh, ["original", *dict.fromkeys(filled)], by=by)
    except IntegrityError as clash:
        refuse_known(arrived.held.digest)
        raise NotTaken("Somebody changed this picture at the same moment. Try again.") from clash
    _look_around(fresh)
    return fresh


def _hold(picture: Picture, arrived: Kept) -> list[str]:
    """Set what is known by the file, and what it states where nobody says anything else; return which of the latter."""
    held = arrived.held
    picture.original, picture.original_name = arrived.original, arrived.original_name
    picture.format, picture.size, picture.digest = held.extension, held.size, held.digest
    picture.width, picture.height, picture.likeness = held.width, held.height, held.likeness
    picture.said_in_file, picture.disagreements = held.said, held.disagreements
    caption = held.caption
    picture.file_caption = saying.cleaned({"file_caption": caption})["file_caption"] if caption else caption
    picture.copies_due_at = timezone.now()
    return saying.complete(picture, {"credit": held.credit, "alt": held.alt, **saying.stated(held.said)})


def _save_new(picture: Picture) -> None:
    picture.search_text = picture.searched()
    picture.save(force_insert=True)
    signals.after_commit(picture, ["taken_in"], by=picture.made_by)


def _keep_captions(picture: Picture, *, by: Any, library: bool = True) -> None:
    """Keep what each layer of the caption says from now on."""
    CaptionVersion.objects.bulk_create(_captions(picture, by=by, library=library))


def _captions(picture: Picture, *, by: Any, library: bool = True) -> Iterator[CaptionVersion]:
    layers = [
        (CaptionLayer.FILE, picture.file_caption),
        (CaptionLayer.LIBRARY, picture.caption if library else None),
    ]
    for layer, caption in layers:
        if caption is not None:
            yield CaptionVersion(picture=picture, layer=layer, caption=caption, said_by=by)


def _look_around(picture: Picture) -> None:
    """Suggest the pictures that look like it; that this fails is no reason to refuse what is taken in."""
    try:
        with transaction.atomic():
            alike.look_for(picture)
    except DatabaseError:
        _log.exception("%s was not compared with the others", picture)


def cleaned(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return `facts` as the columns keep them; raises `NotTaken` where they do not fit."""
    try:
        given = saying.cleaned(facts)
        saying.check_together(Picture(**given))
    except saying.Unfit as unfit:
        raise NotTaken(str(unfit)) from unfit
    return given


def known_of(picture: Picture, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return who made a picture as the library knows it, and as it is `given` where it does not."""
    return {name: getattr(picture, name) or given.get(name) or "" for name in saying.IN_COPIES}


@contextmanager
def kept(file: Any, given: Mapping[str, Any]) -> Iterator[Kept]:
    """Read a file to its end and put it and its copies into the stores; they are taken out again if the block fails.

    Of `given`, the copies carry who made the picture, where the file is not to be believed.
    """
    notice = {name: str(given.get(name) or "") for name in sorted(saying.IN_COPIES)}
    with decoded(file, notice) as held, ExitStack() as stack:
        try:
            original, copies = stack.enter_context(renditions.stored(held))
        except NotTaken:
            raise
        except Exception as away:
            # Each kind of store raises its own: a full disk, a network, a service that says no.
            _log.exception("A picture could not be stored")
            raise NotTaken(AWAY) from away
        yield Kept(held, original, file_name(str(getattr(file, "name", "") or "")), copies)


@contextmanager
def decoded(file: Any, notice: Mapping[str, str] | None = None) -> Iterator[Decoded]:
    """Read a file to its end and keep nothing; raises `NotTaken`."""
    with ExitStack() as stack:
        try:
            held = stack.enter_context(renditions.decoded(file, notice))
        except OSError as full:
            _log.exception("A picture could not be put aside to be read")
            raise NotTaken(AWAY) from full
        yield held


def check_may_add(by: Any) -> None:
    """Raise `NotTaken` where `by` may add no picture; the site itself (None) may."""
    _check_may(permissions.may_add(by) if by is not None else True)


def _check_may(allowed: bool) -> None:
    if not allowed:
        raise NotTaken(NO_ROLE)


def check_media_id(media_id: str) -> None:
    """Raise `NotTaken` for what is no Media ID."""
    if not _MEDIA_ID.fullmatch(media_id):
        shown = file_name(media_id[:40])
        raise NotTaken(f"“{shown}” is no Media ID: it is 4 to 12 digits and nothing else.")


def numbered(media_id: str) -> Picture | None:
    """Return the picture of a Media ID (of a merged one, the one it stands for); raises `NotTaken` for what is none."""
    check_media_id(media_id)
    return Picture.objects.numbered(media_id)


def refuse_second(picture: Picture) -> None:
    """Raise `NotTaken` for a picture that has its file, or gets none."""
    if picture.has_file:
        raise NotTaken(f"{picture} has its file already. Take the new one in under a Media ID of its own.")
    if picture.killed_at is not None:
        raise NotTaken(f"{picture} was withdrawn and gets no file. Ask the picture desk why.")


def refuse_known(digest: str) -> None:
    """Raise `AlreadyHere` for a file that is in the library."""
    same = same_as(digest)
    if same is not None:
        raise AlreadyHere(same)
