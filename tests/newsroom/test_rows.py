"""Whoever writes very many rows gives the database's connection back as it was."""

import pytest
from django.db import connection

from newsroom.rows import writing_much


@pytest.mark.django_db
def test_what_is_set_for_very_many_rows_ends_with_them():
    before = asked()

    def stop():
        with writing_much():
            assert asked() == (["-65536", "8192"] if connection.vendor == "sqlite" else ["off"])
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        stop()
    assert asked() == before


def asked():
    names = ("cache_size", "wal_autocheckpoint") if connection.vendor == "sqlite" else ("synchronous_commit",)
    with connection.cursor() as cursor:
        found = []
        for name in names:
            cursor.execute(f"PRAGMA {name}" if connection.vendor == "sqlite" else f"SHOW {name}")
            found.append(str(cursor.fetchone()[0]))
    return found
