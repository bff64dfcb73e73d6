"""Editions: what readers saw, one immutable row a published version, and the one definition of public."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles import prose
from articles.models.contributor import Contributor
from articles.models.dating import Dating
from articles.models.section import Section
from articles.models.story import Story
from articles.models.tag import Tag
from articles.models.weighing import IS_PICTURED, IS_WEIGHED, IS_WHOLE
from media.models import Picture
from newsroom.keyset import Cursor

# A moment so near is the present: whoever asks for "now" a few times in one answer asks for it once.
JUST_NOW = timedelta(seconds=1)
A_MICROSECOND = timedelta(microseconds=1)
# Since when an edition is in the public record.
ENTRY = Greatest("live_from", "made_at")
# What says whether an edition is public, for an index that a list walks without reading what it passes by.
PUBLIC = ("live_from", "live_until", "suppressed_at")


class EditionKind(models.TextChoices):
    """Why there is a new edition."""

    FIRST = "first", _("first published")
    UPDATE = "update", _("updated")
    CORRECTION = "correction", _("corrected")
    FIX = "fix", _("spelling mended")
    IMPORT = "import", _("from the old archive")


class Completeness(models.TextChoices):
    """How much of the story is here."""

    WHOLE = "whole", "whole"
    CUT = "cut", "the text breaks off"
    TEASER = "teaser", "known by its teaser only"


class Suppression(models.TextChoices):
    """Why an edition is no longer shown."""

    KILLED = "killed", "withdrawn"
    LEGAL = "legal", "suppressed for a legal reason"


class EditionQuerySet(QuerySet["Edition"]):
    """Reading the record. Every way to a reader starts from `at`."""

    def at(self, moment: datetime | None = None) -> Self:
        """Return the editions that a reader sees at `moment` (now, if none is given).

        This is the only definition of public: live since `moment` or before, not yet superseded, not withdrawn.
        A story whose version in force was withdrawn since is withheld at every moment, as it is at its own address.
        """
        now = timezone.now()
        when = moment or now
        public = Q(live_until__isnull=True) | Q(live_until__gt=when)
        rows = self.filter(public, live_from__lte=when, suppressed_at__isnull=True)
        if when > now - JUST_NOW:
            return rows
        same = Edition.objects.filter(story=OuterRef("story")).order_by()
        return rows.filter(~Exists(same.filter(suppressed_at__isnull=False)) | Exists(same.at()))

    def once_public(self, moment: datetime | None = None) -> Self:
        """Return every edition that readers have ever seen until `moment`, withdrawn ones among them."""
        return self.filter(live_from__lte=moment or timezone.now())

    def unannounced(self, moment: datetime | None = None) -> Self:
        """Return the editions that have become public by `moment` and that nobody has announced."""
        return self.at(moment).filter(announced_at__isnull=True)

    def waiting(self, moment: datetime | None = None) -> Self:
        """Return the editions scheduled for later than `moment`: for the desk alone."""
        return self.filter(live_from__gt=moment or timezone.now(), live_until__isnull=True)

    def begun_between(self, first: datetime, last: datetime) -> Self:
        """Return the editions that readers see first from `first` until before `last`: for the desk, which sees ahead."""
        return self.filter(live_from__gte=first, live_from__lt=last)

    def next_beginning(self, moment: datetime) -> datetime | None:
        """Return when an edition next becomes public after `moment`, by what is planned now; None where none is to."""
        following = self.filter(live_from__gt=moment).order_by("live_from")
        return following.values_list("live_from", flat=True).first()

    def turned_between(self, first: datetime, last: datetime) -> Self:
        """Return the editions that became public by themselves after `first` and until `last`, and that nobody announced."""
        return self.unannounced(last).begun_between(first + A_MICROSECOND, last + A_MICROSECOND)

    def entered(self, first: datetime, last: datetime) -> Self:
        """Return the editions that entered the record from `first` until before `last`: public, and there (`entered_at`)."""
        return self.alias(entry=ENTRY).filter(entry__gte=first, entry__lt=last)

    def in_order_of_entry(self) -> Self:
        """Return the editions in the order in which they entered the record: one walk along its index."""
        return self.order_by(ENTRY, "story_id", "number")

    def open(self) -> Self:
        """Return the last edition of each story that has not been closed, public already or scheduled."""
        return self.filter(live_until__isnull=True)

    def without_texts(self) -> Self:
        """Return the editions without the long columns, which no list shows."""
        return self.defer("body", "rendered")

    def in_section(self, section: Section) -> Self:
        """Return the editions on one shelf."""
        return self.filter(section=section)

    def on_day(self, day: date) -> Self:
        """Return the editions of stories stated to have run on `day`."""
        return self.filter(published_on=day)

    def between(self, first: date, last: date) -> Self:
        """Return the editions of stories stated to have run from `first` to `last`, both included."""
        return self.filter(published_on__gte=first, published_on__lte=last)

    def dated(self, moment: datetime | None = None) -> Self:
        """Return the editions of stories whose day is stated, and not later than `moment`, where one is given.

        So that what stood then is found without looking through all that came since.
        """
        rows = self.filter(published_on__isnull=False)
        return rows.filter(published_on__lte=timezone.localdate(moment)) if moment else rows

    def undated(self) -> Self:
        """Return the editions of stories whose day nobody states."""
        return self.filter(published_on__isnull=True)

    def counted_by(self, part: str) -> list[tuple[date, int]]:
        """Return (first day, number of stories) for each `part` ("year", "month" or "day") that has any."""
        trunc = {"year": "published_on__year", "month": "published_on__month", "day": "published_on"}[part]
        rows = self.dated().order_by().values_list("published_on__year", trunc).annotate(n=Count("pk"))
        if part == "day":
            return sorted((day, n) for _, day, n in rows)
        return sorted((date(year, 1 if part == "year" else month, 1), n) for year, month, n in rows)

    def listed(self, after: Cursor | None = None) -> Self:
        """Return the editions newest first, from the one after `after`, without the columns lists do not show."""
        return self._walk("", "story_id", after, Q())

    def tagged(self, tag: Tag, after: Cursor | None = None, *, is_oldest_first: bool = False) -> Self:
        """Return the editions filed under `tag`, newest first: one walk along the tag's own index."""
        return self._walk("tag_rows__", "story_number", after, Q(tag_rows__tag=tag), is_oldest_first)

    def by(self, contributor: Contributor, after: Cursor | None = None) -> Self:
        """Return the editions with `contributor` in the byline, newest first: one walk along their own index."""
        mine = Q(byline_rows__contributor=contributor, byline_rows__is_first=True)
        return self._walk("byline_rows__", "story_number", after, mine)

    def showing(self, picture: Picture | int, after: Cursor | None = None) -> Self:
        """Return the editions in which `picture` stands, newest first: one walk along the picture's own index."""
        return self._walk("picture_rows__", "story_number", after, Q(picture_rows__picture=picture))

    def _walk(
        self, row: str, number: str, after: Cursor | None, which: Q, is_oldest_first: bool = False
    ) -> Self:
        when, number = f"{row}listed_at", f"{row}{number}"
        then, order = ("gt", "") if is_oldest_first else ("lt", "-")
        if after is not None:
            same_moment = Q(**{when: after.listed_at, f"{number}__{then}": after.number})
            which &= Q(**{f"{when}__{then}e": after.listed_at})
            which &= Q(**{f"{when}__{then}": after.listed_at}) | same_moment
        rows = self.filter(which).order_by(f"{order}{when}", f"{order}{number}").select_related("section")
        return rows.without_texts()


