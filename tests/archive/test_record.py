"""The record: anybody checks a saved copy with the recipe on its page, against a day's head that leaks nothing."""

import hashlib
import subprocess
import sys
from datetime import timedelta
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles import workflow
from articles.models import Article, DayHead, Edition, day_head
from articles.workflow import closing_days, verifying
from newsroom.keyset import Cursor
from tests.archive.test_editions import change, text
from tests.builders import make_archived, make_article, make_published, moment

pytestmark = pytest.mark.django_db
NOON = moment(2060, 5, 4, 12)


def token_of(edition):
    return Article.objects.get(pk=edition.story_id).token


@pytest.fixture
def clock(time_machine):
    """Sets the time: `clock(days=1)` is noon of the next day."""

    def at(**later):
        time_machine.move_to(NOON + timedelta(**later), tick=False)

    at()
    return at


def test_published_recipe_checks_a_saved_copy(client, editor, clock, tmp_path):
    first = make_published(editor, headline="The ferry, “Nasma”", body="<p>حلب &amp; Ærø 🚢</p>")
    story = change(editor, first.story_id, body="<p>Left.</p>")
    clock(days=1)
    workflow.keep_record()
    page = client.get("/record/").content.decode()
    (tmp_path / "check.py").write_text(
        unescape(page.split('<pre id="recipe"')[1].split("<code>")[1].split("</code>")[0])
    )
    (tmp_path / "1.txt").write_bytes(client.get("/record/2060/05/04/1.txt").content)
    previous = ""
    for number in (1, 2):
        saved = client.get(f"{story.get_absolute_url()}editions/{number}/record.json")
        (tmp_path / "record.json").write_bytes(saved.content)
        ran = subprocess.run(
            [sys.executable, "check.py", "record.json", "1.txt"], cwd=tmp_path, capture_output=True, text=True, check=True
        )  # fmt: skip
        edition = Edition.objects.get(story_id=story.story_id, number=number)
        head = DayHead.objects.get()
        assert ran.stdout == f"digest {edition.digest}\nlisted True\nhead {head.digest}\n"
        assert hashlib.sha256(saved.content).hexdigest() == edition.digest
        assert saved.json()["previous"] == previous
        previous = edition.digest
    (tmp_path / "record.json").write_bytes(saved.content.replace(b"Left.", b"Stayed."))
    ran = subprocess.run(
        [sys.executable, "check.py", "record.json", "1.txt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "listed False" in ran.stdout
    assert edition.digest not in ran.stdout


def test_worked_example_is_the_live_papers_and_its_links_lead_somewhere(client, editor, clock):
    assert "One story, checked" not in text(client, "/record/")
    story = make_published(editor, headline="The ferry is back")
    told = text(client, "/record/")
    record = f"{story.get_absolute_url()}editions/1/record.json"
    assert story.digest in told
    for address in (record, story.get_absolute_url(), "/record/2060/05/04/"):
        assert f'href="{address}"' in told
        assert client.get(address).status_code == 200
    assert "What this does not prove" in told
    assert 'href="/record/"' in text(client, story.get_absolute_url())
    assert f'href="{record}"' in text(client, f"{story.get_absolute_url()}editions/1/")


def test_day_is_closed_when_it_is_over_and_chained_to_the_one_before(client, editor, clock):
    first = make_published(editor, headline="First")
    assert "It is not closed yet" in text(client, "/record/2060/05/04/")
    clock(days=3)
    second = make_published(editor, headline="Second")
    clock(days=4)
    assert len(workflow.keep_record().heads) == 2
    assert workflow.keep_record().heads == []
    one, two = DayHead.objects.order_by("day")
    assert (one.previous_digest, two.previous_digest) == ("", one.digest)
    expected = f"previous {one.digest}\nday 2060-05-07 part 1\n{second.story_id} 1 {second.digest}\n".encode()
    answer = client.get("/record/2060/05/07/1.txt")
    assert answer.content == expected
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert two.digest == hashlib.sha256(expected).hexdigest()
    told = text(client, "/record/2060/05/07/")
    assert all(
        words in told
        for words in (two.digest, one.digest, "Second", second.digest, 'href="/record/2060/05/04/"')
    )
    facts = client.get("/record/2060/05/07.json").json()
    assert (facts["head"], facts["previous"]["head"], facts["editions"]) == (two.digest, one.digest, 1)
    assert facts["items"][0]["story_id"] == str(second.story_id)
    assert [row["head"] for row in client.get("/record.json").json()["items"]] == [two.digest, one.digest]
    assert "Nothing became public on this day" in text(client, "/record/2060/05/05/")
    assert first.digest in client.get("/record/2060/05/04/1.txt").content.decode()


def test_day_that_is_none_answers_not_found(client, editor, clock):
    make_published(editor)
    clock(days=1)
    workflow.keep_record()
    for address in (
        "/record/2060/05/03/", "/record/2060/05/06/", "/record/2060/02/30/", "/record/2999/01/01/", "/record/0000/01/01/",
        "/record/2060/05/04/2.txt", "/record/2060/05/05/1.txt", "/record/2060/05/03.json", "/record/2060/02/30.json",
        "/record/2060/05/04/?after=x", "/record/2060/05/04.json?after=x",
        f"/record/2060/05/04/?after={Cursor(NOON + timedelta(days=9), 10_000_000_000_000)}",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_imported_story_enters_on_the_day_it_came_in(client, clock):
    edition = make_archived()
    assert edition.live_from.year == 2014
    clock(days=1)
    workflow.keep_record()
    assert edition.digest in client.get("/record/2060/05/04/1.txt").content.decode()
    assert client.get("/record/2014/08/28/").status_code == 404


def test_what_waits_for_its_hour_is_in_no_head_before(client, editor, clock):
    make_published(editor)
    hidden = make_article(editor, headline="Embargoed zqheadline")
    due = NOON + timedelta(days=2)
    workflow.publish(by=editor, story_id=hidden.pk, token=hidden.token, at=due)
    clock(days=1)
    addresses = [
        "/record/",
        "/record/2060/05/04/",
        "/record/2060/05/05/",
        "/record/2060/05/04/1.txt",
        "/record.json",
        "/gaps.json",
    ]
    workflow.keep_record()
    told = "".join(client.get(address).content.decode() for address in addresses)
    waiting = Edition.objects.get(story_id=hidden.pk)
    assert not any(words in told for words in (str(hidden.pk), waiting.digest, "zqheadline"))
    assert DayHead.objects.get().editions == 1
    assert client.get("/gaps.json").json()["stories"] == 1
    clock(days=3)
    workflow.keep_record()
    assert waiting.digest in client.get("/record/2060/05/06/1.txt").content.decode()


def test_heads_are_the_same_whatever_is_written_and_never_printed(editor, clock):
    make_published(editor)
    expected = day_head.hash_of(
        day_head.text_of(NOON.date(), 1, "", map(str, day_head.lines_in(day_head.entered_on(NOON.date()))))
    )
    make_article(editor)
    waiting = make_article(editor)
    workflow.publish(by=editor, story_id=waiting.pk, token=waiting.token, at=NOON + timedelta(hours=2))
    waiting.refresh_from_db()
    workflow.unschedule(by=editor, story_id=waiting.pk, token=waiting.token)
    clock(days=1)
    workflow.keep_record()
    assert DayHead.objects.get().digest == expected


def test_withdrawn_text_keeps_its_line_and_loses_its_words(client, editor, chief, clock):
    killed, kept = make_published(editor, headline="Killed one"), make_published(editor, headline="Kept one")
    change(editor, kept.story_id, headline="Kept two")
    clock(days=1)
    workflow.keep_record()
    before = client.get("/record/2060/05/04/1.txt").content
    workflow.kill(by=editor, story_id=killed.story_id, token=token_of(killed), reason="x")
    workflow.suppress(by=chief, story_id=kept.story_id, number=1, reason="x")
    assert client.get("/record/2060/05/04/1.txt").content == before
    told, facts = text(client, "/record/2060/05/04/"), client.get("/record/2060/05/04.json").content.decode()
    for shown in (told, facts):
        assert killed.digest in shown
        assert "Kept two" in shown
        assert not any(words in shown for words in ("Killed one", "Kept one", killed.slug))
    assert list(verifying.problems()) == []
    for number, story in ((1, killed), (1, kept)):
        assert (
            client.get(f"/story/{story.story_id}/kept-one/editions/{number}/record.json").status_code == 410
        )


def test_day_of_many_editions_is_closed_in_parts_and_paged(client, clock, monkeypatch):
    monkeypatch.setattr(closing_days, "MOST_LINES", 25)
    made = [make_archived(section="") for _ in range(60)]
    clock(days=1)
    workflow.keep_record()
    parts = list(DayHead.objects.order_by("part"))
    assert [one.editions for one in parts] == [25, 25, 10]
    assert [one.is_last for one in parts] == [False, False, True]
    for one, before in zip(parts, ["", *(part.digest for part in parts)], strict=False):
        body = client.get(one.text_path).content
        assert hashlib.sha256(body).hexdigest() == one.digest
        assert body.startswith(f"previous {before or 'none'}\n".encode())
    assert "60 editions became public" in text(client, "/record/2060/05/04/")
    seen, address = [], "/record/2060/05/04.json"
    while address:
        facts = client.get(address).json()
        seen += [row["story_id"] for row in facts["items"]]
        address = facts["next"]
    assert sorted(seen) == sorted(str(one.story_id) for one in made)
    assert list(verifying.problems()) == []


def test_changed_day_is_found_by_the_audit(editor, clock):
    story = make_published(editor)
    clock(days=1)
    workflow.keep_record()
    DayHead.objects.update(digest="0" * 64)
    assert next(one for one in verifying.problems()) == (
        "The head of 2060-05-04, part 1: the editions of that day are not those that were published; its hash does not fit."
    )
    assert story.digest


def test_deleted_head_is_found_by_the_audit_even_where_none_follows(editor, clock):
    for days in (1, 2):
        make_published(editor, headline=f"Of day {days}")
        clock(days=days)
        workflow.keep_record()
    assert list(verifying.problems()) == []
    last = DayHead.objects.get(day="2060-05-05")
    DayHead.objects.filter(pk=last.pk).delete()
    (missed,) = verifying.problems()
    assert missed.startswith("The head of 2060-05-05: event ")
    assert missed.endswith("closed the day with another, or the head is gone.")
    # Closing the day anew mends it: the same editions, the same head.
    workflow.keep_record()
    assert DayHead.objects.get(day="2060-05-05").digest == last.digest
    assert list(verifying.problems()) == []


def test_lines_of_a_day_are_one_walk_along_an_index(editor):
    make_published(editor)
    rows = day_head.entered_on(timezone.now().date())
    if connection.vendor == "sqlite":
        plan = rows.values_list("story_id", "number", "digest").explain()
        assert "editions_by_entry" in plan
        assert "TEMP B-TREE" not in plan


def test_commands_keep_the_record(editor, clock, capsys):
    make_published(editor)
    clock(days=1)
    call_command("release_due")
    assert "Closed 2060-05-04: 1 editions, head " in capsys.readouterr().out
    call_command("keep_record")
    assert capsys.readouterr().out.startswith("Nothing was due")
    call_command("keep_record", "--anew")
    assert capsys.readouterr().out == "Counted what is missing in the archive.\n"
