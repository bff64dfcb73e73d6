"""What changed between any two published versions: word by word, in words too, folded where it stayed, in bounded time."""

import json
import time

import pytest

from articles import workflow
from articles.models import Article
from articles.redline.folding import stretches
from articles.redline.long import compared
from tests.archive.test_editions import change, text
from tests.builders import make_archived, make_copy, make_picture, make_published

pytestmark = pytest.mark.django_db
LONG = [f"<p>Paragraph {n} of the account stands as it stood.</p>" for n in range(20)]


def gone(words):
    return f'<del><bdi class="unseen">[deleted: </bdi>{words}<bdi class="unseen">]</bdi></del>'


def came(words):
    return f'<ins><bdi class="unseen">[inserted: </bdi>{words}<bdi class="unseen">]</bdi></ins>'


def redline(client, story, pair="1/2/"):
    return text(client, f"{story.get_absolute_url()}editions/{pair}")


def amended(first, **words):
    contents = workflow.copy.contents_of_edition(first).changed(**words)
    return workflow.amend(story_id=first.story_id, arrival=workflow.Arrival(contents))


def test_every_part_of_the_story_is_compared(client, editor):
    first = make_published(
        editor, headline="Old headline", kicker="Old kicker", standfirst="Old standfirst", dateline="OLDTOWN",
        bylines=["Nadia Farouk"], section="World", slug="ferry",
    )  # fmt: skip
    bylines = workflow.copy.contents_of(
        Article.objects.get(pk=make_published(editor, bylines=["Leila Haddad"]).story_id)
    ).bylines
    make_published(editor, section="City")
    now = change(
        editor, first.story_id, headline="New headline", kicker="New kicker", standfirst="New standfirst",
        dateline="NEWTOWN", bylines=bylines, section="city",
    )  # fmt: skip
    told = redline(client, now)
    for label in ("Kicker", "Headline", "Standfirst", "Byline", "Dateline", "Section as printed"):
        assert f">{label}</h2>" in told, label
    assert told.count(f"{gone('Old')}{came('New')}") == 3
    assert told.index(gone("OLDTOWN")) < told.index(came("NEWTOWN"))
    assert "The text is the same, word for word." in told


def test_addresses_of_a_pair_are_one(client, editor):
    first = make_published(editor, slug="ferry", body="<p>One.</p>")
    now = change(editor, first.story_id, body="<p>Two.</p>", slug="new-quay")
    home = f"{now.get_absolute_url()}editions/"
    old = f"/story/{now.story_id}/ferry/editions/"
    for asked, there in (
        (f"{home}2/1/", "1/2/"),
        (f"{old}1/2/", "1/2/"),
        (f"{home}2/2/", "2/"),
        (f"{old}2/1/", "1/2/"),
    ):
        response = client.get(asked)
        assert (response.status_code, response.headers["Location"]) == (301, home + there), asked
        data = client.get(asked[:-1] + ".json")
        assert (data.status_code, data.headers["Location"]) == (301, f"{home}{there[:-1]}.json"), asked
    for absent in (f"{home}1/3/", f"{home}3/3/", f"{home}1/3.json", f"{home}0/1/", f"{home}1/{'9' * 30}/"):
        assert client.get(absent).status_code == 404, absent


def test_what_stayed_is_folded_and_can_be_opened(client, editor):
    first = make_published(editor, body="".join(LONG))
    now = change(editor, first.story_id, body="".join([*LONG[:10], "<p>A new paragraph.</p>", *LONG[10:]]))
    told = redline(client, now)
    assert told.count("<summary") == 2
    assert told.count("9 paragraphs unchanged</summary>") == 2
    assert told.count("Paragraph 3 of the account") == 1
    before, after = told.index("Paragraph 9 of"), told.index("Paragraph 10 of")
    assert before < told.index(came("A new paragraph.")) < after
    assert "</details>" not in told[before:after]


