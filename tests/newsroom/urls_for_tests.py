"""The site's addresses and a few that misbehave on purpose."""

from django.http import HttpResponse, HttpResponseGone
from django.urls import path
from django.views.decorators.http import require_safe

from newsroom.headers import framed_by_own_pages, frames_own_pages
from newsroom.urls import handler400, handler403, handler404, handler500
from newsroom.urls import urlpatterns as own

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def breaks(request):
    raise RuntimeError("broken on purpose")


@require_safe
def plain(request):
    return HttpResponse("<p>A page.</p>")


def withdrawn(request):
    return HttpResponseGone()


def asks_who(request):
    return HttpResponse(f"<p>{request.user.is_authenticated}</p>")


def remembers(request):
    request.session["seen"] = True
    return HttpResponse("<p>Remembered.</p>")


def slow_to_stale(request):
    return HttpResponse("x", headers={"Cache-Control": "public, max-age=31536000, immutable"})


def with_nonce(request):
    return HttpResponse(f'<script nonce="{request.csp_nonce}" type="importmap">{{}}</script>')


@framed_by_own_pages
def framed(request):
    return HttpResponse("<p>Preview.</p>")


@frames_own_pages
def framing(request):
    return HttpResponse("<p>Desk.</p>")


urlpatterns = [
    path("test/breaks/", breaks),
    path("test/plain/", plain),
    path("test/withdrawn/", withdrawn),
    path("test/asks-who/", asks_who),
    path("test/remembers/", remembers),
    path("test/immutable/", slow_to_stale),
    path("test/nonce/", with_nonce),
    path("test/framed/", framed),
    path("test/framing/", framing),
    *own,
]
