"""Times the desk's first screen, the budget, the month, Ctrl-K and the log over a big archive, and counts their queries.

    VAR_DIR=… python bench/desk_first_screen.py [--copy 500] [--times 20] [--profile]

Wants an installation with stories in it (`manage.py migrate`, `manage.py demo --stories 100000`). Adds copy once, until
one reporter has so much: drafts, a tenth of it filed with a picture in trouble, due, embargoed, handed over, left open.
Prints for each page its queries, the median and the 95th percentile of its time and the median of the processor's part
of it, which a busy machine leaves alone, beside the same of the floor: the smallest page of the desk that asks who is
there. The goal is ten queries for the first screen, whatever waits on it.
"""

import argparse
import cProfile
import os
import pstats
import statistics
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}

import django

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import prose, workflow  # noqa: E402
from articles.models import Article, Contents, Desk, Edition, HandOver, Section, Sitting  # noqa: E402
from articles.workflow.placing import printed  # noqa: E402
from media.models import Picture  # noqa: E402

FLOOR = "/admin/articles/article/suggest/tags/?q="
PAGES = (
    FLOOR,
    "/admin/",
    "/admin/desk/budget/",
    "/admin/desk/month/",
    "/admin/desk/find/?q=harbour",
    "/admin/desk/log/",
)
WORDS = 400
# Every so manieth draft is filed, handed over, under embargo, due soon.
TENTH = 10


def person(name: str, role: str, desk: Desk) -> User:
    """Return the bench's own member of staff."""
    user, is_new = User.objects.get_or_create(
        username=f"bench-{role}", defaults={"is_staff": True, "first_name": name}
    )
    if is_new:
        user.groups.add(Group.objects.get(name=role))
        desk.members.add(user)
    return user


def bare() -> Picture:
    """Return a picture nobody captioned, credited or cleared."""
    return Picture.objects.get_or_create(media_id="90000001", defaults={"rights_class": "unknown"})[0]


def write(count: int, reporter: User, chief: User, desk: Desk) -> None:
    """Start copy until the reporter has so much, the same mixture however often it is asked for."""
    now, picture = timezone.now(), bare()
    section = Section.objects.order_by("pk").first()
    body = prose.paragraphs(["word " * WORDS])
    for number in range(Article.objects.filter(writer=reporter).count(), count):
        kind = number % TENTH
        contents = Contents(
            headline=f"Draft {number} of the harbour",
            body=body,
            section=section.slug if section else "",
            pictures=(printed(picture),) if kind == 0 else (),
        )
        assigned = workflow.Assignment(
            desk=desk.pk,
            writer=reporter.pk,
            due_at=now + timedelta(minutes=number) if kind < 5 else None,
            embargo_until=now + timedelta(days=30) if kind == 1 else None,
        )
        article = workflow.start(by=reporter, contents=contents, assignment=assigned)
        if kind in {0, 2}:
            workflow.file(by=reporter, story_id=article.pk, token=article.token)
            HandOver.objects.create(
                story_id=article.pk, by=reporter, to_person=chief, note="Please read.", revision=1
            )
        if kind == 3:
            leave_open(article.pk, reporter)


def leave_open(story_id: int, by: User) -> None:
    """Open a page on a story, write, and go home."""
    then = timezone.now() - timedelta(hours=2)
    Sitting.objects.create(
        page=uuid.uuid4(), story_id=story_id, by=by, seen_at=then, wrote_at=then, held_since=then
    )


@contextmanager
def counted() -> Iterator[list[str]]:
    """Give a list that fills with every statement sent meanwhile."""
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield asked


def measure(client: Client, page: str, times: int) -> str:
    """Return one line of figures of one page."""
    with counted() as asked:
        assert client.get(page).status_code == 200, page
    walls, shares = [], []
    for _ in range(times):
        wall, share = time.perf_counter(), time.process_time()
        client.get(page)
        walls.append((time.perf_counter() - wall) * 1_000)
        shares.append((time.process_time() - share) * 1_000)
    late = statistics.quantiles(walls, n=20)[-1]
    name = "the floor" if page == FLOOR else page
    return (
        f"  {name:28} {len(asked):3} queries, median {statistics.median(walls):7.1f} ms, 95th percentile {late:7.1f} ms, "
        f"of the processor {statistics.median(shares):7.1f} ms"
    )


def profile(client: Client, page: str) -> None:
    """Print where a page's time goes: in which statements, and in which functions."""
    took: list[tuple[float, str]] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        begun = time.perf_counter()
        found = execute(sql, *rest)
        took.append(((time.perf_counter() - begun) * 1_000, sql))
        return found

    with connection.execute_wrapper(note), cProfile.Profile() as watched:
        client.get(page)
    for milliseconds, sql in sorted(took, reverse=True)[:4]:
        print(f"    {milliseconds:7.1f} ms  {sql[:300]}")
    pstats.Stats(watched).sort_stats("cumulative").print_stats(25)


def main() -> None:
    """Add the copy and print what each page costs each of two people."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--copy", type=int, default=500, help="so much copy beside the archive (500)")
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--profile", action="store_true", help="say where the first screen's time goes")
    asked = options.parse_args()
    call_command("collectstatic", interactive=False, verbosity=0)
    desk = Desk.objects.get_or_create(name="Bench", defaults={"slug": "bench"})[0]
    reporter, chief = person("Rana", "reporter", desk), person("Chidi", "chief", desk)
    write(asked.copy, reporter, chief, desk)
    print(
        f"{Edition.objects.count():,} editions, {Article.objects.count():,} pieces of copy, {connection.vendor}"
    )
    for user in (reporter, chief):
        client = Client(headers={"host": "localhost"})
        client.force_login(user, "articles.authoring.recognising.Accounts")
        print(user.username)
        for page in PAGES:
            print(measure(client, page, asked.times), flush=True)
        if asked.profile:
            profile(client, "/admin/")


if __name__ == "__main__":
    main()
