"""The search engine behind one door, and what is worked out from the record beside the site: related stories."""

from articles.index.arriving import Intake, intake
from articles.index.asked import Asked, Order, Place
from articles.index.asking import IN_SHORT, ask
from articles.index.desk import DeskFound, copy_of, find_copy
from articles.index.due import MOST_READ
from articles.index.finding import answer, facets, find
from articles.index.found import Busy, Facets, Found, Tally
from articles.index.keeping_index import Taken, keep_index, reindex, waiting_for_index
from articles.index.keeping_related import keep_related, relate_anew
from articles.index.snippets import Snippet, marking
from articles.index.suggesting import Suggestion, SuggestionKind, did_you_mean, suggest

__all__ = [
    "IN_SHORT",
    "MOST_READ",
    "Asked",
    "Busy",
    "DeskFound",
    "Facets",
    "Found",
    "Intake",
    "Order",
    "Place",
    "Snippet",
    "Suggestion",
    "SuggestionKind",
    "Taken",
    "Tally",
    "answer",
    "ask",
    "copy_of",
    "did_you_mean",
    "facets",
    "find",
    "find_copy",
    "intake",
    "keep_index",
    "keep_related",
    "marking",
    "reindex",
    "relate_anew",
    "suggest",
    "waiting_for_index",
]
