"""What every page for readers must show in its answer, whoever asks."""

from django.http.response import HttpResponseBase

REQUIRED = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy(response: HttpResponseBase) -> dict[str, list[str]]:
    """The answer's content security policy, by directive."""
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {part[0]: part[1:] for part in parts}


def assert_guarded(response: HttpResponseBase) -> None:
    """The headers that every answer carries, private or public, good or bad."""
    for name, value in REQUIRED.items():
        assert response.headers[name] == value
    for name in ("Referrer-Policy", "Permissions-Policy", "Cross-Origin-Resource-Policy", "Cache-Control"):
        assert response.headers.get(name), f"{name} is missing"
    directives = policy(response)
    assert directives["default-src"] == ["'none'"]
    assert directives["base-uri"] == ["'none'"]
    for directive, sources in directives.items():
        for source in sources:
            own = source in ("'self'", "'none'") or (
                directive == "script-src" and source.startswith("'nonce-")
            )
            assert own, f"{directive} lets in {source}"


def assert_public(response: HttpResponseBase) -> None:
    """Guarded, the same for everybody, and stale after five seconds at most."""
    assert_guarded(response)
    assert not response.cookies, f"a public page sets cookies: {list(response.cookies)}"
    vary = response.headers.get("Vary", "").lower()
    assert "cookie" not in vary, f"a public page varies by cookie: {vary}"
    caching = response.headers["Cache-Control"]
    assert "private" not in caching, caching
    ages = [int(part.split("=")[1]) for part in caching.split(",") if "max-age=" in part]
    assert "no-store" in caching or (ages and max(ages) <= 5), caching


def assert_private(response: HttpResponseBase) -> None:
    """Guarded, and kept by no cache."""
    assert_guarded(response)
    assert response.headers["Cache-Control"] == "private, no-store"
