"""With DEBUG off, the site refuses to start when its settings are unsafe, and says what to do."""

import os

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import checks
from tests.newsroom.test_environment import manage

GOOD_KEY = "k9Jx2LmQ7vRt4WzP8bNc3FhY6sDg1AeU5iOo0XyZrTqVwMnBpKjHfGdCaSl"


@pytest.fixture
def safe(settings):
    settings.DEBUG = False
    settings.SECRET_KEY = GOOD_KEY
    settings.SITE_URL = "https://news.example"
    settings.ALLOWED_HOSTS = ["news.example"]
    return settings


def codes():
    return [message.id for message in checks.unsafe_settings()]


def test_safe_settings_pass(safe):
    assert codes() == []
    checks.refuse_unsafe()


@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        ("VAR_DIR_PROBLEM", "VAR_DIR, /nowhere, cannot be made.", "newsroom.E001"),
        ("SECRET_KEY", "short", "newsroom.E002"),
        ("SECRET_KEY", "a" * 80, "newsroom.E002"),
        ("SECRET_KEY", "django-insecure-" + GOOD_KEY, "newsroom.E002"),
        ("SECRET_KEY", "changeme" * 10, "newsroom.E002"),
        ("ALLOWED_HOSTS", ["*"], "newsroom.E004"),
        ("ALLOWED_HOSTS", ["news.example", "*"], "newsroom.E004"),
        ("SITE_URL", "http://news.example", "newsroom.E005"),
        ("SITE_URL", "http://192.168.1.5:8000", "newsroom.E005"),
    ],
)
def test_unsafe_setting_is_an_error_with_its_code_and_stops_the_start(safe, setting, value, code):
    setattr(safe, setting, value)
    assert codes() == [code]
    with pytest.raises(ImproperlyConfigured, match="not safe to serve"):
        checks.refuse_unsafe()


def test_key_file_that_others_can_read_is_an_error(safe, tmp_path):
    safe.VAR_DIR = tmp_path
    kept = tmp_path / "secret_key"
    kept.write_text(GOOD_KEY + "\n")
    kept.chmod(0o644)
    assert codes() == ["newsroom.E003"]
    kept.chmod(0o600)
    assert codes() == []


def test_forgotten_address_is_a_warning_and_no_refusal(safe):
    safe.SITE_URL = "http://localhost:8000"
    assert codes() == ["newsroom.W001"]
    checks.refuse_unsafe()


def test_debug_on_lets_all_but_a_lost_folder_pass(safe):
    safe.DEBUG = True
    safe.SECRET_KEY = "x"
    safe.ALLOWED_HOSTS = ["*"]
    assert codes() == []
    safe.VAR_DIR_PROBLEM = "VAR_DIR cannot be made."
    assert codes() == ["newsroom.E001"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"SECRET_KEY": "secret"}, "newsroom.E002"),
        ({"ALLOWED_HOSTS": "*"}, "newsroom.E004"),
        ({"SITE_URL": "http://news.example"}, "newsroom.E005"),
    ],
)
def test_commands_and_the_server_refuse_to_start(tmp_path, given, code):
    for command in ("migrate", "serve"):
        result = manage(command, VAR_DIR=str(tmp_path), **given)
        assert result.returncode == 1
        assert code in result.stderr


def test_other_servers_are_refused_too(tmp_path):
    result = manage(
        "shell", "--no-imports", "-c", "import newsroom.wsgi", VAR_DIR=str(tmp_path), SECRET_KEY="secret"
    )
    assert result.returncode == 1
    assert "newsroom.E002" in result.stderr or "SECRET_KEY is too short" in result.stderr


def test_folder_nobody_may_write_to_is_said(tmp_path):
    if os.geteuid() == 0:
        # Root may write anywhere, so a folder that cannot exist stands in for one that is closed.
        (tmp_path / "file").write_text("")
        folder = tmp_path / "file" / "var"
    else:
        folder = tmp_path / "closed"
        folder.mkdir(mode=0o500)
    result = manage("check", VAR_DIR=str(folder), SECRET_KEY=GOOD_KEY)
    assert result.returncode == 1
    assert "newsroom.E001" in result.stderr
