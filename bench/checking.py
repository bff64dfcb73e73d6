"""Says what is wrong with an answer: which stories it leads to that it should not, or does not, judged by the rows themselves."""

import json

from articles.index import ask
from articles.index.engines import current
from articles.index.finding import understood
from articles.index.reader import meets
from articles.index.sheet import sheets_of
from articles.index.words import exact_words
from articles.models import Contributor, Edition, EditionTag, IndexWord, Tag
from bench.addresses import A_LIST, Page
from bench.loading import Answer
from newsroom.folding import fold


def wrong(page: Page, answer: Answer) -> str:
    """Return what is wrong with what a page answers, "" where it is right."""
    shown = answer.shown
    if page.starts:
        return _wrong_suggestion(page.starts, answer)
    public = set(
        Edition.objects.filter(story_id__in=shown, live_until=None, suppressed_at=None)
        .order_by()
        .values_list("story_id", flat=True)
    )
    if hidden := [story for story in shown if story not in public]:
        return f"{hidden[:3]} are not public"
    if missing := [story for story in [*page.shows, *page.holds] if story not in shown]:
        return f"{missing[:3]} are not on it"
    if page.only and (others := [story for story in shown if story not in set(page.only)]):
        return f"{others[:3]} do not belong there"
    if unsaid := [one for one in page.says if one not in answer.text]:
        return f"{unsaid[0][:60]!r} is not in it"
    placed = [shown.index(story) for story in page.shows]
    if placed != sorted(placed):
        return "its stories stand in another order"
    return _wrong_search(page.asks, shown) if page.asks else ""


def _wrong_search(question: str, shown: list[int]) -> str:
    meant = understood(ask(question), current())
    editions = Edition.objects.at().filter(story_id__in=shown[:A_LIST])
    others = [one.story_id for one, sheet, _ in sheets_of(editions) if not meets(sheet, meant)]
    if others:
        return f"{others} are not what {question!r} asks for"
    return "" if shown else "it found nothing"


def _wrong_suggestion(start: str, answer: Answer) -> str:
    """Judge each suggestion: something there is by that name, and it begins so, or a word of it does."""
    items = json.loads(answer.text)["items"]
    if not items and EditionTag.objects.filter(tag__folded__startswith=start, tag__alias_of=None).exists():
        return "a tag begins so, and is not suggested"
    for item in items:
        text, kind = item["text"], item["kind"]
        there = {
            "headline": Edition.objects.filter(headline=text, live_until=None, suppressed_at=None),
            "tag": Tag.objects.filter(name=text),
            "person": Contributor.objects.filter(name=text),
            "word": IndexWord.objects.filter(word=text),
        }[kind]
        begins = fold(text).startswith(start) or any(word.startswith(start) for word in exact_words(text))
        if not (begins and there.exists()):
            return f"{text!r} is suggested for {start!r}"
    return ""
