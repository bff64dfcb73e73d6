"""Copy, its revisions and the pictures of the library are found in the language that readers search in."""

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.index import ask, copy_of, find_copy, keep_index
from articles.index.desk_texts import texts_of
from articles.index.desk_words import new
from articles.index.reader import meets
from articles.index.resolving import resolved
from articles.models import Article, Revision
from articles.workflow import save
from articles.workflow.copy import contents_of
from tests import builders

pytestmark = pytest.mark.django_db
VERSIONS = reverse("admin:desk_versions")


def rewrite(article, by, **changes):
    article.refresh_from_db()
    return save(
        by=by, story_id=article.pk, token=article.token, contents=contents_of(article).changed(**changes)
    )


def copy_found(words, stories=None):
    found = find_copy(ask(words), copy_of(Article.objects.all() if stories is None else stories))
    return {text.headline for text in found.texts}


@pytest.fixture
def two(editor):
    """The harbour's copy, rewritten once, and a story in Arabic."""
    harbour = builders.make_article(
        editor, headline="Harbour shut", body="<p>Captain Moussa left the old quay.</p>", tags=["Ferries"]
    )
    rewrite(harbour, editor, body="<p>The captain stays at home.</p>")
    arabic = builders.make_article(
        editor, headline="المرفأ مغلق", body="<p>غادرت العبّارة الرصيف القديم.</p>", language="ar"
    )
    return harbour, arabic


@pytest.fixture(params=["new", "taken in"])
def taken(request, two):
    """The same, whether the list of words has them or not."""
    if request.param == "taken in":
        keep_index()
        assert not new().exists()
    else:
        assert new().count() == 3
    return two


@pytest.mark.parametrize(
    ("words", "headlines"),
    [
        ("captains", {"Harbour shut"}),
        ('"stays at home"', {"Harbour shut"}),
        ('"at home stays"', set()),
        ("moussa", set()),
        ("headline:harbour -home", set()),
        ("headline:captain", set()),
        ("tag:ferries", {"Harbour shut"}),
        ("harb* OR رصيف", {"Harbour shut", "المرفأ مغلق"}),
        ("عبارة", {"المرفأ مغلق"}),
        ("byline:farouk captain", {"Harbour shut"}),
        ("from:2001 -captain", {"المرفأ مغلق"}),
        ("to:2001", set()),
        ("mediaid:99999999", set()),
        ("", set()),
    ],
)
def test_copy_is_found_as_it_is_now(taken, words, headlines):
    assert copy_found(words) == headlines


def test_copy_is_found_among_the_stories_given_only(taken):
    harbour, _ = taken
    assert copy_found("captain", Article.objects.exclude(pk=harbour.pk)) == set()


def test_what_was_not_merged_is_not_the_copy(editor):
    article = builders.make_article(editor, headline="Harbour shut", body="<p>Calm.</p>")
    Revision.objects.create(
        story_id=article.pk, number=9, kind="conflict", made_by=editor,
        contents=contents_of(article).changed(body="<p>Tempest.</p>").as_json(),
    )  # fmt: skip
    assert copy_found("calm") == {"Harbour shut"}
    assert copy_found("tempest") == set()


def test_every_version_is_found_within_ones_rights(client, taken, editor):
    harbour, _ = taken
    client.force_login(editor)
    text = client.get(VERSIONS, {"q": 'captains moussa "old quay"'}).content.decode()
    assert "<mark>Captain</mark> <mark>Moussa</mark> left the <mark>old quay</mark>." in text
    assert reverse("admin:desk_revision", args=[harbour.pk, 1]) in text
    client.force_login(builders.make_person("outsider", "reporter"))
    assert "Harbour" not in client.get(VERSIONS, {"q": "moussa"}).content.decode()
    client.force_login(builders.make_person("nobody", "reader"))
    assert client.get(VERSIONS, {"q": "moussa"}).status_code in (302, 403)


def test_versions_go_on_where_the_page_before_ended(client, editor):
    article = builders.make_article(editor, headline="Harbour shut", body="<p>Word 0.</p>")
    for number in range(1, 50):
        rewrite(article, editor, body=f"<p>Word {number}.</p>")
    keep_index()
    client.force_login(editor)
    seen, query = set(), {"q": "word"}
    while query:
        context = client.get(VERSIONS, query).context
        for line in context["lines"]:
            seen |= {line.revision.number, *line.others}
        query = dict(part.split("=") for part in context["next"][1:].split("&")) if context["next"] else None
    assert seen == set(Revision.objects.filter(story=article.pk).values_list("number", flat=True))


def test_versions_of_a_page_cost_few_queries(client, editor, django_assert_max_num_queries):
    for number in range(12):
        article = builders.make_article(editor, headline=f"Harbour {number}", body="<p>Calm.</p>")
        rewrite(article, editor, body="<p>Storm.</p>")
    client.force_login(editor)
    with django_assert_max_num_queries(16):
        assert len(client.get(VERSIONS, {"q": "storm"}).context["lines"]) == 12


@pytest.mark.parametrize(
    "q",
    ["(" * 500, '"', "from:", "a*", "\u202e", "x" * 3_000, "' OR 1=1", "-", "😀", "0any0"],
    ids=range(10),
)
def test_hostile_words_are_answered(client, editor, two, q):
    client.force_login(editor)
    for path in (VERSIONS, reverse("admin:media_picture_changelist")):
        assert client.get(path, {"q": q}).status_code == 200, path


def test_words_beyond_all_bounds_are_found_too(editor):
    body = "".join(f"<p>word{number}</p>" for number in range(45_000))
    builders.make_article(editor, headline="Endless", body=body)
    keep_index()
    assert copy_found("word44321") == {"Endless"}
    assert copy_found("word45001") == set()


_WORDS = [
    "ferry",
    "ferries",
    "quay",
    "old",
    "عبارة",
    "العبارة",
    "ألوان",
    "الألوان",
    "الوان",
    "strike",
    "h2o",
    "naïve",
]
_TEXT = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(" ".join)
_LEAF = st.one_of(
    st.sampled_from(_WORDS), st.sampled_from(["ferr*", "qu*", "عب*"]), _TEXT.map(lambda text: f'"{text}"'),
    st.sampled_from(["headline:ferry", "tag:ferries", "byline:farouk", "from:2001", "caption:quay"]),
)  # fmt: skip
_QUERY = st.recursive(
    _LEAF,
    lambda inner: st.one_of(
        inner.map(lambda one: f"-({one})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
    ),
    max_leaves=5,
)


class TestAgainstThePlainReader(TestCase):
    """What the list of words narrows down is what reading every revision finds."""

    @settings(max_examples=40, deadline=None)
    @given(
        texts=st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=4),
        queries=st.lists(_QUERY, min_size=1, max_size=6),
    )
    def test_nothing_is_missed_and_nothing_added(self, texts, queries):
        Revision.objects.all().delete()
        editor = builders.make_person("hypothesis", "editor", builders.make_desk())
        for headline, body in texts:
            builders.make_article(editor, headline=headline, body=f"<p>{body}</p>", tags=["Ferries"])
        keep_index()
        builders.make_article(editor, headline=texts[0][1], body=f"<p>{texts[0][0]}</p>")
        rows = Revision.objects.all()
        for query in queries:
            asked = ask(query)
            _, meant = resolved(asked.whole)
            plain = {text.revision.pk for text in texts_of(list(rows)) if meets(text.sheet, meant)}
            if not asked.is_empty:
                assert {text.revision.pk for text in find_copy(asked, rows).texts} == plain, (
                    query,
                    connection.vendor,
                )
