"""Says which client asks: by the address that reached us, or the one that a proxy of our own network says it passes on."""

import ipaddress
from collections.abc import Mapping
from typing import Any

# Where a layer that hides the headers of an asker puts the answer of `client_of`.
CLIENT = "newsroom.client"
# Where a proxy in front of us has its address: this machine, or a network of one's own (RFC 1918, RFC 4193).
OWN = [
    ipaddress.ip_network(one)
    for one in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]


def client_of(environ: Mapping[str, Any]) -> str:
    """Return what names a client: an IPv4 address, or the network of an IPv6 one, of which a household has one.

    X-Forwarded-For is believed from private addresses alone, and only its last entry, which the proxy there wrote.
    Who is in such a network and says so of themselves gains nothing but patience.
    """
    known = environ.get(CLIENT)
    if known is not None:
        return str(known)
    peer = _address(environ.get("REMOTE_ADDR", ""))
    if peer is None or any(peer in network for network in OWN):
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
