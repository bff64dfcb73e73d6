"""Takes what changed into the index on disk, and makes the whole index anew beside the live one. For commands, not requests.

One process at a time. A run that ends anywhere, however it ends, leaves an index that answers and nothing undone: a story
stays due until the disk has it, and what is taken in twice is there once.
"""

import contextlib
import fcntl
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import tantivy
from django.db import connection, transaction

from articles.index import desk_words, disk, name_words, postgres_rows
from articles.index.due import MOST_LATELY, done_with, mark_due
from articles.index.keeping_words import WordCounts, add_counted, count_words
from articles.index.typed import Typed, of_editions, of_stories, stretches
from articles.models.edition import Edition
from articles.models.search_index import IndexDue, IndexedEdition, IndexState, IndexWord, random_token
from newsroom import hands

# So many stories are taken in at once while readers wait for them, and so many editions between two commits of a new index.
BATCH, A_COMMIT, AT_ONCE = 1_000, 20_000, 500
# Where more than so many are due they are taken in together; of fewer parts than that no process is worth its start.
MUCH, FEW_PARTS = 20_000, 8
# Of so few stories an index is made at once.
A_FEW = 1_000
SMALL_HEAP, LARGE_HEAP = 32_000_000, 128_000_000
HALF, PROGRESS, MISSED, READ = "half-made", "progress.json", "missed.txt", "read.txt"


class Taken(Exception):
    """Another process is at it."""


def keep_index(
    *, is_stopped: Callable[[], bool] = lambda: False, step: Callable[[int], None] = lambda _count: None
) -> int:
    """Take in what is due, and make the index where there is none; return how many stories were taken in.

    `step` is told of how many more were. Raises `Taken` while another process writes the index. Of copy, the words of
    its new revisions are taken in as well.
    """
    if postgres_rows.are_searched():
        done = _keep_rows(is_stopped, step)
        desk_words.take_in(is_stopped=is_stopped)
        name_words.list_words(is_stopped=is_stopped)
        return done
    with alone():
        done = _keep_disk(is_stopped, step)
        desk_words.take_in(is_stopped=is_stopped)
        name_words.list_words(is_stopped=is_stopped)
        return done


def waiting_for_index() -> int:
    """Return how many stories are to be taken in: all, where there is no index."""
    state = IndexState.objects.filter(pk=1).first()
    if state and state.folder and postgres_rows.are_searched():
        return 0
    return IndexDue.objects.count() if state and state.folder else Edition.objects.count()


def reindex(
    *, is_stopped: Callable[[], bool] = lambda: False, step: Callable[[int], None] = lambda _count: None
) -> bool:
    """Make the whole index anew beside the live one, going on where a run was stopped; return whether it is done.

    `step` is told of how many editions more were taken in. Raises `Taken` while another process writes the index.
    """
    with alone():
        return (_write_rows if postgres_rows.are_searched() else _make_anew)(is_stopped, step)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Be the one who writes the index; raise `Taken` while another process is."""
    folder = disk.path_of("")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Taken("Another process is writing the search index.") from error
        yield


def _keep_disk(is_stopped: Callable[[], bool], step: Callable[[int], None]) -> int:
    """Take in what is due; where there is no index on disk, make it."""
    state = IndexState.objects.filter(pk=1).first()
    try:
        index = disk.opened(state.folder if state else "")
    except disk.Lost:
        _make_anew(is_stopped, step)
        return IndexDue.objects.count()
    return _fold(index, is_stopped, step)


def live_index() -> tantivy.Index | None:
    """Return the live index, made where there are hardly any stories; None where it must be made anew. Among `alone`."""
    for _ in range(2):
        state = IndexState.objects.filter(pk=1).first()
        with contextlib.suppress(disk.Lost):
            return disk.opened(state.folder if state else "")
        if Edition.objects.order_by("pk")[A_FEW:].exists():
            break
        _make_anew(lambda: False, lambda _count: None)
    return None


def _keep_rows(is_stopped: Callable[[], bool], step: Callable[[int], None]) -> int:
    """Count the words of what came in, on PostgreSQL; where not every edition has its row, write them all."""
    if not IndexState.objects.filter(pk=1, folder=postgres_rows.WHOLE).exists():
        with alone():
            _write_rows(is_stopped, step)
    done = 0
    while not is_stopped() and (count := postgres_rows.count_new_words()):
        done += count
    if IndexDue.objects.count() > MOST_LATELY // 2:
        _count_anew()
    return done


@transaction.atomic
def _count_anew() -> None:
    """Forget on PostgreSQL which stories changed: everything is counted anew, and they are counted among the others."""
    # What somebody is changing just now stays noted: who waited for it might be waited for. And what has words to be counted.
    free = IndexDue.objects.select_for_update(skip_locked=True).values_list("pk", flat=True)
    wordy = IndexedEdition.objects.filter(is_counted=False).values("story")
    IndexDue.objects.filter(pk__in=list(free)).exclude(pk__in=wordy).delete()
    IndexState.objects.filter(pk=1).update(generation=random_token())


def _write_rows(is_stopped: Callable[[], bool], step: Callable[[int], None]) -> bool:
    """Write every edition's row anew in its place, on PostgreSQL; begun again from the start where it was stopped."""
    is_first = not IndexState.objects.filter(pk=1, folder=postgres_rows.WHOLE).exists()
    # Within a transaction that wrote to the table, PostgreSQL lets nobody alter it.
    is_free = not connection.in_atomic_block
    if is_free and is_first:
        # Nothing is searched by it yet, and it is made at once in a fraction of the time.
        postgres_rows.drop_word_index()
    elif is_free:
        postgres_rows.gather_words(is_on=True)
    for count in hands.in_order(_write_stretch, stretches(0, AT_ONCE, is_stopped)):
        step(count)
    if is_free and not is_first:
        postgres_rows.gather_words(is_on=False)
    if is_stopped():
        return False
    if not connection.in_atomic_block:
        postgres_rows.make_word_index()
    with transaction.atomic():
        desk_words.forget()
        name_words.forget()
        postgres_rows.mark(postgres_rows.WHOLE)
    while not is_stopped() and postgres_rows.count_new_words():
        pass
    _count_anew()
    return True


