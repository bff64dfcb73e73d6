"""What the page cache gives is what the site itself would answer at that moment, whatever was done to the newspaper."""

import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from articles import workflow
from articles.index import keep_index, reindex
from articles.models import Article, BulkAct, Contributor, Dating, Section, Tag
from articles.models.front_slot import plan
from articles.workflow import announcing, translating
from media.models import Picture
from newsroom.page_cache.formes import Formes
from tests import builders
from tests.builders import make_archived, make_article, make_picture, make_tag
from tests.newsroom.cached_site import CachedSite
from tests.test_leaks import cast, every_public_address, public  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
FURTHER = [
    "/section/city/", "/section/city.json", "/section/city/atom.xml", "/tag/boats/", "/tag/boats.json", "/by/leila-haddad/",
    "/by/leila-haddad/rss.xml", "/1999/", "/1999/05/05/", "/tag/trams/", "/tag/trams/timeline/",
]  # fmt: skip

SEARCHES = [
    "/search/?q=neighbour", "/search/?q=neighbour&sort=newest", "/search/?q=%22neighbour%22+-boat&tag=boats", "/search/?section=city",
    "/search/?q=neigh*+byline:leila", "/search.json?q=neighbour", "/search/rss.xml?q=neighbour", "/search/suggest.json?q=nei",
]  # fmt: skip


def token_of(story_id):
    return Article.objects.get(pk=story_id).token


@pytest.fixture
def site(tmp_path):
    """The cached site, told of changed pages as each process is."""
    made = CachedSite(tmp_path)

    def hear(keys, **_):
        made.ledger.touch(keys)

    announcing.pages_changed.connect(hear)
    yield made
    announcing.pages_changed.disconnect(hear)


class Newspaper:
    """Everything that can be done to what readers see, by name, in an order in which each can be done."""

    def __init__(self, cast, public, clock):
        self.editor, self.chief, self.story, self.clock = (
            cast["editor"],
            cast["chief"],
            public.story_id,
            clock,
        )
        elsewhere = {"section": "Sport", "tags": ("trams",), "bylines": ["Somebody Else"], "language": "ar"}
        self.other = make_archived(date(2014, 8, 27), pictures=[make_picture()], **elsewhere)
        for n in range(3):
            make_archived(
                date(2014, 8, 28), headline=f"Neighbour {n}", tags=("boats",), bylines=["Leila Haddad"]
            )
        self.waiting = make_article(
            self.editor, headline="Next", tags=("ferries",), pictures=[make_picture()]
        )
        at = timezone.now().replace(second=0, microsecond=0) + timedelta(hours=3)
        self.due, self.place_ends = at, at + timedelta(minutes=10)
        self.embargoed = make_article(self.editor, headline="Later", tags=("ferries",), embargo_until=at)

    def on(self, story_id):
        return {"by": self.editor, "story_id": story_id, "token": token_of(story_id)}

    def changed(self, **overrides):
        contents = workflow.copy.contents_of(Article.objects.get(pk=self.story)).changed(**overrides)
        article = workflow.save(**self.on(self.story), contents=contents)
        return {"by": self.editor, "story_id": self.story, "token": article.token}

    def acts(self):
        """Return (name, act, whether its pages are announced by itself)."""
        editor, chief, story = self.editor, self.chief, self.story
        front = {"by": editor}
        return {
            "publish": lambda: workflow.publish(**self.on(self.waiting.pk)),
            "schedule": lambda: workflow.publish(**self.on(self.embargoed.pk), at=self.due),
            "correct": lambda: workflow.correct(**self.on(story), note="A name."),
            "retitle": lambda: workflow.update(
                **self.changed(headline="Changed", slug="changed", section="city")
            ),
            "refile": lambda: workflow.update(**self.changed(tags=("boats",), bylines=names("Leila Haddad"))),
            "hold_front": lambda: workflow.hold_front(
                **front, token=plan().token, place="second-1", story_id=self.other.story_id
            ),
            "move_front": lambda: workflow.move_front(
                **front, token=plan().token, place="second-1", to="lead"
            ),
            "undo_front": lambda: workflow.undo_front(**front, token=plan().token),
            "translate": lambda: workflow.link_translation(
                by=chief,
                story_id=self.other.story_id,
                original=story,
                token=translating.token_of(self.other.story_id),
            ),
            "keep_record": lambda: workflow.keep_record(is_anew=True),
            "redate": lambda: workflow.redate(story_id=story, dating=Dating.stated_on(date(1999, 5, 5))),
            "rename_tag": lambda: workflow.rename_tag(by=editor, tag=self.renamed("boats", "Small boats")),
            "merge_tags": lambda: workflow.merge_tags(by=chief, tag=tag("trams"), into=tag("boats")),
            "unmerge_tags": lambda: workflow.unmerge_tags(
                by=chief, act=BulkAct.objects.filter(verb="merge_tags").latest("pk")
            ),
            "merge_names": lambda: workflow.merge_contributors(
                by=chief, contributor=person("somebody-else"), into=person("leila-haddad")
            ),
            "embargo ends": lambda: self.clock.move_to(self.due, tick=False),
            "relate": lambda: call_command("relate_stories", stdout=StringIO()),
            "hold_until": lambda: workflow.hold_front(
                **front,
                token=plan().token,
                place="second-1",
                story_id=self.other.story_id,
                until=self.place_ends,
            ),
            "a place ends": lambda: self.clock.move_to(self.place_ends, tick=False),
            "a day begins": lambda: self.clock.move_to(self.due + timedelta(days=1), tick=False),
            "kill_picture": self.kill_picture,
            "suppress": lambda: workflow.suppress(by=chief, story_id=story, number=1, reason="An order."),
            "kill": lambda: workflow.kill(**self.on(story), reason="made up"),
        }

    def renamed(self, slug, name):
        row = tag(slug)
        row.name = name
        row.save()
        return row

    def kill_picture(self):
        picture = Picture.objects.get(pk=self.waiting.placements.get().picture_id)
        workflow.kill_picture(by=self.chief, picture_id=picture.pk, token=picture.token, reason="An order.")


