"""Takes pictures that stand alone: a picture's own page, and a caption in a list without a story."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone

from articles import workflow
from articles.importing.offers import FactRow, fact, picture_facts
from articles.importing.pictures import in_library, says_the_same
from articles.importing.reading.page import Address as PageAddress
from articles.importing.reading.page import MediaBlock, Page
from articles.importing.standing import Standing, standing_of
from articles.importing.taking import Round, Told, add_pictures, lead, old_path
from articles.models import Address, Outcome, PrintedPicture, SourcePage
from articles.workflow.placing import printed
from media.intake import enter
from media.minting import mint
from media.models import Picture

MARK = "/attachment/"


def take_lone_picture(block: MediaBlock, source: SourcePage) -> Told:
    """Take a caption that stands in a list without a story: a picture whose number, or whose story, is lost."""
    known = set(Picture.objects.filter(caption=block.caption).values_list("pk", flat=True))
    picture = in_library(block)
    source.facts += list(picture_facts(block))
    reason = f"Line {block.line} is a picture without a story: it was taken into the library alone."
    return Told(Outcome.UNCHANGED if picture.pk in known else Outcome.CREATED, reason=reason)


def take_attachment(page: Page, source: SourcePage, turn: Round) -> Told:
    """Take a picture's own page: the picture is public by itself, and stands in the story it belongs to."""
    block = page.media[0]
    path = old_path(page.address.path) if page.address else ""
    parent = _parent(page.address)
    standing = _story_at(parent)
    has_it = _same_in(standing.contents.pictures if standing else (), block)
    picture = (_at(path) or has_it or _kept(page, block)).in_force
    is_new = picture.released_at is None
    if is_new:
        picture.released_at, picture.withdrawn_at = timezone.now(), None
        picture.save(update_fields=["released_at", "withdrawn_at"])
        transaction.on_commit(partial(workflow.picture_pages_changed, picture.pk))
        source.facts.append(fact("released", picture.media_id, block.line, "attachment-page"))
    rows = _facts(page, block, picture)
    source.facts += rows
    if path:
        lead(path, picture_id=picture.pk)
    told = Told(Outcome.CREATED if is_new else Outcome.UNCHANGED)
    if standing is not None and has_it is None:
        placed = add_pictures(standing, [printed(picture)], source, rows, turn)
        return Told(Outcome.CREATED if is_new else placed.outcome, placed.story_id, placed.reason)
    if parent and standing is None:
        turn.waiting.setdefault(parent, []).append(printed(picture))
    return told


def waiting_pictures() -> dict[str, list[PrintedPicture]]:
    """Return the pictures of attachment pages by the old path of their story, for when it comes: one query."""
    waiting: dict[str, list[PrintedPicture]] = {}
    rows = Address.objects.filter(path__contains=MARK, picture__released_at__isnull=False)
    for row in rows.select_related("picture").order_by("pk"):
        if row.picture is not None:
            waiting.setdefault(row.path.rsplit(MARK, 1)[0], []).append(printed(row.picture))
    return waiting


def _parent(address: PageAddress | None) -> str:
    return old_path(address.parent_path) if address and address.parent_path else ""


def _story_at(path: str) -> Standing | None:
    """Return the story at an old address, if readers can open it."""
    found = Address.objects.filter(path=path, story__isnull=False).first() if path else None
    standing = standing_of(found.story_id) if found and found.story_id else None
    return standing if standing and standing.is_open else None


def _at(path: str) -> Picture | None:
    """Return the picture that this old address leads to already."""
    known = Address.objects.filter(path=path, picture__isnull=False).select_related("picture").first()
    return known.picture if known else None


def _same_in(pictures: Sequence[PrintedPicture], block: MediaBlock) -> Picture | None:
    """Return the picture among a story's own that the page shows: the same number, or the same caption."""
    for one in pictures:
        same_number = block.media_id is not None and one.media_id == block.media_id
        if one.media_id and (same_number or says_the_same(one.caption, block.caption)):
            return Picture.objects.get(pk=one.picture)
    return None


def _kept(page: Page, block: MediaBlock) -> Picture:
    """Return the picture's row in the library, under a number of our own where the page gives none."""
    if block.media_id is not None:
        return in_library(block)
    return enter(
        by=None,
        media_id=mint(),
        caption=block.caption if block.caption_state != "absent" else None,
        credit=(block.credit or "")[:300],
        taken_on=block.caption_date.day if block.caption_date else None,
        original_name=(page.headline.value if page.headline else "")[:255],
    )


def _facts(page: Page, block: MediaBlock, picture: Picture) -> list[FactRow]:
    """Return what the page says of the picture; a number that was given out here is no fact of the page's."""
    rows = [one for one in picture_facts(block) if one["field"] != "Media ID"]
    is_stated = block.media_id is not None
    rule = block.rule if is_stated else "given-out-here"
    rows.append(fact("Media ID", picture.media_id, block.line, rule, stated=is_stated))
    if page.headline:
        rows.append(fact("picture's headline", page.headline.value, page.headline.line, page.headline.rule))
    return rows
