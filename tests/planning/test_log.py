"""The log: every verb has its words, each event is told to who may read its story, and exports hold the same."""

import ast
import csv
import io
import json
import re

import pytest
from django.urls import reverse

from articles import workflow
from articles.models import Article, Event
from articles.planning.log import A_PAGE, plain
from articles.workflow.events import record
from articles.workflow.telling import TOLD, tell
from tests import builders
from tests.laws.tree import dotted, parse, python_files
from tests.planning.shelves import cost, logged_in, token, whole_scans

pytestmark = pytest.mark.django_db
LOG, CSV, JSON = (reverse(f"admin:desk_log{part}") for part in ("", "_csv", "_json"))
CALLS = {"record", "Act", "Release"}
NAMED = re.compile(r"VERB|MARK")


def verbs_in(source):
    """The verbs that a module records: named in the call, as a constant of the module, or as a verb's default."""
    tree, found = parse(source), set()
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    told = [node for node in calls if dotted(node.func).split(".")[-1] in CALLS and node.args]
    for call in told:
        if isinstance(call.args[0], ast.Constant):
            found.add(call.args[0].value)
    if told:
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                found |= {node.value.value for target in node.targets if NAMED.fullmatch(dotted(target))}
            if isinstance(node, ast.FunctionDef):
                pairs = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
                found |= {
                    value.value
                    for arg, value in pairs
                    if arg.arg == "verb" and isinstance(value, ast.Constant)
                }
    return {verb for verb in found if isinstance(verb, str)}


def page_of(person, address=LOG):
    answer = logged_in(person).get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_every_verb_that_is_recorded_has_its_words():
    recorded = {
        verb: path
        for path, source in python_files()
        if path.startswith(("articles/", "media/")) and "authoring/acts" not in path
        for verb in verbs_in(source)
    }
    assert len(recorded) > 30
    untold = {verb: path for verb, path in recorded.items() if verb not in TOLD}
    assert untold == {}, "Add the words for these verbs to TOLD in articles/workflow/telling.py."


def test_moves_of_a_story_are_told_in_plain_words(reporter, editor):
    article = builders.make_article(reporter, headline="The quay")
    on = {"story_id": article.pk}
    workflow.file(by=reporter, token=token(article), **on)
    workflow.send_back(by=editor, token=token(article), note="Who says so?", **on)
    workflow.file(by=reporter, token=token(article), **on)
    workflow.approve(by=editor, token=token(article), **on)
    workflow.publish(by=editor, token=token(article), **on)
    workflow.kill(by=editor, token=token(article), reason="It was not so.", **on)
    page = page_of(editor)
    for sentence in (
        "reporter started “The quay”",
        "reporter filed “The quay”",
        "editor sent “The quay” back to its writer: “Who says so?”",
        "editor approved “The quay”",
        "editor published “The quay”, edition 1",
        "editor killed “The quay”: “It was not so.”",
    ):
        assert sentence in page


def recorded(verb, **said):
    """The event as it is kept."""
    record(verb, **said)
    return Event.objects.latest("sequence")


def test_event_of_an_older_version_and_of_an_unknown_verb_are_told_too(reporter):
    article = builders.make_article(reporter, headline="The quay")
    for event in (
        recorded("name_version", by=reporter, story_id=article.pk),
        recorded("hand_over", by=None, story_id=article.pk, note=None),
        recorded("sing_{aloud}", by=reporter, story_id=article.pk, was="{story}"),
    ):
        assert "“The quay”" in tell(event).whole("“The quay”")


@pytest.mark.parametrize("verb", sorted(TOLD))
def test_each_verb_can_be_told_with_and_without_a_story(reporter, verb):
    article = builders.make_article(reporter)
    for story_id in (article.pk, None):
        said = tell(recorded(verb, by=reporter, story_id=story_id, note="{note} {0}"), "Rana").whole("“X”")
        assert "{who}" not in said
        assert "{story}" not in said


def test_log_shows_events_of_stories_one_may_read_and_no_other(reporter, editor, chief):
    builders.make_article(reporter, headline="Ours entirely")
    record("merge", by=editor, what="tag", was="Musa", now="Moussa")
    stranger = builders.make_person("stranger", "editor", builders.make_desk("Sport"))
    for address in (LOG, CSV, JSON):
        texts = {}
        for person in (reporter, editor, chief, stranger):
            answer = logged_in(person).get(address)
            texts[person.username] = b"".join(answer) if answer.streaming else answer.content
        assert all(b"Ours entirely" in texts[name] for name in ("reporter", "editor", "chief")), address
        assert b"Ours entirely" not in texts["stranger"], address
        assert b"Moussa" not in texts["reporter"], address
        assert b"Moussa" in texts["editor"], address
        assert b"Moussa" in texts["chief"], address


def test_log_is_narrowed_by_person_story_verb_and_day(reporter, editor, time_machine):
    time_machine.move_to(builders.moment(2026, 3, 2, 9))
    first = builders.make_article(reporter, headline="Early one")
    time_machine.move_to(builders.moment(2026, 3, 5, 9))
    second = builders.make_article(editor, headline="Late one")
    workflow.file(by=editor, story_id=second.pk, token=second.token)
    for query, seen, unseen in (
        (f"?by={reporter.pk}", "Early one", "Late one"),
        (f"?story={second.pk}", "Late one", "Early one"),
        ("?verb=file", "filed “Late one”", "started"),
        ("?day=2026-03-02", "Early one", "Late one"),
    ):
        said = page_of(editor, LOG + query).split("Show", 1)[1]
        assert seen in said, query
        assert unseen not in said, query
    for wrong in ("?by=x", "?story=%25", "?verb=drop", "?day=2026-02-31", "?after=-1", f"?by={'9' * 40}"):
        assert "Early one" in page_of(editor, LOG + wrong), wrong
    assert first.pk


def test_log_goes_on_page_by_page_without_gap_or_repeat(chief):
    article = builders.make_article(chief)
    for number in range(A_PAGE * 2):
        record("note", by=chief, story_id=article.pk, note=number)
    browser, address, seen = logged_in(chief), LOG, 0
    for _ in range(5):
        page = browser.get(address).content.decode()
        seen += page.count("left a note on")
        further = re.search(r'rel="next" href="([^"]+)"', page)
        if not further:
            break
        address = LOG + further[1].replace("&amp;", "&")
    assert seen == A_PAGE * 2


def test_table_holds_no_formula_and_the_same_events(editor):
    builders.make_article(editor, headline="=HYPERLINK(“x”)")
    text = b"".join(logged_in(editor).get(CSV)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + Event.objects.count()
    assert "'=HYPERLINK(“x”)" in rows[1]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    for cell in ("=1", "+1", "-1", "@x", "\tx", "\rx", "\nx"):
        assert plain(cell).startswith("'")
    assert plain("“=1”") == "“=1”"


def test_json_holds_whole_events(editor):
    article = builders.make_article(editor, headline='Quote " and </script>')
    answer = logged_in(editor).get(JSON)
    events = json.loads(b"".join(answer))
    assert events[0]["story_id"] == article.pk
    assert events[0]["verb"] == "start"
    assert events[0]["digest"] == Event.objects.latest("sequence").digest
    assert answer["Content-Disposition"].startswith("attachment")


def test_log_costs_the_same_few_queries_however_much_happened(reporter):
    browser = logged_in(reporter)
    builders.make_article(reporter)
    one = cost(browser, LOG)
    for _ in range(8):
        builders.make_article(reporter)
    many = cost(browser, LOG)
    assert len(one) == len(many) <= 6
    assert whole_scans(many) == []
    assert Article.objects.count() == 9
