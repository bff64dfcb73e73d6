"""Tells machines whether this process is alive, and whether it is able to serve."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process does; the database is not asked."""
    return _say("ok", 200)


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and has every migration this code knows, else 503 and why."""
    try:
        missing = unapplied_migrations()
    except DatabaseError:
        return _say("the database does not answer", 503)
    if missing:
        return _say(f"{len(missing)} migrations are not applied: run manage.py migrate", 503)
    return _say("ok", 200)


def unapplied_migrations() -> frozenset[tuple[str, str]]:
    """Give the migrations this code has and the database has not, as (app, name). Two queries."""
    return known_migrations() - set(MigrationRecorder(connection).applied_migrations())


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Give every migration this code has, as (app, name), read from disk once a process."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {name for migration in loader.disk_migrations.values() for name in migration.replaces}
    return frozenset((app, name) for app, name in loader.disk_migrations if (app, name) not in replaced)


def _say(words: str, status: int) -> HttpResponse:
    response = HttpResponse(words + "\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
