"""How guessing passwords is slowed down: whose attempts count together, and what a locked-out person reads."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from newsroom import errors

# No account's name is longer, and the table that counts attempts has room for no more than 255.
LONGEST_NAME = 150


def counted_name(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """Give the name under which an attempt is counted: what was typed, cut to what a name can be."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    return str(typed)[:LONGEST_NAME]


def locked_out(request: HttpRequest, credentials: object) -> HttpResponse:
    """Answer a login after too many wrong passwords; the same whether or not the name exists."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    sentence = f"Too many attempts with this name from your address. Wait {minutes} minutes, then try again."
    response = errors.page(request, 429, sentence)
    response.headers["Retry-After"] = str(minutes * 60)
    return response
