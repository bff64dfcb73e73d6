"""Asking other sites: what counts as a page, and that nothing leads into a private network or goes on for ever."""

import socket
from ipaddress import ip_address

import pytest

from newsroom import outward
from newsroom.outward import Asker, Outcome, is_public
from tests.newsroom import asked_site


@pytest.fixture
def site():
    with asked_site.running() as running:
        yield running


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/", Outcome.THERE),
        ("/a page/ü?q=é&b=%20", Outcome.THERE),
        ("/204", Outcome.THERE),
        ("/304", Outcome.THERE),
        ("/401", Outcome.THERE),
        ("/403", Outcome.THERE),
        ("/429", Outcome.THERE),
        ("/404", Outcome.GONE),
        ("/410", Outcome.GONE),
        ("/503", Outcome.GONE),
        ("/no-head", Outcome.THERE),
        ("/to?to=/somewhere", Outcome.THERE),
        ("/to?to=/404", Outcome.GONE),
        ("/round", Outcome.SILENT),
        ("/garbage", Outcome.SILENT),
        ("/hang-up", Outcome.SILENT),
    ],
)
def test_what_a_site_answers_is_told(site, path, outcome):
    assert site.asker.ask(site.url + path).outcome == outcome


def test_answer_is_told_in_words(site):
    assert site.asker.ask(f"{site.url}/404").said == "answers 404 Not Found"
    assert site.asker.ask(f"{site.url}/599").said == "answers 599"


def test_page_is_asked_for_by_its_head_and_only_then_for_a_little_of_it(site):
    site.asker.ask(f"{site.url}/#part")
    assert [(method, path) for method, path, _ in site.asked] == [("HEAD", "/")]
    assert site.asked[0][2]["User-Agent"] == asked_site.AGENT
    assert site.asked[0][2]["Host"] == f"127.0.0.1:{site.server_port}"
    site.asker.ask(f"{site.url}/404")
    method, _, headers = site.asked[-1]
    assert (method, headers["Range"]) == ("GET", "bytes=0-1023")
    assert "Cookie" not in headers


def test_endless_page_is_not_read(site):
    asker = site.asker
    status, _ = asker._request(
        "GET", outward._read(f"{site.url}/endless")[0], site.server_port, outward._Deadline(5)
    )
    assert status == 200
    assert site.sent < 16 * 1024 * 1024


def test_site_that_never_ends_its_answer_is_left(site, monkeypatch):
    monkeypatch.setattr(outward, "WHOLE", 0.3)
    answer = site.asker.ask(f"{site.url}/trickle")
    assert site.trickles.is_set()
    assert answer.outcome == Outcome.SILENT


def test_name_that_nobody_has_and_a_door_that_is_shut_are_silence(site, monkeypatch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        asker = Asker("x", may_reach=lambda address, port: True)
        assert asker.ask(f"http://127.0.0.1:{port}/").outcome == Outcome.SILENT

    def nobody(*asked, **how):
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert Asker("x").ask("https://gone.example/").said == "is not known by that name"


def test_names_that_cannot_be_looked_up_prove_nothing(monkeypatch):
    def later(*asked, **how):
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    monkeypatch.setattr(socket, "getaddrinfo", later)
    assert Asker("x").ask("https://example.org/").outcome == Outcome.UNASKED


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_private_networks_are_no_public_address(address):
    assert not is_public(ip_address(address), 80)


def test_public_addresses_are_reached_at_the_ports_of_the_web_alone():
    for address in ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"):
        assert is_public(ip_address(address), 443)
        assert not is_public(ip_address(address), 22)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://localhost/", "http://0/", "http://user:secret@127.0.0.1/", "http://169.254.169.254/latest/meta-data/",
    ],
)  # fmt: skip
def test_own_machine_is_never_asked_however_it_is_written(address):
    assert Asker("x").ask(address).outcome == Outcome.UNASKED


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "//example.org/", "http://", "https://:80/",
        "http://example.org:99999/", "http://exa mple.org:port/", f"http://example.org/{'x' * 3_000}", "http://[::1", "http://a\x00b/",
    ],
)  # fmt: skip
def test_what_is_not_on_the_web_is_never_looked_up(address, monkeypatch):
    looked_up = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **how: looked_up.append(asked) or [])
    assert Asker("x").ask(address).outcome == Outcome.UNASKED
    assert all("\x00" in host or host == "a\x00b" for host, *_ in looked_up)


@pytest.mark.parametrize("place", ["http://127.0.0.2:{port}/", "http://[::1]:{port}/", "file:///etc/passwd", "http://user@127.0.0.1:{port}/"])  # fmt: skip
def test_redirect_is_followed_no_further_than_the_first_address(site, place):
    wanted = place.format(port=site.server_port)
    assert site.asker.ask(f"{site.url}/to?to={wanted}").outcome == Outcome.UNASKED
    assert len(site.asked) == 1


def test_name_with_one_private_address_among_public_ones_is_not_asked(monkeypatch):
    both = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("93.184.216.34", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **how: both)
    assert Asker("x").ask("http://example.org/").outcome == Outcome.UNASKED


def test_name_is_looked_up_once_and_that_address_is_reached(site, monkeypatch):
    """A name that leads elsewhere the second time it is asked leads nowhere: it is not asked a second time."""
    real, asked = socket.getaddrinfo, []

    def rebinding(host, *rest, **how):
        if host != "rebind.example":
            return real(host, *rest, **how)
        asked.append(host)
        number = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, site.server_port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    answer = site.asker.ask(f"http://rebind.example:{site.server_port}/")
    assert answer.outcome == Outcome.THERE
    assert site.asked[0][2]["Host"] == f"rebind.example:{site.server_port}"
    assert asked == ["rebind.example"]
