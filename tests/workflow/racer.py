"""A process of its own that uses the verbs, told what to do by lines of JSON: for races, and for being killed.

Run as `python -m tests.workflow.racer`. Each line is [name of an act below, its arguments]; each answer a line too.
"""

import json
import sys
import threading
import time
from datetime import datetime, timedelta
from uuid import uuid4

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import workflow  # noqa: E402
from articles.models import Article, Edition, Event, Revision, Sitting  # noqa: E402
from articles.workflow import autosaving, editions, rederiving, verifying  # noqa: E402
from media import changing  # noqa: E402
from media.models import Picture  # noqa: E402
from tests import builders  # noqa: E402


def begin():
    """Make the people and the first names."""
    desk = builders.make_desk()
    for name, role in (("rana", "reporter"), ("edwin", "editor")):
        builders.make_person(name, role, desk)
    builders.make_contents()
    return connection.vendor


def draft(**overrides):
    article = builders.make_article(User.objects.get(username="edwin"), **overrides)
    return [article.pk, article.token]


def save(who, story_id, token, headline):
    """Save a new headline; say what became of it."""
    old = Revision.objects.filter(story_id=story_id).first().read()
    try:
        article = workflow.save(
            by=User.objects.get(username=who),
            story_id=story_id,
            token=token,
            contents=old.changed(headline=headline),
        )
    except workflow.Conflict as conflict:
        return ["conflict", conflict.kept.number]
    return ["saved", article.token]


def save_in_threads(story_id, token, headlines):
    """Save several headlines at once from threads of this process, each on a connection of its own."""
    said, ready = [], threading.Barrier(len(headlines))

    def one(headline):
        ready.wait()
        said.append([headline, *save("edwin", story_id, token, headline)])
        connection.close()

    threads = [threading.Thread(target=one, args=(headline,)) for headline in headlines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def goodbye_while_saving(story_id):
    """Save what a page sent, and let the page say goodbye in the middle of it; say whether it is gone then, and what was kept."""
    edwin, page = User.objects.get(username="edwin"), uuid4()

    def sent(serial):
        token = Article.objects.get(pk=story_id).token
        revision = Revision.objects.filter(story_id=story_id).first().number
        return autosaving.Sent(page, serial, token, revision, {"kicker": f"Word {serial}"})

    autosaving.keep(by=edwin, story_id=story_id, sent=sent(1))
    seat = autosaving._sit

    def leave():
        workflow.be_here(by=edwin, page=page, story_id=story_id, is_leaving=True)
        connection.close()

    leaving = threading.Thread(target=leave)

    def leave_first(*arguments):
        leaving.start()
        leaving.join(1)
        seat(*arguments)

    autosaving._sit = leave_first
    autosaving.keep(by=edwin, story_id=story_id, sent=sent(2))
    autosaving._sit = seat
    leaving.join()
    return [Sitting.objects.get(page=page).left_at is not None, Article.objects.get(pk=story_id).kicker]


def publish(story_id, token, seconds=None):
    at = timezone.now() + timedelta(seconds=seconds) if seconds else None
    try:
        edition = workflow.publish(
            by=User.objects.get(username="edwin"), story_id=story_id, token=token, at=at
        )
    except workflow.Refused as refused:
        return ["refused", *refused.reasons]
    return ["published", edition.live_from.isoformat()]


def look(story_id):
    """What is kept of a story."""
    article = Article.objects.get(pk=story_id)
    revisions = Revision.objects.filter(story_id=story_id).order_by("number")
    return {
        "headline": article.headline,
        "version": article.version,
        "revisions": [[row.kind, row.contents["headline"]] for row in revisions],
        "editions": Edition.objects.filter(story_id=story_id).count(),
    }


def ask(path, at=None):
    """Open a page as a reader, at a moment yet to come if one is given; return its status and when it was asked."""
    if at is not None:
        time.sleep(max(0.0, (datetime.fromisoformat(at) - timezone.now()).total_seconds()))
    began = timezone.now().isoformat()
    return [Client().get(path, headers={"host": "localhost"}).status_code, began]


def release():
    return [edition.story_id for edition in workflow.release_due()]


def released():
    return list(Event.objects.filter(verb="release").values_list("story_id", flat=True))


def problems():
    """Every row of the record that does not fit."""
    return list(verifying.problems())


def stall_while_publishing(story_id, token):
    """Publish, and stop for ever in the middle of the transaction, the edition written and its event not."""

    def stall(rows):
        say("inside")
        time.sleep(600)

    editions.add_rows = stall
    publish(story_id, token)


def write_for_ever(story_id):
    """Save one headline after the other and say each that is saved, until killed."""
    number = 0
    while True:
        number += 1
        outcome, _ = save("edwin", story_id, Article.objects.get(pk=story_id).token, f"Headline {number}")
        say([outcome, f"Headline {number}"])


def draft_with_picture(number):
    """Start a story that shows a picture of its own; return the story, its token and the picture."""
    picture = builders.make_picture(caption="The harbour at dawn")
    builders.make_copy(picture, name=f"{number:016x}")
    article = builders.make_article(User.objects.get(username="edwin"), pictures=[picture])
    return [article.pk, article.token, picture.pk]


def on_picture(verb, picture_id, token, **facts):
    """Use a verb on a picture; say what became of it."""
    edwin = User.objects.get(username="edwin")
    try:
        done = verb(by=edwin, picture_id=picture_id, token=token, **facts)
    except (workflow.Refused, changing.NotChanged) as refused:
        return ["refused", str(refused)]
    return ["done", done]


def kill_picture(picture_id, token):
    return on_picture(workflow.kill_picture, picture_id, token, reason="Staged", notice="It was staged.")


def recaption(picture_id, token, caption):
    said, done = on_picture(workflow.recaption, picture_id, token, facts={"caption": caption})
    return [said, done if said == "refused" else done.changed]


def update(story_id, headline):
    """Save a new headline and publish it as an update."""
    edwin = User.objects.get(username="edwin")
    old = Revision.objects.filter(story_id=story_id).first().read()
    article = Article.objects.get(pk=story_id)
    try:
        saved = workflow.save(
            by=edwin, story_id=story_id, token=article.token, contents=old.changed(headline=headline)
        )
        workflow.update(by=edwin, story_id=story_id, token=saved.token)
    except workflow.Refused as refused:
        return ["refused", *refused.reasons]
    return ["updated"]


def look_at_picture(story_id, picture_id):
    """What is kept of a picture, and what readers of the story see of it."""
    picture = Picture.objects.get(pk=picture_id)
    live = Edition.objects.at().filter(story_id=story_id).first()
    return {
        "caption": picture.caption,
        "killed": picture.killed_at is not None,
        "due": picture.editions_due_at is not None,
        "shown": [one["src"] for one in live.shown_pictures if one["src"]] if live else None,
        "printed": [one["caption"] for one in live.pictures] if live else None,
        "headline": live.headline if live else None,
    }


def stall_while_redrawing(picture_id, token):
    """Kill a picture, and stop for ever between the commit and the redrawing of what readers see."""

    def stall(keys):
        say("inside")
        time.sleep(600)

    rederiving._rederive = stall
    kill_picture(picture_id, token)


def redraw():
    return workflow.redraw_due()


def say(answer):
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    for line in sys.stdin:
        act, arguments = json.loads(line)
        say(globals()[act](*arguments))
