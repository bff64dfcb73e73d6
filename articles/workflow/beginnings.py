"""What a new story starts with, by its kind: one table, from which the form, the first screen and Ctrl-K all take it."""

from dataclasses import dataclass

from articles.models import Genre, Section


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a story of one kind begins.

    `sections` are slugs of which the first that the paper has is chosen; `standfirst` and `headline` are what the
    empty box asks for, never text of the story; `body` is markup that stands in the text from the first moment: what it
    asks for stands in notes, which are never printed.
    """

    genre: Genre
    name: str
    line: str
    headline: str
    standfirst: str
    body: str = ""
    sections: tuple[str, ...] = ()
    words: int | None = None

    def section(self) -> Section | None:
        """Return the section suggested: one query where there is anything to suggest."""
        found = {row.slug: row for row in Section.objects.filter(slug__in=self.sections)}
        return next((found[slug] for slug in self.sections if slug in found), None)


def _note(words: str) -> str:
    return f'<p class="note">{words}</p>\n'


BEGINNINGS: dict[str, Beginning] = {
    Genre.NEWS: Beginning(
        Genre.NEWS,
        "News",
        "What happened, where, when, to whom, and who says so.",
        headline="What happened, in eight words",
        standfirst="The one fact that the headline left out",
        words=450,
    ),
    Genre.INTERVIEW: Beginning(
        Genre.INTERVIEW,
        "Interview",
        "An opening that says who speaks and why now, then questions and answers.",
        headline="The sentence that only this person could have said",
        standfirst="Who speaks, of what, and why now",
        body=_note("Opening: who speaks, where and when you met, why now. Then question and answer by turns.")
        + '<p class="question"></p><p class="answer"></p>',
        sections=("interviews", "interview"),
        words=1200,
    ),
    Genre.OPINION: Beginning(
        Genre.OPINION,
        "Opinion",
        "One argument, its strongest objection, and what should be done.",
        headline="The claim itself, not its subject",
        standfirst="Why it matters to the reader this week",
        body=_note(
            "The claim, its best reason, its strongest objection and your answer, what should be done."
        ),
        sections=("opinion", "comment", "views"),
        words=800,
    ),
    Genre.OBITUARY: Beginning(
        Genre.OBITUARY,
        "Obituary",
        "What the person is remembered for, the life in order, those left behind.",
        headline="Name, and what they are remembered for",
        standfirst="What changed because they lived",
        body=_note("First: name, what they were known for, the day, the place, the cause, the age.")
        + _note("Then the life in order: birth and parents, school, first work, the turn, the work itself.")
        + _note("Last: those left behind, and a sentence that only somebody who knew them could have said."),
        sections=("obituaries", "obituary"),
        words=900,
    ),
    Genre.FEATURE: Beginning(
        Genre.FEATURE,
        "Feature",
        "A scene, the question it raises, what you found out, a scene to end on.",
        headline="The question that the story answers",
        standfirst="Where we are, and what is at stake",
        body=_note("Open on a scene, raise the question by the third paragraph, end on a scene."),
        sections=("features", "magazine", "culture"),
        words=1800,
    ),
}


def beginning_of(genre: str) -> Beginning:
    """Return how a story of this kind begins; of an unknown kind, as news does."""
    return BEGINNINGS.get(genre, BEGINNINGS[Genre.NEWS])
