"""What is read of a plain request's head says the same as the server's own parser; what is not plain is left to that."""

import socket

import pytest
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from gunicorn.http.wsgi import create
from hypothesis import example, given
from hypothesis import strategies as st

from newsroom.plain_head import LONGEST, MOST_FIELDS, environ_of

CLIENT = ("192.0.2.1", 4711)
BROWSER = (
    b"GET /story/12345678/%d8%a7-b/?page=2&q=a%20b HTTP/1.1\r\nHost: localhost:8000\r\nUser-Agent: Mozilla/5.0 (X11)\r\n"
    b"Accept-Encoding: gzip, br\r\nIf-None-Match: W/\"1\"\r\nCookie: a=b\r\nConnection: Keep-Alive\r\n\r\n"
)  # fmt: skip
# What a request is put together of, the sound and the unsound.
LINES = [
    b"GET / HTTP/1.1", b"HEAD /a/b?c=d&e HTTP/1.1", b"POST / HTTP/1.1", b"GET /a#b HTTP/1.1", b"GET //a/b HTTP/1.1",
    b"GET http://a/b HTTP/1.1", b"GET /a HTTP/1.0", b"GET  /a HTTP/1.1", b"GET /%ff%00;a:b@c?%zz?d HTTP/1.1", b"get / HTTP/1.1",
    b"GET /\xff HTTP/1.1", b"GET * HTTP/1.1", b"GET /[a]\\b|c HTTP/1.1",
]  # fmt: skip
FIELDS = [
    b"Host: localhost", b"host:localhost", b"Host : localhost", b"X-Forwarded-Proto: https", b"X-Forwarded-Ssl: on",
    b"X-Forwarded-For: 192.0.2.7, 192.0.2.8", b"Accept:", b"Accept: \t a\xe9 \t", b"Content-Length: 0", b"Content-Type: a",
    b"Transfer-Encoding: chunked", b"Expect: 100-continue", b"Connection: close", b"Connection: keep-alive", b"Cookie: a=b; c=d",
    b"Connection: upgrade", b"Upgrade: h2c", b"Script_Name: /a", b"Path-Info: /a", b" folded", b"A: b\x00c", b"A: b\rc", b"A: b\nc",
    b"If-None-Match: \"a\", W/\"b\"", b": a", b"\xc9: a", b"A(b): c", b"Proxy: a", b"TE: trailers", b"a",
]  # fmt: skip
ENDS = [b"\r\n\r\n", b"\r\n", b"\n\n", b"\r\n\r\nGET / HTTP/1.1\r\n\r\n", b"\r\n\r\n\r\n"]


def as_the_server_reads(head):
    with socket.socket() as unused:
        request = next(RequestParser(Config(), iter([head]), CLIENT))
        return request, create(request, unused, CLIENT, ("127.0.0.1", 8000), Config())[1]


@given(
    st.one_of(
        st.builds(
            lambda line, fields, end: b"\r\n".join([line, *fields]) + end,
            st.sampled_from(LINES), st.lists(st.sampled_from(FIELDS), max_size=4), st.sampled_from(ENDS),
        ),
        st.builds(
            lambda where, put: BROWSER[:where] + put + BROWSER[where:],
            st.integers(0, len(BROWSER)), st.binary(min_size=1, max_size=3),
        ),
    )
)  # fmt: skip
@example(BROWSER)
def test_what_is_read_is_what_the_server_reads(head):
    environ = environ_of(head, CLIENT)
    if environ is None:
        return
    request, theirs = as_the_server_reads(head)
    assert not request.should_close()
    assert request.body.read() == b""
    assert {name: said for name, said in theirs.items() if name in environ} == environ
    assert {name for name in theirs if name.startswith("HTTP_")} <= environ.keys()


def test_what_browsers_and_crawlers_send_is_plain():
    environ = environ_of(BROWSER, CLIENT)
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/story/12345678/ا-b/"
    assert (environ["QUERY_STRING"], environ["HTTP_CONNECTION"]) == ("page=2&q=a%20b", "Keep-Alive")
    assert environ_of(b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", CLIENT)["REQUEST_METHOD"] == "HEAD"


@pytest.mark.parametrize(
    "fields",
    [
        b"Content-Length: 3", b"Transfer-Encoding: chunked", b"Expect: 100-continue", b"Upgrade: h2c", b"Connection: close",
        b"Host: b", b"X-Forwarded-Ssl: on", b"A_b: c", b" folded", b"A: b\x00", b"a: b\r\nA: b",
        b"\r\n".join(b"A%d: b" % number for number in range(MOST_FIELDS)), b"A: " + b"b" * LONGEST,
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_server(fields):
    assert environ_of(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", CLIENT) is not None
    assert environ_of(b"GET / HTTP/1.1\r\nHost: a\r\n" + fields + b"\r\n\r\n", CLIENT) is None
