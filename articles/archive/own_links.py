"""A line of a story that is nothing but the address of another story of ours: readers see that story's headline in its place.

The text keeps what was typed. Which story it is, is looked up when the page is asked for, so that one that was withdrawn,
or is not out yet, is not told of: there the address stands as it was written.
"""

import re
from collections.abc import Mapping
from html import escape

from django.conf import settings
from django.utils.encoding import iri_to_uri

from articles.models.neighbours import Neighbour

# A text may be pasted full of addresses; so many of them are looked up.
MOST = 12
_LINE = re.compile(
    r'<p>(?:<a href="[^"<>]*"[^<>]*>)?\s*(https?://[^/\s<>]+)/story/([1-9][0-9]{7})(?:/[^/\s<>]*)?/?\s*(?:</a>)?</p>'
)


def numbers_in(html: str) -> list[int]:
    """Return the story IDs of which the address stands alone in a line of a rendered body, each once."""
    found = [int(line[2]) for line in _LINE.finditer(html) if line[1] == settings.SITE_URL]
    return list(dict.fromkeys(found))[:MOST]


def named(html: str, stories: Mapping[int, Neighbour]) -> str:
    """Return a rendered body with each such line of one of `stories` as a link that says its headline, every word escaped."""

    def told(line: re.Match[str]) -> str:
        story = stories.get(int(line[2])) if line[1] == settings.SITE_URL else None
        if story is None:
            return line[0]
        path = escape(str(iri_to_uri(story.get_absolute_url())))
        said = f'<a href="{path}" lang="{escape(story.language)}" dir="auto">{escape(story.headline)}</a>'
        return f'<p class="own-link">{said}</p>'

    return _LINE.sub(told, html) if stories else html
