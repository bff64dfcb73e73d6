"""Asks by Django's own check whether a page of this site sent a request, for views that answer in their own way."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


class _Check(CsrfViewMiddleware):
    """Django's own check, which leaves the answer to the view."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


def _unasked(request: HttpRequest) -> HttpResponse:
    raise AssertionError(request.path)


def is_forged(request: HttpRequest) -> bool:
    """Say whether a request was not sent by a page of this site; reads the form where no header brings the token."""
    check = _Check(_unasked)
    check.process_request(request)
    return check.process_view(request, _unasked, (), {}) is not None
