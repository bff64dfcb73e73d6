"""Turns the addresses given in the environment into what Django's settings want, or refuses with a sentence."""

import os
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured
from environ import Env

from newsroom.statements import Connection

Number = TypeVar("Number", int, float)

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")

SQLITE_OPTIONS: dict[str, Any] = {
    "factory": Connection,
    # Anything weaker lost commits or gave "database is locked" under load: see docs/decisions/.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # A connection a thread, each with pages of its own: enough for the upper floors of what is asked most. The system keeps
    # the rest once for all of them.
    # No mmap: each of a worker's connections would map the file for itself, which counts as its memory and is no quicker.
    # A new file has pages of 8 KB, in which a story's row wastes less (decision 23); one that is there keeps its own.
    "init_command": (
        "PRAGMA page_size=8192;"
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=FULL;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-1024;"
        "PRAGMA temp_store=MEMORY;"
        "PRAGMA journal_size_limit=67108864;"
    ),
}


def _scheme(setting: str, url: str, allowed: tuple[str, ...]) -> str:
    scheme = url.partition(":")[0].lower()
    if scheme not in allowed:
        raise ImproperlyConfigured(
            f"{setting} begins with “{scheme}:”, which this site cannot use. "
            f"It can use: {', '.join(f'{name}:' for name in allowed)}"
        )
    return scheme


def one_of(setting: str, said: str, choices: tuple[str, ...]) -> str:
    """Return what a setting says if it is one of `choices`; refuse anything else with a sentence."""
    wanted = said.strip().lower()
    if wanted not in choices:
        raise ImproperlyConfigured(f"{setting} is “{said}”. It can be: {', '.join(choices)}.")
    return wanted


def number(setting: str, said: str, *, least: int = 0) -> float:
    """Return the number that a setting says; refuse what is none, or less than `least`, with a sentence."""
    return _read(setting, said, float, "a number", least)


def whole_number(setting: str, said: str, *, least: int = 0) -> int:
    """Return the whole number that a setting says; refuse what is none, or less than `least`, with a sentence."""
    return _read(setting, said, int, "a whole number", least)


def _read(setting: str, said: str, read: Callable[[str], Number], kind: str, least: int) -> Number:
    try:
        found = read(said)
        # What is not a number at all (nan) and what has no end are refused too.
        is_one = least <= found < sys.maxsize
    except ValueError:
        is_one = False
    if not is_one:
        raise ImproperlyConfigured(f"{setting} is “{said}”. Write {kind} that is {least:,} or more.")
    return found


def database(url: str) -> dict[str, Any]:
    """Give the entry for `DATABASES` behind `url` (SQLite or PostgreSQL)."""
    scheme = _scheme("DATABASE_URL", url, ("sqlite", "postgres", "postgresql"))
    entry: dict[str, Any] = dict(Env.db_url_config(url))
    entry["ATOMIC_REQUESTS"] = False
    # To open one and set it up takes longer than a page's queries.
    entry.setdefault("CONN_MAX_AGE", 60)
    if scheme == "sqlite":
        entry["OPTIONS"] = {**SQLITE_OPTIONS, **entry.get("OPTIONS", {})}
    else:
        # A page's questions look at many places and take a millisecond; PostgreSQL takes them for long ones, and would
        # compile each for a tenth of a second before it answers. With less memory a search forgets which rows of a million it
        # found, and makes the lexemes of each page again. Who writes `?options=` in the address has the last word.
        entry["OPTIONS"] = {"options": "-c jit=off -c work_mem=32MB", **entry.get("OPTIONS", {})}
        entry["CONN_HEALTH_CHECKS"] = True
    return entry


def cache(url: str) -> dict[str, Any]:
    """Give the entry for `CACHES` behind `url` (this process's memory, a folder, the database, Redis)."""
    _scheme("CACHE_URL", url, ("locmemcache", "filecache", "dbcache", "dummycache", "redis", "rediss"))
    if url.partition(":")[0] in ("redis", "rediss") and find_spec("redis") is None:
        raise ImproperlyConfigured(
            "CACHE_URL names a Redis, but what speaks to one is not installed. "
            "Install it: pip install -r requirements-redis.txt"
        )
    return dict(Env.cache_url_config(url))


def mail(url: str) -> dict[str, Any]:
    """Give the EMAIL_… settings behind `url` (printed, to a server, or into a folder)."""
    _scheme(
        "EMAIL_URL", url, ("consolemail", "smtp", "smtps", "smtp+tls", "smtp+ssl", "filemail", "dummymail")
    )
    found = {name: value for name, value in Env.email_url_config(url).items() if value}
    if "EMAIL_FILE_PATH" in found:
        found["EMAIL_FILE_PATH"] = f"/{found['EMAIL_FILE_PATH'].lstrip('/')}"
    return found


def site_address(url: str) -> str:
    """Give the site's own address without a trailing slash; refuse what is not http(s)://host."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ImproperlyConfigured(
            f"SITE_URL is “{url}”. Write it as https://www.example.org, with no path behind the host."
        )
    return f"{parts.scheme}://{parts.netloc}"


def sender(site_url: str) -> str:
    """Give the address that mails come from unless one is named: newsroom@ the site's own host."""
    return f"newsroom@{urlsplit(site_url).hostname or 'localhost'}"


def own_address(bind: str) -> str:
    """Give the address a reader on this machine uses, when the server is told to listen at `bind`."""
    port = bind.rpartition(":")[2]
    return f"http://localhost:{port if port.isdigit() else 8000}"


def hosts(given: list[str], site_url: str) -> list[str]:
    """Give the host names answered: those given, else the site's own and this machine's loopback names."""
    if given:
        return given
    own = urlsplit(site_url).hostname or ""
    own = f"[{own}]" if ":" in own else own
    return list(dict.fromkeys([own, *LOOPBACK_HOSTS]))


def time_zone(name: str) -> str:
    """Give the time zone's name when the system knows it; refuse it otherwise."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImproperlyConfigured(
            f"TIME_ZONE is “{name}”, which is no time zone. Write one like Europe/London or Asia/Damascus."
        ) from error
    return name


def language(name: str, known: list[tuple[str, str]]) -> str:
    """Give the language of readers' pages when they are translated into it; refuse it otherwise."""
    codes = [code for code, _ in known]
    if name not in codes:
        raise ImproperlyConfigured(
            f"SITE_LANGUAGE is “{name}”, which readers’ pages do not speak. They speak: {', '.join(codes)}."
        )
    return name


def template_loaders(*, is_cast: bool) -> list[Any]:
    """Give the loaders of templates: kept and cast (newsroom/stereotype/), or read anew for each page."""
    plain = ["newsroom.lean.Templates", "django.template.loaders.app_directories.Loader"]
    return [("newsroom.stereotype.Loader", plain)] if is_cast else plain


def make_folder(path: Path) -> str:
    """Make the folder the site writes to; give "" or a sentence saying why it cannot be written."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return (
            f"VAR_DIR, {path}, cannot be made ({error.strerror}). Name a folder that this user may write to."
        )
    if not os.access(path, os.W_OK | os.X_OK):
        return (
            f"VAR_DIR, {path}, cannot be written to by this user. Change its owner, or name another folder."
        )
    return ""
