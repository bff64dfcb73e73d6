"""No request of anybody's gives a 500 or shows a hidden word, whatever its address, parameters and headers."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests import builders
from tests.leaks.planting import plant
from tests.leaks.walking import Watch, browser, everything_in, routes

pytestmark = pytest.mark.django_db

ODD = [
    "", "0", "-1", "1", "99999999", "9" * 19, "9" * 40, "0" * 8, "00000000", "٣٤", "１２３４５６７８", "null", "None", "NaN",
    "..", ".", "%2e%2e", "\u202e", "\ufffe", "\U0001f4f0", "حلب", "a" * 300, "'", '"', "<script>", "{{ 7*7 }}", "{% x %}",
    "2016", "0000", "9999", "2999", "12", "13", "31", "32", "00", "rss.xml", "x.json", "index.html", "\\", ";.css", "~", "*",
    "(SELECT 1)", "1 OR 1=1", "__class__", "headline__contains", "\t", "\r\nX-Evil: 1", "%00", "%", "%zz", "zqdraftslug",
]  # fmt: skip
NAMES = [
    "after",
    "q",
    "page",
    "p",
    "o",
    "at",
    "section",
    "tag",
    "by",
    "from",
    "to",
    "sort",
    "format",
    "_method",
    "e",
    "all",
]
HEADERS = [
    "if-none-match", "if-modified-since", "accept", "accept-language", "accept-encoding", "cookie", "host", "range",
    "x-forwarded-host", "x-forwarded-for", "x-http-method-override", "referer", "user-agent", "authorization", "content-type",
]  # fmt: skip
FIXED = [
    "Sun, 99 Foo 2016 99:99:99 GMT",
    "*",
    'W/"x", "y"',
    "bytes=9-1",
    "sessionid=\x01; csrftoken=x",
    "localhost",
    "q=0;;;",
]

part = some.one_of(some.sampled_from(ODD), some.text(max_size=12), some.integers().map(str))
header = some.one_of(some.sampled_from(FIXED), some.text(max_size=30)).map(
    lambda text: text.encode("latin-1", "replace").decode("latin-1").replace("\n", " ").replace("\r", " ")
)


@some.composite
def addresses(draw, shapes):
    """A pattern of the site filled with anything, sometimes cut, doubled or lengthened, with any parameters."""
    shape, names = draw(some.sampled_from(shapes))
    path = "/" + shape % {
        name: quote(draw(part), safe=draw(some.sampled_from(["", "/;%"]))) for name in names
    }
    path += draw(some.sampled_from(["", "", "", "/", "//", ".json", "/rss.xml", ";.css", "/../", "%2f"]))
    asked = draw(
        some.dictionaries(some.one_of(some.sampled_from(NAMES), some.text(max_size=8)), part, max_size=4)
    )
    return path + (f"?{urlencode(asked, errors='replace')}" if asked else "")


def public_shapes():
    return [shape for route in routes("newsroom.urls") if not route.is_desk for shape in route.shapes]


@pytest.fixture
def hidden(reporter, editor, chief):
    builders.make_published(editor)
    return plant("draft", {"reporter": reporter, "editor": editor, "chief": chief})


@pytest.mark.deep
def test_no_address_breaks_the_site_or_shows_a_hidden_story(hidden, long_series):
    watch, asking = Watch([hidden]), browser()

    @settings(
        max_examples=6000 if long_series else 250, deadline=None, database=None, derandomize=not long_series,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(
        address=addresses(public_shapes()),
        headers=some.dictionaries(some.sampled_from(HEADERS), header, max_size=3),
        method=some.sampled_from(
            ["get", "get", "head", "options", "post", "put", "delete", "patch", "trace"]
        ),
    )
    def ask(address, headers, method):
        response = getattr(asking, method)(address, headers=headers)
        assert response.status_code < 500, f"{method} {address} {headers}: {response.status_code}"
        asked = f"{address}{headers}"
        leaks = [marker for marker in watch.leaks(address, everything_in(response)) if marker not in asked]
        assert leaks == []
        assert "x-evil" not in {name.lower() for name in response.headers}

    ask()


@pytest.mark.deep
def test_nothing_anybody_sends_to_the_desk_breaks_it(hidden, long_series):
    shapes = [shape for route in routes("newsroom.urls") if route.is_desk for shape in route.shapes]
    asking = browser()

    @settings(
        max_examples=2000 if long_series else 80, deadline=None, database=None, derandomize=not long_series,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(
        address=addresses(shapes),
        sent=some.dictionaries(
            some.sampled_from(["username", "password", "next", "token", "headline"]), part, max_size=3
        ),
        method=some.sampled_from(["get", "head", "post"]),
    )
    def ask(address, sent, method):
        response = getattr(asking, method)(address, sent)
        assert response.status_code < 500, f"{method} {address} {sent}: {response.status_code}"

    ask()
