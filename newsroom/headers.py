"""Puts the security and caching headers on every answer: pages, errors, static files and the admin alike."""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject, empty

from newsroom import compressing, validators

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

PRIVATE = "private, no-store"
_NO_LONGER = ", proxy-revalidate, stale-while-revalidate=0"
# Nothing on our pages uses any of these; a page that somebody else's script got into cannot either.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "publickey-credentials-get",
        "screen-wake-lock",
        "sync-xhr",
        "usb",
        "xr-spatial-tracking",
    )
)


def csp(directives: Mapping[str, Sequence[str]]) -> Callable[[View], View]:
    """Decorate a view whose answer needs other sources for the directives named; the rest stays as set.

    >>> @csp({"frame-ancestors": ["'self'"]})
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(*args, **kwargs)
            response._csp = {**getattr(response, "_csp", {}), **directives}  # type: ignore[attr-defined]
            return response

        return cast(View, wrapped)

    return decorate


def framed_by_own_pages(view: View) -> View:
    """Decorate a view whose answer our own pages may show in a frame (the story preview on the desk)."""
    return csp({"frame-ancestors": ["'self'"]})(view)


def frames_own_pages(view: View) -> View:
    """Decorate a view whose page shows another page of ours in a frame."""
    return csp({"frame-src": ["'self'"]})(view)


class HeadersMiddleware:
    """The outermost layer: whatever answered, and however it failed, the headers are there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request and dress the answer."""
        nonce = SimpleLazyObject(lambda: secrets.token_urlsafe(16))
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        if not is_kept_by_nobody(request, response):
            response = compressing.compressed(request, validators.conditional(request, response))
        _secure(response, "" if nonce._wrapped is empty else str(nonce))
        _cache(request, response)
        if isinstance(response, HttpResponse) and response.status_code not in (204, 304):
            # Whoever filled or packed the answer on its way out changed its length.
            response.headers["Content-Length"] = str(len(response.content))
        if request.method == "HEAD":
            _drop_body(response)
        return response


def _secure(response: HttpResponseBase, nonce: str) -> None:
    directives = {**settings.SECURE_CSP, **getattr(response, "_csp", {})}
    if nonce:
        directives["script-src"] = [*directives["script-src"], f"'nonce-{nonce}'"]
    response.headers["Content-Security-Policy"] = "; ".join(
        f"{directive} {' '.join(sources)}" for directive, sources in directives.items()
    )
    may_be_framed = directives["frame-ancestors"] == ["'self'"]
    response.headers["X-Frame-Options"] = "SAMEORIGIN" if may_be_framed else "DENY"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
    response.headers["Cross-Origin-Opener-Policy"] = settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
    if settings.SECURE_HSTS_SECONDS:
        response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"


def _drop_body(response: HttpResponseBase) -> None:
    """Answer HEAD with the headers of GET alone; the server would drop the body too, and complain each time."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = iter(())
    elif isinstance(response, HttpResponse):
        response.content = b""


def _cache(request: HttpRequest, response: HttpResponseBase) -> None:
    if is_private(request, response):
        response.headers["Cache-Control"] = PRIVATE
        patch_vary_headers(response, ["Cookie"])
    elif response.status_code >= 500 or request.method not in ("GET", "HEAD"):
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", shared())


def shared() -> str:
    """Return for how long anybody may keep a public answer that is given now.

    Never over a whole minute, which is when embargoes end, days begin and nothing else can be told from it; never
    longer than `PUBLIC_MAX_AGE`. A cache that many share may not show an older one, whatever happens to us; a
    reader's own browser may, where it reaches nobody. Decision 17 says why.
    """
    left = 60 - time.time() % 60
    age = min(settings.PUBLIC_MAX_AGE, int(left))
    return f"public, max-age={age}{_NO_LONGER}"


def is_shared(stated: str) -> bool:
    """Tell whether this is what `shared` said, now or at another moment."""
    return stated.startswith("public, max-age=") and stated.endswith(_NO_LONGER)


def is_kept_by_nobody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether no cache that many share may keep an answer: one person's, or one that says so itself."""
    stated = response.headers.get("Cache-Control", "")
    return "no-store" in stated or is_private(request, response)


def is_private(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether an answer is one person's: the desk, a cookie set, or a session looked at on the way."""
    if request.path_info.startswith(settings.DESK_PATH):
        return True
    if response.cookies:
        return True
    session = getattr(request, "session", None)
    return bool(getattr(session, "accessed", False))
