"""Which engine answers: chosen by the database."""

from articles.index.embedded import Embedded
from articles.index.found import Engine
from articles.index.postgres import Postgres, is_postgres


def current() -> Engine:
    """Return the engine of this database, for one search."""
    return Postgres() if is_postgres() else Embedded()