@transaction.atomic
def _write_stretch(stretch: tuple[int, int]) -> int:
    after, upto = stretch
    # Locked, so that no verb writes a newer row that this would write over.
    held = Edition.objects.select_for_update(of=("self",)).filter(pk__gt=after, pk__lte=upto).order_by("pk")
    postgres_rows.write(held, counting=True)
    return held.count()


def _fold(index: tantivy.Index, is_stopped: Callable[[], bool], step: Callable[[int], None]) -> int:
    done = 0
    while not is_stopped():
        # Where very many came in at once, few large steps.
        is_much = IndexDue.objects.order_by("story").values_list("story")[MUCH:].exists()
        due = dict(
            IndexDue.objects.order_by("story").values_list("story", "token")[: MUCH if is_much else BATCH]
        )
        if not due:
            break
        # Before the disk knows any of it: should this end half way, what it wrote does not count.
        keys = list(due)
        for start in range(0, len(keys), AT_ONCE):
            some = IndexDue.objects.filter(story__in=keys[start : start + AT_ONCE])
            some.filter(is_known=False).update(is_known=True)
        words = _take_in(index, keys, heap=LARGE_HEAP if is_much else SMALL_HEAP)
        settle(due, words)
        done += len(due)
        step(len(due))
    return done


def _take_in(index: tantivy.Index, story_ids: list[int], *, heap: int) -> WordCounts:
    """Write stories to the disk as they are now; return the words of the editions that it did not have before."""
    index.reload()
    before = editions_of(index, story_ids)
    words = WordCounts()
    parts = [story_ids[start : start + AT_ONCE] for start in range(0, len(story_ids), AT_ONCE)]
    tasks = [(keys, before) for keys in parts]
    made = hands.in_order(of_stories, tasks, hands=None if len(tasks) > FEW_PARTS else 0)
    writer = None
    for keys, typed in zip(parts, made, strict=True):
        # Once its threads run, this process is not to be copied any more.
        writer = writer or index.writer(heap, 1)
        writer.delete_documents_by_query(tantivy.Query.term_set_query(disk.SCHEMA, "story", keys))
        write(writer, typed, words)
    if writer is not None:
        writer.commit()
        writer.wait_merging_threads()
    return words


def editions_of(index: tantivy.Index, story_ids: list[int]) -> frozenset[int]:
    """Return the keys of the editions of stories that the disk has."""
    searcher = index.searcher()
    query = tantivy.Query.term_set_query(disk.SCHEMA, "story", story_ids)
    most = max(1, searcher.num_docs)
    found = searcher.search(query, limit=min(most, 100 * len(story_ids)), count=False, order_by_field="spot")
    keys = searcher.fast_field_values("edition", [address for _, address in found.hits])
    return frozenset(int(key) for key in keys if key is not None)


