"""The search engine behind one door, and what is worked out from the record beside the site: related stories."""

from articles.index.asked import Asked, Order, Place
from articles.index.asking import ask
from articles.index.finding import facets, find
from articles.index.found import Facets, Found, Tally
from articles.index.keeping_related import keep_related, relate_anew
from articles.index.snippets import Snippet, pieces
from articles.index.suggesting import Suggestion, SuggestionKind, did_you_mean, suggest

__all__ = [
    "Asked",
    "Facets",
    "Found",
    "Order",
    "Place",
    "Snippet",
    "Suggestion",
    "SuggestionKind",
    "Tally",
    "ask",
    "did_you_mean",
    "facets",
    "find",
    "keep_related",
    "pieces",
    "relate_anew",
    "suggest",
]
