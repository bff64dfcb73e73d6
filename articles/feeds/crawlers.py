"""What a crawler or a finder of flaws asks for first: robots.txt and security.txt."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.feeds import answers, stance
from articles.feeds.answers import absolute, iso

TEXT = "text/plain; charset=utf-8"
VALID_FOR = timedelta(days=180)


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Answer with what crawlers may read (RFC 9309): everything but the desk, the results of searches, and the past.

    Each page is there at every moment under /at/: that has no end, and each says so (`noindex`) to who comes by a link.
    What crawlers of AI may, is one setting: `stance`.
    """
    lines = [
        f"License: {absolute('/license.xml')}",
        "",
        "User-agent: *",
        f"Content-Usage: {stance.usage()}",
        f"Disallow: {settings.DESK_PATH}",
        "Disallow: /search/",
        "Disallow: /search.json",
        "Disallow: /at/",
        "Disallow: /timegate/",
        "Disallow: /timemap/",
        "Allow: /",
        "",
    ]
    if names := stance.kept_out():
        lines += [*(f"User-agent: {name}" for name in names), "Disallow: /", ""]
    lines += [f"Sitemap: {absolute('/sitemap.xml')}", f"Sitemap: {absolute('/news-sitemap.xml')}"]
    return answers.send(request, _lines(lines), TEXT)


@require_safe
def security(request: HttpRequest) -> HttpResponseBase:
    """Answer with whom to tell of a flaw (RFC 9116); it expires half a year after the month began."""
    begun = timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact()}",
        f"Expires: {iso(begun + VALID_FOR)}",
        "Preferred-Languages: en",
        f"Canonical: {absolute('/.well-known/security.txt')}",
    ]
    return answers.send(request, _lines(lines), TEXT)


def contact() -> str:
    """Return the address that SECURITY_CONTACT names, else the mailbox that RFC 2142 gives every site."""
    named: str = settings.SECURITY_CONTACT
    if named:
        return f"mailto:{named}" if "@" in named and ":" not in named else named
    return f"mailto:security@{urlsplit(settings.SITE_URL).hostname}"


def _lines(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
