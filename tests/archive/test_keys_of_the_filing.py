"""What changes a page without a new edition, names, links, pictures, imports, announces a key of every page it changes too."""

from datetime import date

import pytest
from django.contrib import admin
from django.utils import timezone

from articles import workflow
from articles.authoring import filing
from articles.models import Contributor, Dating, Section, Tag
from articles.models.front_slot import FrontPlan
from articles.workflow import translating
from media import changing
from media.models import Picture
from tests import builders
from tests.archive.test_surrogate_keys import shown, told, unkept, walked  # noqa: F401 - fixtures
from tests.builders import make_archived, make_contributor, make_copy, make_picture, make_tag
from tests.test_leaks import cast, public  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


class Saved:
    """A form of the admin, as far as `save_model` asks it."""

    def __init__(self, *changed):
        self.changed_data = changed


def saved(of, model, row, by, **facts):
    """Change a row as the desk's form does."""
    for name, value in facts.items():
        setattr(row, name, value)
    request = type("Request", (), {"user": by})()
    of(model, admin.site).save_model(request, row, Saved(*facts), change=True)


def names(chief, public):
    """Each way in which a name, or the line about one, changes."""
    tag, person = public.tag_rows.get().tag, public.byline_rows.get().contributor
    merged = {}

    def merge_tags():
        merged["tags"] = workflow.merge_tags(by=chief, tag=tag, into=Tag.objects.get(name="boats"))

    def merge_people():
        into = Contributor.objects.get(name="Leila Haddad")
        merged["people"] = workflow.merge_contributors(by=chief, contributor=person, into=into)

    return {
        "tag renamed": lambda: saved(filing.TagAdmin, Tag, tag, chief, name="Cranes"),
        "line of a tag": lambda: saved(filing.TagAdmin, Tag, tag, chief, line="All that lifts."),
        "line of a person": lambda: saved(filing.ContributorAdmin, Contributor, person, chief, line="Ours."),
        "section renamed": lambda: saved(filing.SectionAdmin, Section, public.section, chief, name="Abroad"),
        "tags merged": merge_tags,
        "tags apart": lambda: workflow.unmerge_tags(by=chief, act=merged["tags"]),
        "people merged": merge_people,
        "people apart": lambda: workflow.unmerge_contributors(by=chief, act=merged["people"]),
    }


def links(editor, chief, public, other):
    """Translations linked, and the front page arranged."""

    def link():
        token = translating.token_of(other.story_id)
        workflow.link_translation(by=editor, story_id=other.story_id, original=public.story_id, token=token)

    def unlink():
        token = translating.token_of(other.story_id)
        workflow.unlink_translation(by=editor, story_id=other.story_id, token=token)

    def plan():
        return FrontPlan.objects.get_or_create(pk=1)[0].token

    return {
        "translation linked": link,
        "translation unlinked": unlink,
        "front held": lambda: workflow.hold_front(
            by=editor, token=plan(), place="lead", story_id=public.story_id
        ),
        "front taken back": lambda: workflow.undo_front(by=editor, token=plan()),
    }


def pictures(picture_desk, public, merged):
    """What the library says of a picture, another merged into it, the copies made of it."""
    key = public.picture_rows.get().picture_id

    def change(**facts):
        token = Picture.objects.get(pk=key).token
        changing.change(by=picture_desk, picture_id=key, token=token, facts=facts)

    def merge():
        workflow.merge_pictures(
            by=picture_desk, kept_id=key, merged_id=merged.pk, token=Picture.objects.get(pk=merged.pk).token
        )

    def redraw():
        make_copy(Picture.objects.get(pk=key), "abcdef0123456789", width=640, height=400)
        Picture.objects.filter(pk=key).update(editions_due_at=timezone.now())
        workflow.redraw_due()

    return {
        "maker of a picture": lambda: change(creator="Omar Said"),
        "caption in the library": lambda: change(caption="Another wording"),
        "pictures merged": merge,
        "copies of a picture": redraw,
    }


def imports(public):
    """What an import brings: a new story, a further edition, many stories."""
    contents = builders.make_contents(
        headline="From elsewhere", section="World", tags=("boats",), bylines=["Leila Haddad"]
    )
    arrival = workflow.Arrival(contents, Dating.stated_on(date(2014, 8, 28)))
    made = {}

    def admit():
        made["one"] = workflow.admit(arrival=arrival)

    def amend():
        again = workflow.Arrival(contents.changed(headline="Told anew"), arrival.dating)
        workflow.amend(story_id=made["one"].story_id, arrival=again, note="A name.")

    return {
        "one admitted": admit,
        "one amended": amend,
        "a few admitted": lambda: workflow.admit_many(arrivals=[arrival] * 2),
        "many admitted": lambda: workflow.admit_many(arrivals=[arrival] * 30),
        "record kept": lambda: workflow.keep_record(is_anew=True),
    }


@pytest.mark.once
def test_every_page_that_changes_without_a_new_edition_has_a_key_that_is_announced(
    client, cast, public, told
):  # fmt: skip
    for name in ("ferries", "boats"):
        make_tag(name)
    make_contributor("Leila Haddad")
    merged = make_picture(media_id="70000077", caption="The same quay")
    make_copy(merged, "0011223344556677")
    other = make_archived(
        date(2014, 8, 28),
        headline="العبارة",
        slug="other",
        language="ar",
        tags=("boats",),
        bylines=["Leila Haddad"],
        pictures=[merged],
    )
    # A page as it stood is the page of today under keys that every change touches; a summary is part of its feed.
    every = walked(public)
    addresses = [path for path in every if not path.startswith(("/at/", "/time")) and "-summary" not in path]
    addresses += [other.get_absolute_url(), "/tag/boats/", "/by/leila-haddad/", "/2014/08/28/"]
    every_act = {
        **names(cast["chief"], public),
        **links(cast["editor"], cast["chief"], public, other),
        **pictures(cast["picture_desk"], public, merged),
        **imports(public),
    }
    before = {path: client.get(path) for path in addresses}
    for name, act in every_act.items():
        touched = told(act)
        after = {path: client.get(path) for path in addresses}
        changed = [path for path in addresses if shown(before[path]) != shown(after[path])]
        assert changed, name
        assert unkept(changed, before, after, touched) == [], name
        before = after


def test_picture_that_nobody_sees_announces_nothing(picture_desk, told):
    picture = make_picture(media_id="70000005")
    facts = {"caption": "Not out yet"}
    act = {"by": picture_desk, "picture_id": picture.pk, "token": picture.token, "facts": facts}
    assert told(lambda: changing.change(**act)) == frozenset()
