"""Writes down the words of every headline that was here, and the quick starts that the desk had so far."""

from django.db import migrations

from articles.models.heading_word import heading_words

STEP = 500
BEGINNINGS = (
    {
        "genre": "news",
        "name": "News",
        "line": "What happened, where, when, to whom, and who says so.",
        "headline": "What happened, in eight words",
        "standfirst": "The one fact that the headline left out",
        "words": 450,
    },
    {
        "genre": "interview",
        "name": "Interview",
        "line": "An opening that says who speaks and why now, then questions and answers.",
        "headline": "The sentence that only this person could have said",
        "standfirst": "Who speaks, of what, and why now",
        "body": (
            '<p class="note">Opening: who speaks, where and when you met, why now. Then question and answer by turns.</p>\n'
            '<p class="question"></p><p class="answer"></p>'
        ),
        "usual_sections": "interviews interview",
        "words": 1200,
    },
    {
        "genre": "opinion",
        "name": "Opinion",
        "line": "One argument, its strongest objection, and what should be done.",
        "headline": "The claim itself, not its subject",
        "standfirst": "Why it matters to the reader this week",
        "body": (
            '<p class="note">The claim, its best reason, its strongest objection and your answer, what should be done.</p>\n'
        ),
        "usual_sections": "opinion comment views",
        "words": 800,
    },
    {
        "genre": "obituary",
        "name": "Obituary",
        "line": "What the person is remembered for, the life in order, those left behind.",
        "headline": "Name, and what they are remembered for",
        "standfirst": "What changed because they lived",
        "body": (
            '<p class="note">First: name, what they were known for, the day, the place, the cause, the age.</p>\n'
            '<p class="note">Then the life in order: birth and parents, school, first work, the turn, the work itself.</p>\n'
            '<p class="note">Last: those left behind, and a sentence that only somebody who knew them could have said.</p>\n'
        ),
        "usual_sections": "obituaries obituary",
        "words": 900,
    },
    {
        "genre": "feature",
        "name": "Feature",
        "line": "A scene, the question it raises, what you found out, a scene to end on.",
        "headline": "The question that the story answers",
        "standfirst": "Where we are, and what is at stake",
        "body": '<p class="note">Open on a scene, raise the question by the third paragraph, end on a scene.</p>\n',
        "usual_sections": "features magazine culture",
        "words": 1800,
    },
)


def fill(apps, schema_editor):
    """Write the words of copy and editions, some hundred at a time, and the five quick starts."""
    _words(apps.get_model("articles", "Article"), apps.get_model("articles", "CopyWord"), "article_id")
    _words(apps.get_model("articles", "Edition"), apps.get_model("articles", "EditionWord"), "edition_id")
    Beginning = apps.get_model("articles", "Beginning")
    for place, facts in enumerate(BEGINNINGS, 1):
        Beginning.objects.get_or_create(name=facts["name"], defaults={**facts, "order": place * 10})


def _words(headed, kept, column):
    last = 0
    while batch := list(
        headed.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "headline", "slug")[:STEP]
    ):
        kept.objects.bulk_create(
            [
                kept(word=word, **{column: key})
                for key, headline, slug in batch
                for word in sorted(heading_words(headline, slug))
            ],
            batch_size=STEP,
            ignore_conflicts=True,
        )
        last = batch[-1][0]


def leave(apps, schema_editor):
    """Take nothing back: words and quick starts go with their tables."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_words_of_headings")]

    operations = [migrations.RunPython(fill, leave)]
