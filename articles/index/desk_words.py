"""Narrows copy's revisions down to those that may have what is asked for: their words, in the database itself.

FTS5 on SQLite, a text-search vector on PostgreSQL. What it gives is too much rather than too little: it knows which words
a revision has and not where they stand, and gives whatever it has not taken in yet. Whoever asks reads them and judges.
"""

from collections.abc import Callable, Iterable, Iterator

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from articles.index.asked import Shows
from articles.index.desk_texts import Text, texts_of
from articles.index.postgres_rows import is_postgres
from articles.index.resolving import Begins, Every, Ids, Meant, Said, Some, Stems, Under
from articles.models.revision import Revision
from articles.models.search_index import IndexedRevision

# So many are read at a time; and so many behind the last are looked at again: who began before may have ended after.
STEP, OVERTAKEN = 200, 1_000
# A text of more distinct words has all of them, as far as this list knows.
MOST_WORDS, ANY = 40_000, "0any0"
_NOTHING = "0none0"


def take_in(*, is_stopped: Callable[[], bool] = lambda: False) -> int:
    """Take in the words of revisions that are not taken in yet; return how many those were."""
    done = 0
    while not is_stopped() and (count := _take_some()):
        done += count
    return done


@transaction.atomic
def _take_some() -> int:
    texts = texts_of(list(new().order_by("pk")[:STEP]))
    marks = [IndexedRevision(revision=text.revision.pk) for text in texts]
    IndexedRevision.objects.bulk_create(marks, ignore_conflicts=True)
    rows = [(text.revision.pk, _words(text)) for text in texts]
    with connection.cursor() as cursor:
        if is_postgres():
            said = "UPDATE articles_indexedrevision SET lexemes = array_to_tsvector(%s::text[]) WHERE revision = %s"
            cursor.executemany(said, [(words, key) for key, words in rows])
        else:
            said = "INSERT INTO articles_revisionwords (rowid, words) VALUES (%s, %s)"
            cursor.executemany(said, [(key, " ".join(words)) for key, words in rows])
    return len(texts)


def forget() -> None:
    """Let every revision be taken in anew."""
    IndexedRevision.objects.all().delete()
    if not is_postgres():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_revisionwords (articles_revisionwords) VALUES ('delete-all')"
            )


def new() -> QuerySet[Revision]:
    """Return the revisions that are not taken in yet."""
    last = IndexedRevision.objects.order_by("-revision").values_list("revision", flat=True).first()
    rows = Revision.objects.filter(pk__gt=last - OVERTAKEN) if last is not None else Revision.objects.all()
    return rows.filter(~Exists(IndexedRevision.objects.filter(revision=OuterRef("pk"))))


def _words(text: Text) -> list[str]:
    sheet = text.sheet
    words = {word for said in (*sheet.said.values(), *sheet.stems.values()) for word in said.split()}
    sections = frozenset() if sheet.section is None else frozenset({sheet.section})
    keys = {f"m{one}" for one in sheet.media_ids} | set(_keys(Ids(sheet.tags, sections, sheet.people)))
    kept = {spelled for word in words if (spelled := _spelled(word))} | keys
    return sorted(kept) if len(kept) <= MOST_WORDS else [ANY]


def _spelled(word: str) -> str:
    """Return a word in letters and figures that every database leaves alone; what begins alike still does."""
    if word.isascii():
        return word if word.isalnum() else ""
    return "".join(letter if letter.isascii() else f"0{ord(letter):x}0" for letter in word)


def _keys(ids: Ids) -> Iterator[str]:
    yield from (f"0t{key}" for key in ids.tags)
    yield from (f"0s{key}" for key in ids.sections)
    yield from (f"0b{key}" for key in ids.people)


def candidates(meant: Meant, *, before: int | None = None) -> Iterator[list[int]]:
    """Yield the numbers of revisions that may meet a question, the newest first, those before `before` only."""
    condition = _condition(meant)
    fresh = set(new().values_list("pk", flat=True))
    while True:
        some = _taken_in(condition, before)
        last = some[-1] if len(some) == STEP else 0
        # Those not taken in yet stand in their places among the others.
        beside = [key for key in fresh if key > last and (before is None or key < before)]
        if found := sorted({*some, *beside}, reverse=True):
            yield found
        if not last:
            return
        before = last


def _taken_in(condition: str, before: int | None) -> list[int]:
    """Return the newest that are taken in and may meet the condition: as many as are read at a time."""
    if not condition:
        rows = IndexedRevision.objects.order_by("-revision")
        rows = rows if before is None else rows.filter(revision__lt=before)
        return list(rows.values_list("revision", flat=True)[:STEP])
    if is_postgres():
        said = "SELECT revision FROM articles_indexedrevision WHERE lexemes @@ %s::tsquery AND revision < %s ORDER BY 1 DESC LIMIT %s"
    else:
        said = "SELECT rowid FROM articles_revisionwords WHERE articles_revisionwords MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(said, [condition, 2**62 if before is None else before, STEP])
        return [int(key) for (key,) in cursor.fetchall()]


def _condition(meant: Meant) -> str:
    """Return what every revision that meets a question has, as the database reads it; "" where it need have nothing."""
    found = _needs(meant)
    return _either([found, _term(ANY)]) if found else ""


def _needs(meant: Meant) -> str:
    match meant:
        case Every(parts):
            return _both(_needs(one) for one in parts)
        case Some(parts):
            needs = [_needs(one) for one in parts]
            return _either(needs) if all(needs) else ""
        case Stems(_, stems, ids):
            return _either([_term(stem) for stem in stems] + _filed(ids))
        case Said(_, words, ids):
            return _either([_both(_term(word) for word in words), *_filed(ids)])
        case Begins(_, start, ids, stems=stems):
            sign = ":*" if is_postgres() else "*"
            return _either([*(_term(one) + sign for one in sorted({start, *stems})), *_filed(ids)])
        case Under(ids):
            return _either(_filed(ids))
        case Shows(media_id):
            return _term(f"m{media_id}")
        case _:
            return ""


def _filed(ids: Ids) -> list[str]:
    return [_term(key) for key in _keys(ids)]


def _term(word: str) -> str:
    # Of letters and figures alone: nothing in it can be a sign of the language that it is put into.
    spelled = _spelled(word) or _NOTHING
    return f"'{spelled}'" if is_postgres() else f'"{spelled}"'


def _both(parts: Iterable[str]) -> str:
    return _joined(parts, " & " if is_postgres() else " AND ")


def _either(parts: Iterable[str]) -> str:
    return _joined(parts, " | " if is_postgres() else " OR ") or _term(_NOTHING)


def _joined(parts: Iterable[str], sign: str) -> str:
    some = list(dict.fromkeys(part for part in parts if part))
    return f"({sign.join(some)})" if len(some) > 1 else "".join(some)
