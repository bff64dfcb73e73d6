"""Runs the site under gunicorn inside the process that already set Django up: one start, not two."""

import ctypes
import gc
import mmap
import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from newsroom import page_cache
from newsroom.beside import Alongside, stop_all
from newsroom.page_cache.ahead import Ahead
from newsroom.page_cache.application import Application, PageCache
from newsroom.patience import PatientWorker

M_ARENA_MAX = -8


class Keeper(Arbiter):
    """gunicorn's master, which keeps the commands beside it running as it keeps its workers."""

    def manage_workers(self) -> None:
        """See that everything runs that should. The master comes by here every second."""
        super().manage_workers()
        for one in self.app.beside:
            one.keep()

    def stop(self, graceful: bool = True) -> None:
        """End the workers, and meanwhile the commands beside them."""
        for one in self.app.beside:
            one.ask_to_end()
        super().stop(graceful)


class Server(BaseApplication):
    """gunicorn with patient threads (sync workers die of forty slow readers) and no control socket."""

    def __init__(self, bind: str, workers: int, threads: int, beside: Sequence[Alongside] = ()) -> None:
        self.beside = [*beside]
        # A word for each worker, which all of them see; twice as many as there are, for those that end while others begin.
        self._open_at_each = memoryview(mmap.mmap(-1, 8 * 2 * workers)).cast("Q")
        self.chosen: dict[str, Any] = {
            "bind": bind,
            "workers": workers,
            "threads": threads,
            "worker_class": PatientWorker,
            "preload_app": True,
            "control_socket_disable": True,
            "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 5,
            "loglevel": "warning",
            "proc_name": "newsroom",
            "on_exit": self._stop_beside,
            "pre_fork": self._give_place,
        }
        super().__init__()

    def load_config(self) -> None:
        """Take the settings chosen here; no file and no environment variable changes them."""
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until stopped."""
        self._keeper = Keeper(self)
        self._keeper.run()

    def _give_place(self, arbiter: Any, worker: PatientWorker) -> None:
        """Give a worker that is about to begin the first place that none has; without one it takes what it gets."""
        taken = {one.place for one in arbiter.WORKERS.values()}
        free = [place for place in range(len(self._open_at_each)) if place not in taken]
        if free:
            worker.open_at_each, worker.place = self._open_at_each, free[0]
            self._open_at_each[worker.place] = 0

    def _stop_listening(self) -> None:
        """Leave the port alone, in a process that takes no requests: whoever starts anew finds it free."""
        for one in self._keeper.LISTENERS:
            one.sock.close()

    def _stop_beside(self, _arbiter: Any) -> None:
        stop_all(self.beside)

    def load(self) -> Application:
        """Give the site; no connection made so far may be shared by the workers."""
        connections.close_all()
        site = page_cache.around(get_wsgi_application())
        if isinstance(site, PageCache) and site.formes.are_shared and settings.PAGE_FORMES_AHEAD:
            self.beside.append(Ahead(site, self._stop_listening))
        few_arenas()
        # What is there now is there for good: who looks for garbage would write to each object's page, in every worker.
        gc.collect()
        gc.freeze()
        return site


def few_arenas() -> None:
    """Let all threads take memory from the same two places; glibc gives each its own, and gets none of it back."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


def is_taken(host: str, port: int) -> bool:
    """Tell whether something already listens at this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
