"""Collects every address of the site from its resolver, fills in what a story lends it, and reads the answers."""

import itertools
import re
from dataclasses import dataclass
from datetime import UTC
from urllib.parse import quote, unquote

from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import get_resolver
from django.utils.regex_helper import normalize

from articles import roles
from articles.models import Article, Beginning, Desk, Edition
from media.models import Picture
from tests.leaks.planting import COPY, FILE, PEOPLE, PICTURES, SECTIONS, TAGS

DESK = "admin/"
# What stands before the pattern of a page that is seen as it stood.
AS_IT_STOOD = "at/(?P<moment>[0-9]{14})/"
# Nouns that every desk shares: one story's are as good as any other's, so the walk tries those of two.
SHARED = ("draft", "killed")


@dataclass(frozen=True)
class Route:
    """One address pattern: its regular expression, and the ways to write it with the names it takes."""

    pattern: str
    shapes: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_desk(self):
        return self.pattern.startswith(DESK)

    @property
    def is_past(self):
        """Whether it is that of a page as it stood: the same view as now, for nobody in particular."""
        return self.pattern.startswith(AS_IT_STOOD)

    @property
    def names(self):
        return {name for _, names in self.shapes for name in names}


class Unprovided(AssertionError):
    """A pattern takes something that the walk cannot lend it."""


def routes(urlconf=None):
    """Every pattern of the site, those of included modules and of the admin with their prefixes."""
    return list(_routes(get_resolver(urlconf), ""))


def _routes(resolver, prefix):
    for pattern in resolver.url_patterns:
        regex = prefix + pattern.pattern.regex.pattern.removeprefix("^")
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern, regex)
        else:
            yield Route(regex, tuple((shape, tuple(names)) for shape, names in normalize(regex)))


def _rows(planted):
    """The keys that an admin address of each model may name, None for a model with nothing of the story's."""
    editions = [str(edition.pk) for edition in planted.editions]
    return {
        "articles/article": [str(planted.story_id)],
        "articles/edition": editions or ["99999998"],
        "articles/tag": [_key(planted.tag)],
        "articles/contributor": [_key(planted.person)],
        "articles/section": [_key(planted.section)],
        "articles/desk": [_key(Desk.objects.first())],
        "articles/beginning": [_key(Beginning.objects.first())],
        "articles/importrun": ["1"],
        "articles/sourcepage": ["1"],
        "media/picture": [_key(planted.picture)],
        "auth/user": ["1"],
        "auth/group": ["1"],
    }


def _key(row):
    return str(row.pk) if row else "99999998"


def _moments():
    """The last second in which anything became public, withdrawn since or not; and the first, where that is another day."""
    begun = Edition.objects.once_public().order_by("live_from").values_list("live_from", flat=True)
    first, last = begun.first(), begun.last()
    days = [last] if (last - first).days < 1 else [last, first]
    return [f"{day.astimezone(UTC):%Y%m%d%H%M%S}" for day in days]


def _pages(planted):
    """The story's own page, its tag's and its picture's, as they stand behind an address of another kind."""
    tag, picture = planted.tag, planted.picture
    return [
        f"story/{planted.story_id}/{planted.slug}/",
        f"tag/{tag.slug if tag else 'zqnever'}/",
        f"media/{picture.media_id if picture else '99999998'}/",
    ]


def _slug(route, planted):
    shelf = route.pattern.removeprefix(AS_IT_STOOD).split("/")[0]
    row = {"section": planted.section, "tag": planted.tag, "by": planted.person}.get(shelf)
    if shelf == "story":
        return [planted.slug]
    return [row.slug if row else "zqnever"] if shelf in ("section", "tag", "by") else None


def lent(route, name, planted):
    """The values that `planted` lends to the part `name` of a route; None if nobody thought of it."""
    model = "/".join(route.pattern.split("/")[1:3])
    if route.is_desk and name in ("object_id", "key", "row", "id", "run_id", "page_id"):
        kinds = _content_types() if "content_type_id" in route.names else [model]
        rows = _rows(planted)
        found = [key for kind in kinds for key in rows.get(kind, [])]
        return found or None
    days = planted.days
    simple = {
        "story_id": [str(planted.story_id)],
        "number": ["1", "2"],
        "first": ["1"],
        "second": ["2"],
        "key": ["a-key-that-nobody-was-given"],
        "note": [_key(planted.note)],
        "media_id": [planted.picture.media_id if planted.picture else "99999998"],
        "name": [planted.rendition.file_name("webp") if planted.rendition else "zqnever.webp"],
        "form": ["rss.xml", "atom.xml", "feed.json", "rss-summary.xml"],
        "cited_as": ["bib", "ris", "csl.json"],
        "kind": ["tags", "contributors"],
        "letter": ["z"],
        "app_label": ["articles", "media"],
        "url": ["nowhere/"],
        "content_type_id": [str(key) for key in _content_types().values()],
        "part": ["1", "2"],
        "moment": _moments(),
        "stamp": ["2016", "201611041200"],
        "rest": _pages(planted)[: 1 if {"moment", "stamp"} & route.names else 3],
        "act_id": ["1"],
        "act_name": ["publish", "move", "nothing"],
        "year": [f"{day:%Y}" for day in days],
        "month": [f"{day:%m}" for day in days],
        "day": [f"{day:%d}" for day in days],
    }
    return _slug(route, planted) if name == "slug" else simple.get(name)


