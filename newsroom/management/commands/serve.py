"""Serves the site with gunicorn, after making sure that it can be served."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from newsroom import checks, health, server, static_files
from newsroom.beside import Beside
from newsroom.migrated import need_migrated

LOOPBACK = ("127.0.0.1", "::1", "localhost")
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104


class Command(BaseCommand):
    """`manage.py serve`: what `make run` ends in, and what a service file starts."""

    help = "Serve the site (gunicorn). Listens on this machine only, unless --bind or BIND says otherwise."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument(
            "--bind",
            default=os.environ.get("BIND") or "127.0.0.1:8000",
            help="address and port to listen on (127.0.0.1:8000); 0.0.0.0:8000 lets other machines in",
        )
        parser.add_argument("--workers", type=int, default=2, help="processes (2)")
        parser.add_argument("--threads", type=int, default=8, help="threads in each (8)")
        parser.add_argument(
            "--without-copies",
            action="store_true",
            help="make no copies of pictures here: make_renditions runs somewhere else",
        )
        parser.add_argument(
            "--without-mail",
            action="store_true",
            help="send no notices by mail from here: send_notices or release_due runs somewhere else",
        )
        parser.add_argument(
            "--without-links",
            action="store_true",
            help="look at no links from here: check_links runs somewhere else",
        )
        parser.add_argument(
            "--without-record",
            action="store_true",
            help="keep the days' heads and counts from somewhere else: keep_record or release_due runs there",
        )
        parser.add_argument(
            "--without-related",
            action="store_true",
            help="work out no related stories from here: relate_stories runs somewhere else",
        )
        parser.add_argument(
            "--without-index",
            action="store_true",
            help="take nothing into the search index from here: keep_index runs somewhere else",
        )
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="first migrate, and load the sample newspaper where there is no story yet",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare what is missing, say where the site is, and serve until stopped."""
        checks.refuse_unsafe()
        host, port = _address(options["bind"])
        if server.is_taken(host, port):
            raise CommandError(
                f"Port {port} is taken: something else, perhaps this site, is already running there. "
                f"Stop it, or choose another port with BIND=127.0.0.1:{port + 1 if port < 65535 else 8000}."
            )
        self._prepare_database(may_change=options["prepare"])
        if static_files.collect_if_changed():
            self._say("Collected the style sheets and scripts.")
        self._addresses(host, port)
        wanted = {
            "make_renditions": options["without_copies"],
            "send_notices": options["without_mail"],
            "check_links": options["without_links"],
            "keep_record": options["without_record"],
            "relate_stories": options["without_related"],
            "keep_index": options["without_index"],
        }
        beside = [
            Beside(one, "--watch", "--until-closed") for one, is_left_out in wanted.items() if not is_left_out
        ]
        server.Server(options["bind"], options["workers"], options["threads"], beside).run()

    def _prepare_database(self, *, may_change: bool) -> None:
        if not may_change:
            need_migrated()
        elif health.unapplied_migrations():
            self._say("Setting up the database …")
            call_command("migrate", interactive=False, verbosity=0)
        if may_change:
            call_command("demo", "--if-empty", stdout=self.stdout)

    def _addresses(self, host: str, port: int) -> None:
        shown = "localhost" if host in (*LOOPBACK, *EVERYWHERE) else host
        self._say(
            f"\n  The paper   http://{shown}:{port}/\n  The desk    http://{shown}:{port}{settings.DESK_PATH}"
        )
        if not checks.is_loopback(settings.SITE_URL):
            self._say(f"  Readers     {settings.SITE_URL}/")
        if host in LOOPBACK:
            self._say("\n  Only this machine can reach it. To let others in: README, “Deploy”.")
        self._say("  Ctrl-C stops it.\n")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def _address(bind: str) -> tuple[str, int]:
    host, _, port = bind.rpartition(":")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CommandError(f"“{bind}” is no address to listen on. Write it as 127.0.0.1:8000.")
    return host.strip("[]"), int(port)
