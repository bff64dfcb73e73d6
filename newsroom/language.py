"""In which language a page speaks: readers' pages in the paper's own, the desk in English."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

DESK = "en"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def spoken(language: str) -> str:
    """Return the language in which furniture can stand around a text in `language`: that one, or the paper's own."""
    code = language.partition("-")[0]
    return code if code in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)


def speaking(language: str) -> AbstractContextManager[Any]:
    """Speak the language of a text, as far as readers' pages know it, until the block ends."""
    return translation.override(spoken(language))


class DeskLanguageMiddleware:
    """Answer the desk's addresses in English, in which all of it is written, whatever the paper's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; readers' pages stay in the language that SITE_LANGUAGE names."""
        if not request.path_info.startswith(settings.DESK_PATH):
            return self.get_response(request)
        with translation.override(DESK):
            return self.get_response(request)


def as_readers_see_it(view: View) -> View:
    """Decorate a view of the desk that shows a page of the paper: in the paper's language."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(settings.LANGUAGE_CODE):
            return view(*args, **kwargs)

    return cast(View, wrapped)
