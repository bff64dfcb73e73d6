"""Lets a view have something done each time that somebody is answered, be it with a page that is kept."""

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
