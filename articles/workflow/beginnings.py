"""What a new story starts with, by its kind: one table, from which the form, the first screen and Ctrl-K all take it."""

from articles.models import Beginning


def offered() -> list[Beginning]:
    """Return the quick starts that the chiefs offer, in their order: one query."""
    return list(Beginning.objects.filter(is_offered=True).defer("body"))


def beginning_of(asked: str) -> Beginning | None:
    """Return the quick start of this row's number, or the first offered of this kind of story; None for any other word."""
    rows = Beginning.objects.select_related("section")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        return rows.filter(pk=int(asked)).first()
    return rows.filter(genre=asked[:40], is_offered=True).first() if asked else None