def _content_types():
    return {
        f"{model._meta.app_label}/{model._meta.model_name}": ContentType.objects.get_for_model(model).pk
        for model in (Article, Edition, Picture)
    }


def paths(route, planted, *, turn=None):
    """The addresses that a route has for one story; behind /at/ all, or the one whose `turn` it is. Raises `Unprovided` for a part nobody lends anything to."""
    if not route.names:
        return [f"/{shape % {}}" for shape, _ in route.shapes]
    values = {name: lent(route, name, planted) for name in route.names}
    for name, found in values.items():
        if found is None:
            raise Unprovided(
                f"The walk does not know what to put for “{name}” in {route.pattern}. Teach `lent` in "
                "tests/leaks/walking.py, so that no address escapes it."
            )
    if "moment" in route.names and turn is not None:
        one_of = {name for name in ("moment", "form", "cited_as") if name in values}
        values |= {name: [values[name][turn % len(values[name])]] for name in one_of}
    made = []
    for shape, names in route.shapes:
        for chosen in itertools.product(*(values[name] for name in names)):
            made.append(
                f"/{shape % dict(zip(names, (quote(value, safe='/') for value in chosen), strict=True))}"
            )
    return list(dict.fromkeys(made))


def every_path(urlconf, planted, *, wanted=lambda route: True, is_whole=False):
    """Each address of the site once, with the route it belongs to, for all the planted stories.

    Behind /at/ stands every page of the present again: of its moments, feeds and citations each story takes one at
    each route, another at the next; `is_whole` takes them all.
    """
    seen = {}
    for route in routes(urlconf):
        if not wanted(route):
            continue
        for one in planted:
            is_shared = route.is_desk and not {"story_id", "media_id"} & route.names
            if is_shared and one.state not in SHARED and "articles/article/" not in route.pattern:
                continue
            turn = None if is_whole else len(route.pattern) + len(one.state)
            for path in paths(route, one, turn=turn):
                seen.setdefault(path, route)
    return seen


def everything_in(response):
    """The whole of an answer as text, small letters: status line, headers, body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    # How much of the minute is left is the clock's to say, whatever the newspaper holds.
    headers = re.sub(r"public, max-age=[0-5],", "public, max-age=…,", headers)
    return unquote(headers).lower() + "\n" + body.decode("utf-8", "replace").lower()


class Watch:
    """Looks for the markers of planted stories in answers, and knows who may see which."""

    def __init__(self, planted):
        self.owner = {marker: (one, kind) for one in planted for marker, kind in one.markers.items()}
        digits = "|".join(marker for marker in self.owner if marker.isdigit())
        self.pattern = re.compile(rf"zq[a-z]+|(?<!\d)(?:{digits})(?!\d)" if digits else r"zq[a-z]+")

    def seen(self, text):
        return {marker for marker in self.pattern.findall(text) if marker in self.owner}

    def leaks(self, path, text, user=None):
        """The markers in an answer to `user` that they may not see and did not themselves put in the address."""
        asked = unquote(path).lower()
        return sorted(
            marker for marker in self.seen(text) if marker not in asked and not self._may(user, path, marker)
        )

    def _may(self, user, path, marker):
        one, kind = self.owner[marker]
        if user is None or not user.is_active or not user.is_staff:
            return False
        if kind == FILE:
            return path.startswith((f"/{DESK}images/", "/images/"))
        if not path.startswith(f"/{DESK}"):
            return False
        if user.is_superuser:
            return True
        if kind == COPY:
            # Of a story under embargo its desk knows the slug, and nothing else.
            knows = marker == one.slug and roles.may_know(user, one.article)
            return knows or roles.may_read(user, one.article)
        verbs = {TAGS: ("start", "merge"), PEOPLE: ("start", "merge"), SECTIONS: ("start", "organise")}
        verbs |= {PICTURES: ("pictures", "start")}
        return any(roles.has_role(user, verb) for verb in verbs[kind])


def browser(user=None):
    """A client that shows a 500 as an answer, logged in as `user`."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def walk(client, addresses, watch, user=None, *, methods=("get", "head"), queries=("",)):
    """Open each address and say in sentences what is wrong with the answers."""
    found = []
    for path, query, method in itertools.product(addresses, queries, methods):
        response = getattr(client, method)(path + query)
        text = everything_in(response)
        who = user.username if user else "anybody"
        if response.status_code >= 500:
            found.append(f"{method.upper()} {path}{query} as {who}: {response.status_code}")
        for marker in watch.leaks(path + query, text, user):
            found.append(f"{method.upper()} {path}{query} shows {marker} to {who}")
    return found
