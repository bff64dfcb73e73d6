"""Tells every template what the newspaper is called and where it lives."""

from django.conf import settings
from django.http import HttpRequest


def names(request: HttpRequest) -> dict[str, object]:
    """Give templates `site_name`, `site_url` and `csp_nonce` (made only when a page uses it)."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
