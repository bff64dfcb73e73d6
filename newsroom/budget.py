"""Asks a client that has had much dear work done for it to wait: searches, pages as they stood, comparisons of versions.

What is counted is the processor's time that such pages took, in each worker. Nobody who reads meets the end of it: ten
seconds are a few hundred of them at once, and a quarter of a second comes back each second. What the page cache has
costs nothing, and so does every other page.
"""

import math
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from newsroom import errors
from newsroom.clients import client_of

DEAR = re.compile(r"/(?:at|timegate|timemap)/.|/search(?:/|\.json)\Z|.*/editions/[0-9]+/[0-9]+(?:/|\.json)\Z")
BACK_A_SECOND = 0.25
# So much must be there again before anybody is let in who had spent all.
ENOUGH = 1.0
MOST_CLIENTS = 10_000


class Purse:
    """What each client has left, in seconds; those who asked longest ago are forgotten first."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def left(self, client: str, whole: float, now: float) -> float:
        """Return what a client has left of `whole` seconds."""
        with self._lock:
            left, since = self._left.get(client, (whole, now))
        return min(whole, left + max(0.0, now - since) * BACK_A_SECOND)

    def spend(self, client: str, spent: float, whole: float, now: float) -> None:
        """Take from a client what its page took."""
        left = self.left(client, whole, now)
        with self._lock:
            self._left[client] = (left - spent, now)
            self._left.move_to_end(client)
            if len(self._left) > MOST_CLIENTS:
                self._left.popitem(last=False)


class BudgetMiddleware:
    """Answer 429, with when to come again, to a client that spent what it had; every other page is let through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._purse = Purse()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and count what it took."""
        whole = settings.CLIENT_BUDGET
        if not whole or not DEAR.match(request.path_info):
            return self.get_response(request)
        client = client_of(request.META)
        left = self._purse.left(client, whole, time.time())
        if left <= 0:
            return _wait(request, math.ceil((ENOUGH - left) / BACK_A_SECOND))
        began = time.thread_time()
        response = self.get_response(request)
        self._purse.spend(client, time.thread_time() - began, whole, time.time())
        return response


def _wait(request: HttpRequest, seconds: int) -> HttpResponseBase:
    sentence = gettext(
        "You have asked for many pages that take long to make. Wait a minute, then go on; whoever reads all of them finds the whole archive in the sitemap."
    )
    response = errors.page(request, 429, sentence)
    response.headers["Retry-After"] = str(seconds)
    # One client's: nobody else is to be given it.
    response.headers["Cache-Control"] = "no-store"
    return response
