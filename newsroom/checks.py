"""Says, in sentences, what about the settings would be unsafe in front of readers."""

import os
import stat
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("localhost", "127.0.0.1", "::1", "[::1]", ".localhost")
SHORTEST_KEY = 50
FEWEST_DIFFERENT = 10
KNOWN_KEYS = ("django-insecure-", "changeme", "change-me", "secret", "insecure", "password", "development")


def unsafe_settings(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """List what is unsafe; with DEBUG on, only what would stop the site from working at all."""
    found = [*_folder(), *_media_ids()]
    if not settings.DEBUG:
        found += [*_secret_key(), *_hosts(), *_https()]
    return found


def refuse_unsafe() -> None:
    """Raise `ImproperlyConfigured`, with every reason, when the site must not be served as it is set."""
    reasons = [
        f"{message.msg} {message.hint or ''}".strip() for message in unsafe_settings() if message.is_serious()
    ]
    if reasons:
        raise ImproperlyConfigured("This site is not safe to serve as it is set.\n- " + "\n- ".join(reasons))


def _folder() -> Iterator[checks.CheckMessage]:
    if settings.VAR_DIR_PROBLEM:
        yield checks.Error(settings.VAR_DIR_PROBLEM, id="newsroom.E001")


def _media_ids() -> Iterator[checks.CheckMessage]:
    if not 10_000_000 <= settings.MEDIA_ID_START <= 99_999_999:
        yield checks.Error(
            f"MEDIA_ID_START is {settings.MEDIA_ID_START}, but the Media IDs that this site gives out have eight digits.",
            hint="Set it to a number from 10000000 to 99999999, or leave it unset to begin at 60000001.",
            id="newsroom.E006",
        )


def _secret_key() -> Iterator[checks.CheckMessage]:
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_DIFFERENT or key.lower().startswith(KNOWN_KEYS):
        yield checks.Error(
            f"SECRET_KEY is too short, too plain or a known example: it needs {SHORTEST_KEY} random characters.",
            hint="Leave SECRET_KEY unset, and one is made and kept in VAR_DIR.",
            id="newsroom.E002",
        )
    kept = settings.VAR_DIR / "secret_key"
    if kept.exists() and kept.read_text().strip() == key and stat.S_IMODE(os.stat(kept).st_mode) & 0o077:
        yield checks.Error(
            f"Other users of this machine can read the secret key in {kept}.",
            hint=f"Run: chmod 600 {kept}",
            id="newsroom.E003",
        )


def _hosts() -> Iterator[checks.CheckMessage]:
    if any(host in ("*", ".") for host in settings.ALLOWED_HOSTS):
        yield checks.Error(
            "ALLOWED_HOSTS lets every host name in, so anybody can make this site write links to theirs.",
            hint="List the names readers use, such as ALLOWED_HOSTS=www.example.org.",
            id="newsroom.E004",
        )
    if is_loopback(settings.SITE_URL) and not all(host in LOOPBACK for host in settings.ALLOWED_HOSTS):
        yield checks.Warning(
            f"ALLOWED_HOSTS names other machines' names for this site, but SITE_URL is still {settings.SITE_URL}.",
            hint="Set SITE_URL to the address readers use: feeds, sitemaps and citations are built from it.",
            id="newsroom.W001",
        )


def _https() -> Iterator[checks.CheckMessage]:
    if not settings.SITE_URL.startswith("https://") and not is_loopback(settings.SITE_URL):
        yield checks.Error(
            f"SITE_URL is {settings.SITE_URL}: passwords and drafts would cross the network readable by anybody.",
            hint="Serve the site behind https, and write SITE_URL with https://.",
            id="newsroom.E005",
        )


def is_loopback(url: str) -> bool:
    """Tell whether an address is this machine's own, which no other machine can reach."""
    host = urlsplit(url).hostname or ""
    return host in LOOPBACK or host.endswith(".localhost")
