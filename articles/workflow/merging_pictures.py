"""Merges two pictures that are one: the kept one stands for both, the other's number leads to it."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles import roles
from articles.models import Address, Article, EditionPicture, Placement
from articles.workflow import announcing, crediting, following_up, placing
from articles.workflow.events import Act, record_all
from articles.workflow.picture_uses import Words
from articles.workflow.rederiving import rederive_or_leave
from articles.workflow.refusals import Refused
from media.models import (
    CaptionLayer,
    CaptionVersion,
    Crop,
    Likeness,
    Picture,
    Rendition,
    RightsClass,
    Uses,
)

VERB = "merge_pictures"
FILLED = (
    "headline", "alt", "alt_long", "credit", "creator", "source", "copyright", "place", "keywords", "taken_on",
    "instructions",
)  # fmt: skip
RIGHTS = (
    "rights_class", "rights_holder", "rights_terms", "rights_begin_on", "rights_end_on", "uses", "only_story",
)  # fmt: skip
OF_THE_FILE = (
    "original", "original_name", "format", "size", "digest", "likeness", "width", "height", "said_in_file",
    "disagreements", "source_type", "focal_x", "focal_y", "copies_due_at", "copies_trouble",
)  # fmt: skip
IN_COPIES = ("creator", "credit", "copyright")


def merge_pictures(*, by: Any, kept_id: int, merged_id: int, token: str | None) -> Picture:
    """Merge the picture `merged_id` (whose version is `token`) into `kept_id` and return the kept one.

    Where it stands, in copy and in editions, the kept one stands from now on: editions show the kept file beside the
    words and the number they printed. No story's words change: copy that said what the merged one said keeps that as
    its own. The kept one's facts stay; what it lacks, its file too, comes from the merged one. Raises `Refused`.
    """
    if refused := roles.refusal(by, VERB):
        raise Refused(refused)
    with transaction.atomic():
        held = _hold_copies(merged_id)
        kept, merged = _hold(kept_id, merged_id, token)
        placed = set(Placement.objects.filter(picture=merged).values_list("article_id", flat=True))
        if placed - held:
            raise Refused(f"A story took {merged} up at this very moment. Try again.")
        said = Words.of(merged)
        filled = _fill(kept, merged, by=by)
        _move_rows(kept, merged, by=by)
        touched = _move_editions(kept, merged)
        copies = _move_placements(kept, merged, said, by=by)
        _save(kept, merged)
        crediting.credit_pictures([kept.pk, merged.pk])
        whole = {
            "kept": kept.pk, "kept_id": kept.media_id, "merged": merged.pk, "merged_id": merged.media_id,
            "filled": filled, "editions": touched[:1000],
        }  # fmt: skip
        one = {"kept_id": kept.media_id, "merged_id": merged.media_id}
        record_all([Act(VERB, None, whole)], by=by)
        begun = following_up.begin(
            picture=kept,
            verb=VERB,
            by=by,
            copies=copies,
            of_copies=one,
            reason=f"{merged} was merged into {kept}",
        )
    rederive_or_leave(kept.pk)
    announcing.picture_pages_changed(kept.pk)
    following_up.follow_or_leave(begun)
    kept.refresh_from_db()
    return kept


def _hold_copies(merged_id: int) -> set[int]:
    """Lock the copies in which the picture is placed, before the pictures: the order in which publishing locks."""
    rows = Article.objects.select_for_update(of=("self",)).filter(placements__picture_id=merged_id)
    return set(rows.order_by("pk").values_list("pk", flat=True))


def _hold(kept_id: int, merged_id: int, token: str | None) -> tuple[Picture, Picture]:
    if not token:
        raise Refused(
            "This does not say which version of the picture it was made on. Reload the picture and try again."
        )
    if kept_id == merged_id:
        raise Refused("A picture cannot be merged into itself. Choose another one.")
    rows = Picture.objects.select_for_update(of=("self",)).select_related("alias_of")
    found = {row.pk: row for row in rows.filter(pk__in=[kept_id, merged_id]).order_by("pk")}
    if len(found) < 2:
        raise Refused("There is no such picture. Look it up again by its Media ID.")
    kept, merged = found[kept_id], found[merged_id]
    for one in (merged, kept):
        if one.alias_of is not None:
            raise Refused(f"{one} is itself merged into {one.alias_of}. Choose that one.")
        if one.killed_at is not None:
            raise Refused(
                f"{one} was withdrawn. It stays by itself, so that nobody shows it under another number."
            )
    if merged.token != token:
        raise Refused("Somebody changed this picture since you opened it. Reload it, look and try again.")
    if kept.media_id is None and merged.media_id is not None:
        raise Refused(f"Keep {merged}: the other one has no Media ID that could stand for both.")
    if merged.uses == Uses.NOWHERE != kept.uses:
        raise Refused(
            f"The rights in {merged} are denied. Keep that one, or settle its rights before you merge them."
        )
    return kept, merged


def _fill(kept: Picture, merged: Picture, *, by: Any) -> list[str]:
    """Give `kept` what it lacks and `merged` has: facts, rights where nothing is known of its own, the file."""
    filled = [name for name in FILLED if not getattr(kept, name) and getattr(merged, name)]
    if kept.caption is None and merged.caption is not None:
        filled.append("caption")
    knows_nothing = kept.rights_class == RightsClass.UNKNOWN and not any(
        (
            kept.rights_holder,
            kept.rights_terms,
            kept.rights_begin_on,
            kept.rights_end_on,
            kept.uses != Uses.ANYWHERE,
        )
    )
    if knows_nothing:
        filled += [name for name in RIGHTS if getattr(kept, name) != getattr(merged, name)]
    for name in filled:
        setattr(kept, name, getattr(merged, name))
    if "caption" in filled:
        _keep_caption(kept, CaptionLayer.LIBRARY, kept.caption, by=by)
    kept.is_made_by_ai = kept.is_made_by_ai or merged.is_made_by_ai
    if not kept.has_file and merged.has_file:
        _move_file(kept, merged, by=by)
        filled.append("original")
    if kept.has_file and {"original", *IN_COPIES} & set(filled):
        kept.copies_due_at = timezone.now()
    return filled


def _move_file(kept: Picture, merged: Picture, *, by: Any) -> None:
    """Make the merged one's file, with its copies and crops, the kept one's; the store's own names stay."""
    if kept.file_caption is None and merged.file_caption is not None:
        kept.file_caption = merged.file_caption
        _keep_caption(kept, CaptionLayer.FILE, kept.file_caption, by=by)
    without = Picture()
    for name in OF_THE_FILE:
        setattr(kept, name, getattr(merged, name))
        setattr(merged, name, getattr(without, name))
    Rendition.objects.filter(picture=merged).update(picture=kept)
    Crop.objects.filter(picture=merged).update(picture=kept)


