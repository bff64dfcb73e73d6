"""Knocks at the room's JSON doors as a page does."""

import json
from uuid import uuid4

from django.test import Client

DESK = "/admin/desk/"


def as_somebody(person):
    """A browser in which this person is logged in."""
    client = Client()
    client.force_login(person)
    return client


def knock(client, path, **sent):
    """Send JSON to a door; returns the answer."""
    headers = {"X-CSRFToken": "of-the-page"}
    return client.post(f"{DESK}{path}", json.dumps(sent), content_type="application/json", headers=headers)


def here(client, article, page=None, **sent):
    """Say that a page is open on a story; returns the answer read."""
    answer = knock(client, "here/", page=str(page or uuid4()), story=article.pk, **sent)
    assert answer.status_code == 200, answer.content
    return answer.json()
