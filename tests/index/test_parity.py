"""Whatever is asked, of whatever moment, in whatever order: the engine answers as the plain reader does."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles import workflow
from articles.index import Order, ask, disk, embedded, postgres, reindex
from articles.index.engines import current
from articles.index.found import key_of
from articles.index.reader import PlainReader
from articles.index.resolving import resolved
from articles.models import Article
from tests.builders import make_archived, make_contents, make_picture, make_published, make_tag

WORDS = [
    "ferry", "ferries", "quay", "Moussa", "Musa", "harbour", "election", "elections", "old", "2016", "الحُوثي", "حوثي", "مدينة", "ألوان", "الألوان", "الوان", "وأن",
    "Nadia", "Farouk", "café", "O'Neil", "market", "the", "of", "zzz", "للبنان", "لبنان", "بالمدينة", "ومدينة", "Dennis", "Denis", "denied",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
FIELDS = st.sampled_from(["headline:", "byline:", "caption:", "place:", "tag:", "section:", "عنوان:"])
DAYS = st.sampled_from(["2014", "2015-02", "2015-02-03", "2016", "1999"])
LEAVES = st.one_of(
    st.sampled_from(WORDS),
    TEXTS.map(lambda text: f'"{text}"'),
    st.sampled_from(
        [
            "fe*",
            "qu*",
            "mou*",
            "حو*",
            "20*",
            "el*",
            "zz*",
            "fer*",
            "ferr*",
            "حوث*",
            "election*",
            "مدين*",
            "المدين*",
            "مد*",
            "لبن*",
            "الم*",
            "باد*",
        ]
    ),
    st.builds("{}{}".format, FIELDS, st.sampled_from(WORDS)),
    st.builds("{}{}".format, st.sampled_from(["from:", "to:"]), DAYS),
    # Words that stand in most texts, side by side: an engine may look such a pair up.
    st.sampled_from(
        [
            '"at the"',
            '"the at"',
            '"Moussa at the market"',
            '"of the"',
            '"the of"',
            'headline:"of the"',
            '"of the of"',
        ]
    ),
    st.just("mediaid:71234567"),
)
QUESTIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("-{}".format, inner.filter(lambda text: " " not in text or text[0] in '("')),
        st.builds("({})".format, inner),
    ),
    max_leaves=6,
)
NARROWED = st.fixed_dictionaries(
    {},
    optional={
        "section": st.sampled_from(["world", "city", "nowhere"]),
        "tag": st.sampled_from(["old-quay", "musa"]),
        "by": st.sampled_from(["nadia-farouk", "omar-said"]),
        "language": st.sampled_from(["en", "ar"]),
        "has_picture": st.booleans(),
        "kind": st.sampled_from(["place", "person", "topic"]),
        "first": st.just(date(2015, 1, 1)),
        "last": st.just(date(2016, 1, 1)),
    },
)


def in_paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def tell(number, **overrides):
    """Make a story whose words follow from its number alone."""
    some = [WORDS[(number * step + step) % len(WORDS)] for step in range(1, 12)]
    facts = {
        "headline": " ".join(some[:3]),
        "standfirst": some[3] if number % 3 else "",
        "body": in_paragraphs(
            " ".join(some[4:8]), " ".join(some[8:]), "he met Musa and Moussa at the market"
        ),
        "tags": [("Old Quay",), ("Musa",), ()][number % 3],
        "bylines": [["Nadia Farouk"], ["Omar Said"], ["Nadia Farouk", "Omar Said"]][number % 3],
        "section": ["World", "City"][number % 2],
        "language": "ar" if number % 5 == 0 else "en",
        "dateline": "Quay" if number % 4 == 0 else "",
    }
    return facts | overrides


def token(edition):
    return Article.objects.get(pk=edition.story_id).token


@pytest.fixture
def archive(editor, chief):
    """Make an archive in which everything has happened, half of it since the index was made; give the moments asked of."""
    make_tag("Old Quay", "place")
    make_tag("Musa", "person")
    picture = make_picture(media_id="71234567", caption="The old quay, Musa's ferry")
    moments = [None]
    for round_ in range(2):
        for number in range(8):
            at = round_ * 8 + number
            day = date(2014 + at % 3, 1 + at % 4, 3) if at % 7 else None
            make_archived(day, **tell(at, pictures=[picture] if at % 4 == 1 else []))
        out = [make_published(editor, **tell(20 + round_ * 9 + number)) for number in range(5)]
        moments.append(timezone.now())
        workflow.kill(
            by=editor, story_id=out[0].story_id, token=token(out[0]), reason="Untrue", notice="Gone."
        )
        for edition, verb in (
            (out[1], workflow.update),
            (out[2], workflow.update),
            (out[3], workflow.update),
        ):
            contents = make_contents(**tell(40 + round_ * 3 + edition.number))
            workflow.save(by=editor, story_id=edition.story_id, token=token(edition), contents=contents)
            later = timezone.now() + timedelta(days=2) if edition is out[3] else None
            verb(by=editor, story_id=edition.story_id, token=token(edition), at=later)
        workflow.suppress(by=chief, story_id=out[2].story_id, number=1, reason="A court said so")
        workflow.suppress(by=chief, story_id=out[4].story_id, number=1, reason="A court said so")
        if round_ == 0:
            assert reindex()
    moments += [timezone.now() - timedelta(days=400), timezone.now() + timedelta(days=3)]
    return moments


def said(counts):
    return {name: getattr(counts, name) for name in counts.__dataclass_fields__}


@pytest.mark.django_db
@pytest.mark.deep
@pytest.mark.parametrize("much", [None, 2, 60])
def test_engine_answers_every_question_as_the_plain_reader_does(archive, monkeypatch, much, long_series):
    if much:
        # Of more than two hits, the first are looked for in a part of time before all are looked at: in half of it, or on
        # PostgreSQL, which goes by what it takes for the number of all rows, in some weeks of twelve years.
        monkeypatch.setattr(embedded, "MUCH", 2)
        monkeypatch.setattr(postgres, "MUCH", much)
        # And all is counted together, what changed lately too.
        monkeypatch.setattr(postgres, "MOST_LATELY", 0)
        monkeypatch.setattr(disk, "A_LOOK", 6)
        monkeypatch.setattr(postgres, "A_LOOK", 1)
        monkeypatch.setattr(postgres, "MOST_ERAS", 400)

    @settings(
        max_examples=1_000 if long_series else 150,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    # What no lexeme says, in a part of time: a span of days on one side of an OR, and a phrase that is left out.
    @example("(from:2014 OR ferry)", {}, None, Order.RELEVANCE, 1)
    @example('(-"ferry harbour" OR -"harbour ferry")', {}, None, Order.OLDEST, 1)
    @given(QUESTIONS, NARROWED, st.sampled_from(archive), st.sampled_from(list(Order)), st.integers(1, 9))
    def holds(text, narrowed, moment, order, most):
        asked = ask(text, **narrowed)
        if asked.is_empty:
            return
        engine, judge = current(), PlainReader()
        _, meant = resolved(asked.whole, engine.new_words())
        right = judge.hits(meant, moment=moment, order=order, after=None, most=1_000)
        walked, after = [], None
        while True:
            hits = engine.hits(meant, moment=moment, order=order, after=after, most=most)
            walked += hits
            if len(hits) < most:
                break
            after = hits[-1].place(order)
            assert key_of(after) == hits[-1].key(order)
        if order is Order.RELEVANCE:
            assert walked == right
        else:
            assert [hit.edition_id for hit in walked] == [hit.edition_id for hit in right]
        assert engine.total(meant, moment=moment) == len(right)
        assert said(engine.counts(meant, moment=moment)) == said(judge.counts(meant, moment=moment))

    holds()


@pytest.mark.django_db
def test_long_or_hostile_question_is_answered_or_refused_in_a_sentence(archive):
    for text in (
        "ferry " * 5_000,
        "(a+)+$",
        '"' * 1_000,
        "-" * 900,
        "\0",
        "the of",
        "a* OR b*",
        "fe* OR q* -zz*",
    ):
        asked = ask(text)
        engine = current()
        if not asked.is_empty:
            _, meant = resolved(asked.whole, engine.new_words())
            judge = PlainReader()
            assert engine.total(meant, moment=None) == judge.total(meant, moment=None)
