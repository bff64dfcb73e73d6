"""Says which client asks: by the address that reached us, or the one that a proxy of this machine says it passes on."""

import ipaddress
from collections.abc import Mapping
from typing import Any

# Where a layer that hides the headers of an asker puts the answer of `client_of`.
CLIENT = "newsroom.client"


def client_of(environ: Mapping[str, Any]) -> str:
    """Return what names a client: an IPv4 address, or the network of an IPv6 one, of which a household has one.

    X-Forwarded-For is believed from this machine alone, and only its last entry, which the proxy here wrote.
    """
    known = environ.get(CLIENT)
    if known is not None:
        return str(known)
    peer = _address(environ.get("REMOTE_ADDR", ""))
    if peer is None or peer.is_loopback:
        passed_on = _address(environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2])
        peer = passed_on or peer
    if peer is None:
        return ""
    return str(peer) if peer.version == 4 else str(ipaddress.ip_network((peer, 64), strict=False))


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        return None
