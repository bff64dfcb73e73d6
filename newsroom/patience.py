"""gunicorn's threaded worker, made patient: a slow client waits in the poller and never holds a thread.

As it comes, the worker gives a thread to a connection on arrival and lets it wait there for a request: forty
sockets that send half a request head stop sixteen threads for good. Here a thread is given when the whole head
has come, and none at all where the site has the answer at hand: to pass a request to a thread and back takes four times
what it takes to answer. What a client then sends or takes too slowly ends after `STALL` seconds without a byte.
"""

import socket
import struct
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache, partial
from selectors import EVENT_READ
from typing import Any

from django.conf import settings
from gunicorn import SERVER
from gunicorn.util import http_date
from gunicorn.workers.gthread import TConn, ThreadWorker

from newsroom import plain_head

# How long a request head may take, and how much of it is looked at: gunicorn refuses what is longer.
HEAD_SECONDS = 15.0
LONGEST_HEAD = 32_768
DESK_THREADS = 4
# So long, in seconds, is a new connection left to a worker that has fewer.
LEFT_FOR = 0.002
DESK = settings.DESK_PATH.encode()
STALL = struct.pack("ll", 20, 0)


class PatientWorker(ThreadWorker):
    """`gthread` with its connections kept out of the thread pool until they have something to ask.

    The desk has threads of its own: an editor's request never queues behind those of readers.
    """

    stops_at: float | None = None
    is_for_the_desk = False
    # How many connections each worker has, and one more; 0 where there is none. Which of them is this worker's.
    open_at_each: memoryview = memoryview(bytearray(8)).cast("Q")
    place = 0
    left_since: float | None = None

    def init_process(self) -> None:
        """Begin with the threads of the desk beside those for everybody."""
        self.desk_pool = ThreadPoolExecutor(max_workers=DESK_THREADS)
        super().init_process()

    def load_wsgi(self) -> None:
        """Take the site, and its way to answer at once, if it has one (`PageCache.at_hand`)."""
        super().load_wsgi()
        self.at_hand = getattr(self.wsgi, "at_hand", None)

    def enqueue_req(self, conn: Any) -> None:
        """Give a connection a thread of those that are there for what it asks."""
        pool = self.desk_pool if self.is_for_the_desk else self.tpool
        self.is_for_the_desk = False
        self._await(conn, pool.submit(self.handle, conn))

    def _await(self, conn: Any, asked: Future[Any]) -> None:
        asked.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))

    def notify(self) -> None:
        """Tell the master that this worker is alive, and the others how many connections it has."""
        super().notify()
        self.open_at_each[self.place] = self.nr_conns + 1 if self.alive else 0

    def accept(self, listener: socket.socket) -> None:
        """Take a connection in and let it wait for its request head; one that another worker should have is left to it."""
        if self._is_left():
            return
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, STALL)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, STALL)
        self._await_head(TConn(self.cfg, client, address, listener.getsockname()))

    def _is_left(self) -> bool:
        """Say whether a new connection is left to a worker with fewer, which it has woken as well.

        Left to chance, whoever is quickest takes all that a proxy or a crawler keeps open, and the other processors idle.
        """
        fewest = min((each for each in self.open_at_each if each), default=self.nr_conns + 1) - 1
        if self.nr_conns <= fewest + 1:
            self.left_since = None
            return False
        now = time.monotonic()
        self.left_since = self.left_since or now
        if now - self.left_since < LEFT_FOR:
            return True
        self.left_since = None
        return False

    def on_client_socket_readable(self, conn: Any, client: socket.socket) -> None:
        """A kept connection speaks again: it waits for its head like a new one."""
        self.keepalived_conns.remove(conn)
        conn.timeout = time.monotonic() + HEAD_SECONDS
        self.pending_conns.append(conn)
        self.poller.modify(client, EVENT_READ, partial(self.on_pending_socket_readable, conn))
        self.on_pending_socket_readable(conn, client)

    def on_pending_socket_readable(self, conn: Any, client: socket.socket) -> None:
        """Answer, or give the connection a thread, when the head is whole, too long, or will never come."""
        try:
            head = client.recv(LONGEST_HEAD, socket.MSG_PEEK)
        except BlockingIOError:
            return
        except OSError:
            head = b""
        if head and b"\r\n\r\n" not in head and len(head) < LONGEST_HEAD:
            # Wake up only for more than has been seen; else the poller would spin on the same bytes.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, len(head) + 1)
            conn.is_woken_late = True
            return
        if getattr(conn, "is_woken_late", False):
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
            conn.is_woken_late = False
        if self._is_answered(conn, client, head):
            return
        self.is_for_the_desk = _path_in(head).startswith(DESK)
        super().on_pending_socket_readable(conn, client)

    def _is_answered(self, conn: Any, client: socket.socket, head: bytes) -> bool:
        """Answer with what the site has at hand, and say whether there was anything."""
        if self.at_hand is None or not self.alive or len(self.keepalived_conns) >= self.max_keepalived:
            return False
        try:
            environ = plain_head.environ_of(head, conn.client)
            answer = None if environ is None else self._printed(self.at_hand, environ)
        except Exception:
            # Here it would end the worker; in a thread it is one answer that says so.
            self.log.exception("What is at hand could not be given")
            return False
        if answer is None:
            return False
        try:
            client.recv(len(head))
            rest = answer[client.send(answer) :]
        except BlockingIOError:
            rest = answer
        except OSError:
            # Nobody is there any more, which a thread will find.
            return False
        self.pending_conns.remove(conn)
        if rest:
            # Who takes it slowly is not waited for here.
            self.poller.unregister(client)
            self._await(conn, self.tpool.submit(_send, conn, rest))
        else:
            conn.set_timeout()
            self.keepalived_conns.append(conn)
            self.poller.modify(client, EVENT_READ, partial(self.on_client_socket_readable, conn))
        return True

    def _printed(self, at_hand: Any, environ: dict[str, Any]) -> bytes | None:
        """Return an answer as it goes over the line, with the fields that the server adds to every one."""
        said: list[Any] = []
        body = at_hand(environ, lambda *given: said.extend(given))
        if body is None:
            return None
        status, fields = said
        lines = [
            f"HTTP/1.1 {status}", f"Server: {SERVER}", f"Date: {_date(int(time.time()))}", "Connection: keep-alive",
            *[f"{name}: {value}" for name, value in fields],
        ]  # fmt: skip
        return b"".join(["\r\n".join([*lines, "", ""]).encode("latin-1"), *body])

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Part with a client that sent half of its next request along with the last; else go on as gunicorn does."""
        ahead = conn.parser.unreader.buf.getvalue() if conn.parser else b""
        if ahead and b"\r\n\r\n" not in ahead:
            self.nr_conns -= 1
            conn.close()
            return
        super().finish_request(conn, fs)

    def murder_pending(self) -> None:
        """Close what has asked for nothing in time; a worker that stops waits one second more for such."""
        if not self.alive:
            self.stops_at = self.stops_at or time.monotonic() + 1
            for conn in self.pending_conns:
                conn.timeout = min(conn.timeout, self.stops_at)
        super().murder_pending()

    def _await_head(self, conn: Any) -> None:
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + HEAD_SECONDS
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))


def _path_in(head: bytes) -> bytes:
    """Return the path that the first line of a request head asks for."""
    _, _, rest = head.partition(b"\r\n")[0].partition(b" ")
    return rest


def _send(conn: Any, rest: bytes) -> bool:
    """Send what is left of an answer, in a thread, and say that the connection may be kept."""
    conn.init()
    conn.sock.setblocking(True)
    conn.sock.sendall(rest)
    return True


@lru_cache(maxsize=2)
def _date(_second: int) -> str:
    """Return the present second in HTTP's words."""
    return str(http_date())
