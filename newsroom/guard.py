"""Turns away, before anything else looks at them, requests that no reader's browser makes."""

import re
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from newsroom import errors

LONGEST_PATH = 2_048
# NUL makes PostgreSQL raise; the other control characters have no business in an address or a cookie.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NUL_IN_QUERY = re.compile(r"%00|\x00")


class GuardMiddleware:
    """Answer 404 to impossible paths, 400 to impossible queries, and forget impossible cookies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer at once what is impossible; pass on the rest."""
        if len(request.path_info) > LONGEST_PATH or _CONTROL.search(request.path_info):
            return errors.page(request, 404)
        if _NUL_IN_QUERY.search(request.META.get("QUERY_STRING", "")):
            return errors.page(request, 400)
        for name in [name for name, value in request.COOKIES.items() if _CONTROL.search(name + value)]:
            # A quoted cookie can carry an escaped NUL past the server, into a session look-up.
            del request.COOKIES[name]
        return self.get_response(request)
