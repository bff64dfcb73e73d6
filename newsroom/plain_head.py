"""Reads the head of a plain request: a page is asked for, and nothing else, as browsers, crawlers and caches do.

Whatever is not plain (a body, a field twice, an upgrade, another version of HTTP) is nothing here: the server's own parser
reads that, and refuses what is to be refused. What is read here says the same there.
"""

import re
from typing import Any
from urllib.parse import unquote_to_bytes

LONGEST = 8_000
MOST_FIELDS = 60
# A path without a second slash at its start, no fragment; field names of letters, figures and hyphens; no line folded.
_HEAD = re.compile(
    rb"(GET|HEAD) (/(?!/)[!-\"$->@-~]*)(?:\?([!-\"$-~]*))? HTTP/1\.1\r\n((?:[A-Za-z0-9-]+:[\t -~\x80-\xff]*\r\n)+)\r\n"
)
# Fields that say how the message is cut, what the connection becomes, or by which scheme it came in ways that may disagree.
_NOT_PLAIN = frozenset(
    f"HTTP_{name}"
    for name in ("CONTENT_LENGTH", "CONTENT_TYPE", "EXPECT", "HTTP2_SETTINGS", "TE", "TRAILER", "TRANSFER_ENCODING",
                 "UPGRADE", "X_FORWARDED_PROTOCOL", "X_FORWARDED_SSL")
)  # fmt: skip


def environ_of(head: bytes, client: Any) -> dict[str, Any] | None:
    """Return WSGI's names for what a whole head says (PEP 3333), without those of the server; None for one that is not plain.

    `client` is the other end of the connection as the socket names it.
    """
    found = _HEAD.fullmatch(head) if len(head) <= LONGEST else None
    if found is None:
        return None
    method, path, query, lines = found.groups(b"")
    fields = lines.decode("latin-1").split("\r\n")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method.decode(),
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode(),
        "SCRIPT_NAME": "",
        "REMOTE_ADDR": client[0] if isinstance(client, tuple) else client,
    }
    said = len(environ)
    # Behind the last line stands nothing.
    for field in fields[:-1]:
        name, _, value = field.partition(":")
        environ["HTTP_" + name.upper().replace("-", "_")] = value.strip(" \t")
    is_once = len(environ) == said + len(fields) - 1 <= said + MOST_FIELDS
    is_kept = environ.get("HTTP_CONNECTION", "keep-alive").lower() == "keep-alive"
    return environ if is_once and is_kept and _NOT_PLAIN.isdisjoint(environ) else None