def names(*printed):
    return builders.make_contents(bylines=printed).bylines


def tag(slug):
    return Tag.objects.get(slug=slug)


def person(slug):
    return Contributor.objects.get(slug=slug)


@pytest.mark.once
@pytest.mark.deep
def test_kept_answer_is_the_answer_of_that_moment_whatever_was_done(
    site, cast, public, time_machine, django_capture_on_commit_callbacks, long_series
):
    time_machine.move_to(noon_to_come(), tick=False)
    for name in ("ferries", "boats", "trams"):
        make_tag(name)
    Section.objects.get_or_create(slug="city", name="City", is_in_masthead=True)
    paper = Newspaper(cast, public, time_machine)
    addresses = asked(public, paper, long_series)
    wrong = {"to begin with": old(site, addresses)}
    assert sum(site.is_kept(path) for path in addresses) > len(addresses) / 2
    for name, act in paper.acts().items():
        with django_capture_on_commit_callbacks(execute=True):
            act()
        time_machine.shift(timedelta(seconds=1))
        wrong[name] = old(site, addresses)
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.once
@pytest.mark.deep
def test_page_from_its_forme_is_the_answer_of_that_moment_though_nobody_announces_anything(
    tmp_path, cast, public, time_machine, django_capture_on_commit_callbacks, long_series
):
    time_machine.move_to(noon_to_come(), tick=False)
    for name in ("ferries", "boats", "trams"):
        make_tag(name)
    Section.objects.get_or_create(slug="city", name="City", is_in_masthead=True)
    paper = Newspaper(cast, public, time_machine)
    addresses = [path for path in asked(public, paper, long_series) if is_judged_alone(path)]
    site, wrong, printed = of_formes(tmp_path), {}, {}
    for name, act in {"to begin with": lambda: None, **paper.acts()}.items():
        with django_capture_on_commit_callbacks(execute=True):
            act()
        wrong[name] = old(site, addresses)
        for _ in range(2):
            time_machine.shift(timedelta(seconds=0.01))
            wrong[name] += old(site, addresses)
        time_machine.shift(timedelta(seconds=0.01))
        printed[name] = sum(site.is_kept(path) for path in addresses) / len(addresses)
        time_machine.shift(timedelta(seconds=1))
    assert {name: found for name, found in wrong.items() if found} == {}
    assert min(printed.values()) > 0.5, printed