def _keep_caption(picture: Picture, layer: str, caption: str | None, *, by: Any) -> None:
    CaptionVersion.objects.create(picture=picture, layer=layer, caption=caption, said_by=by)


def _move_rows(kept: Picture, merged: Picture, *, by: Any) -> None:
    """Let everything that led to the merged one lead to the kept one: aliases, old addresses, its copies, likenesses."""
    now = timezone.now()
    Picture.objects.filter(alias_of=merged).update(alias_of=kept)
    Address.objects.filter(picture=merged).update(picture=kept)
    # Readers' browsers know the merged one's copies by name: superseded, they lead to the kept one's.
    superseded = Rendition.objects.filter(picture=merged)
    superseded.filter(superseded_at__isnull=True).update(superseded_at=now)
    superseded.update(picture=kept)
    pair = Q(older=kept, newer=merged) | Q(older=merged, newer=kept)
    Likeness.objects.filter(pair, settled_at__isnull=True).update(settled_at=now, settled_by=by)
    for row in Likeness.objects.filter(Q(older=merged) | Q(newer=merged), settled_at__isnull=True):
        other = row.newer_id if row.older_id == merged.pk else row.older_id
        first, second = sorted((other, kept.pk))
        if Likeness.objects.filter(older_id=first, newer_id=second).exists():
            row.settled_at, row.settled_by = now, by
        else:
            row.older_id, row.newer_id = first, second
        row.save()


def _move_editions(kept: Picture, merged: Picture) -> list[int]:
    """Move the rows that say where the merged one was used; return the editions' keys."""
    rows = EditionPicture.objects.filter(picture=merged)
    touched = sorted(rows.values_list("edition_id", flat=True))
    with_both = EditionPicture.objects.filter(picture=kept, edition__picture_rows__picture=merged)
    rows.filter(edition_id__in=list(with_both.values_list("edition_id", flat=True))).delete()
    EditionPicture.objects.filter(picture=merged).update(picture=kept)
    return touched


def _move_placements(kept: Picture, merged: Picture, said: Words, *, by: Any) -> list[int]:
    """Put the kept one in the merged one's place in every copy; a copy that has both keeps the kept one's.

    A few statements, however many copies there are. Returns the copies' story IDs.
    """
    rows = Placement.objects.filter(picture=merged)
    stories = sorted(rows.values_list("article_id", flat=True))
    following_up.raise_versions(Article.objects.filter(placements__picture=merged), by=by)
    with_both = Placement.objects.filter(picture=kept, article__placements__picture=merged)
    rows.filter(article__in=list(with_both.values_list("article_id", flat=True))).delete()
    placing.keep_as_own(rows, {name: getattr(said, name) for name in said.differing(Words.of(kept))})
    rows.update(picture=kept)
    return stories


def _save(kept: Picture, merged: Picture) -> None:
    """Save both rows: what was public by itself stays so under the kept one's number."""
    released = [one.released_at for one in (kept, merged) if one.released_at is not None]
    withdrawn = [one.withdrawn_at for one in (kept, merged) if one.withdrawn_at is not None]
    kept.released_at = min(released, default=None)
    kept.withdrawn_at = None if released else max(withdrawn, default=None)
    kept.reads += merged.reads
    merged.reads, merged.released_at, merged.withdrawn_at = 0, None, None
    merged.alias_of = kept
    kept.editions_due_at, merged.editions_due_at = timezone.now(), None
    # Whoever makes copies of the merged one at this moment finds its claim gone, and drops them.
    merged.copies_due_at = merged.copies_claimed_until = None
    for one in (merged, kept):
        one.version += 1
        one.search_text = one.searched()
        one.save()
