"""What search engines are told about a story or a picture, as schema.org has it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.encoding import iri_to_uri

from articles.models import citing
from articles.models.edition import Edition
from articles.models.public_picture import PublicPicture
from media import source_types


def linked_facts(edition: Edition, updated_at: datetime | None) -> dict[str, Any]:
    """Return a story as a schema.org NewsArticle; a date stands in it only where it was stated.

    `updated_at` is since when it says something else than at first, None where it does not.
    """
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
    if updated_at:
        facts["dateModified"] = updated_at.isoformat()
    return {name: fact for name, fact in facts.items() if fact not in ("", [], None)}


def picture_facts(picture: PublicPicture) -> dict[str, Any]:
    """Return a picture as a schema.org ImageObject, its rights as the IPTC's "Licensable" has them."""
    row, best = picture.row, picture.best
    maker = citing.maker_of(row)
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ImageObject",
        "identifier": row.media_id,
        "name": citing.name_of(picture),
        "caption": row.caption_in_force,
        "url": _absolute(picture.path),
        "contentUrl": _absolute(best.url) if best else "",
        "width": best.width if best else None,
        "height": best.height if best else None,
        "thumbnailUrl": _absolute(picture.in_slot()[0].url) if best else "",
        "creator": {"@type": "Person", "name": maker} if row.creator else "",
        "creditText": row.credit or maker,
        "copyrightNotice": row.copyright,
        "copyrightHolder": {"@type": "Organization", "name": row.rights_holder} if row.rights_holder else "",
        "license": picture.web_statement,
        "acquireLicensePage": picture.licensor_web or picture.web_statement,
        "digitalSourceType": source_types.address(row.source_type),
        "contentLocation": {"@type": "Place", "name": row.place} if row.place else "",
        "keywords": row.keywords,
        "dateCreated": row.taken_on.isoformat() if row.taken_on else None,
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": settings.SITE_NAME,
            "url": f"{settings.SITE_URL}/",
        },
    }
    return {name: fact for name, fact in facts.items() if fact not in ("", [], None)}


def _absolute(path: str) -> str:
    return settings.SITE_URL + iri_to_uri(path)
