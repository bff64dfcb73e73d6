"""Which pages are loaded, several of a kind, and which stories each has to show: asked of the rows, not of the site's own queries."""

import json
import random
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote

from django.db import connection

from articles.index.words import exact_words
from articles.models import Edition, IndexWord, shelf
from articles.models.shelf_count import ShelfCount

A_LIST, A_PAPER, A_MAP, DEEP_PAGE, OF_A_KIND = 20, 60, 1_000, 5_000, 20
# No day or month has more.
MOST = 1_000_000
OPEN = "e.live_until IS NULL AND e.suppressed_at IS NULL"


@dataclass(slots=True)
class Page:
    """One address, and what must be true of its answer (`bench.checking`).

    `shows` are stories that it leads to, in this order; `holds` others, in any; `only`, if any are named, all that it may
    lead to. `says` stands in its text. `asks` is a question that each of its stories answers, `starts` what each
    suggestion begins with.
    """

    path: str
    shows: list[int] = field(default_factory=list)
    holds: list[int] = field(default_factory=list)
    only: list[int] = field(default_factory=list)
    says: tuple[str, ...] = ()
    asks: str = ""
    starts: str = ""


@dataclass(slots=True)
class Kind:
    """Pages that are loaded in turn, as one figure."""

    name: str
    pages: list[Page] = field(default_factory=list)


