"""What both engines need: the plain reader where there is no index and few stories, and which stories are withheld."""

from django.utils.translation import gettext as _

from articles.index.found import Busy
from articles.index.reader import PlainReader
from articles.models.edition import Edition

# Without an index, so many editions are read one by one; more would hold everybody up.
MOST_PLAIN = 2_000


def plain_or_busy() -> PlainReader:
    """Return the plain reader where the archive is small enough to be read through; raise `Busy` where it is not."""
    if Edition.objects.order_by().values_list("pk", flat=True)[MOST_PLAIN:].exists():
        raise Busy(_("The search is being set up anew. It will answer again in a few minutes."))
    return PlainReader(knows_words=False)


def withheld() -> list[int]:
    """Return the stories of which an edition was withdrawn and none is public: withheld at every moment."""
    withdrawn = Edition.objects.filter(suppressed_at__isnull=False).order_by()
    gone = withdrawn.exclude(story__in=Edition.objects.at().values("story"))
    return sorted(set(gone.values_list("story_id", flat=True)))
