"""How long the server takes to keep what is typed, with an archive of many stories behind it.

    VAR_DIR=… python bench/keeping_copy.py [--saves 300] [--words 2000]

Wants an installation with stories in it (`manage.py demo --stories 100000`). Writes a story letter by letter through the
desk's own door, as a logged-in page does, and prints the median and the 95th percentile of the server's time for one
save, beside the same for the smallest page of the desk that asks who is there: the floor of any request. The goal is
a 95th percentile under 50 ms. The story is left among the copy, spiked.
"""

import argparse
import json
import os
import statistics
import sys
import time
import uuid
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}

import django

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from articles import workflow  # noqa: E402
from articles.models import Article, Edition  # noqa: E402

DOOR = "/admin/articles/article/keep/"
WORDS = [
    "harbour",
    "pilots",
    "wait",
    "for",
    "the",
    "tide",
    "while",
    "the",
    "council",
    "counts",
    "the",
    "boats",
    "again",
    "and",
    "again",
]


class Page:
    """One page of one person at the desk."""

    def __init__(self, person: User) -> None:
        self.client = Client()
        self.client.force_login(person)
        self.letter: dict[str, Any] = {"page": str(uuid.uuid4()), "serial": 0, "story": None}

    def keep(self, **changed: str) -> float:
        """Send one letter; return the milliseconds it took."""
        self.letter |= {"serial": self.letter["serial"] + 1, "changed": changed}
        headers = {"X-CSRFToken": "not asked for by the test client", "host": "localhost"}
        began = time.perf_counter()
        answer = self.client.post(
            DOOR, json.dumps(self.letter), content_type="application/json", headers=headers
        )
        took = (time.perf_counter() - began) * 1_000
        if answer.status_code not in {200, 201}:
            raise SystemExit(f"The door answered {answer.status_code}: {answer.content[:300]!r}")
        told = answer.json()
        self.letter |= {name: told[name] for name in ("story", "token", "revision")}
        return took


def floor(page: Page, times: int) -> list[float]:
    """Return the milliseconds of a request that only asks who is there."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        page.client.get("/admin/articles/article/suggest/tags/?q=", headers={"host": "localhost"})
        found.append((time.perf_counter() - began) * 1_000)
    return found


def said(name: str, found: list[float]) -> str:
    """Return one line of figures."""
    late = statistics.quantiles(found, n=20)[-1]
    return f"{name}: median {statistics.median(found):.1f} ms, 95th percentile {late:.1f} ms"


def main() -> None:
    """Write a story and print what its saves cost."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--saves", type=int, default=300)
    options.add_argument("--words", type=int, default=2_000)
    asked = options.parse_args()
    person, _ = User.objects.get_or_create(username="bench", defaults={"is_staff": True})
    person.groups.add(Group.objects.get(name="chief"))
    page = Page(person)
    paragraphs = [
        " ".join(WORDS[n % len(WORDS)] for n in range(start, start + 50))
        for start in range(0, asked.words, 50)
    ]
    body = "".join(f"<p>{text}.</p>" for text in paragraphs)
    page.keep(headline="A story that is being written", body=body)
    middle = len(body) // 2 - len(body) // 2 % 10
    cut = body.index("</p>", middle)
    found = []
    for letter in range(asked.saves):
        body = f"{body[:cut]}{'abcdefghij'[letter % 10]}{body[cut:]}"
        cut += 1
        found.append(page.keep(body=body))
    asked_of_it: list[str] = []

    def counting(execute: Any, sql: str, *rest: Any) -> Any:
        asked_of_it.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counting):
        page.keep(body=body + "<p>End.</p>")
    print(
        f"{Edition.objects.count():,} editions, {Article.objects.count():,} pieces of copy, {connection.vendor}"
    )
    print(said("a save", found))
    print(said("the floor", floor(page, 100)))
    print(f"{len(asked_of_it)} queries a save")
    article = Article.objects.get(pk=page.letter["story"])
    workflow.spike(by=person, story_id=article.pk, token=article.token, note="only a measurement")


if __name__ == "__main__":
    main()
