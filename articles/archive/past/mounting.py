"""Mounts the paper a second time under `/at/<moment>/`: whatever view takes a `moment` is there, without further work."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path

from articles.archive.past import absent, elsewhen, memento, timegate, timemap
from articles.paper import staying
from articles.paper.asof import AsOf

View = Callable[..., HttpResponseBase]


def mounted(patterns: Iterable[URLPattern]) -> Sequence[URLPattern | URLResolver]:
    """Return the addresses of the paper: now, at any moment, and what negotiates between the two.

    A pattern whose view has a parameter `moment` is mounted twice; any other (a file, a map for crawlers) once.
    """
    every = list(patterns)
    kept = [one for one in every if "moment" in inspect.signature(one.callback).parameters]
    past = [_with(one, as_it_stood(one.callback)) for one in kept]
    return [
        path("at/", elsewhen.choose, name="at"),
        path("at/<moment:moment>/", include((past, staying.NAMESPACE))),
        path("at/<stamp:stamp>/", elsewhen.named, name="at_stamp"),
        path("at/<stamp:stamp>/<path:rest>", elsewhen.named, name="at_stamp_path"),
        path("timegate/<path:rest>", timegate.timegate, name="timegate"),
        path("timegate/", timegate.timegate, name="timegate_front"),
        *timemap.urlpatterns,
        *(_with(one, with_a_past(one.callback)) if one in kept else one for one in every),
    ]


def _with(pattern: URLPattern, view: View) -> URLPattern:
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


def with_a_past(view: View) -> View:
    """Decorate a view of the present: its good answers tell where their past is."""

    @wraps(view)
    def wrapped(request: HttpRequest, **named: Any) -> HttpResponseBase:
        response = view(request, **named)
        if response.status_code == 200:
            memento.point(response, request)
        return response

    return wrapped


def as_it_stood(view: View) -> View:
    """Decorate a view so that it answers as at `moment`, a second: links stay there, and a good answer is a memento."""

    @wraps(view)
    def wrapped(request: HttpRequest, moment: datetime, **named: Any) -> HttpResponseBase:
        as_of = AsOf.read(moment, request.path, _number(named.get("story_id")))
        if refusal := absent.refused(request, as_of):
            return refusal
        request.as_of = as_of  # type: ignore[attr-defined]
        try:
            response = absent.unless_withheld(as_of, view(request, moment=as_of.moment, **named))
        except Http404 as nothing:
            response = absent.answer(request, as_of, nothing)
        if response.status_code == 200:
            response = absent.unless_before_the_paper(request, as_of, response)
        staying.keep(response, as_of.prefix)
        if response.status_code == 200:
            memento.date(response, request, as_of)
        return response

    return wrapped


def _number(story_id: object) -> int | None:
    return int(str(story_id)) if story_id is not None else None
