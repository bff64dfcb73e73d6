"""Makes small Word files for tests, part by part, as Word and others write them."""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = {
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "Quote": "Quote",
    "PullQuote": "Pull Quote",
    "Caption": "caption",
    "ListParagraph": "List Paragraph",
}


def t(text):
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(text, *marks):
    """A run; marks are the names of its switches: b, i, strike, vanish."""
    switches = "".join(f"<w:{mark}/>" for mark in marks)
    return f"<w:r><w:rPr>{switches}</w:rPr>{t(text)}</w:r>"


def p(*inside, style="", extra=""):
    """A paragraph of runs, or of plain text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(one if one.startswith("<") else r(one) for one in inside)
    return f"<w:p><w:pPr>{named}{extra}</w:pPr>{runs}</w:p>"


def line(text, number=1, level=0):
    """A line of a list: number 1 has bullets, number 2 has numbers."""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, style="ListParagraph", extra=listed)


def table(*rows):
    def cell(words):
        return f"<w:tc>{words if words.startswith('<') else p(words)}</w:tc>"

    lines = ["".join(cell(words) for words in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{one}</w:tr>' for one in lines)}</w:tbl>"


def image(key, alt=""):
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture" descr="{escape(alt)}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{key}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def link(words, key):
    return f'<w:hyperlink r:id="{key}">{r(words)}</w:hyperlink>'


def part(name, inside):
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {SPACES}>{inside}</w:{name}>'


def styles(more=""):
    named = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES.items()
    )
    return part("styles", named + more)


def numbering():
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(9))
        + "</w:abstractNum>"
        for number, kind in ((1, "bullet"), (2, "decimal"))
    )
    used = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    return part("numbering", kinds + used)


def notes(kind, *said):
    return part(
        f"{kind}s",
        "".join(f'<w:{kind} w:id="{number}">{p(words)}</w:{kind}>' for number, words in enumerate(said, 2)),
    )


def comments(*said):
    """Comments as (author, words), numbered from 0."""
    return part(
        "comments",
        "".join(
            f'<w:comment w:id="{number}" w:author="{escape(who)}" w:initials="X">{p(words)}</w:comment>'
            for number, (who, words) in enumerate(said)
        ),
    )


def commented(number, words):
    """Words from which a comment hangs."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{r(words)}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def noted(number):
    """The sign of a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def core(headline="", author=""):
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(headline)}</dc:title><dc:creator>{escape(author)}</dc:creator></cp:coreProperties>"
    )


def relations(*of):
    """Ways to other parts, as (id, kind, target); a target with :// lies outside."""

    def mode(target):
        return ' TargetMode="External"' if "://" in target or target.startswith("mailto") else ""

    lines = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{escape(target)}"{mode(target)}/>'
        for key, kind, target in of
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="xml" ContentType="application/xml"/></Types>'
)


def word(*blocks, links=(), pictures=None, more=None, without=()):
    """The bytes of a Word file: its blocks, links as (id, address), pictures by id, further parts of word/ by name."""
    pictures, more = pictures or {}, more or {}
    ways = [(key, "hyperlink", address) for key, address in links]
    ways += [(key, "image", f"media/{key}.png") for key in pictures]
    named = {"styles.xml": styles(), "numbering.xml": numbering(), **more}
    ways += [(f"part{n}", name.split(".")[0].rstrip("0123456789"), name) for n, name in enumerate(named)]
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("a", "officeDocument", "word/document.xml")),
        "word/document.xml": part("document", f"<w:body>{''.join(blocks)}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": relations(*ways),
        **{(name if "/" in name else f"word/{name}"): inside for name, inside in named.items()},
        **{f"word/media/{key}.png": raw for key, raw in pictures.items()},
    }
    return packed({name: raw for name, raw in parts.items() if name not in without})


def packed(parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, raw in parts.items():
            file.writestr(name, raw)
    return held.getvalue()
