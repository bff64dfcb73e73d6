"""What a browser still holds as unsent: the desk says of which pages it heard a later letter, to whose pages they are."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Sitting
from tests import builders

pytestmark = pytest.mark.django_db
DOOR = reverse("admin:desk_arrived")


def asked(person, *pages):
    client = Client()
    client.force_login(person)
    answer = client.get(DOOR, {"page": pages})
    assert answer.status_code == 200
    return answer.json()["arrived"]


def test_page_arrived_whose_later_letter_the_desk_heard(reporter, editor):
    article, page = builders.make_article(reporter), uuid4()
    Sitting.objects.create(page=page, story_id=article.pk, by=reporter, serial=4)
    assert asked(reporter, f"{page}:3") == [str(page)]
    assert asked(reporter, f"{page}:4") == [], "what was noted after the fourth letter may not have gone"
    assert asked(reporter, f"{uuid4()}:0") == []
    assert asked(editor, f"{page}:3") == [], "of others' pages nothing is told"


@pytest.mark.parametrize("page", ["", ":", "x:1", "{}", "{}:-1", f"{{}}:{'9' * 40}", "{}:٣"])
def test_anything_may_be_asked(reporter, page):
    assert asked(reporter, page.format(uuid4())) == []


def test_door_is_read_only_by_who_is_logged_in(reporter):
    assert Client().get(DOOR).status_code == 401
    client = Client()
    client.force_login(reporter)
    assert client.post(DOOR).status_code == 405
