"""What the database can refuse by itself, it refuses."""

from datetime import timedelta

import pytest
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from articles.models import Address, Article, Byline, Correction, Edition, Placement, Story, Tag
from media import minting
from media.models import MediaIDCounter, Picture
from tests.builders import make_archived, make_article, make_contributor, make_picture, make_published

pytestmark = pytest.mark.django_db


def refused(statement):
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        statement()


@pytest.mark.parametrize("media_id", ["123", "1234567890123", "12a4", "", " 1234", "١٢٣٤"])
def test_media_id_is_4_to_12_digits(media_id):
    refused(lambda: Picture.objects.create(media_id=media_id))


def test_media_id_is_unique():
    Picture.objects.create(media_id="55361435")
    refused(lambda: Picture.objects.create(media_id="55361435"))


def test_pictures_whose_number_is_lost_may_be_many():
    Picture.objects.create(caption="One")
    Picture.objects.create(caption="Two")
    assert Picture.objects.filter(media_id=None).count() == 2


def test_minted_ids_step_over_imported_ones_and_never_come_back(settings):
    settings.MEDIA_ID_START = 60000001
    Picture.objects.create(media_id="60000002")
    first = minting.mint()
    assert first == "60000001"
    assert minting.mint() == "60000003"
    MediaIDCounter.objects.get()


@pytest.mark.parametrize("number", [0, 9_999_999, 100_000_000, -1])
def test_story_id_has_eight_digits(number):
    refused(lambda: Story.objects.create(pk=number))


def test_unknown_state_is_refused(reporter):
    article = make_article(reporter)
    refused(lambda: Article.objects.filter(pk=article.pk).update(state="lost"))


def test_edition_cannot_end_before_it_begins(editor):
    edition = make_published(editor)
    refused(
        lambda: Edition.objects.filter(pk=edition.pk).update(live_until=timezone.now() - timedelta(days=9))
    )


def test_suppressed_edition_must_say_why(editor):
    edition = make_published(editor)
    refused(lambda: Edition.objects.filter(pk=edition.pk).update(suppressed_at=timezone.now()))


def test_correction_needs_its_edition_and_a_note(editor):
    edition = make_published(editor)
    facts = {"story_id": edition.story_id, "made_at": timezone.now()}
    refused(lambda: Correction.objects.create(kind="correction", note="Wrong quay.", **facts))
    refused(lambda: Correction.objects.create(kind="correction", note="", edition=edition, **facts))


def test_address_leads_to_exactly_one_place():
    story = make_archived().story
    refused(lambda: Address.objects.create(path="/a"))
    refused(lambda: Address.objects.create(path="/a", story=story, to_path="/b"))
    refused(lambda: Address.objects.create(path="a", story=story))
    Address.objects.create(path="/a", story=story)
    refused(lambda: Address.objects.create(path="/a", story=story))


def test_tag_is_no_alias_of_itself():
    tag = Tag.objects.create(name="Harbour")
    refused(lambda: Tag.objects.filter(pk=tag.pk).update(alias_of=tag))


def test_picture_and_byline_stand_once_on_a_story(reporter):
    article = make_article(reporter)
    picture, person = make_picture(), make_contributor()
    Placement.objects.create(article=article, picture=picture)
    refused(lambda: Placement.objects.create(article=article, picture=picture))
    refused(lambda: Byline.objects.create(article=article, contributor=person, role="writer"))
