"""Every answer carries the security and caching headers, and a public one carries nobody's name."""

import pytest
from django.test import Client

from tests.public_pages import assert_guarded, assert_private, assert_public, policy

pytestmark = [pytest.mark.urls("tests.newsroom.urls_for_tests"), pytest.mark.django_db]


@pytest.fixture
def quiet_client():
    """A client that shows what a reader would get instead of raising."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/healthz", 200),
        ("/test/plain/", 200),
        ("/test/plain", 301),
        ("/nowhere/", 404),
        ("/static/nowhere.css", 404),
        ("/test/withdrawn/", 410),
        ("/test/breaks/", 500),
        ("/test/plain/?q=%00", 400),
        ("/" + "a" * 3000, 404),
        ("/nul%00byte/", 404),
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_public_answer_is_guarded_and_the_same_for_everybody(quiet_client, address, status, method):
    response = getattr(quiet_client, method)(address)
    assert response.status_code == status
    assert_public(response)


def test_answer_to_a_foreign_host_name_is_guarded(quiet_client):
    response = quiet_client.get("/test/plain/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content
    assert_guarded(response)


def test_forwarded_host_and_method_override_change_nothing(quiet_client):
    plain = quiet_client.get("/test/plain/")
    dressed = quiet_client.get(
        "/test/plain/",
        headers={
            "x-forwarded-host": "evil.example",
            "x-original-url": "/admin/",
            "x-rewrite-url": "/admin/",
            "x-http-method-override": "DELETE",
            "x-preview": "1",
        },
    )
    assert (dressed.status_code, dressed.content) == (plain.status_code, plain.content)
    redirect = quiet_client.get("/test/plain", headers={"x-forwarded-host": "evil.example"})
    assert "evil" not in redirect.headers["Location"]


def test_policy_is_strict(quiet_client):
    directives = policy(quiet_client.get("/test/plain/"))
    assert directives["script-src"] == ["'self'"]
    assert directives["style-src"] == ["'self'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert directives["form-action"] == ["'self'"]
    assert directives["object-src"] == ["'none'"]


def test_nonce_is_named_only_by_the_answer_that_uses_it_and_never_twice(quiet_client):
    first, second = quiet_client.get("/test/nonce/"), quiet_client.get("/test/nonce/")
    nonce = policy(first)["script-src"][1].removeprefix("'nonce-").removesuffix("'")
    assert f'nonce="{nonce}"' in first.content.decode()
    assert policy(first)["script-src"] != policy(second)["script-src"]


def test_preview_may_be_framed_by_our_own_pages_only(quiet_client):
    framed = quiet_client.get("/test/framed/")
    assert policy(framed)["frame-ancestors"] == ["'self'"]
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert policy(quiet_client.get("/test/framing/"))["frame-src"] == ["'self'"]
    other = quiet_client.get("/test/plain/")
    assert other.headers["X-Frame-Options"] == "DENY"
    assert "frame-src" not in policy(other)


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/login/", "/admin/nowhere/", "/test/asks-who/", "/test/remembers/"]
)
def test_what_depends_on_who_asks_is_kept_by_no_cache(quiet_client, address):
    assert_private(quiet_client.get(address))


def test_page_for_a_logged_in_user_that_does_not_ask_who_stays_public(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("rima"))
    assert_public(client.get("/test/plain/"))
    assert_private(client.get("/test/asks-who/"))


def test_view_may_say_for_how_long_it_keeps_but_an_error_may_not(quiet_client):
    assert "immutable" in quiet_client.get("/test/immutable/").headers["Cache-Control"]
    assert quiet_client.get("/test/breaks/").headers["Cache-Control"] == "no-store"
    assert quiet_client.post("/test/plain/").headers["Cache-Control"] == "no-store"


def test_https_site_says_so_for_a_year(quiet_client, settings):
    assert "Strict-Transport-Security" not in quiet_client.get("/healthz").headers
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    assert quiet_client.get("/healthz").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_cookies_are_never_sent_outside_the_desk(client, django_user_model, settings):
    django_user_model.objects.create_superuser("chief", password="a long enough one")
    response = client.post(
        "/admin/login/", {"username": "chief", "password": "a long enough one", "next": "/admin/"}
    )
    assert response.status_code == 302
    assert set(response.cookies) == {"sessionid", "csrftoken"}
    for cookie in response.cookies.values():
        assert cookie["path"] == settings.DESK_PATH
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
