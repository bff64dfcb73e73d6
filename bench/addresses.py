"""Which pages are loaded, several of a kind, and which stories each has to show: asked of the rows, not of the site's own queries."""

import random
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.db import connection

from articles.index import ask
from articles.index.engines import current
from articles.index.finding import understood
from articles.index.reader import meets
from articles.index.sheet import sheet_of, with_filing
from articles.index.words import exact_words
from articles.models import Edition, IndexWord
from articles.models.shelf_count import ShelfCount, month_of

A_LIST, DEEP_PAGE, OF_A_KIND = 20, 5_000, 20
OPEN = "e.live_until IS NULL AND e.suppressed_at IS NULL"


@dataclass(slots=True)
class Page:
    """One address. `shows` are the stories it must lead to, in order, first; None of those that `asks` says how to judge."""

    path: str
    shows: list[int] | None = None
    asks: str = ""


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
    found = [_rows(f"SELECT e.id, e.story_id, e.slug FROM articles_edition e WHERE e.id >= %s AND {OPEN} ORDER BY e.id LIMIT 1", key)
             for key in range(first, last + 1, step)]  # fmt: skip
    stories = [(story, slug) for ((_, story, slug),) in [rows for rows in found if rows][:OF_A_KIND]]
    return [
        Kind("story", [Page(f"/story/{story}/{slug}/", [story]) for story, slug in stories]),
        Kind("story .json", [Page(f"/story/{story}/{slug}.json", []) for story, slug in stories]),
    ]


def _listed(
    where: str, *values: Any, join: str = "", skip: int = 0, by: str = "e.listed_at DESC, e.story_id DESC"
) -> list[int]:
    said = f"SELECT e.story_id FROM articles_edition e {join} WHERE {OPEN} AND {where} ORDER BY {by} LIMIT %s OFFSET %s"
    return [row[0] for row in _rows(said, *values, A_LIST, skip)]


def _lists() -> list[Kind]:
    section = _rows("SELECT id, slug FROM articles_section WHERE id = (SELECT section_id FROM articles_edition WHERE section_id IS NOT NULL LIMIT 1)")  # fmt: skip
    made = [Kind("front page", [Page("/", _listed("1 = 1")[:1])])]
    for key, slug in section:
        path = f"/section/{slug}/"
        made.append(Kind("section", [Page(path, _listed("e.section_id = %s", key))]))
        held = _rows(f"SELECT count(*) FROM articles_edition e WHERE e.section_id = %s AND {OPEN}", key)[0][0]
        page = min(DEEP_PAGE, max(1, held // A_LIST))
        before = Edition.objects.filter(section=key, live_until=None).order_by("-listed_at", "-story_id")
        last = before[(page - 1) * A_LIST - 1] if page > 1 else None
        deep = f"{path}?after={quote(str(last.cursor))}" if last else path
        shows = _listed("e.section_id = %s", key, skip=(page - 1) * A_LIST)
        made.append(Kind(f"section, page {page:,}", [Page(deep, shows)]))
        made.append(Kind("feed", [Page(f"{path}rss.xml", _listed("e.section_id = %s", key))]))
    made += [_shelf(kind, name, table, column, most=most) for kind, name, table, column, most in (
        ("t", "tag, rarest", "tag", "tag_id", False), ("t", "tag, commonest", "tag", "tag_id", True),
        ("p", "contributor", "contributor", "contributor_id", True),
    )]  # fmt: skip
    day = _rows("SELECT published_on FROM articles_edition WHERE published_on IS NOT NULL ORDER BY published_on LIMIT 1 OFFSET %s",
                Edition.objects.count() // 2)  # fmt: skip
    if day:
        on = Edition.objects.filter(published_on=day[0][0]).values_list("published_on", flat=True)[0]
        if on is None:
            return made
        made.append(Kind("day", [Page(f"{on:/%Y/%m/%d/}", _listed("e.published_on = %s", day[0][0])[:1])]))
        made.append(Kind("month", [Page(f"{on:/%Y/%m/}", [])]))
        made.append(Kind("sitemap", [Page(f"{on:/sitemap-%Y-%m.xml}", [])]))
        assert ShelfCount.objects.of("a").filter(period=month_of(on)).exists()
    return made


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
    made.append(Kind("suggestions", [Page(f"/search/suggest.json?q={quote(one)}", []) for one in starts]))
    return made


def wrong(page: Page, shown: list[int]) -> str:
    """Return what is wrong with the stories that a page leads to, "" where they are the right ones."""
    if page.asks:
        asked = ask(page.asks)
        meant = understood(asked, current())
        editions = with_filing(Edition.objects.at().filter(story_id__in=shown[:A_LIST]))
        others = [one.story_id for one in editions if not meets(sheet_of(one), meant)]
        return (
            f"{others} are not what {page.asks!r} asks for" if others else "" if shown else "it found nothing"
        )
    wanted = page.shows or []
    missing = [story for story in wanted if story not in shown]
    if missing:
        return f"{missing[:3]} are not on it"
    placed = [shown.index(story) for story in wanted]
    return "" if placed == sorted(placed) else "its stories stand in another order"
