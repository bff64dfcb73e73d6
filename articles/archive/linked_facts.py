"""What search engines are told about a story, as schema.org has it."""

from typing import Any

from django.conf import settings
from django.utils.encoding import iri_to_uri

from articles.models.edition import Edition


def linked_facts(edition: Edition) -> dict[str, Any]:
    """Return a story as a schema.org NewsArticle; a date stands in it only where it was stated."""
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": edition.headline,
        "url": _absolute(edition.get_absolute_url()),
        "identifier": str(edition.story_id),
        "inLanguage": edition.language,
        "abstract": edition.excerpt,
        "wordCount": edition.word_count,
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": settings.SITE_NAME,
            "url": f"{settings.SITE_URL}/",
        },
        "author": [
            {"@type": "Person", "name": line["as_printed"], "url": _absolute(f"/by/{line['contributor']}/")}
            for line in edition.bylines
            if line["role"] != "editor"
        ],
        "keywords": [tag["name"] for tag in edition.filed_tags],
        "image": [_absolute(picture["src"]) for picture in edition.shown_pictures if picture["src"]],
    }
    if edition.section:
        facts["articleSection"] = edition.section.name
    if edition.published_at and edition.published_on:
        known = edition.published_at if edition.is_time_known else edition.published_on
        facts["datePublished"] = known.isoformat()
    if edition.updated_at:
        facts["dateModified"] = edition.updated_at.isoformat()
    return {name: fact for name, fact in facts.items() if fact not in ("", [], None)}


def _absolute(path: str) -> str:
    return settings.SITE_URL + iri_to_uri(path)
