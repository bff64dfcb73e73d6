"""What a page of the library costs: every query of the whole request counted, from the session on, for every role."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.picture_desk.lists import ALIKE, LISTS
from articles.picture_desk.narrowing import NARROWINGS
from media.models import Likeness, Picture
from tests import builders

pytestmark = pytest.mark.django_db
LIST, FIND = reverse("admin:media_picture_changelist"), reverse("admin:media_picture_find")
WORK = reverse("admin:media_picture_work")
ASKED = [
    "", "?view=list", "?order=reads", "?order=oldest", "?q=quay", "?q=2016", "?q=5536+1435+harbour", "?q=99999999",
    "?section=world", "?q=quay&section=world&credit=staff&from=2016-01-01&to=2030-01-01&view=list", "?section=nowhere", "?after=1",
    *(f"?{name}={value}" for name, one in NARROWINGS.items() for value in one.choices),
    "?" + "&".join(f"{name}={next(iter(one.choices))}" for name, one in NARROWINGS.items()),
]  # fmt: skip


def logged_in(person):
    """A browser whose person came in through the login page."""
    browser = Client()
    typed = {"username": person.get_username(), "password": "a long pass-phrase"}
    assert browser.post(reverse("admin:login"), typed).status_code == 302
    return browser


def cost(browser, address):
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
    assert answer.status_code in (200, 302), (address, answer.status_code)
    return len(asked), [one["sql"][:160] for one in asked]


@pytest.fixture
def cast(reporter, editor, chief, picture_desk):
    owner = builders.make_person("owner", "chief", is_superuser=True)
    owner.groups.clear()
    return [reporter, editor, chief, picture_desk, owner]


def hang(count, editor):
    """So many pictures in the library, each with copies, some of them used, in a paper with a dozen sections."""
    for number in range(count):
        picture = builders.make_picture(
            media_id=f"{55_361_000 + number}", caption=f"The quay in 2016, {number}", original=f"{number}.jpg", width=960, height=640
        )  # fmt: skip
        for width in (320, 640):
            builders.make_copy(picture, name=f"0123456789abcdef-{number:027d}{width:05d}", width=width)
    builders.make_published(editor, section="World", pictures=[picture])
    for number in range(12):
        builders.make_section(f"Section {number}")


@pytest.mark.parametrize("count", [1, 100])
def test_library_costs_four_queries_whoever_asks_for_whatever(cast, editor, count):
    hang(count, editor)
    for person in cast:
        browser = logged_in(person)
        for asked in ASKED:
            for page in (LIST, FIND):
                found, queries = cost(browser, page + asked)
                assert found <= 4, (person, page + asked, queries)


@pytest.mark.parametrize("count", [1, 100])
def test_work_lists_cost_four_queries_and_one_for_the_notices(cast, editor, count):
    hang(count, editor)
    Picture.objects.update(alt="", credit="", rights_class="unknown", caption=None)
    for person in cast:
        browser = logged_in(person)
        for page in (WORK, *(f"{WORK}{one.name}/" for one in LISTS)):
            found, queries = cost(browser, page)
            assert found <= 5, (person, page, queries)


def test_pairs_that_look_alike_cost_the_same_however_many(editor, picture_desk):
    hang(24, editor)
    browser, pictures = logged_in(picture_desk), list(Picture.objects.order_by("pk"))
    for older, newer in zip(pictures[::2], pictures[1::2], strict=True):
        Likeness.objects.create(older=older, newer=newer, distance=3)
    assert cost(browser, f"{WORK}{ALIKE}/")[0] <= 7


def test_role_that_was_taken_away_or_given_holds_at_the_next_request(picture_desk):
    browser, group = logged_in(picture_desk), Group.objects.get(name="picture desk")
    assert browser.get(LIST).status_code == 200
    picture_desk.groups.remove(group)
    assert browser.get(LIST).status_code == 403
    assert browser.get(FIND).status_code == 403
    picture_desk.groups.add(group)
    assert browser.get(LIST).status_code == 200
    picture_desk.is_active = False
    picture_desk.save()
    assert browser.get(LIST).status_code == 302


def test_session_of_an_account_that_is_gone_leads_to_the_login(picture_desk):
    browser = logged_in(picture_desk)
    picture_desk.delete()
    assert browser.get(LIST).url.startswith(reverse("admin:login"))
    assert browser.get(LIST).wsgi_request.user.is_anonymous
