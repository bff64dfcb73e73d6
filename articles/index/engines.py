"""Which engine answers: chosen by the database."""

from articles.index.embedded import Embedded
from articles.index.found import Engine
from articles.index.postgres import Postgres
from articles.index.postgres_rows import is_postgres


def current() -> Engine:
    """Return the engine of this database, for one search."""
    return Postgres() if is_postgres() else Embedded()
