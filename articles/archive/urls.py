"""The addresses of the paper: every number in them has its size, so that none can be too large to look up."""

from django.urls import URLPattern, path, register_converter

from articles.archive import (
    calendar,
    corrections,
    files,
    front,
    gaps,
    history,
    indexes,
    lists,
    pictures,
    record,
    redlines,
    story,
    this_day,
    whole_archive,
)


class StoryID:
    """Eight digits."""

    regex = "[1-9][0-9]{7}"
    to_python = int
    to_url = str


class EditionNumber(StoryID):
    """One to six digits."""

    regex = "[1-9][0-9]{0,5}"


class MediaID:
    """Four to twelve digits, kept as written."""

    regex = "[0-9]{4,12}"
    to_python = str
    to_url = str


class Year(StoryID):
    """A year from 1000 to 2999."""

    regex = "[12][0-9]{3}"


class TwoDigits:
    """A month or a day, written with two digits."""

    regex = "0[1-9]|[12][0-9]|3[01]"
    to_python = int

    def to_url(self, number: int) -> str:
        """Return `number` with its leading nought."""
        return f"{number:02}"


class Month(TwoDigits):
    """01 to 12."""

    regex = "0[1-9]|1[0-2]"


register_converter(StoryID, "story_id")
register_converter(EditionNumber, "edition_number")
register_converter(MediaID, "media_id")
register_converter(Year, "year")
register_converter(Month, "month")
register_converter(TwoDigits, "day")

STORY = "story/<story_id:story_id>/"

urlpatterns: list[URLPattern] = [
    path("", front.front_page, name="front"),
    path(STORY, story.story, name="story_by_number"),
    path(f"{STORY}<str:slug>/", story.story, name="story"),
    path(f"{STORY}<str:slug>/editions/", history.editions, name="editions"),
    path(f"{STORY}<str:slug>/editions/<edition_number:number>/", history.one_edition, name="edition"),
    path(
        f"{STORY}<str:slug>/editions/<edition_number:first>/<edition_number:second>/",
        redlines.between,
        name="redline",
    ),
    path("sections/", indexes.sections, name="sections"),
    path("section/<str:slug>/", lists.section, name="section"),
    path("tags/", indexes.tags, name="tags"),
    path("tags/<str:letter>/", indexes.tags, name="tags_of_a_letter"),
    path("tag/<str:slug>/", lists.tag, name="tag"),
    path("tag/<str:slug>/timeline/", lists.timeline, name="timeline"),
    path("by/", indexes.people, name="people"),
    path("by/<str:slug>/", lists.contributor, name="contributor"),
    path("by/<str:slug>/pictures/", pictures.of_contributor, name="contributor_pictures"),
    path("undated/", lists.undated, name="undated"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("record/", record.record, name="record"),
    path("record/<year:year>/<month:month>/<day:day>/", record.day, name="record_day"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("media/<media_id:media_id>/", pictures.picture, name="picture"),
    path("images/<str:name>", files.image, name="image"),
    path("archive/", whole_archive.archive, name="archive"),
    path("archive/go/", whole_archive.go, name="archive_go"),
    path("on-this-day/", this_day.today, name="this_day"),
    path("on-this-day/<month:month>/<day:day>/", this_day.on, name="on_this_day"),
    path("<year:year>/", calendar.year, name="year"),
    path("<year:year>/<month:month>/", calendar.month, name="month"),
    path("<year:year>/<month:month>/<day:day>/", calendar.day, name="day"),
]
