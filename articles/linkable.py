"""Makes the rendered HTML of a body usable on a page: turns of an interview that can be linked to, tables that scroll in a frame.

It adds only what is written here, around what was cleaned before: nothing of anybody's typing becomes markup by it.
"""

import hashlib
import re
from html import unescape

_TURN = re.compile(r'<p class="turn (question|answer)" id="turn-[0-9]+"[^>]*>.*?</p>', re.DOTALL)
_LINK = re.compile(r'<a class="turn-link"[^>]*></a>')
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")
_TABLE = re.compile(r"<(/?)table>")
_FRAME = '<div class="framed" role="region" tabindex="0" lang="en" aria-label="Table">'
# By how many of its first words a turn is known.
WORDS = 6


def made(html: str) -> str:
    """Return rendered HTML with links to its turns and frames around its tables. Doing it twice does it once.

    A turn's address is made from its opening words, so that it stays the same in an edition where turns were added
    before it; its number is an address too, as it always was.
    """
    seen: dict[str, int] = {}

    def linked(found: re.Match[str]) -> str:
        kind, text = found[1], found[0].removesuffix("</p>")
        if 'class="turn-link"' in text:
            return found[0]
        words = " ".join(_WORD.findall(unescape(_TAG.sub(" ", text)).casefold())[:WORDS])
        key = hashlib.sha256(f"{kind} {words}".encode("utf-8", "replace")).hexdigest()[:8]
        seen[key] = seen.get(key, 0) + 1
        anchor = f"said-{key}" if seen[key] == 1 else f"said-{key}-{seen[key]}"
        link = f'<a class="turn-link" id="{anchor}" href="#{anchor}" lang="en" aria-label="Link to this {kind}"></a>'
        return f"{text}{link}</p>"

    return _framed(_TURN.sub(linked, html))


def without_links(html: str) -> str:
    """Return rendered HTML without the links to its turns, for those who show it elsewhere."""
    return _LINK.sub("", html)


def unmade(html: str) -> str:
    """Return rendered HTML as it was before `made`."""
    return without_links(html).replace(_FRAME, "").replace("</table></div>", "</table>")


def _framed(html: str) -> str:
    """Return HTML with each outermost table in a frame of its own, which a phone scrolls and a keyboard reaches."""
    if "<table>" not in html or _FRAME in html:
        return html
    kept: list[str] = []
    depth = end = 0
    for tag in _TABLE.finditer(html):
        depth += -1 if tag[1] else 1
        if tag[1] and depth == 0:
            kept += [html[end : tag.end()], "</div>"]
        elif not tag[1] and depth == 1:
            kept += [html[end : tag.start()], _FRAME, tag[0]]
        else:
            continue
        end = tag.end()
    return "".join([*kept, html[end:]]) if depth == 0 else html
