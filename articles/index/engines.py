"""Which engine answers: chosen by the database, and on PostgreSQL by where the site wants its index."""

from articles.index.embedded import Embedded
from articles.index.found import Engine
from articles.index.postgres import Postgres
from articles.index.postgres_rows import are_searched


def current() -> Engine:
    """Return the engine of this database, for one search."""
    return Postgres() if are_searched() else Embedded()
