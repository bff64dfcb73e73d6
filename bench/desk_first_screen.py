"""Times the desk's first screen, the budget, the month and Ctrl-K over whatever archive VAR_DIR holds, and counts their queries.

Make the archive first: `manage.py migrate`, `manage.py demo --stories 100000`, then
`python bench/desk_first_screen.py [--copy 2000]` with the same VAR_DIR. Copy is added once: drafts of one reporter.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from articles import workflow  # noqa: E402
from articles.models import Article, Contents, Desk, Edition  # noqa: E402

PAGES = (
    "/admin/",
    "/admin/desk/budget/",
    "/admin/desk/month/",
    "/admin/desk/find/?q=harbour",
    "/admin/desk/log/",
)
TIMES = 20


def person(name: str, role: str, desk: Desk) -> User:
    """Return the bench's own member of staff."""
    user, is_new = User.objects.get_or_create(
        username=f"bench-{role}", defaults={"is_staff": True, "first_name": name}
    )
    if is_new:
        user.groups.add(Group.objects.get(name=role))
        desk.members.add(user)
    return user


def write(count: int, reporter: User, desk: Desk) -> None:
    """Start drafts until the reporter has so many."""
    for number in range(Article.objects.filter(writer=reporter).count(), count):
        contents = Contents(headline=f"Draft {number} of the harbour", body=f"<p>{'word ' * 400}</p>")
        workflow.start(
            by=reporter, contents=contents, assignment=workflow.Assignment(desk=desk.pk, writer=reporter.pk)
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copy", type=int, default=500, help="so many drafts beside the archive (500)")
    wanted = parser.parse_args().copy
    call_command("collectstatic", interactive=False, verbosity=0)
    desk = Desk.objects.get_or_create(name="Bench", defaults={"slug": "bench"})[0]
    reporter, chief = person("Rana", "reporter", desk), person("Chidi", "chief", desk)
    write(wanted, reporter, desk)
    print(f"{Edition.objects.count():,} editions, {Article.objects.count():,} stories as copy")
    for user in (reporter, chief):
        client = Client(headers={"host": "localhost"})
        client.force_login(user, "articles.authoring.recognising.Accounts")
        for page in PAGES:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200, page
            took = []
            for _ in range(TIMES):
                begun = time.perf_counter()
                client.get(page)
                took.append((time.perf_counter() - begun) * 1000)
            took.sort()
            print(
                f"{user.username:15} {page:30} {len(asked):3} queries, median {statistics.median(took):7.1f} ms, "
                f"p95 {took[int(TIMES * 0.95) - 1]:7.1f} ms"
            )


if __name__ == "__main__":
    main()
