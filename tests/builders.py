"""Builds people, copy, pictures and published stories for tests, all through the verbs; or an archive of many, as `demo` does."""

import io
import itertools
from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.db import transaction

from articles import workflow
from articles.models import Contents, Contributor, Dating, Desk, Edition, PrintedByline, Section, Tag
from articles.sample import bulk
from articles.workflow.placing import printed
from media.models import Picture, Rendition, renditions
from newsroom import progress

_number = itertools.count(1)


def make_person(name, role, desk=None, **overrides):
    """Make a member of the cast with one role, on `desk` if one is given."""
    user = User.objects.create_user(
        name, password="a long pass-phrase", is_staff=role != "reader", **overrides
    )
    user.groups.add(Group.objects.get(name=role))
    if desk is not None:
        desk.members.add(user)
    return user


def make_desk(name="Foreign"):
    """Return the desk of this name, made if need be."""
    return Desk.objects.get_or_create(name=name, defaults={"slug": name.lower()})[0]


def make_section(name="World", desk="Foreign", **overrides):
    """Return the section of this name, run by `desk`."""
    found = Section.objects.filter(name=name).first()
    return found or Section.objects.create(name=name, slug=name.lower(), desk=make_desk(desk), **overrides)


def make_contributor(name="Nadia Farouk"):
    """Return the contributor of this name."""
    slug = name.lower().replace(" ", "-")
    return Contributor.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def make_tag(name, kind="topic"):
    """Return the tag of this name."""
    return Tag.objects.filter(name=name).first() or Tag.objects.create(name=name, kind=kind)


def make_picture(**overrides):
    """Make a picture without a file, under the next Media ID."""
    facts = {
        "media_id": str(70_000_000 + next(_number)),
        "caption": "The harbour at dawn",
        "credit": "Staff",
        "alt": "Boats in a harbour",
        "rights_class": "staff",
    }
    picture = Picture(**(facts | overrides))
    picture.search_text = picture.searched()
    picture.save()
    return picture


def make_copy(picture, name="0123456789abcdef", raw=b"\xff\xd8 a picture", kinds=("jpg",), **facts):
    """Give a picture one copy for readers, holding `raw`, under a name of the test's own."""
    size = {"width": 640, "height": 400} | facts
    copy = Rendition.objects.create(picture=picture, name=name, formats=list(kinds), **size)
    for file in copy.files():
        renditions().delete(file)
        renditions().save(file, ContentFile(raw))
    return copy


def make_contents(**overrides):
    """Return contents that nothing stops from being published; `bylines` may be names, `pictures` rows."""
    overrides = dict(overrides)
    names = overrides.pop("bylines", ["Nadia Farouk"])
    pictures = overrides.pop("pictures", [])
    section = overrides.pop("section", "World")
    people = [make_contributor(name) for name in names]
    facts = {
        "headline": f"Ferry resumes after repairs {next(_number)}",
        "standfirst": "It had been out of service since the storm.",
        "body": "<p>The ferry left the old quay at six.</p><p>Nobody waved.</p>",
        "section": make_section(section).slug if section else "",
        "bylines": tuple(PrintedByline(one.slug, "writer", one.name) for one in people),
        "pictures": tuple(printed(one) for one in pictures),
    }
    return Contents(**(facts | overrides))


def make_article(by, *, desk=None, embargo_until=None, **overrides):
    """Start a draft that belongs to `by`, through the verb."""
    assignment = workflow.Assignment(
        desk=desk.pk if desk else make_desk().pk, writer=by.pk, embargo_until=embargo_until
    )
    return workflow.start(by=by, contents=make_contents(**overrides), assignment=assignment)


def make_published(by, **overrides):
    """Start a story and publish it now; returns its edition."""
    article = make_article(by, **overrides)
    return workflow.publish(by=by, story_id=article.pk, token=article.token)


def make_archived(day=date(2014, 8, 28), *, dating=None, live_from=None, completeness="whole", **overrides):
    """Take a story into the archive as an import does: stated to have run on `day`, None for undated."""
    when = dating or (Dating.stated_on(day) if day else Dating())
    arrival = workflow.Arrival(make_contents(**overrides), when, completeness, live_from)
    return workflow.admit(arrival=arrival)


def moment(year, month=1, day=1, hour=0, minute=0, second=0):
    """Return a moment in UTC."""
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def edition_of(story_id, number=None):
    """Return the last edition of a story, or the one of this number."""
    rows = Edition.objects.filter(story_id=story_id).order_by("number")
    return rows.get(number=number) if number else rows.last()


@contextmanager
def an_archive(stories):
    """Make an archive, the same each time, for all tests of a module that begin within; it is taken back at the end."""
    with transaction.atomic():
        with progress.bar("made", total=stories, stream=io.StringIO()) as bar:
            bulk.make(stories, seed=1, bar=bar)
        yield
        transaction.set_rollback(True)