@transaction.atomic
def settle(due: dict[int, str], words: WordCounts) -> None:
    """Note that the disk has what was due, as far as it did not change again meanwhile."""
    _note_missed(due)
    done_with(due.items())
    count_words(words)
    IndexState.objects.filter(pk=1).update(generation=random_token())


def _note_missed(story_ids: Iterable[int]) -> None:
    """Where a new index was begun and not ended, note what it may have read before it changed."""
    half = disk.path_of(HALF)
    if half.is_dir():
        with (half / MISSED).open("a") as file:
            file.writelines(f"{key}\n" for key in story_ids)


def _make_anew(is_stopped: Callable[[], bool], step: Callable[[int], None]) -> bool:
    path = disk.path_of(HALF)
    index, last, words = _begun(path)
    step(Edition.objects.filter(pk__lte=last).count() if last else 0)
    is_few = (
        not Edition.objects.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk")[FEW_PARTS * AT_ONCE :]
        .exists()
    )
    parts = hands.in_order(of_editions, stretches(last, AT_ONCE, is_stopped), hands=0 if is_few else None)
    first = next(parts, None)
    # Once its threads run, this process is not to be copied any more.
    writer = index.writer(LARGE_HEAP, 2)
    if last == 0:
        writer.delete_all_documents()
    else:
        beyond = tantivy.Query.range_query(
            disk.SCHEMA, "edition", tantivy.FieldType.Unsigned, last, None, include_lower=False
        )
        writer.delete_documents_by_query(beyond)
    count = 0
    for typed in chain([first] if first else [], parts):
        write(writer, typed, words)
        last, count = typed.last, count + len(typed.fields)
        step(len(typed.fields))
        if count >= A_COMMIT:
            writer.commit()
            _keep_progress(path, last, words)
            count = 0
    writer.commit()
    _keep_progress(path, last, words)
    if is_stopped():
        return False
    writer.wait_merging_threads()
    _swap(path, words)
    return True


def write(writer: tantivy.IndexWriter, typed: Typed, words: WordCounts) -> None:
    """Give the writer what was typed, and count its words."""
    for fields in typed.fields:
        writer.add_document(disk.document(fields))
    add_counted(words, typed.words)


def _begun(path: Path) -> tuple[tantivy.Index, int, WordCounts]:
    """Return the new index, how far it reads, and the words counted so far; begun where there is none to go on with."""
    try:
        told = json.loads((path / PROGRESS).read_text(encoding="utf-8"))
        return disk.opened(HALF), int(told["last"]), WordCounts(told["editions"], told["written"])
    except (OSError, ValueError, LookupError, TypeError, disk.Lost):
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        index = tantivy.Index(disk.SCHEMA, path=str(path))
        (path / disk.VERSION_FILE).write_text(disk.VERSION, encoding="ascii")
        # What is due already will be read as it is now, or later: unless it changes again, it is done with at the end.
        with (path / READ).open("w") as file:
            rows = IndexDue.objects.values_list("story", "token").iterator(chunk_size=AT_ONCE)
            file.writelines(f"{story} {token}\n" for story, token in rows)
        return index, 0, WordCounts()


def _keep_progress(path: Path, last: int, words: WordCounts) -> None:
    new = path / f"{PROGRESS}.new"
    told = {"last": last, "editions": words.editions, "written": words.written}
    new.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    new.replace(path / PROGRESS)


def _swap(path: Path, words: WordCounts) -> None:
    """Make the new index the live one. What changed while it was made is still due, or is made so."""
    name = random_token()
    missed = path / MISSED
    changed = [int(line) for line in missed.read_text().split()] if missed.is_file() else []
    path.rename(disk.path_of(name))
    with transaction.atomic():
        postgres_rows.give_up()
        read = disk.path_of(name) / READ
        if read.is_file():
            with read.open() as lines:
                done_with((int(story), token) for story, token in map(str.split, lines))
        IndexDue.objects.filter(is_known=False).update(is_known=True)
        mark_due(changed)
        IndexWord.objects.all().delete()
        count_words(words)
        desk_words.forget()
        name_words.forget()
        IndexState.objects.update_or_create(pk=1, defaults={"folder": name, "generation": random_token()})
    for file in (PROGRESS, MISSED, READ):
        (disk.path_of(name) / file).unlink(missing_ok=True)
    for other in disk.path_of("").iterdir():
        if other.is_dir() and other.name not in (name, HALF):
            shutil.rmtree(other, ignore_errors=True)
