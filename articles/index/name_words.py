"""The words of the names that stories are filed under: listed one by one, and what is not listed yet looked through."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from articles.index.words import exact_of, is_arabic, stem_of, stems_sought, stems_written, written
from articles.models.contributor import Contributor
from articles.models.search_index import NameWord
from articles.models.tag import Tag
from newsroom.sounding import after

STEP = 500
# What a name is filed as, its row in force, a tag's kind, its slug, and what it is called.
Row = tuple[str, int, str, str, str]
_NOT_LISTED = "NOT (worded = name)"
_NAMES = """
SELECT 'tag', COALESCE(t.alias_of_id, t.id), COALESCE(f.kind, t.kind), t.slug, t.name
FROM (SELECT DISTINCT tag AS key FROM named WHERE tag IS NOT NULL) AS n
JOIN articles_tag AS t ON t.id = n.key LEFT JOIN articles_tag AS f ON f.id = t.alias_of_id
UNION ALL SELECT 'by', COALESCE(c.alias_of_id, c.id), '', c.slug, c.name
FROM (SELECT DISTINCT person AS key FROM named WHERE person IS NOT NULL) AS n JOIN articles_contributor AS c ON c.id = n.key
UNION ALL SELECT 'section', id, '', slug, name FROM articles_section
"""


@dataclass(slots=True)
class Sought:
    """What is looked for in names: stems and beginnings of their words, whole slugs, and the pieces that such a name has in it."""

    stems: set[str] = field(default_factory=set)
    starts: set[str] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)
    pieces: set[str] = field(default_factory=set)

    def add(self, word: str) -> None:
        """Look for a word in its exact form."""
        self.stems |= stems_sought(word)
        self.pieces.add(common_beginning(word))


def common_beginning(word: str) -> str:
    """Return what every inflection of a word has in it."""
    stem = stem_of(word)
    if stem in word:
        return stem
    same = (one == other for one, other in zip(word, stem, strict=False))
    return word[: sum(1 for _ in takewhile(bool, same))]


def names_with(sought: Sought) -> list[Row]:
    """Return the names of tags and people in which any of it stands, and every section: there are few.

    One query, a look into an index for each; only names whose words are not listed yet are looked at one by one.
    """
    arms: list[str] = []
    values: list[str] = []

    def arm(which: str, given: Collection[str]) -> None:
        if given:
            arms.append(which)
            values.extend(sorted(given))

    listed = "SELECT tag_id AS tag, contributor_id AS person FROM articles_nameword WHERE"
    arm(f"{listed} stem IN ({_holes(sought.stems)})", sought.stems)
    for start in sorted(sought.starts):
        arm(f"{listed} word >= %s AND word < %s", [start, after(start)])
        if is_arabic(start):
            arm(f"{listed} stem >= %s AND stem < %s", [start, after(start)])
    # A word has letters and figures alone: nothing in it means anything to LIKE.
    parts = [f"%{piece}%" for piece in sought.pieces | sought.starts]
    has_any = " OR ".join(["REPLACE(folded, '''', '') LIKE %s"] * len(parts))
    for table, keys in (
        ("articles_tag", "id AS tag, CAST(NULL AS bigint) AS person"),
        ("articles_contributor", "CAST(NULL AS bigint) AS tag, id AS person"),
    ):
        rows = f"SELECT {keys} FROM {table} WHERE"  # noqa: S608 - our own names
        arm(f"{rows} {_NOT_LISTED} AND ({has_any})", parts)
        arm(f"{rows} slug IN ({_holes(sought.slugs)})", sought.slugs)
    if not arms:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"WITH named AS ({' UNION ALL '.join(arms)}) {_NAMES}", values)
        return list(cursor.fetchall())


def _holes(values: Collection[str]) -> str:
    return ", ".join(["%s"] * len(values))


def list_words(*, is_stopped: Callable[[], bool] = lambda: False) -> None:
    """List the words of the names whose words are not listed as they are called now."""
    for model, column in ((Tag, "tag_id"), (Contributor, "contributor_id")):
        while not is_stopped() and _list_some(model, column):
            pass


@transaction.atomic
def _list_some(model: Any, column: str) -> int:
    new = model.objects.filter(~Q(worded=F("name"))).order_by("pk")
    names = dict(new.values_list("pk", "name")[:STEP])
    NameWord.objects.filter(**{f"{column}__in": list(names)}).delete()
    NameWord.objects.bulk_create(
        NameWord(word=exact, stem=stem, **{column: key})
        for key, name in names.items()
        for exact, stem in dict.fromkeys(
            (exact_of(word), stem) for word in written(name) for stem in stems_written([word])
        )
    )
    with connection.cursor() as cursor:
        # As it was read: a name that changes meanwhile stays one that is not listed.
        said = f"UPDATE {model._meta.db_table} SET worded = %s WHERE id = %s"  # noqa: S608 - our own table
        cursor.executemany(said, [(name, key) for key, name in names.items()])
    return len(names)


def forget() -> None:
    """Let the words of every name be listed anew."""
    for model in (Tag, Contributor):
        model.objects.exclude(worded="").update(worded="")
