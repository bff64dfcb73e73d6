"""Keeps a reader in the time they went to: puts `/at/<moment>` before the links of an answer that lead to pages of ours.

Tags are read one by one with their attributes, so that nothing in a story's text can look like a link; a page of
100 KB takes a few milliseconds. Left alone are files, pictures, the desk, feeds (one follows the living paper),
absolute addresses, and links that say `data-now`.
"""

import json
import re
from functools import cache

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, get_resolver, get_urlconf

NAMESPACE = "at"
_NAMED = re.compile(r"\(\?P<\w+>")
_TOKEN = re.compile(
    r"<!--.*?-->"
    r"|<(script|style|textarea|title)\b.*?</\1\s*>"
    r"|<(a|area|form|link)(\s[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*)>"
    r"|<[a-z/][^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)|[^\s=>"'/]+""")
_LEADS = frozenset({"href", "action"})
_PATHS_IN_JSON = ("next", "previous", "url")


def is_kept(path: str) -> bool:
    """Say whether a path (query and all) is that of a page which can be seen as it stood."""
    if not path.startswith("/") or path.startswith("//"):
        return False
    return _reach(get_urlconf()).match(re.split("[?#&]", path, maxsplit=1)[0][1:]) is not None


@cache
def _reach(urlconf: str | None) -> re.Pattern[str]:
    """Return one expression for all addresses under `/at/<moment>/` but the feeds."""
    _, resolver = get_resolver(urlconf).namespace_dict[NAMESPACE]
    shapes = [
        one.pattern.regex.pattern.removeprefix("^")
        for one in resolver.url_patterns
        if isinstance(one, URLPattern) and not (one.name or "").endswith("_feed")
    ]
    return re.compile("|".join(f"(?:{_NAMED.sub('(?:', shape)})" for shape in shapes))


def keep(response: HttpResponseBase, prefix: str) -> None:
    """Put `prefix` before the links of an answer, and before where it redirects to."""
    where = response.headers.get("Location", "")
    if is_kept(where):
        response.headers["Location"] = prefix + where
    if not isinstance(response, HttpResponse) or not response.content:
        return
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if kind == "text/html":
        response.content = in_html(response.content.decode(), prefix)
    elif kind == "application/json":
        response.content = in_json(response.content, prefix)


def in_html(html: str, prefix: str) -> str:
    """Return a page whose links stay at the moment of `prefix`."""

    def attribute(found: re.Match[str]) -> str:
        name, equals, value = found.groups()
        if name is None or name.lower() not in _LEADS or value[0] not in "\"'" or not is_kept(value[1:-1]):
            return found[0]
        return f"{name}{equals}{value[0]}{prefix}{value[1:]}"

    def token(found: re.Match[str]) -> str:
        tag, attributes = found[2], found[3]
        if tag is None or "data-now" in attributes:
            return found[0]
        return f"<{tag}{_ATTRIBUTE.sub(attribute, attributes)}>"

    return _TOKEN.sub(token, html)


def in_json(body: bytes, prefix: str) -> bytes:
    """Return data whose own paths (where the list goes on) stay at the moment; absolute addresses are left alone."""
    facts = json.loads(body)
    if not isinstance(facts, dict):
        return body
    led = {
        name: prefix + facts[name]
        for name in _PATHS_IN_JSON
        if isinstance(facts.get(name), str) and is_kept(facts[name])
    }
    return json.dumps(facts | led, ensure_ascii=False).encode("utf-8", "replace") if led else body
