"""What a page tells those that keep it: what is to be done each time that it is given, and what it asks beside its questions."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest

from newsroom.page_cache.shelf import Act

# In the environment of a request whose answer may be kept: a list of what is to be done each time.
ACTS = "newsroom.each_time"


def each_time(request: HttpRequest, act: Act) -> None:
    """Do `act` with the environment (WSGI's) of everybody who is given this answer; at once where it is nobody else's."""
    acts = request.META.get(ACTS)
    if acts is None:
        act(request.META)
    else:
        acts.append(act)


_is_beside = ContextVar("_is_beside", default=False)


@contextmanager
def beside() -> Iterator[None]:
    """Ask the database for what the asker keeps by himself, and knows by other questions when it is void.

    A page that is set meanwhile is not said to be set from this: the next time it will not be asked.
    """
    token = _is_beside.set(True)
    try:
        yield
    finally:
        _is_beside.reset(token)


def is_beside() -> bool:
    """Say whether what is asked just now is no question of the page."""
    return _is_beside.get()
