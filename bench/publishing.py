"""How long it takes to publish one story beside all that are there: the verb with its counts, index and announcements, undone again."""

import statistics
import time

from django.contrib.auth.models import Group, User
from django.db import connection, transaction

from articles import prose, roles, workflow
from articles.models import Contents, Contributor, PrintedByline, Section, Tag

TRIED = 15


def published(tried: int = TRIED) -> tuple[float, float]:
    """Return the median of the milliseconds by the clock and of the processor; nothing is kept."""
    clock, processor = [], []
    with transaction.atomic():
        chief = User.objects.create_user("who-measures")
        chief.groups.add(Group.objects.get(name=roles.Role.CHIEF))
        contents = _contents()
        for number in range(tried):
            copy = workflow.start(by=chief, contents=contents.changed(headline=f"Measured {number}"))
            copy = workflow.approve(
                by=chief,
                story_id=copy.pk,
                token=workflow.file(by=chief, story_id=copy.pk, token=copy.token).token,
            )
            began, ran = time.perf_counter(), time.process_time()
            before = len(connection.run_on_commit)
            workflow.publish(by=chief, story_id=copy.pk, token=copy.token, waived=None)
            for waiting in connection.run_on_commit[before:]:
                waiting[1]()
            clock.append((time.perf_counter() - began) * 1000)
            processor.append((time.process_time() - ran) * 1000)
        transaction.set_rollback(True)
    return statistics.median(clock), statistics.median(processor)


def _contents() -> Contents:
    section, person = Section.objects.first(), Contributor.objects.filter(alias_of=None).first()
    tags = Tag.objects.filter(alias_of=None).values_list("name", flat=True)[:3]
    return Contents(
        headline="Measured",
        body=prose.paragraphs(["A story that is published to see how long that takes. " * 10] * 6),
        section=section.slug if section else "",
        bylines=(PrintedByline(person.slug, "writer", person.name),) if person else (),
        tags=tuple(tags),
    )
