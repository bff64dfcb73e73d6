"""Pages that are no article, and the sentence that says so."""

from __future__ import annotations

import re

from articles.importing.reading.paper import Paper


class Unreadable(Exception):
    """The file can't become a page: `reason` is one or two sentences for the person who imports."""

    def __init__(self, reason: str, *, file: str = "", line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.file = file
        self.line = line


_ERROR_PAGE = re.compile(
    r"^\W*(?:(?:error|http(?: error| status)?)\W{1,3})?"
    r"(?:40[0134]|410|429|50[0-4])\b(?:\W{1,4}(?:error|page|file|not found|forbidden|unauthori[sz]ed|gone|bad|internal|"
    r"server|service|gateway|too many|access|that)|\W*$)"
    r"|^\W*(?:page|file|article|story|document)\W{1,3}(?:could )?(?:was |is )?(?:not|cannot be|can.t be) (?:be )?found"
    r"|^\W*(?:not found|forbidden|access denied|internal server error|bad gateway|service unavailable|gateway time-?out"
    r"|no results found|nothing found|oops\b.{0,40}(?:page|wrong)|database error|error establishing a database)",
    re.IGNORECASE,
)

# Each sign: what marks such a page, what it is, what to do.
_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"enable javascript|javascript (?:is|has been) (?:disabled|required|turned off)|requires javascript"
            r"|turn on javascript|javascript and cookies to continue",
            re.IGNORECASE,
        ),
        "This is a page that asks for JavaScript, and no story is on it. Save the page again from a browser.",
    ),
    (
        re.compile(
            r"captcha|are you a robot|not a robot|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human"
            r"|just a moment|attention required!|unusual traffic|security check to access|ddos protection",
            re.IGNORECASE,
        ),
        "This is a check against robots, and no story is on it. Open the page in a browser, pass the check and save it again.",
    ),
    (
        re.compile(
            r"(?:we|site|website|our partners) (?:and our partners )?uses? cookies|accept (?:all )?cookies|cookie (?:policy|consent|settings|preferences)"
            r"|cookies? (?:and|to) (?:similar|improve|personali[sz]e)|manage (?:your )?(?:consent|privacy)|your privacy choices"
            r"|we (?:and our \w+ )?value your privacy",
            re.IGNORECASE,
        ),
        "This is a question about cookies, and no story is on it. Answer it in a browser and save the page again.",
    ),
    (
        re.compile(
            r"subscribe (?:now |today )?to (?:continue|read|keep)|subscribers? only|for subscribers|already a subscriber"
            r"|(?:log|sign) ?in to (?:continue|read|view)|(?:reached|used) (?:your|the) (?:monthly )?(?:limit|free)"
            r"|to (?:continue|keep) reading|register (?:now )?to (?:continue|read)|become a member to"
            r"|this (?:content|article|story) is (?:reserved|available|exclusive|only)",
            re.IGNORECASE,
        ),
        (
            "This is what a paywall leaves of a page: an offer to subscribe, and no whole story. "
            "Save the page again where you are signed in."
        ),
    ),
)

LINES_CAP = 20_000
REPAIRS_CAP = 20_000
_LONGEST_SIGN_LINE = 2_000
_ENOUGH_PROSE = 700


def refuse_other_paper(host: str, paper: Paper, *, file: str) -> None:
    """Raise Unreadable when a page comes from a site that isn't this paper's."""
    if not paper.has_host(host):
        raise Unreadable(
            f"This is another paper's page: it was saved from {host}, which is none of {paper.name}'s sites. "
            "Take it out of the folder, or name that site among the archive's own.",
            file=file,
        )


def refuse_too_long(text: str, *, file: str) -> None:
    """Raise Unreadable for more lines than any saved page has; of empty ones there may be ten times as many."""
    lines = text.count("\n") + 1
    if lines > LINES_CAP and lines <= 10 * LINES_CAP:
        lines = sum(bool(line) and not line.isspace() for line in text.split("\n"))
    refuse_too_many(lines, file=file)


def refuse_too_many(lines: int, *, file: str) -> None:
    """Raise Unreadable for more lines, blocks or pieces than any saved page has."""
    if lines > LINES_CAP:
        raise Unreadable(
            f"The file has {lines:,} lines of text and a saved page may have at most {LINES_CAP:,}. "
            "Check that it is one page; split it if it holds several.",
            file=file,
        )


def refuse_too_damaged(repairs: int, *, file: str) -> None:
    """Raise Unreadable for more damage than a person could look through."""
    if repairs > REPAIRS_CAP:
        raise Unreadable(
            f"The file is damaged in {repairs:,} places and a saved page may be in at most {REPAIRS_CAP:,}. "
            "Look for another copy of the page.",
            file=file,
        )


def refuse_other_format(text: str, *, file: str) -> None:
    """Raise Unreadable for text that is no page's: JSON, XML, a web archive or a mail."""
    head = text.lstrip()[:3_000]
    if re.match(r'[{\[]\s{0,50}["{\[]', head) and head.count('"') >= 4 and re.search(r'"\s{0,9}:', head):
        raise Unreadable(
            "This is JSON and no saved page. If it belongs to a page, keep it beside the page under the same name.",
            file=file,
        )
    if re.match(r"<\?xml|<(?:rss|feed|newsItem|newsMessage)[\s>]", head) and "<html" not in head.lower():
        raise Unreadable(
            "This is XML and no saved page. Import a WordPress export or a feed with the command for it.",
            file=file,
        )
    if re.match(r"(?:From: <?Saved by|MIME-Version: |WARC/1)", head):
        raise Unreadable(
            "This is a web archive with several files in it. Save the page as plain HTML or as text.",
            file=file,
        )


def refuse_no_article(texts: list[str], *, file: str) -> None:
    """Raise Unreadable when what the page says is an error, a wall or a check, with no story beside it.

    A story may speak of cookies, captchas and error 404: what counts is how much prose stands beside the sign.
    """
    shown = [text[:_LONGEST_SIGN_LINE] for text in texts if text.strip()]
    prose = sum(len(text) for text in shown if len(text) >= 80 and not _sign(text))
    if prose >= _ENOUGH_PROSE:
        return
    for text in shown[:5]:
        heading = re.split(r" [|–-] ", text, maxsplit=1)[0]
        if (
            len(text) <= 200
            and (_ERROR_PAGE.search(text) or _ERROR_PAGE.search(heading))
            and prose < _ENOUGH_PROSE // 2
        ):
            raise Unreadable(
                f"This is an error page (“{text.strip()[:60]}”) and no story. Look for another copy of the page, or leave it out.",
                file=file,
            )
    for text in shown:
        reason = _sign(text)
        if reason and prose < (_ENOUGH_PROSE if "paywall" in reason else _ENOUGH_PROSE // 2):
            raise Unreadable(reason, file=file)


def _sign(text: str) -> str | None:
    """Find what kind of wall a line belongs to."""
    return next((reason for pattern, reason in _SIGNS if pattern.search(text)), None)