def kinds() -> list[Kind]:
    """Return every kind of page of the archive at hand that it has any of."""
    made = [*_stories(), *_lists(), *_searches(random.Random(7))]
    return [kind for kind in made if kind.pages]


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _stories() -> list[Kind]:
    first, last = _rows("SELECT min(id), max(id) FROM articles_edition")[0]
    step = max(1, (last - first) // OF_A_KIND)
    found = [_rows(f"SELECT e.story_id, e.slug, e.headline FROM articles_edition e WHERE e.id >= %s AND {OPEN} ORDER BY e.id LIMIT 1", key)
             for key in range(first, last + 1, step)]  # fmt: skip
    stories = [one for (one,) in [rows for rows in found if rows][:OF_A_KIND]]
    return [
        Kind("story", [Page(f"/story/{story}/{slug}/", [story], says=(escape(headline),)) for story, slug, headline in stories]),
        Kind("story .json", [
            Page(f"/story/{story}/{slug}.json", [story], says=(f'"story_id": "{story}"', json.dumps(headline, ensure_ascii=False)))
            for story, slug, headline in stories
        ]),
    ]  # fmt: skip


def _listed(where: str, *values: Any, join: str = "", skip: int = 0, most: int = A_LIST) -> list[int]:
    said = (
        f"SELECT e.story_id FROM articles_edition e {join} WHERE {OPEN} AND {where}"
        " ORDER BY e.listed_at DESC, e.story_id DESC LIMIT %s OFFSET %s"
    )
    return [row[0] for row in _rows(said, *values, most, skip)]


def _lists() -> list[Kind]:
    sections = _rows(f"SELECT e.section_id, s.slug, count(*) FROM articles_edition e JOIN articles_section s ON s.id = e.section_id"
                     f" WHERE {OPEN} GROUP BY e.section_id, s.slug ORDER BY count(*) DESC, s.slug")  # fmt: skip
    newest = [_listed("e.section_id = %s", key, most=1)[0] for key, _, _ in sections]
    made = [Kind("front page", [Page("/", _listed("1 = 1", most=1), holds=newest)])]
    for key, slug, held in sections[:1]:
        path, where = f"/section/{slug}/", ("e.section_id = %s", key)
        made.append(Kind("section", [Page(path, first := _listed(*where), only=first)]))
        made.append(_deep("section", path, shelf.section(slug), held, *where))
        made.append(Kind("feed", [Page(f"{path}rss.xml", first)]))
    every = _rows(f"SELECT count(*) FROM articles_edition e WHERE {OPEN}")[0][0]
    if not sections or sections[0][2] < DEEP_PAGE * A_LIST:
        # No section is so long: the list of all stories may be.
        made.append(_deep("all stories .json", "/index.json", shelf.front(), every, "1 = 1"))
    made += [_shelf(kind, name, table, column, most=most) for kind, name, table, column, most in (
        ("t", "tag, rarest", "tag", "tag_id", False), ("t", "tag, commonest", "tag", "tag_id", True),
        ("p", "contributor", "contributor", "contributor_id", True),
    )]  # fmt: skip
    return made + _days()


def _deep(name: str, path: str, of: Any, held: int, where: str, *values: Any) -> Kind:
    """Return page 5,000 of a list, or the last full one that it has: its name says which."""
    page = min(DEEP_PAGE, max(1, held // A_LIST))
    shows = _listed(where, *values, skip=(page - 1) * A_LIST)
    if page > 1:
        before = _listed(where, *values, skip=(page - 1) * A_LIST - 1, most=1)[0]
        last = Edition.objects.get(story=before, live_until=None, suppressed_at=None)
        path = f"{path}?after={quote(str(last.cursor.of(of.list_name)))}"
    return Kind(f"{name}, page {page:,}", [Page(path, shows, only=shows)])


def _days() -> list[Kind]:
    """Return a day in the middle of the archive, its month, and the sitemap of that."""
    dated = "SELECT published_on FROM articles_edition WHERE published_on IS NOT NULL"
    day = _rows(f"{dated} ORDER BY published_on LIMIT 1 OFFSET %s", Edition.objects.exclude(published_on=None).count() // 2)  # fmt: skip
    on = (
        Edition.objects.filter(published_on=day[0][0]).values_list("published_on", flat=True)[0]
        if day
        else None
    )
    if on is None:
        return []
    of_day = _listed("e.published_on = %s", day[0][0], most=MOST)
    last = date(on.year, on.month, monthrange(on.year, on.month)[1])
    of_month = _listed("e.published_on BETWEEN %s AND %s", str(last.replace(day=1)), str(last), most=MOST)
    return [
        Kind("day", [Page(f"{on:/%Y/%m/%d/}", holds=of_day[:A_PAPER], only=of_day)]),
        Kind("month", [Page(f"{on:/%Y/%m/}", of_month[:A_LIST], only=of_month)]),
        Kind("sitemap", [Page(f"{on:/sitemap-%Y-%m.xml}", of_month[::-1][:A_MAP], only=of_month)]),
    ]


def _shelf(kind: str, name: str, table: str, column: str, *, most: bool) -> Kind:
    total = ShelfCount.objects.totals(kind).order_by("-stories" if most else "stories", "shelf").first()
    if total is None:
        return Kind(name)
    slug = _rows(f"SELECT slug FROM articles_{table} WHERE id = %s", total.shelf)[0][0]
    rows = f"articles_edition{'tag' if kind == 't' else 'byline'}"
    shows = _listed(f"r.{column} = %s", total.shelf, join=f"JOIN {rows} r ON r.edition_id = e.id")
    return Kind(name, [Page(f"/{'tag' if kind == 't' else 'by'}/{slug}/", list(dict.fromkeys(shows))[:10])])


def questions(chance: random.Random, many: int = OF_A_KIND) -> dict[str, list[str]]:
    """Return questions of each kind in the archive's own words; rare is what hardly another word is rarer than."""
    by_count = IndexWord.objects.order_by("-editions", "word").values_list("word", flat=True)
    common, count = list(by_count[:many]), Edition.objects.count()
    seldom = IndexWord.objects.filter(editions__range=(3, 30)).order_by("word").values_list("word", flat=True)
    rare = list(seldom[:20_000])
    if len(rare) < many:
        rare = list(by_count.reverse()[: 20 * many])
    # A number alone leads to the picture that has it.
    rare = [word for word in rare if not word.isdigit()]
    rare = chance.sample(rare, min(many, len(rare)))
    between = IndexWord.objects.filter(editions__range=(count // 200, count // 20)).order_by("word")
    middle = list(between.values_list("word", flat=True)[:200]) or common
    bodies = [row.body_text for row in Edition.objects.at().order_by("pk").only("body")[:many]]
    return {
        "search, rare word": rare,
        "search, common word": common,
        "search, two words": [pair for body in bodies if (pair := _pair(body, set(middle), chance))],
        "search, two common words": [
            f"{one} {two}" for one, two in zip(common, common[1:] + common[:1], strict=True)
        ],
        "search, phrase": [f'"{" ".join(body.split()[5:8])}"' for body in bodies if len(body.split()) > 8],
        "search, prefix": [f"{word[:4]}*" for word in [*middle, *rare] if len(word) > 4][:many],
    }


def _pair(body: str, words: set[str], chance: random.Random) -> str:
    """Return two of `words` that one story has, "" where it has not so many."""
    both = sorted(words.intersection(exact_words(body)))
    return " ".join(chance.sample(both, 2)) if len(both) > 1 else ""


def _searches(chance: random.Random) -> list[Kind]:
    asked = questions(chance)
    made = [
        Kind(name, [Page(f"/search/?q={quote(one)}", asks=one) for one in some])
        for name, some in asked.items()
    ]
    common = asked["search, common word"]
    # The first page of a search has its facets; one behind it has none.
    made.append(
        Kind("search, newest", [Page(f"/search/?q={quote(one)}&sort=newest", asks=one) for one in common])
    )
    starts = [word[:3] for word in asked["search, rare word"] if len(word) > 2]
    made.append(
        Kind("suggestions", [Page(f"/search/suggest.json?q={quote(one)}", starts=one) for one in starts])
    )
    return made
