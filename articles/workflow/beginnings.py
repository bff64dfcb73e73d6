"""What a new story starts with, by its kind: one table, from which the form, the first screen and Ctrl-K all take it."""

from dataclasses import dataclass

from articles.models import Contents, Genre, Section


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a story of one kind begins.

    `sections` are slugs of which the first that the paper has is chosen; `standfirst` and `headline` are what the
    empty box asks for, never text of the story; `body` is markup that stands in the text from the first moment.
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

    def contents(self) -> Contents:
        """Return what the story says before anybody has written a word."""
        section = self.section() if self.sections else None
        return Contents(body=self.body, section=section.slug if section else "")


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
        body='<p>Who speaks, where and when you met, and why now:</p>\n<p class="question">The first question?</p>\n'
        '<p class="answer">The answer.</p>\n<p class="question">The next question?</p>\n<p class="answer">The answer.</p>',
        sections=("interviews", "interview"),
        words=1200,
    ),
    Genre.OPINION: Beginning(
        Genre.OPINION,
        "Opinion",
        "One argument, its strongest objection, and what should be done.",
        headline="The claim itself, not its subject",
        standfirst="Why it matters to the reader this week",
        sections=("opinion", "comment", "views"),
        words=800,
    ),
    Genre.OBITUARY: Beginning(
        Genre.OBITUARY,
        "Obituary",
        "What the person is remembered for, the life in order, those left behind.",
        headline="Name, and what they are remembered for",
        standfirst="What changed because they lived",
        body="<p>Name, what they were known for, died on which day, where, of what, aged how many.</p>\n<h2>A life</h2>\n"
        "<p>Born where and when, to whom; school; first work; the turn.</p>\n<h2>The work</h2>\n"
        "<p>What they did, and what others said of it.</p>\n<p>Survived by whom.</p>",
        sections=("obituaries", "obituary"),
        words=900,
    ),
    Genre.FEATURE: Beginning(
        Genre.FEATURE,
        "Feature",
        "A scene, the question it raises, what you found out, a scene to end on.",
        headline="The question that the story answers",
        standfirst="Where we are, and what is at stake",
        sections=("features", "magazine", "culture"),
        words=1800,
    ),
}


def beginning_of(genre: str) -> Beginning:
    """Return how a story of this kind begins; of an unknown kind, as news does."""
    return BEGINNINGS.get(genre, BEGINNINGS[Genre.NEWS])
