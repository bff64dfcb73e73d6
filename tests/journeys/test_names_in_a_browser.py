"""Tags and names in the story form: near spellings asked about, new ones made knowingly, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.desk_page import open_new, open_story, saved, until

pytestmark = pytest.mark.browser
MADE = """
from tests.builders import *
from django.contrib.auth.models import User
from articles.models import PrintedByline, Tag
edwin = User.objects.get(username="edwin")
if not Tag.objects.filter(name="Mousa Haddad").exists():
    make_tag("Mousa Haddad", "person")
    make_published(edwin, tags=("Mousa Haddad",), bylines=["Samir Aziz"])
    person = make_contributor("Samir Aziz")
    line = (PrintedByline(person.slug, "writer", "S. el-Aziz"),)
    workflow.admit(arrival=workflow.Arrival(make_contents(bylines=[]).changed(bylines=line)))
found = make_article(edwin, tags=(), bylines=[], headline="{headline}").pk
print(found)
"""


@pytest.fixture
def story(site):
    return lambda headline: int(site.shell(MADE.replace("{headline}", headline)).split()[-1])


def copy_of(site, story, what):
    return site.shell(
        f"from articles.models import Article; print(Article.objects.get(pk={story}).{what})"
    ).strip()


def test_near_spelling_is_asked_about_before_a_new_tag_is_made(site, somebody, story):
    number = story("Asked about")
    page = open_story(somebody("edwin"), number)
    page.click("#id_tags_add")
    page.keyboard.type("Moussa Haddad")
    page.wait_for_selector("[role=option]:has-text('Mousa Haddad')")
    page.keyboard.press("Enter")
    first = page.wait_for_selector("[role=option][aria-selected=true]")
    assert "Did you mean Mousa Haddad? person: 1 story, last" in " ".join(first.inner_text().split())
    offered = page.locator(".suggesting:has(#id_tags_add) [role=option]").all_inner_texts()
    assert len([one for one in offered if "Make a new tag" in one]) == 4
    assert "Make a new tag" in offered[-1]
    assert page.get_attribute("#id_tags_add", "aria-activedescendant")
    page.keyboard.press("Enter")
    saved(page)
    assert page.locator(".tag-list li").all_inner_texts() == ["Mousa Haddad ×"]
    assert copy_of(site, number, "tags.get().name") == "Mousa Haddad"
    assert page.complaints == []


def test_new_tag_is_made_with_the_kind_that_was_chosen(site, somebody, story):
    number = story("Made knowingly")
    page = open_story(somebody("edwin"), number)
    page.click("#id_tags_add")
    page.keyboard.type("Moussa Haddad")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=option]:has-text('Make a new tag')")
    expect(page.locator(".tag-list li")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    saved(page)
    assert copy_of(site, number, "tags.get().name") == "Moussa Haddad"
    assert copy_of(site, number, "tags.get().kind") == "place"
    site.shell("from articles.models import Tag; Tag.objects.filter(name='Moussa Haddad').delete()")


def test_person_is_found_by_a_spelling_once_printed(site, somebody, story):
    number = story("Printed so")
    page = open_story(somebody("edwin"), number)
    page.click("#id_bylines-0-contributor")
    page.keyboard.type("S. el-A")
    page.wait_for_selector("[role=option]:has-text('S. el-Aziz → Samir Aziz')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#id_bylines-0-contributor") == "Samir Aziz"
    assert page.input_value("#id_bylines-0-as_printed") == "S. el-Aziz"
    saved(page)
    assert copy_of(site, number, "bylines.get().as_printed") == "S. el-Aziz"
    page.click("button:text-is('Add a name')")
    page.keyboard.type("Nadia Farouk")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=combobox][aria-expanded=false] >> nth=1")
    page.focus("[data-rows=bylines] > li:nth-child(2) .up")
    page.keyboard.press("Enter")
    assert page.input_value("[data-rows=bylines] > li:first-child input") == "Nadia Farouk"
    until(
        lambda: copy_of(site, number, "bylines.first().contributor.name") == "Nadia Farouk", "not first", 15
    )
    assert page.complaints == []


def test_own_name_is_offered_to_who_has_none_yet(site, somebody):
    page = open_new(somebody("rana"))
    page.click("#id_bylines-0-contributor")
    page.wait_for_selector("[role=option]:has-text('Rana Haddad you, new to the paper')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#id_bylines-0-contributor") == "Rana Haddad"
    assert page.is_checked("#id_bylines-0-is_new")
    page.fill("#id_headline", "By nobody known before")
    saved(page)
    said = site.shell(
        "from articles.models import Contributor; print(Contributor.objects.filter(name='Rana Haddad').count())"
    )
    assert said.strip() == "1"
    assert page.complaints == []
