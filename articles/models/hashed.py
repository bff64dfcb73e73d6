"""What an edition's hash covers: the one definition, for whoever makes editions, checks them or gives them away.

The canonical form is UTF-8 JSON with sorted keys and no spaces (decision 4). A reader who saves these bytes as a file
needs no more than any program for SHA-256 to get the digest that the paper gives.
"""

import hashlib
import json
from datetime import UTC
from typing import Any

from articles.models.edition import Edition

HASHED = (
    "kind",
    "language",
    "kicker",
    "headline",
    "slug",
    "standfirst",
    "dateline",
    "body",
    "section_as_printed",
    "byline",
    "completeness",
)


# Made once: `dumps` makes an encoder at each call.
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def hashed_facts(edition: Edition) -> dict[str, Any]:
    """Return what an edition's digest is taken over, in plain values.

    `story`, `number`, `live_from` (UTC, ISO 8601), `previous` (the digest of the edition before, "" for the first),
    the text fields of `HASHED`, `bylines` as [role, name as printed] and `pictures` as [Media ID, caption, credit,
    alternative text].
    """
    facts: dict[str, Any] = {name: str(getattr(edition, name)) for name in HASHED}
    return facts | {
        "story": edition.story_id,
        "number": edition.number,
        "live_from": edition.live_from.astimezone(UTC).isoformat(),
        "previous": edition.previous_digest,
        "bylines": [[line["role"], line["as_printed"]] for line in edition.bylines],
        "pictures": [
            [one["media_id"], one["caption"], one["credit"], one["alt"]] for one in edition.pictures
        ],
    }


def hashed_bytes(edition: Edition) -> bytes:
    """Return the bytes of which an edition's digest is the SHA-256: its record in the canonical form."""
    return canonical(hashed_facts(edition)).encode()


def digest_of(edition: Edition) -> str:
    """Return the SHA-256 (hex) over an edition's text and the digest of the edition before it."""
    return hashlib.sha256(hashed_bytes(edition)).hexdigest()