def test_pictures_stand_beside_what_was_said_under_them(client, editor):
    stays, put_in, taken_out = (
        make_picture(caption=words) for words in ("The old quay", "A goat", "A mayor")
    )
    make_copy(stays, "stays-0123456789")
    first = make_published(editor, pictures=[stays, taken_out])
    printed = workflow.placing.printed
    now = change(
        editor,
        first.story_id,
        pictures=(printed(stays, "The new quay", own_credit="Nobody"), printed(put_in)),
    )
    told = redline(client, now)
    assert f"The {gone('old')}{came('new')} quay" in told
    assert f"{gone('Staff')} {came('Nobody')}" in told
    assert came("A goat") in told
    assert gone("A mayor") in told
    assert "stays-0123456789" in told
    workflow.kill_picture(
        by=editor, picture_id=taken_out.pk, token=str(taken_out.version), reason="Not ours."
    )
    told = redline(client, now)
    assert "A mayor" not in told
    assert "The picture itself has been withdrawn since." in told


def test_links_and_emphasis_alone_are_said_to_be_all(client, editor):
    first = make_published(editor, body="<p>The ferry left.</p>")
    now = change(editor, first.story_id, body="<p>The <em>ferry</em> left.</p>")
    assert "The words of the text are the same" in redline(client, now)
    assert client.get(f"{now.get_absolute_url()}editions/1/2.json").json()["is_markup_only"] is True


def test_hostile_words_are_only_words(client, editor):
    first = make_published(editor, body="<p>The ferry left.</p>")
    now = change(editor, first.story_id, body="<p>The &lt;script&gt;alert(1)&lt;/script&gt; left.</p>")
    assert "<script>alert" not in redline(client, now)


def test_data_say_the_same_beside_the_page(client, editor):
    first = make_published(editor, headline="Old", body="".join(LONG))
    now = change(editor, first.story_id, headline="New", body="".join([*LONG[:-1], "<p>The end.</p>"]))
    facts = client.get(f"{now.get_absolute_url()}editions/1/2.json").json()
    assert (facts["first"]["edition"], facts["second"]["edition"]) == (1, 2)
    assert facts["second"]["digest"] == now.digest
    assert facts["parts"] == [{"part": "headline", "lines": [[["gone", "Old"]], [["new", "New"]]]}]
    assert facts["text"][0]["unchanged_before"] == 19
    assert facts["is_text_whole"] is True
    assert (facts["words_added"], facts["words_removed"]) == (2, 9)


def test_very_long_texts_are_compared_in_time_and_shown_in_part(client, editor):
    body = "".join(f"<p>{n} {'the quay and the ferry ' * 30}</p>" for n in range(2_000))
    first = make_archived(body=body)
    assert len(first.body) > 1_300_000
    now = amended(first, body=body.replace("<p>1000 the", "<p>1000 a").replace("<p>9 the", "<p>9 a"))
    began = time.process_time()
    told = redline(client, now)
    assert time.process_time() - began < 2
    assert told.count(gone("the")) == 2
    assert len(told) < 300_000
    assert "paragraphs are left out here." in told
    other = amended(now, body="".join(f"<p>{'another word ' * 60}{n}</p>" for n in range(2_000)))
    began = time.process_time()
    told = redline(client, other, "2/3/")
    assert time.process_time() - began < 2
    assert "too long to compare word by word" in told
    assert len(told) < 700_000
    facts = client.get(f"{other.get_absolute_url()}editions/2/3.json").json()
    assert facts["is_text_whole"] is facts["is_by_words"] is False
    assert len(json.dumps(facts)) < 900_000


def test_words_that_all_look_alike_take_no_longer():
    one, other = (" ".join(pair * 1_100) for pair in (["a", "b"], ["b", "a", "a"]))
    began = time.process_time()
    found = compared(f"{one}\n{other}", f"{other}\n{one} b")
    assert time.process_time() - began < 3
    assert [span.text for line in found.lines for span in line.before if line.before]


@pytest.mark.parametrize("changed", [[], [0], [10], [19], [0, 1, 19]])
def test_folding_loses_no_paragraph(changed):
    old = [f"line {n}" for n in range(20)]
    new = [f"{text} {text}" if n in changed else text for n, text in enumerate(old)]
    lines = compared("\n".join(old), "\n".join(new)).lines
    shown = [line for stretch in stretches(lines) for line in stretch.lines]
    assert shown == lines
