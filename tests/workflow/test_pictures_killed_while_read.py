"""A picture is killed while its story is being read: from that moment no address gives it, and every page says so."""

import pytest

from articles import workflow
from articles.models import Edition
from media.models import Picture
from tests import builders

pytestmark = pytest.mark.django_db
NAME, CAPTION = "0123456789abcdef", "Zcaption of the staged scene"
FILE = f"/images/{NAME}.jpg"


@pytest.fixture
def story(editor):
    picture = builders.make_picture(media_id="55361435", caption=CAPTION, credit="Zcredit", alt="Zalt")
    builders.make_copy(picture, name=NAME)
    body = '<p>Dawn.</p><figure data-media-id="55361435"></figure><p>Dusk.</p>'
    return builders.make_published(editor, pictures=[picture], body=body)


def addresses(story):
    page = story.get_absolute_url()
    lists = ("/", "/section/world/", "/by/nadia-farouk/", f"/{story.published_on:%Y/%m/%d}/")
    feeds = ("/rss.xml", "/atom.xml", "/feed.json", "/section/world/rss.xml", "/index.json")
    return (page, f"{page.rstrip('/')}.json", f"{page}editions/1/", *lists, *feeds)


def read(client, path, **headers):
    answer = client.get(path, headers=headers)
    streamed = getattr(answer, "streaming", False)
    return answer, (b"".join(answer) if streamed else answer.content).decode(errors="replace")


def test_no_address_gives_it_and_pages_say_so(client, story, picture_desk):
    before = {path: read(client, path) for path in addresses(story)}
    assert {answer.status_code for answer, _ in before.values()} == {200}
    assert NAME in before[story.get_absolute_url()][1]
    assert read(client, FILE)[0].status_code == 200
    assert read(client, "/media/55361435/")[0].status_code == 200
    picture = Picture.objects.get()
    workflow.kill_picture(
        by=picture_desk, picture_id=picture.pk, token=picture.token, reason="Zreason", notice="It was staged."
    )
    assert read(client, FILE)[0].status_code == 410
    assert read(client, "/media/55361435/")[0].status_code == 410
    for path, (answer, _) in before.items():
        seen = {"If-None-Match": answer["ETag"]} if "ETag" in answer else {}
        if "Last-Modified" in answer:
            seen["If-Modified-Since"] = answer["Last-Modified"]
        again, said = read(client, path, **seen)
        if again.status_code == 304:
            assert NAME not in before[path][1], path
            assert CAPTION not in before[path][1], path
            continue
        for marker in (NAME, CAPTION, "Zcredit", "Zalt", "Zreason"):
            assert marker not in said, (path, marker)
    assert "It was staged." in read(client, story.get_absolute_url())[1]


def test_reader_between_commit_and_redrawing_gets_no_file(client, story, picture_desk):
    Picture.objects.update(killed_at=builders.moment(2026))
    page, said = read(client, story.get_absolute_url())
    assert page.status_code == 200
    assert NAME in said
    assert read(client, FILE)[0].status_code == 410
    Picture.objects.update(editions_due_at=builders.moment(2026))
    workflow.redraw_due()
    assert NAME not in read(client, story.get_absolute_url())[1]
    assert Edition.objects.get().pictures[0]["caption"] == CAPTION
