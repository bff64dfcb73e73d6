"""Names the pages that readers ask for first: what a server that was just started sets before they do."""

from collections.abc import Iterator

from articles.models.edition import Edition
from articles.models.section import Section

# So many stories are read at a time: no query stays open while their pages are set.
AT_A_TIME = 500


def pages() -> Iterator[str]:
    """Yield the paths of the front page, of the sections in the masthead, and of all stories, newest first."""
    yield "/"
    yield from [one.get_absolute_url() for one in Section.objects.filter(is_in_masthead=True)]
    after = None
    while True:
        told = Edition.objects.at().listed(after).select_related(None).only("story_id", "slug", "listed_at")
        rows = list(told[:AT_A_TIME])
        yield from [one.get_absolute_url() for one in rows]
        if len(rows) < AT_A_TIME:
            return
        after = rows[-1].cursor
