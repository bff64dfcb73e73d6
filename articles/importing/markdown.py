"""Reads the Markdown in which other systems keep their texts: CommonMark with tables and strikethrough, by GitHub's `cmark`.

Around it stands what makers of static sites put between: short codes of Hugo (`{{< … >}}`, `{{% … %}}`) and attributes
of kramdown (`{: .class}`), which say how a page looks. Of a short code the words it stands around stay, and its caption.
"""

import re
from html import escape

import cmarkgfm
from cmarkgfm.cmark import Options

from articles.importing.raw_html import laid_open

# A link or a picture with an address; a headline in the text; words in bold; a short code. Few texts that are no Markdown
# hold one.
_SIGNS = re.compile(
    r"\[[^\[\]\n]{1,300}\]\((?:https?://|mailto:|/|#|\{\{)"
    r"|^!\[[^\[\]\n]{0,300}\]\([^\s)]"
    r"|^#{2,6} \S"
    r"|\{\{[<%] ?/?\w"
    r"|(?<![*\w])\*\*(?![*\s])[^*\n]{1,300}(?<!\s)\*\*(?![*\w])",
    re.MULTILINE,
)
_LED_BY_CODE = re.compile(
    r'\[([^\[\]]{0,300})\]\(\s*\{\{[<%][^{}]{0,500}[%>]\}\}(?:\s+"[^"\n]{0,300}")?\s*\)'
)
_CODE = re.compile(r"\{\{[<%]([^{}]{0,2000})[%>]\}\}|\{:[^{}\n]{0,200}\}")
_CAPTION = re.compile(r'\bcaption="([^"]{1,1000})"')
_LISTING = re.compile(r"<pre><code(?: class=\"[^\"]*\")?>(.*?)</code></pre>", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def is_markdown(text: str) -> bool:
    """Return whether a text says by its own signs that it is Markdown."""
    return _SIGNS.search(text) is not None


def as_markup(text: str) -> str:
    """Return Markdown as HTML that is still to be cleaned: what HTML it holds stands in it as it was written.

    A text without a blank line has a paragraph on each of its lines.
    """
    plain = _CODE.sub(_caption, _LED_BY_CODE.sub(r"\1", text))
    if not _BLANK_LINE.search(plain.strip()):
        plain = plain.replace("\n", "\n\n")
    markup: str = cmarkgfm.markdown_to_html_with_extensions(
        laid_open(plain), options=Options.CMARK_OPT_UNSAFE, extensions=["table", "strikethrough"]
    )
    return _LISTING.sub(_lines_of, markup).strip()


def _caption(code: re.Match[str]) -> str:
    told = _CAPTION.search(code[1] or "")
    return f"\n\n<p><em>{escape(told[1].strip(), quote=False)}</em></p>\n\n" if told else ""


def _lines_of(listing: re.Match[str]) -> str:
    """Return what is set in, in old texts mostly words that were set in at will, as a paragraph of the same lines."""
    return f"<p>{'<br>'.join(listing[1].strip().splitlines())}</p>"