class Edition(models.Model):
    """One published version of a story: its text is never changed, its filing and derived columns may be.

    Text (covered by `digest`): headline to pictures, byline as printed, section's name as printed.
    Filing (may change, each time with an event): section, dating, tags, contributors.
    Derived (may be rebuilt): rendered, excerpt, word_count, shown_pictures, filed_tags.
    """

    # Neither key has an index of its own: others begin with it.
    story = models.ForeignKey(Story, related_name="editions", on_delete=models.PROTECT, db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=EditionKind.choices)
    reason = models.CharField(max_length=300, blank=True)

    language = models.CharField(max_length=8, default="en")
    kicker = models.CharField(max_length=120, blank=True)
    headline = models.CharField(max_length=300)
    slug = models.CharField(max_length=120)
    standfirst = models.TextField(blank=True)
    dateline = models.CharField(max_length=160, blank=True)
    section_as_printed = models.CharField(max_length=80, blank=True)
    byline = models.CharField("byline as printed", max_length=400, blank=True)
    bylines = models.JSONField(default=list)
    pictures = models.JSONField(default=list)
    completeness = models.CharField(max_length=8, choices=Completeness.choices, default=Completeness.WHOLE)

    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True, blank=True)
    suppressed_at = models.DateTimeField(null=True, blank=True)
    suppressed_because = models.CharField(max_length=8, choices=Suppression.choices, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)

    section = models.ForeignKey(
        Section, null=True, blank=True, related_name="editions", on_delete=models.PROTECT, db_index=False
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    is_time_known = models.BooleanField(default=False)
    dated_earliest = models.DateField(null=True, blank=True)
    dated_latest = models.DateField(null=True, blank=True)
    dated_reason = models.TextField(blank=True)
    listed_at = models.DateTimeField()

    excerpt = models.CharField(max_length=400, blank=True)
    word_count = models.PositiveIntegerField(default=0)
    shown_pictures = models.JSONField(default=list)
    filed_tags = models.JSONField(default=list)

    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
    )

    # The long columns stand last, so that whatever reads the others need not read past them (decision 23).
    body = models.TextField(blank=True)
    rendered = models.TextField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["story_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "number"], name="an_edition_number_once_a_story"),
            models.UniqueConstraint(
                fields=["story"], condition=Q(live_until__isnull=True), name="one_open_edition_a_story"
            ),
            models.CheckConstraint(name="edition_numbers_start_at_1", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="only_the_first_edition_has_no_previous",
                condition=(Q(number=1) & Q(previous_digest="")) | (Q(number__gt=1) & ~Q(previous_digest="")),
            ),
            models.CheckConstraint(
                name="an_edition_ends_after_it_begins",
                condition=Q(live_until__isnull=True) | Q(live_until__gte=F("live_from")),
            ),
            models.CheckConstraint(
                name="a_suppressed_edition_says_why",
                condition=Q(suppressed_at__isnull=True, suppressed_because="")
                | (Q(suppressed_at__isnull=False) & ~Q(suppressed_because="")),
            ),
            models.CheckConstraint(
                name="a_stated_date_has_its_day",
                condition=Q(published_at__isnull=True, published_on__isnull=True)
                | Q(published_at__isnull=False, published_on__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            # With what says whether a story is public and of which day: a month's list passes by those of the days after it.
            models.Index(
                fields=["-listed_at", "-story", "published_on", *PUBLIC],
                name="editions_listed",
            ),
            models.Index(fields=["section", "-listed_at", "-story"], name="editions_by_section"),
            # By what leads a day (`weight_on_its_day`): the last of a day's, opinion left out, is the one.
            models.Index(
                "published_on",
                IS_WHOLE,
                IS_PICTURED,
                "listed_at",
                "story",
                "section",
                *PUBLIC,
                condition=Q(IS_WEIGHED),
                name="editions_by_weight",
            ),
            # With the slug, so that a sitemap reads no row but of a story with a picture.
            models.Index(
                fields=["published_on", "listed_at", "story", *PUBLIC, "slug"], name="editions_by_day"
            ),
            models.Index(
                fields=["-listed_at", "-story"],
                condition=Q(published_on__isnull=True),
                name="editions_undated",
            ),
            models.Index(fields=["slug"], name="editions_by_slug"),
            models.Index(fields=["live_from"], name="editions_by_beginning"),
            models.Index(ENTRY, "story", "number", name="editions_by_entry"),
            models.Index(
                fields=["story"], condition=Q(suppressed_at__isnull=False), name="editions_suppressed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline} (edition {self.number})"

    def get_absolute_url(self) -> str:
        """Return the story's own address, which always shows the edition in force."""
        return f"/story/{self.story_id}/{self.slug}/"

    @property
    def is_open(self) -> bool:
        """Tell whether nothing has taken this edition's place and nobody has withdrawn it: a fact for the desk."""
        return self.live_until is None and self.suppressed_at is None

    @property
    def cursor(self) -> Cursor:
        """Return this edition's place in every list that is ordered by date."""
        return Cursor(self.listed_at, self.story_id)

    @property
    def body_html(self) -> str:
        """Return the text as readers' pages show it: `rendered`, kept only where that is not the body as it stands."""
        return self.body if self.rendered is None else self.rendered

    @cached_property
    def body_text(self) -> str:
        """Return the plain text, a line a paragraph: it follows from the body."""
        return prose.plain(self.body)

    @property
    def dating(self) -> Dating:
        """Return when the story first ran, stated or inferred."""
        return Dating(
            self.published_at, self.is_time_known, self.dated_earliest, self.dated_latest, self.dated_reason
        )

    @property
    def bounds(self) -> tuple[date | None, date | None]:
        """Return the days between which a story that nobody dated must have run, as far as they are inferred."""
        return self.dated_earliest, self.dated_latest

    @property
    def place(self) -> str:
        """Return the dateline without the dash an old page printed behind it: pages set their own."""
        return self.dateline.rstrip(" \u00a0-\u2010\u2011\u2012\u2013\u2014\u2015")

    @property
    def entered_at(self) -> datetime:
        """Return since when the edition has been in the public record: an imported one not before it was imported."""
        return max(self.live_from, self.made_at)

    @property
    def updated_at(self) -> datetime | None:
        """Return when the text last changed for readers, None if it never did."""
        return self.live_from if self.number > 1 else None

    @property
    def lead_picture(self) -> dict[str, Any] | None:
        """Return the first picture as readers see it, or None."""
        return self.shown_pictures[0] if self.shown_pictures else None

    @property
    def minutes(self) -> int:
        """Return the reading time in whole minutes, at 230 words a minute, never less than one."""
        return max(1, round(self.word_count / 230))
