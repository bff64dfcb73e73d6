"""The sample newspaper loads whole, once, through the verbs, and has every kind of page to show."""

import gzip
import io
import secrets
import stat
from pathlib import Path

import brotli
import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone

from articles.models import Article, Correction, Edition, Event, Story, Tag
from articles.sample import loading, logins
from articles.workflow import rederiving, verifying
from media.models import Picture, Rendition, Slot
from newsroom import lean, progress
from tests.crawling import Crawl
from tests.markup import Page, wrong_with
from tests.sample import both_ways

# One process loads it, and tries it all.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sample")]
SMALL = 0.12


def load(**options):
    with progress.bar("sample", stream=io.StringIO()) as bar:
        loading.load(bar, scale=SMALL, **options)


@pytest.fixture(scope="module")
def newspaper(django_db_setup, django_db_blocker):
    """The sample, loaded once for all tests of this module and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)
    logins.file().unlink()


@pytest.fixture
def sample(newspaper, db):
    """The loaded sample; whatever a test changes in it is taken back."""


def told(name):
    return Event.objects.get(verb=loading.MARK, details__name=f"story {name}").story_id


def public():
    return Edition.objects.at()


def get(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_record_of_the_sample_holds(sample):
    assert list(verifying.problems()) == []
    assert Story.objects.count() == Event.objects.filter(verb=loading.MARK, story__isnull=False).count() >= 40


def test_newest_stories_are_of_today_and_the_oldest_of_2005(sample):
    days = list(public().dated().order_by("listed_at").values_list("published_on", flat=True))
    assert days[0].year == 2005
    assert (timezone.localdate() - days[-1]).days <= 1
    assert public().filter(live_from__gt=timezone.now()).count() == 0
    assert len({day.year for day in days}) >= 12


def test_every_section_language_and_kind_of_tag_has_stories(sample):
    assert public().values("section").distinct().count() == 8
    assert public().filter(language="ar").count() >= 4
    kinds = set(Tag.objects.filter(tag_rows__edition__in=public()).values_list("kind", flat=True))
    assert kinds == {"topic", "place", "person", "organisation"}
    for slug in ("staff", "nour-el-tayeb", "peter-aldous", "salma-wahbeh"):
        assert public().filter(byline_rows__contributor__slug=slug).exists(), slug


def test_day_of_loading_has_stories_in_earlier_years(sample):
    today = timezone.localdate()
    same = public().dated().filter(published_on__month=today.month, published_on__year__lt=today.year)
    assert same.count() >= 4


def test_seed_like_story_is_undated_between_its_neighbours_and_says_no_caption(sample, client):
    picture = Picture.objects.get(media_id="55361435")
    edition = public().get(picture_rows__picture=picture)
    assert (picture.caption, picture.caption_state) == ("", "empty")
    assert edition.dating.published_at is None
    assert (str(edition.dated_earliest), str(edition.dated_latest)) == ("2016-10-01", "2017-03-31")
    page = get(client, edition.get_absolute_url())
    assert "no caption" in page
    assert "between October 2016 and March 2017" in page
    assert "/media/55361435/" in page
    assert get(client, "/media/55361435/")


def test_corrected_story_has_three_editions_and_says_what_was_wrong(sample, client):
    story = told("13-water-rates")
    editions = Edition.objects.filter(story_id=story).order_by("number")
    assert [row.kind for row in editions] == ["import", "update", "correction"]
    assert "14 per cent" in editions[0].headline
    assert "by 4 per cent" in editions[2].headline
    assert Correction.objects.get(story_id=story).kind == "correction"
    assert "read from the wrong line" in get(client, editions[2].get_absolute_url())
    assert Correction.objects.get(story_id=told("14-ice-house")).kind == "clarification"
    assert "read from the wrong line" in get(client, "/corrections/")


def test_killed_story_is_gone_and_suppressed_edition_hidden(sample, client):
    killed = told("15-inspector")
    gone = client.get(f"/story/{killed}/")
    assert gone.status_code in {301, 410}
    slug = Edition.objects.get(story_id=killed).slug
    gone = client.get(f"/story/{killed}/{slug}/")
    assert gone.status_code == 410
    assert "has since been withdrawn" in gone.content.decode()
    court = Edition.objects.filter(story_id=told("16-harbour-court")).order_by("number")
    assert [row.suppressed_because for row in court] == ["legal", ""]
    page = get(client, court[1].get_absolute_url())
    assert "16-year-old" not in page


def test_scheduled_and_embargoed_stories_wait_and_nobody_sees_them(sample, client):
    for name in ("50-scheduled-lights", "51-embargoed-census"):
        waiting = Edition.objects.waiting().get(story_id=told(name))
        assert waiting.live_from > timezone.now()
        assert client.get(waiting.get_absolute_url()).status_code == 404
    assert Article.objects.get(pk=told("51-embargoed-census")).embargo_until > timezone.now()


def test_desk_has_copy_in_every_state(sample):
    states = set(Article.objects.values_list("state", flat=True))
    assert states == {"draft", "filed", "approved", "published", "spiked", "killed"}
    assert Event.objects.filter(verb="send_back").exists()
    changed = Article.objects.get(pk=told("03-salt-pays"))
    assert changed.body != public().get(story_id=changed.pk).body


def test_tricky_headlines_come_out_literally(sample, client):
    for name, seen in (
        ("11-saltco-brief", "&lt;SLT&gt; Q3 NET UP 12 PCT &amp; LIFTS"),
        ("12-form-letter", "{{ 7*7 }}"),
    ):
        assert seen in get(client, public().get(story_id=told(name)).get_absolute_url())


def test_teaser_cut_story_and_lost_file_are_there(sample, client):
    assert public().get(story_id=told("26-sardines")).completeness == "teaser"
    cut = public().get(story_id=told("24-dyers-canal"))
    assert (cut.completeness, cut.dating.earliest, cut.dating.latest) == ("cut", None, None)
    lost = Picture.objects.get(media_id="55204418")
    assert (lost.has_file, lost.caption_state) == (False, "present")
    assert "for the last time" in get(client, "/media/55204418/")
    absent = Picture.objects.get(original_name="sample-tram.jpg")
    assert absent.caption_state == "absent"


def test_aliases_and_merged_tags_keep_answering(sample, client):
    merged = Tag.objects.get(name="Harbour Board")
    assert merged.in_force.name == "Harbour Authority"
    assert client.get(f"/tag/{merged.slug}/").status_code == 301
    amina = public().get(story_id=told("36-ferry-amina"))
    assert "Old Quay" in {tag["name"] for tag in amina.filed_tags}


def test_feature_has_every_thing_a_body_may_hold(sample):
    html = public().get(story_id=told("08-boatbuilders")).body_html
    for tag in ("<h2>", "<table>", '<blockquote class="pull">', "<ol>", '<figure class="picture', "<img "):
        assert tag in html, tag
    assert '<p class="turn question"' in public().get(story_id=told("07-harbour-master")).body_html


def test_every_page_kind_answers(sample, client):
    for path in ("/", "/section/city/", "/tag/port/", "/by/layla-haddane/", "/2016/", "/2016/10/", "/2016/10/12/", "/undated/", "/corrections/"):  # fmt: skip
        get(client, path)
    for edition in public():
        get(client, edition.get_absolute_url())


def test_logins_work_and_are_their_owner_s_alone(sample, rf):
    assert stat.S_IMODE(logins.file().stat().st_mode) == 0o600
    told_of = "\n".join(logins.lines())
    passphrase = next(line.split()[-1] for line in logins.lines() if "passphrase" in line)
    for name in ("reporter", "editor", "chief", "pictures", "reader"):
        assert name in told_of
        assert authenticate(
            RequestFactory().post("/"), username=name, password=passphrase
        ) == User.objects.get(username=name)
    assert User.objects.get(username="reporter").contributor.name == "Layla Haddane"
    assert not User.objects.get(username="reader").is_staff


def demo(*arguments):
    said = io.StringIO()
    call_command("demo", *arguments, stdout=said)
    return said.getvalue()


def test_second_time_nothing_is_changed(sample):
    before = (Story.objects.count(), Edition.objects.count(), Event.objects.count(), Picture.objects.count())
    assert "here already; nothing was changed" in demo()
    assert "passphrase" in demo("--if-empty")
    assert "nothing was changed" not in demo("--logins")
    load()
    assert before == (
        Story.objects.count(), Edition.objects.count(), Event.objects.count(), Picture.objects.count(),
    )  # fmt: skip


# --- What it weighs, and whether its links lead anywhere ------------------------------------------------------------

# HTML, style sheets, scripts, without pictures, in bytes: as they go over the line, and unpacked, so that neither grows unseen.
FRONT_PAGE, STORY = (20_000, 60_000), (14_000, 40_000)


def weight(client, path):
    """What a page and all it loads weigh, (packed, unpacked)."""
    text = get(client, path)
    page = Page(text)
    scripts = [one for one in page.files if one.startswith("/static/")]
    own = [collected(one) for one in (*page.sheets, *scripts)]
    packed = client.get(path, headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    plain = len(text.encode()) + sum(map(len, own))
    return len(packed.content) + sum(len(gzip.compress(one)) for one in own), plain


def collected(address):
    """What is sent for a static file once `collectstatic` has run."""
    file = Path(finders.find(address.removeprefix("/static/")))
    return lean.sheet(file.read_text()).encode() if file.suffix == ".css" else file.read_bytes()


def is_light(found, limits):
    return all(one < limit for one, limit in zip(found, limits, strict=True))


@pytest.fixture
def copied(sample):
    """The sample with all copies that the pictures of a newspaper have; it is drawn too small here to get them itself."""
    for picture in Picture.objects.exclude(original=""):
        Rendition.objects.filter(picture=picture, slot=Slot.WHOLE).delete()
        Rendition.objects.bulk_create(
            Rendition(
                picture=picture, slot=Slot.WHOLE, width=width, height=width * 2 // 3, formats=["avif", "webp", "jpg"],
                name=f"{secrets.token_hex(8)}-{secrets.token_hex(16)}",
            )
            for width in (320, 640, 960, 1280, 1600)
        )  # fmt: skip
        Rendition.objects.filter(picture=picture).update(formats=["avif", "webp", "jpg"])
        rederiving.rederive(picture.pk)


def test_front_page_and_every_story_are_light(copied, client):
    found = weight(client, "/")
    assert found[0] > 8_000
    assert is_light(found, FRONT_PAGE), found
    weights = {path: weight(client, path) for path in [row.get_absolute_url() for row in public()]}
    assert {path: found for path, found in weights.items() if not is_light(found, STORY)} == {}


def test_what_goes_over_the_line_is_a_third(sample, client):
    for path in ["/", *(row.get_absolute_url() for row in public())]:
        plain, packed = client.get(path), client.get(path, headers={"accept-encoding": "br, gzip"})
        assert brotli.decompress(packed.content) == plain.content
        assert len(packed.content) * 3 < len(plain.content)
        assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("br", "Accept-Encoding")
        assert packed.headers["ETag"] == plain.headers["ETag"]
        zipped = client.get(path, headers={"accept-encoding": "gzip, br;q=0"})
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(zipped.content) == plain.content
        assert client.get(path, headers={"accept-encoding": "gzip;q=0, br;q=0.0"}).content == plain.content


STARTS = (
    "/",
    "/section/city/",
    "/tag/port/",
    "/by/layla-haddane/",
    "/2016/",
    "/2016/10/",
    "/2016/10/12/",
    "/undated/",
)
STARTS += ("/corrections/", "/search/", "/search/?q=harbour", "/search/?q=zqnever", "/search/how/", "/tag/port/timeline/", "/nowhere/")  # fmt: skip


def test_pages_say_what_django_makes_of_their_templates(sample, client, long_series, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    starts = (*STARTS, public().get(story_id=told("08-boatbuilders")).get_absolute_url())
    found, templates = both_ways.walked(
        client, starts, lambda link: link.startswith("/"), is_whole=long_series
    )
    assert both_ways.differing(client, found) == []
    assert len(templates) > 20, templates
    assert "archive/story.html" in templates


def test_rooms_of_the_desk_say_what_django_makes_of_their_templates(
    sample, client, long_series, time_machine
):
    time_machine.move_to(timezone.now(), tick=False)
    client.force_login(User.objects.get(username="chief"))
    starts = ["/admin/", "/admin/articles/article/", "/admin/articles/tag/", "/admin/media/picture/"]
    # Two leave a message for whatever page comes next.
    elsewhere = ("logout", "compare")
    found, templates = both_ways.walked(
        client,
        starts,
        lambda link: link.startswith("/admin/") and not any(one in link for one in elsewhere),
        is_whole=long_series,
    )
    assert both_ways.differing(client, found) == []
    assert len(templates) > 15, templates


@pytest.mark.long
@pytest.mark.weekly
def test_every_link_of_the_sample_leads_to_something_and_every_page_is_valid(sample, client):
    crawl = Crawl(client)
    wrong = [f"{path}: {fault}" for path, page in crawl.pages.items() for fault in wrong_with(page.text)]
    assert not [*crawl.faults, *wrong], "\n".join([*crawl.faults, *wrong])
    assert len(crawl.pages) > 150
    assert set(crawl.answers) >= {row.get_absolute_url() for row in public()}
