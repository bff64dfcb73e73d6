"""What the desk's lists find in the language that readers search in: headline:ferry -strike "old quay" from:2014."""

from articles.index import Busy, Order, ask, find

# The newest of what meets the words; a list shows a hundred a page.
MOST = 300
LANGUAGE = 'as readers search: "phrases", -not, OR, harb*, headline: byline: caption: tag: place: from: to:'


def published(words: str) -> dict[int, int]:
    """Return the newest published stories that meet `words`: their editions in force, by story ID. Five queries.

    None while the index is being made anew: what else a list finds by, it still does.
    """
    asked = ask(words)
    if not asked.words.parts:
        return {}
    try:
        found = find(asked, order=Order.NEWEST, most=MOST)
    except Busy:
        return {}
    return {edition.story_id: edition.pk for edition in found.editions}
