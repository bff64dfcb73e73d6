"""Plants hidden stories: one in each state, its own marker word in every field that anybody can fill."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from django.utils import timezone

from articles import workflow
from articles.models import (
    Article,
    Contributor,
    Edition,
    PictureCredit,
    PrintedByline,
    Section,
    StoryNote,
    Tag,
)
from articles.workflow.placing import printed
from media.models import CaptionVersion, Picture, Rendition
from tests import builders

NEVER_PUBLIC = ("draft", "filed", "scheduled", "embargoed", "spiked")
ONCE_PUBLIC = ("killed", "suppressed")
# What a marker was written into: copy is for those who may read the story, the rest for whoever may use the library.
COPY, TAGS, PEOPLE, SECTIONS, PICTURES, FILE = "copy", "tags", "people", "sections", "pictures", "file"


def word(state, name):
    """The marker of one field of one story: survives slugs, search and letters being made small."""
    return f"zq{state}{name}"


@dataclass
class Planted:
    """One hidden story: its marker words with what they were written into, and what its addresses are made of."""

    state: str
    story_id: int
    article: Article | None = None
    markers: dict[str, str] = field(default_factory=dict)
    slug: str = "zqnever"
    tag: Tag | None = None
    person: Contributor | None = None
    section: Section | None = None
    picture: Picture | None = None
    rendition: Rendition | None = None
    note: StoryNote | None = None

    @property
    def is_never_public(self):
        return self.state in NEVER_PUBLIC

    @cached_property
    def editions(self):
        return list(Edition.objects.filter(story_id=self.story_id))

    @cached_property
    def days(self):
        """The days on which the story ran or will run; for one without an edition the first day of the archive."""
        known = [edition.published_on for edition in self.editions if edition.published_on]
        return known or [Edition.objects.once_public().first().published_on]


def never():
    """What never existed, to compare with."""
    return Planted("never", 99_999_998)


def _library(state):
    """A tag, a person, a section and a picture with a file that no other story uses."""
    tag = builders.make_tag(word(state, "tag"))
    Tag.objects.filter(pk=tag.pk).update(line=word(state, "tagline"))
    person = Contributor.objects.create(
        name=word(state, "person"), slug=word(state, "person"), line=word(state, "personline")
    )
    section = builders.make_section(
        word(state, "section"), is_in_masthead=False, line=word(state, "sectionline")
    )
    picture = builders.make_picture(
        caption=word(state, "caption"),
        file_caption=word(state, "filecaption"),
        credit=word(state, "credit"),
        alt=word(state, "alt"),
        original_name=f"{word(state, 'filename')}.jpg",
        rights_holder=word(state, "holder"),
        rights_terms=word(state, "terms"),
        headline=word(state, "pictureheadline"),
        alt_long=word(state, "altlong"),
        creator=word(state, "creator"),
        source=word(state, "source"),
        copyright=word(state, "copyright"),
        place=word(state, "place"),
        keywords=[word(state, "keyword")],
        instructions=word(state, "instructions"),
        source_type=word(state, "sourcetype"),
        said_in_file={
            "caption": word(state, "saidinfile"),
            "web_statement": f"https://{word(state, 'web')}.example/",
        },
        disagreements=[
            {
                "field": "caption",
                "iptc": None,
                "xmp": word(state, "disagreement"),
                "exif": None,
                "in_force": "xmp",
            }
        ],
        killed_because=word(state, "killedbecause"),
        kill_notice=word(state, "picturenotice"),
    )
    CaptionVersion.objects.create(picture=picture, layer="library", caption=word(state, "captionbefore"))
    CaptionVersion.objects.create(picture=picture, layer="library", caption=picture.caption)
    PictureCredit.objects.get_or_create(picture=picture, contributor=person)
    rendition = builders.make_copy(
        picture, word(state, "rendition"), word(state, "file").encode(), ("webp",), width=40, height=30
    )
    return tag, person, section, picture, rendition


def _contents(state, tag, person, section, picture):
    body = (
        f'<p>{word(state, "body")} stands here.</p><figure data-media-id="{picture.media_id}"></figure>'
        f'<p class="note">{word(state, "bodynote")}</p>'
    )
    return builders.make_contents(
        headline=word(state, "headline"),
        slug=word(state, "slug"),
        kicker=word(state, "kicker"),
        standfirst=word(state, "standfirst"),
        dateline=word(state, "dateline"),
        body=body,
        note=word(state, "note"),
        section=section.name,
        tags=(tag.name,),
    ).changed(
        bylines=(PrintedByline(person.slug, "writer", word(state, "printed")),),
        pictures=(
            printed(
                picture, word(state, "owncaption"), own_credit=word(state, "owncredit"), own_alt=word(state, "ownalt")
            ),
        ),
    )  # fmt: skip


def _move(state, article, *, editor, chief):
    """Bring a fresh draft to `state` through the verbs, with a marker in every reason one gives on the way."""
    on = {"by": editor, "story_id": article.pk}

    def token():
        return Article.objects.get(pk=article.pk).token

    due = timezone.now() + timedelta(days=1)
    if state == "filed":
        workflow.file(**on, token=token(), note=word(state, "filenote"))
    if state == "spiked":
        workflow.spike(**on, token=token(), note=word(state, "spikenote"))
    if state in ("scheduled", "embargoed"):
        workflow.publish(**on, token=token(), at=due, reason=word(state, "reason"))
    if state in ONCE_PUBLIC:
        workflow.publish(**on, token=token(), reason=word(state, "reason"))
    if state == "killed":
        workflow.kill(**on, token=token(), reason=word(state, "killreason"), notice="The paper erred.")
    if state == "suppressed":
        workflow.suppress(by=chief, story_id=article.pk, number=1, reason=word(state, "legalreason"))


def _borrowed(edition):
    """The same of a story that is public."""
    return (
        edition.tag_rows.get().tag, edition.byline_rows.get().contributor, edition.section,
        edition.picture_rows.get().picture, None,
    )  # fmt: skip


def _talk(state, article, cast):
    """Let the desk talk about a story: a note on a passage, an answer, a hand-over; returns the note."""
    passage = workflow.Passage("body", word(state, "notepassage"), word(state, "noteopening"))
    text = f"{word(state, 'notetext')}, @reporter"
    note = workflow.add_note(by=cast["editor"], story_id=article.pk, text=text, passage=passage).note
    workflow.answer_note(
        by=cast["reporter"], story_id=article.pk, note=note.pk, text=word(state, "noteanswer")
    )
    workflow.hand_over(
        by=cast["reporter"],
        story_id=article.pk,
        token=article.token,
        to_person=cast["editor"].pk,
        note=word(state, "handnote"),
    )
    return note


def plant(state, cast, *, beside=None):
    """Make one hidden story on the foreign desk and return everything known of it.

    It is filed under names of its own, or under those of the public edition `beside`.
    """
    tag, person, section, picture, rendition = _borrowed(beside) if beside else _library(state)
    embargo = timezone.now() + timedelta(days=1) if state == "embargoed" else None
    article = workflow.start(
        by=cast["reporter"],
        contents=_contents(state, tag, person, section, picture),
        assignment=workflow.Assignment(
            desk=builders.make_desk().pk, writer=cast["reporter"].pk, embargo_until=embargo
        ),
    )
    note = _talk(state, article, cast)
    _move(state, article, editor=cast["editor"], chief=cast["chief"])
    article = Article.objects.select_related("section").get(pk=article.pk)
    return Planted(
        state=state,
        story_id=article.pk,
        article=article,
        markers={} if beside else _markers(state, article.pk, picture),
        slug=word(state, "slug"),
        tag=tag,
        person=person,
        section=section,
        picture=picture,
        rendition=rendition,
        note=note,
    )


def _markers(state, story_id, picture):
    kinds = {
        COPY: "headline slug kicker standfirst dateline body note owncaption owncredit ownalt printed reason filenote spikenote "
        "killreason legalreason notetext notepassage noteopening noteanswer handnote",
        TAGS: "tag tagline",
        PEOPLE: "person personline",
        SECTIONS: "section sectionline",
        PICTURES: "caption filecaption credit alt filename holder terms rendition pictureheadline altlong creator source "
        "copyright place keyword instructions sourcetype saidinfile web disagreement killedbecause picturenotice captionbefore",
        FILE: "file",
    }
    found = {word(state, name): kind for kind, names in kinds.items() for name in names.split()}
    found[picture.media_id] = PICTURES
    if state in NEVER_PUBLIC:
        # That something was withdrawn at this number is public; that something is being written is not.
        found[str(story_id)] = COPY
    return found


def revise(edition, cast):
    """Work on a story that is public: new copy in every field, and an update scheduled for tomorrow."""
    state = "revised"
    _, person, _, picture, rendition = _library(state)
    section, tag = edition.section, edition.tag_rows.get().tag
    article = workflow.save(
        by=cast["editor"],
        story_id=edition.story_id,
        token=Article.objects.get(pk=edition.story_id).token,
        contents=_contents(state, tag, person, section, picture),
    )
    due = timezone.now() + timedelta(days=1)
    workflow.update(
        by=cast["editor"], story_id=article.pk, token=article.token, at=due, reason=word(state, "reason")
    )
    markers = {
        name: kind for name, kind in _markers(state, 0, picture).items() if kind not in (TAGS, SECTIONS)
    }
    return Planted(
        state=state,
        story_id=article.pk,
        article=Article.objects.select_related("section").get(pk=article.pk),
        markers=markers,
        slug=edition.slug,
        tag=tag,
        person=person,
        section=section,
        picture=picture,
        rendition=rendition,
    )
