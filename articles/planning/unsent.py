"""Tells a browser which of the words that it still holds as unsent had reached the desk after all, with a page's last letter."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse

from articles.models import Sitting

MOST = 200


def arrived(request: HttpRequest) -> JsonResponse:
    """Give the pages, of those named by `?page=<number>:<serial>`, of which the desk heard a later letter than that.

    What a page noted under a serial went with its next letter at the latest, whole.
    """
    known = dict(_read(request.GET.getlist("page")[:MOST]))
    rows = Sitting.objects.filter(by_id=request.user.pk, page__in=known)
    heard = [str(page) for page, serial in rows.values_list("page", "serial") if serial > known[page]]
    return JsonResponse({"arrived": sorted(heard)})


def _read(sent: list[str]) -> list[tuple[UUID, int]]:
    found = []
    for one in sent:
        page, _, serial = one.partition(":")
        if not (serial.isascii() and serial.isdigit() and len(serial) < 10):
            continue
        try:
            found.append((UUID(page), int(serial)))
        except ValueError:
            continue
    return found
