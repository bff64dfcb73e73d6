"""Links in stories: which are known, of whom nothing is asked, and when one counts as dead."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import workflow
from articles.models import Article, Edition, Link, LinksRead, LinkUse
from articles.rules import BY_NAME, Standing
from articles.workflow import checking_links
from articles.workflow.copy import contents_of
from newsroom.outward import Answer, Outcome
from tests import builders
from tests.laws.imports import imports
from tests.laws.tree import python_files
from tests.newsroom import asked_site

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def site():
    with asked_site.running() as running:
        yield running


def later(**span):
    return timezone.now() + timedelta(minutes=6) + timedelta(**span)


def body(*addresses):
    return "<p>Words, and " + ", ".join(f'<a href="{one}">more</a>' for one in addresses) + ".</p>"


def read(**span):
    """Read all that is there, as if a while had passed."""
    while checking_links.read_due(later(**span)):
        pass


def known(story_id, **which):
    rows = LinkUse.objects.filter(story_id=story_id, **which)
    return sorted(rows.values_list("link__address", flat=True))


def token(article):
    return Article.objects.get(pk=article.pk).token


def file(article, by):
    return workflow.file(by=by, story_id=article.pk, token=token(article))


def warned(article):
    article = Article.objects.get(pk=article.pk)
    contents = contents_of(article)
    return BY_NAME["dead_link"].breaks(contents, Standing.of(article, contents))


def ask(site, **span):
    return checking_links.ask_due(site.asker, later(**span))


def test_links_of_copy_are_known_when_nobody_has_typed_for_a_moment(reporter):
    article = builders.make_article(
        reporter,
        body=body("https://one.example/a", "/story/10000009/", "mailto:a@b.example", "https://wrong/"),
    )
    assert checking_links.read_due(timezone.now()) == 0
    read()
    assert known(article.pk) == ["/story/10000009/", "https://one.example/a", "https://wrong/"]
    workflow.save(
        by=reporter,
        story_id=article.pk,
        token=article.token,
        contents=builders.make_contents(body=body("https://two.example/")),
    )
    read()
    assert known(article.pk) == ["https://two.example/"]
    assert list(Link.objects.values_list("address", flat=True)) == ["https://two.example/"]


def test_each_edition_keeps_its_own_links_and_is_read_once(editor):
    edition = builders.make_published(editor, body=body("https://one.example/"))
    read()
    assert known(edition.story_id, edition=edition) == ["https://one.example/"]
    assert checking_links.read_due(later()) == 0
    assert LinksRead.objects.get().last_edition == edition.pk


def test_page_that_the_story_makes_itself_is_no_link_to_look_at(reporter):
    builders.make_tag("Arwad", "place")
    article = builders.make_article(reporter, tags=("Arwad",), body=body("/tag/arwad/", "/tag/nobody/"))
    read()
    assert known(article.pk) == ["/tag/nobody/"]


def test_our_own_pages_are_looked_up_again_and_again(editor):
    ran = builders.make_published(editor)
    leads = builders.make_published(editor, body=body(ran.get_absolute_url()))
    read()
    assert checking_links.look_up_due(later()) == 1
    assert not Link.objects.filter(is_dead=True).exists()
    assert checking_links.look_up_due(later()) == 0
    workflow.kill(by=editor, story_id=ran.story_id, token=ran.story.article.token, reason="Invented")
    assert checking_links.look_up_due(later(minutes=11)) == 1
    dead = Edition.objects.at().filter(BY_NAME["dead_link"].edition_query())
    assert list(dead.values_list("story_id", flat=True)) == [leads.story_id]
    assert f"readers see no story {ran.story_id}" in Link.objects.get().why


def test_link_counts_as_dead_when_it_failed_twice_a_day_apart(site, reporter):
    address = f"{site.url}/404"
    article = builders.make_article(reporter, body=body(address))
    file(article, reporter)
    read()
    assert ask(site).count == 1
    assert warned(article) == []
    assert ask(site, hours=23).count == 0
    assert ask(site, hours=25) == checking_links.Asked(1, 1)
    (said,) = warned(article)
    assert f"The link to {address} leads nowhere: 127.0.0.1 answers 404 Not Found, since" in said
    dead = Article.objects.filter(BY_NAME["dead_link"].query())
    assert list(dead.values_list("pk", flat=True)) == [article.pk]
    Link.objects.update(address=f"{site.url}/200")
    assert ask(site, days=9) == checking_links.Asked(1, 0)
    assert not Link.objects.filter(is_dead=True).exists()


def test_link_that_answered_in_between_begins_anew():
    now = timezone.now()
    link = Link.objects.create(key="x", address="https://one.example/", host="one.example")
    gone, there = Answer(Outcome.GONE, "answers 404 Not Found"), Answer(Outcome.THERE)
    verdicts = [
        checking_links.conclude(link, answer, now + n * DAY, is_connected=True)
        for n, answer in enumerate((gone, there, gone, gone))
    ]
    assert verdicts == [False, False, False, True]


@pytest.mark.parametrize("outcome", [Outcome.SILENT, Outcome.UNASKED])
def test_silence_proves_nothing_where_nobody_answers(outcome):
    now = timezone.now()
    link = Link.objects.create(key="x", address="https://one.example/", host="one.example")
    for n in range(3):
        assert not checking_links.conclude(link, Answer(outcome), now + n * DAY, is_connected=False)
    assert link.failing_since is None
    assert link.ask_at > now + 2 * DAY
    is_dead = [
        checking_links.conclude(link, Answer(outcome, "x"), now + n * DAY, is_connected=True) for n in (3, 4)
    ]
    assert is_dead == [False, outcome == Outcome.SILENT]


def test_nobody_is_told_of_a_draft_or_of_what_is_under_embargo(site, reporter, editor):
    """Who is asked for an address learns that somebody here writes about it."""
    address = f"{site.url}/a"
    draft = builders.make_article(reporter, body=body(address))
    kept = builders.make_article(reporter, body=body(address), embargo_until=later(days=30))
    file(kept, reporter)
    read()
    assert ask(site).count == 0
    file(draft, reporter)
    assert ask(site).count == 1
    assert len(site.asked) == 1


def test_scheduled_story_is_asked_about_unless_it_is_embargoed(site, editor):
    at = later(days=2)
    for path, embargo in (("/open", None), ("/kept", at - timedelta(hours=1))):
        article = builders.make_article(editor, body=body(site.url + path), embargo_until=embargo)
        workflow.publish(by=editor, story_id=article.pk, token=token(article), at=at)
    read()
    asked = checking_links.due(later())
    assert list(asked.values_list("address", flat=True)) == [f"{site.url}/open"]


def test_published_story_is_asked_about_until_it_is_withdrawn(site, editor):
    edition = builders.make_published(editor, body=body(f"{site.url}/a"))
    read()
    assert checking_links.due(later()).count() == 1
    workflow.kill(by=editor, story_id=edition.story_id, token=edition.story.article.token, reason="Invented")
    assert checking_links.due(later()).count() == 0


def test_one_site_is_asked_for_one_page_at_a_time(site, editor):
    builders.make_published(editor, body=body(*(f"{site.url}/{n}" for n in "abc")))
    read()
    assert ask(site).count == 1
    assert ask(site, seconds=5).count == 0
    assert ask(site, seconds=11).count == 1
    assert len({path for _, path, _ in site.asked}) == 2


def test_no_two_runs_ask_for_one_address(editor):
    builders.make_published(editor, body=body("https://one.example/"))
    read()
    link = Link.objects.get()
    assert checking_links._claim(link, timezone.now())
    assert not checking_links._claim(link, timezone.now())


def test_command_asks_nobody_unless_it_is_told_to(site, settings, editor):
    builders.make_published(editor, body=body(f"{site.url}/404", "/story/10000009/", "https://wrong/"))
    read()
    Link.objects.exclude(ask_at=None).update(ask_at=timezone.now())
    said = io.StringIO()
    call_command("check_links", stdout=said)
    assert "not asked" in said.getvalue()
    assert "2 links lead nowhere" in said.getvalue()
    settings.CHECK_LINKS = True
    call_command("check_links", stdout=said, stderr=io.StringIO())
    assert "1 addresses were asked for; 0 wait." in said.getvalue()
    assert site.asked == []  # loopback: a private network
    assert Link.objects.get(address__endswith="/404").failing_since is None


def test_no_request_can_reach_another_site():
    """Only the command beside the site imports what asks; `conclude` and the rest are called by nothing else."""
    found = {
        path
        for path, source in python_files()
        if "outward" in source or "checking_links" in source
        for _, name in imports(path, source)
        if not path.startswith("tests/") and name.startswith(("newsroom.outward", "articles.workflow.checking_links"))
    }  # fmt: skip
    assert found == {"articles/workflow/checking_links.py", "articles/management/commands/check_links.py"}
