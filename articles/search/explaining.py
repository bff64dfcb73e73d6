"""Tells how to search: each part of the language with an example that one can try."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.paper.page import page
from articles.seeking import Search


@require_safe
def how(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """Show the page of how to search. One query."""
    told = [({"q": q, "path": Search(q).at()}, says) for q, says in _examples()]
    return page(request, "search/how.html", {"examples": told})


def _examples() -> list[tuple[str, str]]:
    return [
        (_("harbour strike"), _("Both words, anywhere in a story.")),
        (_('"harbour strike"'), _("Exactly these words, one behind the other.")),
        (_("harbour -strike"), _("The first word, and not the second.")),
        (_("harbour OR port"), _("Either word. OR is written in capitals.")),
        (_("(harbour OR port) strike"), _("Brackets hold together what belongs together.")),
        (_("harb*"), _("Any word that begins so; two letters at least.")),
        (_("headline:harbour"), _("In the headline.")),
        (_("byline:farouk"), _("By a writer, as printed or by name.")),
        (_("caption:lighthouse"), _("In the words under a picture.")),
        (_("tag:fishing"), _("Filed under a tag, by its name or one it had.")),
        (_("section:opinion"), _("In a section.")),
        (_("place:beirut"), _("From a place: its dateline, or tags that are places.")),
        (_("from:2014 to:2016-11"), _("Ran between these days: a year, a month (2016-11) or a day (2016-11-03).")),
        (_("mediaid:55361435"), _("Shows the picture of this Media ID.")),
    ]  # fmt: skip
