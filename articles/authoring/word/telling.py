"""Tells in sentences what was taken from a Word file and what was not."""

from dataclasses import dataclass, field

from articles import prose
from articles.authoring.word.reading import Read
from articles.authoring.word.taking import Taken

MOST_REASONS = 3


@dataclass(slots=True)
class Told:
    """Sentences: what is in the story now, and what a person has to look at."""

    taken: list[str] = field(default_factory=list)
    not_taken: list[str] = field(default_factory=list)


def told(read: Read, taken: Taken, *, name: str) -> Told:
    """Return what there is to say of a Word file that was taken."""
    counts = read.counts
    words = prose.word_count(prose.plain(taken.body))
    lines = [
        (
            taken.new,
            "picture new in the library, rights unknown",
            "pictures new in the library, rights unknown",
        ),
        (taken.here_already, "picture that the library had", "pictures that the library had"),
        (counts.get("footnotes", 0), "footnote at the end", "footnotes at the end"),
        (counts.get("comments", 0), "comment as a note to the editor", "comments as notes to the editor"),
    ]
    parts = [_number(words, "word"), *(_number(*one) for one in lines if one[0])]
    said = Told([f"Taken from {name}: {', '.join(parts)}."])
    _tell_changes(said, counts)
    if not taken.headline and read.stated_title:
        said.taken.append("The headline is the title in the file’s properties: look whether it is one.")
    if read.author:
        said.taken.append(f"The file names {read.author} as its author. The byline was left as it is.")
    if counts.get("notes"):
        what = _number(counts["notes"], "thing", "things")
        said.not_taken.append(
            f"{what} of the file had no place in a story: a note in the text says what each was."
        )
    if taken.refused:
        reasons = " ".join(dict.fromkeys(taken.refused[:MOST_REASONS]))
        what = _number(len(taken.refused), "picture was", "pictures were")
        said.not_taken.append(f"{what} not taken in; a note stands where each was. {reasons}")
    return said


def _tell_changes(said: Told, counts: dict[str, int]) -> None:
    inserted, deleted = counts.get("insertions", 0), counts.get("deletions", 0)
    if inserted or deleted:
        said.taken.append(
            f"Tracked changes were accepted: {_number(inserted, 'insertion')} kept, {_number(deleted, 'deletion')} left out."
        )


def _number(count: int, one: str, several: str = "") -> str:
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"
