"""Addresses of an imported site lead on to the story's own, but only where there would be a 404 otherwise."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from articles.archive import absence, pictures, ways_on
from articles.models.address import Address
from articles.models.edition import Edition

log = logging.getLogger(__name__)
# What is asked about another moment never stood on an old site.
OF_TIME = ("/at/", "/timegate/", "/timemap/")


class OldAddressesMiddleware:
    """Turn a 404 into a redirect where the path was public on the old site; a 410 where its story is withdrawn.

    What stays a refusal, and has no page yet, gets one with the ways on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; look for an old address only if nothing stands here."""
        response = self.get_response(request)
        if response.status_code not in (404, 410) or request.method not in ("GET", "HEAD"):
            return response
        if request.path_info.startswith((settings.DESK_PATH, settings.STATIC_URL, *OF_TIME)):
            return response
        found = _found(request) if response.status_code == 404 else None
        if found is not None:
            return found
        is_bare = isinstance(response, HttpResponse) and not response.content
        return ways_on.page(request, response.status_code) if is_bare else response


def _found(request: HttpRequest) -> HttpResponseBase | None:
    try:
        address = Address.objects.of_path(request.path_info)
        return _answer(request, address) if address is not None else None
    except DatabaseError:
        # The page of a 404 needs no database, and must not fail where there is none.
        log.exception("No old address could be looked up.")
        return None


def _answer(request: HttpRequest, address: Address) -> HttpResponseBase | None:
    if address.story_id is not None:
        edition = Edition.objects.at().filter(story_id=address.story_id).only("story_id", "slug").first()
        if edition is not None:
            return HttpResponsePermanentRedirect(edition.get_absolute_url())
        return absence.told_of(request, address.story_id)
    if address.picture is not None:
        return pictures.forward(request, address.picture)
    if address.to_path.startswith("/") and not address.to_path.startswith(("//", "/\\")):
        return HttpResponsePermanentRedirect(address.to_path)
    return None
