"""How often pictures are read: people count, crawlers do not; nothing is written while a reader waits, nothing gets lost."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from media import reads
from media.models import Picture
from tests import migrated
from tests.builders import make_archived, make_picture, make_published

pytestmark = pytest.mark.django_db
FIREFOX = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture(autouse=True)
def nothing_counted():
    reads._begin_anew()
    yield
    reads._begin_anew()


def counted(*pictures):
    return [Picture.objects.get(pk=one.pk).reads for one in pictures]


def test_story_and_page_count_each_picture_they_show(client, django_assert_num_queries):
    shown, other = make_picture(), make_picture()
    story = make_archived(pictures=[shown, other])
    client.get(story.get_absolute_url(), headers=FIREFOX)
    client.get(f"/media/{shown.media_id}/", headers=FIREFOX)
    assert counted(shown, other) == [0, 0]
    assert reads.flush() == 3
    assert counted(shown, other) == [2, 1]
    with django_assert_num_queries(0):
        assert reads.flush() == 0


def test_version_of_a_picture_stays_so_that_no_editor_is_in_a_readers_way(client):
    picture = make_picture(released_at=timezone.now())
    client.get(f"/media/{picture.media_id}/", headers=FIREFOX)
    reads.flush()
    assert Picture.objects.get(pk=picture.pk).version == picture.version


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": "Mozilla/5.0 (compatible; bingbot/2.0)"}, {"user-agent": "facebookexternalhit/1.1"},
        {"user-agent": "curl/8.5.0"}, {"user-agent": "Mozilla/5.0 HeadlessChrome/120"},
        FIREFOX | {"sec-purpose": "prefetch;prerender"}, FIREFOX | {"purpose": "prefetch"},
    ],
)  # fmt: skip
def test_machines_and_pages_fetched_ahead_count_nothing(client, headers):
    picture = make_picture(released_at=timezone.now())
    client.get(f"/media/{picture.media_id}/", headers=headers)
    assert reads.flush() == 0


def test_head_data_and_refusals_count_nothing_and_a_phone_called_cubot_does(client):
    picture, hidden = make_picture(released_at=timezone.now()), make_picture()
    client.head(f"/media/{picture.media_id}/", headers=FIREFOX)
    client.get(f"/media/{picture.media_id}.json", headers=FIREFOX)
    client.get(f"/media/{hidden.media_id}/", headers=FIREFOX)
    assert reads.flush() == 0
    client.get(
        f"/media/{picture.media_id}/", headers={"user-agent": "Mozilla/5.0 (Linux; Android 13; CUBOT X18)"}
    )
    assert reads.flush() == 1


def test_look_at_a_preview_counts_nothing(client, editor):
    picture = make_picture()
    edition = make_published(editor, pictures=[picture])
    client.force_login(editor)
    preview = client.get(f"/admin/articles/article/{edition.story_id}/preview/", headers=FIREFOX)
    assert preview.status_code == 200
    assert reads.flush() == 0


def test_merged_number_counts_for_the_picture_in_force():
    kept = make_picture()
    merged = make_picture(alias_of=kept)
    reads.note([merged.media_id, kept.media_id, merged.media_id, "", None, "99999999"])
    reads.flush()
    assert counted(kept, merged) == [3, 0]


def test_what_cannot_be_written_is_kept_for_the_next_time(caplog):
    pictures = [make_picture() for _ in range(3)]
    reads.note(one.media_id for one in pictures)

    def away(execute, sql, params, many, context):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(away):
        assert reads.flush() == 0
    assert "tried again" in caplog.text
    reads.note([pictures[0].media_id])
    assert reads.flush() == 4
    assert counted(*pictures) == [2, 1, 1]


def test_memory_is_bounded_and_what_is_counted_already_goes_on(monkeypatch):
    monkeypatch.setattr(reads, "MOST", 2)
    pictures = [make_picture() for _ in range(3)]
    for one in (*pictures, *pictures):
        reads.note([one.media_id])
    assert reads.flush() == 4
    assert counted(*pictures) == [2, 2, 0]


def test_more_than_a_batch_is_written_whole(monkeypatch):
    monkeypatch.setattr(reads, "BATCH", 2)
    pictures = [make_picture() for _ in range(5)]
    reads.note(one.media_id for one in pictures)
    assert reads.flush() == 5
    assert counted(*pictures) == [1] * 5


def test_thread_of_each_worker_writes_after_a_fork_and_the_last_counts_at_its_end(set_up, tmp_path):
    """As under gunicorn: the parent loads the site and forks; each child counts, and ends in peace with a signal."""
    script = """
        import os, signal, sys, time
        import django
        django.setup()
        from django.conf import settings
        from django.db import connections
        from media import reads
        from media.models import Picture
        Picture.objects.create(media_id="55361435")
        settings.READS_WRITTEN_EVERY = 3600
        reads.note(["55361435"] * 1000)
        connections.close_all()
        children = []
        for number in (1, 2):
            child = os.fork()
            if not child:
                signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
                reads.note(["55361435"] * 7)
                os.write(1, b"counted\\n")
                # The kernel may give the signal to the thread that writes: a main thread that only waits never sees it.
                while True:
                    time.sleep(0.05)
            children.append(child)
        os.write(1, f"{children[0]} {children[1]}\\n".encode())
        for child in children:
            os.waitpid(child, 0)
        print("read", Picture.objects.get().reads, flush=True)
    """
    set_up(tmp_path)
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings", "VAR_DIR": str(tmp_path), "DEBUG": "0",
        "DATABASE_URL": f"sqlite:///{tmp_path / migrated.NAME}",
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], env=environment, cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE, text=True,
    ) as parent:  # fmt: skip
        lines = [parent.stdout.readline().split() for _ in range(3)]
        assert lines.count(["counted"]) == 2
        for child in next(line for line in lines if line != ["counted"]):
            os.kill(int(child), signal.SIGTERM)
        assert parent.stdout.read().strip() == "read 14"
        assert parent.wait(30) == 0
