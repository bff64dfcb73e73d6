"""Answers with an error page of the paper's own, and with plain words when even that page cannot be made."""

import logging
import sys
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.template import TemplateDoesNotExist, loader
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from newsroom.away import AWAY, NO_DATABASE

log = logging.getLogger(__name__)

SENTENCES = {
    400: _("The request could not be read. Go back, and try the link or the form again."),
    403: _("This page is not open to you. Log in with an account that may see it."),
    404: _("There is no page at this address. Check it for a slip, or start from the front page."),
    405: _("This address does not take that kind of request. Open it as an ordinary page."),
    410: _("What stood at this address has been withdrawn."),
    413: _("What was sent is too large. Send less at once."),
    429: _("That was too much in a short time. Wait a quarter of an hour, then try again."),
    500: _("Something broke on our side, and it has been noted. Try again in a minute."),
    503: _("The paper cannot answer just now. Try again in a minute."),
}
_PLAIN = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{status} {phrase}</title></head>'
    '<body><main><h1>{phrase}</h1><p>{sentence}</p><p><a href="/">Front page</a></p></main></body></html>'
)
# Seconds after which who met a database that is away may ask again.
ASK_AGAIN = 30
# Answers that Django, its decorators or we ourselves give with nothing in them.
_BARE = (404, 405, 410, 413, 429)


def page(
    request: HttpRequest | None, status: int, sentence: str = "", facts: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Give the error page for `status`: templates/errors/<status>.html, else plain words.

    The template gets `status`, `sentence` and what is in `facts`: ways on that somebody else looked up. Nothing here
    needs the database, and nothing here can fail.
    """
    sentence = sentence or str(SENTENCES[status])
    try:
        body: str = loader.render_to_string(
            f"errors/{status}.html",
            {
                **(facts or {}),
                "status": status,
                "sentence": sentence,
                "site_name": settings.SITE_NAME,
                "site_url": settings.SITE_URL,
            },
            request if status < 500 else None,
        )
    except TemplateDoesNotExist:
        body = _plain(status, sentence)
    except Exception:
        # The page of last resort: whatever is wrong with the template, the reader still gets an answer.
        log.exception("The error page for %s could not be made.", status)
        body = _plain(status, sentence)
    return HttpResponse(body, status=status)


def _plain(status: int, sentence: str) -> str:
    return format_html(_PLAIN, status=status, phrase=HTTPStatus(status).phrase, sentence=sentence)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, the same for what never was and for what may not be seen; whoever passes it on fills it."""
    return HttpResponse(status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, without looking at who asks or at the database; 503 and when to ask again where that did not answer."""
    if not isinstance(sys.exc_info()[1], AWAY):
        return page(None, 500)
    request.META[NO_DATABASE] = True
    answer = page(None, 503)
    answer.headers["Retry-After"] = str(ASK_AGAIN)
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old."""
    return page(
        request,
        403,
        "The form did not come from a page this site gave you, or it was open since before you logged in. "
        "Go back (what you typed is still there), copy it, reload the page and send it again.",
    )


class ErrorPagesMiddleware:
    """Give a bare answer that refuses (404, 405, 410, 413, 429) a page of the paper's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Fill an empty error answer; leave every other alone."""
        response = self.get_response(request)
        if response.status_code in _BARE and isinstance(response, HttpResponse) and not response.content:
            response.content = page(request, response.status_code).content
            response.headers["Content-Type"] = "text/html; charset=utf-8"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a form of which only a part arrived: that is the line's fault, not ours. Note a database that is away."""
        if isinstance(exception, AWAY):
            request.META[NO_DATABASE] = True
        return page(request, 400) if isinstance(exception, UnreadablePostError) else None
