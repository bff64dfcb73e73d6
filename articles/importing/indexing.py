"""Takes what a long command brought in into the search index, where it is more than a search reads beside it."""

from typing import Any

from articles.index import MOST_READ, Taken, keep_index, waiting_for_index
from newsroom import progress


def index_what_came(stream: Any) -> str:
    """Take in what is due, with a bar on `stream`, and return a sentence where something is left to do, "" where not.

    What a search finds without that, it is left to `keep_index`, which `serve` keeps running.
    """
    total = waiting_for_index()
    if total <= MOST_READ:
        return ""
    with progress.bar("Indexing", total=total, stream=stream) as bar:
        try:
            keep_index(is_stopped=lambda: bar.is_stopped, step=bar.step)
        except Taken:
            return "Another process is taking them into the search index."
    return "Stopped. `manage.py keep_index` goes on with the search index." if bar.is_stopped else ""
