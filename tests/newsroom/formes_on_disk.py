"""A process that asks a site on a database of its own for pages while a story is corrected and killed; prints what it got."""

import json
import sqlite3
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

from articles import workflow  # noqa: E402
from articles.models import Article  # noqa: E402
from newsroom.page_cache.formes import Formes  # noqa: E402
from tests import builders  # noqa: E402
from tests.newsroom.cached_site import CachedSite  # noqa: E402

if __name__ == "__main__":
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS = ["testserver"]
    editor = builders.make_person("editor", "editor", builders.make_desk())
    edition = builders.make_published(editor, headline="Wolves seen")
    number, paths = edition.story_id, (edition.get_absolute_url(), "/", "/rss.xml")
    formes = Formes(2**20, settings.FORMES_OF)
    site = CachedSite(Path(sys.argv[1]), room=0, site=get_wsgi_application(), formes=formes)

    def asked():
        """For each page: the status, whether it names the story, whether the site itself answered."""
        found = []
        for path in paths:
            before = len(site.rendered)
            answer = site.get(path)
            found.append((answer.status, b"Wolves" in answer.body, len(site.rendered) > before))
        return found

    def is_set(path, times, meanwhile=None):
        """For each asking whether the site itself answered; the first time something is done while it does."""
        found = []
        for number in range(times):
            before = len(site.rendered)
            site.meanwhile = meanwhile if number == 0 else None
            assert site.get(path).status == 200
            found.append(len(site.rendered) > before)
        return found

    def write():
        other = sqlite3.connect(settings.DATABASES["default"]["NAME"])

        other.execute("CREATE TABLE written_meanwhile (id)")
        other.commit()
        other.close()

    def on_story():
        return {"by": editor, "story_id": number, "token": Article.objects.get(pk=number).token}

    told = {"first": asked(), "second": asked(), "third": asked()}
    workflow.correct(**on_story(), note="A name.")
    told["corrected"] = asked()
    told |= {"again": asked(), "from the forme": asked()}
    told["at hand"] = [site.at_hand(path) == site.get(path) for path in paths]
    second, third = (builders.make_archived(headline=name).get_absolute_url() for name in ("Bears", "Foxes"))
    told["another story"] = is_set(second, 2)
    told["a third, written to meanwhile"] = is_set(third, 3, meanwhile=write)
    workflow.kill(**on_story(), reason="made up")
    told["killed"] = asked()
    print(json.dumps(told))