@pytest.mark.once
def test_every_kind_of_page_stands_once_it_was_asked_for_twice(tmp_path, cast, public, time_machine):
    """A kind that asks in a way that cannot be asked again would be made anew for each reader, and nobody would notice."""
    time_machine.move_to(noon_to_come(), tick=False)
    make_tag("boats")
    for n in range(3):
        headline = f"Neighbour {n}"
        make_archived(date(1999, 5, 5), headline=headline, tags=("boats",), bylines=["Leila Haddad"])
    assert reindex()
    keep_index()
    every = {*walked(public), *FURTHER, *SEARCHES}
    # A search without a question asks the database nothing.
    asking = [path for path in every if "?" in path or not path.startswith("/search")]
    addresses = sorted(path for path in asking if re.match(settings.FORMES_OF, path))
    site = CachedSite(tmp_path, room=0, formes=Formes(8 * 2**20, settings.FORMES_OF, settings.FORMES_TOLD))
    answered = [path for path in addresses if site.get(path).status == 200]
    assert {path for path in SEARCHES if path not in answered} == set()
    for path in answered:
        time_machine.shift(timedelta(milliseconds=10))
        site.get(path)
    time_machine.shift(timedelta(milliseconds=10))
    assert [path for path in answered if not site.is_kept(path)] == []
    # Of nothing but the database and the day: hours later it is what the site would say then.
    time_machine.shift(timedelta(hours=6))
    alone = [path for path in answered if is_judged_alone(path)]
    assert len(alone) > len(answered) / 2
    assert [path for path in alone if not site.is_kept(path)] == []
    assert old(site, alone) == []


def is_judged_alone(path):
    """Whether a page is printed again by what the database answers, and nothing else."""
    return re.match(settings.FORMES_OF, path) and not re.match(settings.FORMES_TOLD, path)


def of_formes(folder):
    """A site that keeps no page for a while, only standing ones."""
    return CachedSite(folder, room=0, formes=Formes(8 * 2**20, settings.FORMES_OF))


def noon_to_come():
    """Tomorrow's noon, whatever the hour is: what the fixtures made is out by then."""
    return (timezone.now() + timedelta(days=1)).replace(hour=12, minute=0, second=30)


def asked(public, paper, is_long):
    changed = f"/story/{public.story_id}/changed/"
    addresses = list(dict.fromkeys([*walked(public), *walked(paper.other), *FURTHER, changed]))
    if is_long:
        return addresses
    return [*addresses[::4], public.get_absolute_url(), changed, "/", "/section/world/", "/rss.xml"]


# What is like another: the forms of one feed or citation, the data of one picture.
LEFT_OUT = ("rss.xml", "feed.json", "rss-summary.xml", ".bib", ".ris", ".txt")


def walked(edition):
    """The addresses that a story has part in, of those that are alike one, and those that are never kept left out."""
    every = every_public_address(edition)
    apart = ("/preview/", "/images/", "/timegate/", "/timemap/", "/at/")
    now = [path for path in every if not path.startswith(apart) and not path.endswith(LEFT_OUT)]
    past = [path for path in every if path.startswith(("/at/", "/timemap/"))]
    return [*now, *past[::20]]


def old(site, addresses):
    """The addresses at which the page cache says something else than the site."""
    found = []
    for path in addresses:
        kept, fresh = site.get(path), site.fresh(path)
        if kept != fresh:
            found.append(path)
    return found
