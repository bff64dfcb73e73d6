"""What is missing in the archive, in numbers and with where it goes: as counted once a day, never while somebody reads."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.archive import drawing
from articles.models.gaps import MOST_DAYS, counts, gaps_of
from articles.paper.page import page


@require_safe
def gaps(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """Show each gap with its share of the whole and its trend: two queries."""
    rows = list(counts(moment)[:MOST_DAYS])
    found = gaps_of(rows)
    groups = [
        (of, [(gap, drawing.trend(gap.trend)) for gap in found if gap.of == of])
        for of in ("stories", "pictures")
    ]
    context = {"newest": rows[0] if rows else None, "oldest": rows[-1] if rows else None, "groups": groups}
    return page(request, "archive/gaps.html", context)
