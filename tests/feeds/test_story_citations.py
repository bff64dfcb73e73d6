"""A story is cited by programs in three formats: one edition, at its permanent address, an inferred date never as a fact."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Dating
from tests.builders import make_archived, make_article, make_published
from tests.public_pages import assert_public

pytestmark = pytest.mark.django_db
ENDINGS = ["bib", "ris", "csl.json"]


def read(client, edition, ending):
    response = client.get(f"{edition.get_absolute_url()[:-1]}.{ending}")
    assert response.status_code == 200
    assert_public(response)
    return response.content.decode()


def test_citation_says_who_what_when_and_which_edition(client, settings):
    edition = make_archived(
        date(2014, 8, 28),
        headline="50 % of {the} quay & more",
        slug="quay",
        bylines=["Lina Aoun", "Adam Zand"],
    )
    address = f"{settings.SITE_URL}{edition.get_absolute_url()}editions/1/"
    bib = read(client, edition, "bib")
    assert bib.startswith(
        f"@article{{story{edition.story_id},\n  title = {{{{50 \\% of \\{{the\\}} quay \\& more}}}},\n"
    )
    assert "  author = {{Lina Aoun} and {Adam Zand}},\n  year = {2014},\n" in bib
    assert "  month = {aug},\n  day = {28},\n" in bib
    assert f"  url = {{{address}}},\n" in bib
    assert bib.count("{") - bib.count("\\{") == bib.count("}") - bib.count("\\}")
    lines = read(client, edition, "ris").split("\r\n")
    assert (lines[0], lines[-2:]) == ("TY  - NEWS", ["ER  - ", ""])
    for line in ("AU  - Lina Aoun", "AU  - Adam Zand", "DA  - 2014/08/28", "ET  - 1", f"UR  - {address}"):
        assert line in lines, line
    (csl,) = json.loads(read(client, edition, "csl.json"))
    assert (csl["type"], csl["version"], csl["URL"]) == ("article-newspaper", "1", address)
    assert csl["author"] == [{"literal": "Lina Aoun"}, {"literal": "Adam Zand"}]
    assert csl["issued"] == {"date-parts": [[2014, 8, 28]]}


@pytest.mark.parametrize(
    ("bounds", "issued", "words"),
    [
        (
            {"earliest": date(2016, 10, 1), "latest": date(2017, 3, 31)},
            {"date-parts": [[2016, 10, 1], [2017, 3, 31]], "circa": True},
            "between 1 October 2016 and 31 March 2017 (inferred)",
        ),
        ({"earliest": date(2016, 10, 1)}, None, "1 October 2016 or later (inferred)"),
        ({}, None, "date not known"),
    ],
)
def test_inferred_date_is_said_to_be_inferred(client, bounds, issued, words):
    edition = make_archived(
        dating=Dating(reason="x" if bounds else "", **bounds), live_from=datetime(2020, 1, 1, tzinfo=UTC)
    )
    bib, ris = read(client, edition, "bib"), read(client, edition, "ris")
    assert "year =" not in bib
    assert words in bib
    assert "\r\nDA  - " not in ris
    assert "\r\nPY  - " not in ris
    (csl,) = json.loads(read(client, edition, "csl.json"))
    assert csl.get("issued") == issued
    assert words in csl["note"]


def test_each_edition_is_cited_by_itself(client, editor, chief):
    first = make_published(editor, slug="quay")
    token = Article.objects.get(pk=first.story_id).token
    workflow.correct(by=editor, story_id=first.story_id, token=token, note="A name.")
    base = f"/story/{first.story_id}/quay"
    assert "edition 2" in client.get(f"{base}.bib").content.decode()
    assert "edition 1" in client.get(f"{base}/editions/1.bib").content.decode()
    assert client.get(f"{base}/editions/3.bib").status_code == 404
    assert client.get(f"/story/{first.story_id}/x.csl.json").headers["Location"] == f"{base}.csl.json"
    assert client.get(f"/story/{first.story_id}.ris").headers["Location"] == f"{base}.ris"
    workflow.suppress(by=chief, story_id=first.story_id, number=1, reason="order 17")
    assert client.get(f"{base}/editions/1.ris").status_code == 410


@pytest.mark.parametrize("ending", ENDINGS)
def test_hidden_and_never_answer_alike_and_killed_is_gone(client, editor, ending):
    draft, due = make_article(editor), make_article(editor)
    workflow.publish(by=editor, story_id=due.pk, token=due.token, at=timezone.now() + timedelta(hours=1))
    killed = make_published(editor, headline="zkilled", slug="zk")
    token = Article.objects.get(pk=killed.story_id).token
    workflow.kill(by=editor, story_id=killed.story_id, token=token, reason="made up")
    never = client.get(f"/story/10000001/x.{ending}")
    for article in (draft, due):
        answer = client.get(f"/story/{article.pk}/x.{ending}")
        assert (answer.status_code, answer.content) == (404, never.content)
    gone = client.get(f"/story/{killed.story_id}/zk.{ending}")
    assert (gone.status_code, b"zkilled" in gone.content) == (410, False)


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_typing_breaks_a_format(client, ending):
    edition = make_archived(headline="A\nTY  - X\x0b } \\ \u2028 #&%", slug="a", bylines=["B and C"])
    text = read(client, edition, ending)
    assert "\x0b" not in text
    assert text.count("\r\nTY  - ") == 0
    if ending == "bib":
        assert "author = {{B and C}}" in text
