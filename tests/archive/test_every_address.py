"""Whatever the desk does, every address that was ever public goes on answering, and each moment shows what was public then."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from articles import workflow
from articles.models import Article, Contributor, Edition, Tag
from tests.builders import make_article, make_contributor, make_tag, moment

pytestmark = pytest.mark.django_db
# Ahead of the database's own clock, which no test sets: it lets nothing be deleted that readers have seen by then.
BEGINNING = moment(2046, 11, 4, 8)
MOST_STORIES = 4
TAGS = ("ferries", "quays", "storms")
NAMES = ("Nadia Farouk", "Leila Haddad", "Musa Okoro")
VERBS = (
    "publish", "publish", "schedule", "embargo", "update", "update", "correct", "retitle", "retitle", "schedule_update",
    "merge_tags", "merge_names", "kill", "suppress", "pass", "pass",
)  # fmt: skip
TAKES_AWAY = ("kill", "suppress", "merge_tags", "merge_names", "retitle")
# Among them: the version in force suppressed, while the one before it is not.
EVERYTHING = [
    ("publish", 1, 1), ("update", 0, 5), ("embargo", 2, 30), ("retitle", 1, 1), ("merge_tags", 0, 1), ("suppress", 0, 1),
    ("schedule_update", 1, 20), ("pass", 0, 40), ("merge_names", 1, 1), ("publish", 2, 1), ("correct", 3, 1), ("kill", 3, 1),
]  # fmt: skip
steps = some.lists(
    some.tuples(some.sampled_from(VERBS), some.integers(0, 11), some.integers(1, 400)),
    min_size=5,
    max_size=12,
)


class Paper:
    """A newspaper in the hands of one who presses every button, and who notes each address as it becomes public."""

    def __init__(self, client, editor, chief, clock):
        self.client, self.editor, self.chief, self.clock = client, editor, chief, clock
        self.stories, self.addresses, self.count = [], {"/", "/corrections/", "/undated/"}, 0

    def take(self, verb, which, minutes):
        try:
            with transaction.atomic():
                getattr(self, verb)(which, minutes)
        except workflow.Refused:
            return
        self.clock.shift(timedelta(minutes=1))
        self.note()

    def fresh(self, which, **facts):
        self.count += 1
        words = {"headline": f"Headline {self.count} end", "slug": f"slug-{self.count}"}
        names = {"tags": (TAGS[which % 3],), "bylines": [NAMES[which % 3]]}
        return make_article(self.editor, **words, **names, **facts)

    def on(self, which):
        if not self.stories:
            raise workflow.Refused("There is no story yet.")
        article = Article.objects.get(pk=self.stories[which % len(self.stories)])
        return {"by": self.editor, "story_id": article.pk, "token": article.token}

    def publish(self, which, minutes, **facts):
        if len(self.stories) >= MOST_STORIES:
            raise workflow.Refused("The front page is full.")
        embargo = facts.pop("embargo", None)
        article = self.fresh(which, embargo_until=embargo)
        workflow.publish(by=self.editor, story_id=article.pk, token=article.token, **facts)
        self.stories.append(article.pk)

    def schedule(self, which, minutes):
        self.publish(which, minutes, at=timezone.now() + timedelta(minutes=minutes))

    def embargo(self, which, minutes):
        at = timezone.now() + timedelta(minutes=minutes)
        self.publish(which, minutes, embargo=at, at=at)

    def changed(self, which, **overrides):
        on = self.on(which)
        article = Article.objects.get(pk=on["story_id"])
        contents = workflow.copy.contents_of(article).changed(**overrides)
        return on | {"token": workflow.save(**on, contents=contents).token}

    def update(self, which, minutes, slug=None, at=None):
        self.count += 1
        overrides = {"headline": f"Headline {self.count} end"} | ({"slug": slug} if slug else {})
        workflow.update(**self.changed(which, **overrides), at=at)

    def retitle(self, which, minutes):
        self.update(which, minutes, slug=f"slug-{self.count + 1}")

    def schedule_update(self, which, minutes):
        self.update(which, minutes, at=timezone.now() + timedelta(minutes=minutes))

    def correct(self, which, minutes):
        self.count += 1
        workflow.correct(**self.changed(which, headline=f"Headline {self.count} end"), note="A name.")

    def kill(self, which, minutes):
        workflow.kill(**self.on(which), reason="made up")

    def suppress(self, which, minutes):
        on = self.on(which)
        seen = Edition.objects.filter(story_id=on["story_id"], live_from__lte=timezone.now()).count()
        workflow.suppress(
            by=self.chief, story_id=on["story_id"], number=1 + minutes % max(seen, 1), reason="x"
        )

    def merge_tags(self, which, minutes):
        one, into = (Tag.objects.get(name=TAGS[n % 3]) for n in (which, which + 1))
        workflow.merge_tags(by=self.chief, tag=one, into=into)

    def merge_names(self, which, minutes):
        one, into = (Contributor.objects.get(name=NAMES[n % 3]) for n in (which, which + 1))
        workflow.merge_contributors(by=self.chief, contributor=one, into=into)

    def pass_(self, which, minutes):
        self.clock.shift(timedelta(minutes=minutes))

    def note(self):
        """Note every address that a reader can be led to now, by the record alone."""
        for row in Edition.objects.filter(live_from__lte=timezone.now(), suppressed_at=None):
            if row.live_until is not None and row.live_until <= timezone.now():
                continue
            path, day = row.get_absolute_url(), f"{row.published_on:/%Y/%m/%d}"
            self.addresses |= {
                path,
                f"{path[:-1]}.json",
                f"{path}editions/",
                f"{path}editions/{row.number}/",
                f"{path}editions.json",
            }
            self.addresses |= {
                f"{day}/",
                f"{day}.json",
                f"{day[:-3]}/",
                f"{day[:-6]}/",
                f"/story/{row.story_id}/",
            }
            self.addresses |= {f"/by/{line['contributor']}/" for line in row.bylines} | {
                "/section/world/",
                "/section/world.json",
            }
            self.addresses |= {f"/tag/{tag['slug']}/" for tag in row.filed_tags} | {
                f"/tag/{tag['slug']}.json" for tag in row.filed_tags
            }


setattr(Paper, "pass", Paper.pass_)


def answers_for_ever(paper):
    for path in sorted(paper.addresses):
        response = paper.client.get(path)
        assert response.status_code in (200, 301, 410), f"{path}: {response.status_code}"
        if response.status_code == 301:
            end = paper.client.get(response.headers["Location"])
            assert end.status_code in (200, 410), (
                f"{path} -> {response.headers['Location']}: {end.status_code}"
            )


def public_at(when, rows):
    """What a reader of the record says: in force then, not withdrawn, of a story that is not withdrawn now."""
    now = timezone.now()

    def in_force(row, at):
        return (
            row.suppressed_at is None
            and row.live_from <= at
            and (row.live_until is None or at < row.live_until)
        )

    standing = {row.story_id for row in rows if in_force(row, now)}
    return {row.story_id: row for row in rows if in_force(row, when) and row.story_id in standing}


def shows_what_was_public(paper, moments):
    rows = list(Edition.objects.all())
    told = SimpleNamespace(headlines=re.compile(r">(Headline \d+ end)<"))
    for when in moments:
        public = public_at(when, rows)
        prefix = f"/at/{when:%Y%m%d%H%M%S}"
        shown = paper.client.get(f"{prefix}/")
        assert shown.status_code == 200
        assert set(told.headlines.findall(shown.content.decode())) == {
            row.headline for row in public.values()
        }
        listed = paper.client.get(f"{prefix}/section/world.json").json()["items"]
        assert [one["headline"] for one in listed] == [
            row.headline
            for row in sorted(public.values(), key=lambda row: (row.listed_at, row.story_id), reverse=True)
        ]
        for story_id in paper.stories:
            response = paper.client.get(f"{prefix}/story/{story_id}/", follow=True)
            row = public.get(story_id)
            assert (response.status_code == 200) == (row is not None), f"{prefix} {story_id}"
            if row is not None:
                assert f"<h1>{row.headline}</h1>" in response.content.decode()
                assert response.redirect_chain == [(f"{prefix}{row.get_absolute_url()}", 301)]


@pytest.mark.parametrize("series", [4, pytest.param(40, marks=(pytest.mark.long, pytest.mark.weekly))])
def test_every_address_answers_for_ever_and_each_moment_shows_what_was_public(
    client, editor, chief, time_machine, long_series, series
):
    @settings(
        max_examples=series if long_series else 3, deadline=None, database=None, derandomize=not long_series,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(taken=steps)
    @example(taken=EVERYTHING)
    def work(taken):
        with transaction.atomic():
            time_machine.move_to(BEGINNING, tick=False)
            for name in TAGS:
                make_tag(name)
            for name in NAMES:
                make_contributor(name)
            paper = Paper(client, editor, chief, time_machine)
            paper.take("publish", 0, 1)
            for step in taken:
                paper.take(*step)
                if long_series and step[0] in TAKES_AWAY:
                    answers_for_ever(paper)
            time_machine.shift(timedelta(minutes=1))
            answers_for_ever(paper)
            begun = sorted(
                {
                    row.live_from
                    for row in Edition.objects.filter(live_from__lte=timezone.now(), suppressed_at=None)
                }
            )
            if begun:
                turns = [when + timedelta(seconds=shift) for when in begun for shift in (0, 59, -1)]
                moments = sorted({when for when in turns if begun[0] <= when <= timezone.now()})
                shows_what_was_public(paper, moments if long_series else moments[:: 1 + len(moments) // 6])
            transaction.set_rollback(True)

    work()
