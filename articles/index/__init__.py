"""What is worked out from the record beside the site, so that a request only looks it up: related stories."""

from articles.index.keeping_related import keep_related, relate_anew

__all__ = ["keep_related", "relate_anew"]
