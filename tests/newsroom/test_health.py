"""Machines can tell a process that is alive from one that is able to serve."""

import pytest
from django.db import OperationalError

from newsroom import health


def test_alive_answers_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready_when_every_migration_is_applied(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client, monkeypatch):
    known = health.known_migrations() | {("articles", "9999_of_tomorrow")}
    monkeypatch.setattr(health, "known_migrations", lambda: known)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"1 migrations are not applied" in response.content


def test_not_ready_while_the_database_is_away(client, monkeypatch):
    def away():
        raise OperationalError("gone: secret.host.example")

    monkeypatch.setattr(health, "unapplied_migrations", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"secret" not in response.content


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_only_read(client, address):
    assert client.post(address).status_code == 405
