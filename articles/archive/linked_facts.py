"""What search engines are told about a story or a picture, as schema.org has it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.encoding import iri_to_uri

from articles.models import citing
from articles.models.correction import Correction
from articles.models.edition import Edition
from articles.models.neighbours import Neighbour
from articles.models.public_picture import PublicPicture
from media import source_types

SCHEMA = "https://schema.org"
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A story as it is told to search engines.

    `updated_at` is since when it says something else than at first, None where it does not.
    """

    edition: Edition
    updated_at: datetime | None
    notices: Sequence[Correction] = ()
    translations: Sequence[Neighbour] = ()


def linked_facts(told: Told) -> list[Facts]:
    """Return a story as a NewsArticle, and the way to it as a BreadcrumbList; a date stands only where it was stated."""
    edition = told.edition
    address = absolute(edition.get_absolute_url())
    facts: Facts = {
        "@context": SCHEMA,
        "@type": "NewsArticle",
        "@id": f"{address}#story",
        "headline": edition.headline,
        # Before any other date: there are readers that take the first.
        **_dates(told),
        "alternativeHeadline": edition.kicker,
        "url": address,
        "mainEntityOfPage": address,
        "identifier": str(edition.story_id),
        "version": str(edition.number),
        "inLanguage": edition.language,
        "abstract": edition.excerpt,
        "wordCount": edition.word_count,
        "isAccessibleForFree": True,
        "publisher": publisher(),
        "isPartOf": {"@type": "Newspaper", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"},
        "author": [_person(line) for line in edition.bylines if line["role"] not in {"editor", "translator"}],
        "editor": [_person(line) for line in edition.bylines if line["role"] == "editor"],
        "translator": [_person(line) for line in edition.bylines if line["role"] == "translator"],
        "keywords": [tag["name"] for tag in edition.filed_tags],
        "about": [{"@type": _KINDS[tag["kind"]], "name": tag["name"]} for tag in edition.filed_tags],
        "image": [_shown(one) for one in edition.shown_pictures if one["src"]],
        "locationCreated": {"@type": "Place", "name": edition.place} if edition.place else None,
        "articleSection": edition.section.name if edition.section else None,
        "correction": [_correction(one, edition, address) for one in told.notices],
        **_translations(told.translations),
    }
    return [without_blanks(facts), _way_to(edition, address)]


_KINDS = {"topic": "Thing", "place": "Place", "person": "Person", "organisation": "Organization"}


def _person(line: Mapping[str, str]) -> Facts:
    return {"@type": "Person", "name": line["as_printed"], "url": absolute(f"/by/{line['contributor']}/")}


def _dates(told: Told) -> Facts:
    """Return the stated dates. Of a story that nobody dated not even the one of its last change: it would be taken for its own."""
    edition = told.edition
    if edition.published_at is None or edition.published_on is None:
        return {}
    known = edition.published_at if edition.is_time_known else edition.published_on
    facts: Facts = {"datePublished": known.isoformat()}
    if told.updated_at:
        facts["dateModified"] = told.updated_at.isoformat()
    return facts


def _shown(picture: Mapping[str, Any]) -> Facts:
    """Return a picture of the story; its page tells of it whole. Who made it and on what terms is the library's to say."""
    page = absolute(f"/media/{picture['media_id']}/") if picture["media_id"] else None
    return without_blanks({
        "@type": "ImageObject",
        "contentUrl": absolute(picture["src"]),
        "width": picture["width"],
        "height": picture["height"],
        "caption": picture["caption"],
        "creditText": picture["credit"],
        "creator": {"@type": "Person", "name": picture["creator"]} if picture.get("creator") else "",
        "license": picture.get("license", ""),
        "identifier": picture["media_id"],
        "acquireLicensePage": page,
    })  # fmt: skip


def _correction(notice: Correction, edition: Edition, address: str) -> Facts:
    """Return a notice; on a story without a stated date its own is named otherwise, so that nobody takes it for that."""
    made_at = notice.made_at
    dated = (
        {"datePublished": made_at.isoformat()}
        if edition.published_at
        else {"dateCreated": f"{made_at:%Y-%m-%d}"}
    )
    return {
        "@type": "CorrectionComment",
        "text": notice.note,
        **dated,
        "url": address,
    }


def _translations(others: Sequence[Neighbour]) -> Facts:
    """Return what the story was translated from, and what was translated from it."""
    told = {
        kind: [
            {
                "@type": "NewsArticle",
                "@id": f"{absolute(one.get_absolute_url())}#story",
                "url": absolute(one.get_absolute_url()),
                "headline": one.headline,
                "inLanguage": one.language,
            }
            for one in others
            if one.is_original is (kind == "translationOfWork")
        ]
        for kind in ("translationOfWork", "workTranslation")
    }
    original = told["translationOfWork"]
    return {"translationOfWork": original[0]} if original else {"workTranslation": told["workTranslation"]}


def _way_to(edition: Edition, address: str) -> Facts:
    """Return the way from the front page to the story."""
    steps = [(settings.SITE_NAME, f"{settings.SITE_URL}/")]
    if edition.section:
        steps.append((edition.section.name, absolute(edition.section.get_absolute_url())))
    # The last step is this page itself, which needs no address to be led to.
    return way([*steps, (edition.headline, "")])


def way(steps: Sequence[tuple[str, str]]) -> Facts:
    """Return (name, whole address, "" of the page itself) from the front page on as a BreadcrumbList."""
    return {
        "@context": SCHEMA,
        "@type": "BreadcrumbList",
        "itemListElement": [
            without_blanks({"@type": "ListItem", "position": number, "name": name, "item": address})
            for number, (name, address) in enumerate(steps, start=1)
        ],
    }


def list_facts(name: str, path: str, editions: Iterable[Edition]) -> Facts:
    """Return a list of stories as a CollectionPage: its name, its own path, and what stands on this part of it."""
    return collection(name, path, [(one.headline, one.get_absolute_url()) for one in editions])


def collection(name: str, path: str, items: Sequence[tuple[str, str]]) -> Facts:
    """Return a page that leads to others as a CollectionPage; `items` are their names and paths in their order."""
    return {
        "@context": SCHEMA,
        "@type": "CollectionPage",
        "name": name or settings.SITE_NAME,
        "url": absolute(path),
        "isPartOf": {"@type": "WebSite", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"},
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(items),
            "itemListElement": [
                {"@type": "ListItem", "position": number, "url": absolute(where), "name": said}
                for number, (said, where) in enumerate(items, start=1)
            ],
        },
    }


def picture_facts(picture: PublicPicture) -> Facts:
    """Return a picture as a schema.org ImageObject, its rights as the IPTC's "Licensable" has them."""
    row, best = picture.row, picture.best
    maker = citing.maker_of(row)
    facts: Facts = {
        "@context": SCHEMA,
        "@type": "ImageObject",
        "identifier": row.media_id,
        "name": citing.name_of(picture),
        "caption": row.caption_in_force,
        "url": absolute(picture.path),
        "contentUrl": absolute(best.url) if best else "",
        "width": best.width if best else None,
        "height": best.height if best else None,
        "thumbnailUrl": absolute(picture.in_slot()[0].url) if best else "",
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
        "publisher": publisher(),
    }
    return without_blanks(facts)


def publisher() -> Facts:
    """Return the paper as an organisation, with its sign."""
    return {
        "@type": "NewsMediaOrganization",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
        "logo": {"@type": "ImageObject", "url": absolute(static("icon.png")), "width": 512, "height": 512},
        "correctionsPolicy": absolute("/corrections/"),
    }


def without_blanks(facts: Facts) -> Facts:
    """Return the facts that say anything."""
    return {name: fact for name, fact in facts.items() if fact not in ("", [], None)}


def absolute(path: str) -> str:
    """Return a path of ours as an address one can cite."""
    return settings.SITE_URL + iri_to_uri(path)
