"""Settings come from the environment, each with a safe default, and a wrong one is refused with a sentence."""

import os
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from newsroom import environment, secret_key
from tests.laws.tree import ROOT


def manage(*arguments, **given):
    """Run manage.py as somebody would in a shell that has nothing but what is given."""
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env={**clean, "PYTHONDONTWRITEBYTECODE": "1", **given},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_nothing_set_is_safe_and_works(tmp_path):
    result = manage("check", "--fail-level", "WARNING", VAR_DIR=str(tmp_path / "var"))
    assert result.returncode == 0, result.stderr
    kept = tmp_path / "var" / "secret_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(kept.read_text().strip()) > 60


def test_sqlite_is_set_for_safety():
    entry = environment.database("sqlite:////tmp/x.sqlite3")
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert entry["OPTIONS"]["timeout"] == 20
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in entry["OPTIONS"]["init_command"]
    assert entry["ATOMIC_REQUESTS"] is False


def test_sqlite_file_really_has_these_settings(tmp_path):
    program = (
        "from django.db import connection as c; k=c.cursor(); "
        "print([k.execute('PRAGMA '+p).fetchone()[0] for p in ('journal_mode','synchronous','foreign_keys','page_size')])"
    )
    result = manage("shell", "--no-imports", "-c", program, VAR_DIR=str(tmp_path))
    assert result.stdout.strip() == "['wal', 2, 1, 8192]", result.stderr


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_connections_are_kept_and_looked_at(scheme):
    entry = environment.database(f"{scheme}://rima:secret@db.example:5433/paper")
    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example", 5433, "paper")
    assert entry["CONN_HEALTH_CHECKS"] is True
    assert entry["ATOMIC_REQUESTS"] is False


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL compiles what it is asked")
def test_postgresql_compiles_no_question_of_a_page():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
    told = environment.database("postgres://rima@db.example/paper?options=-c%20jit%3Don&sslmode=require")
    assert told["OPTIONS"] == {"options": "-c jit=on", "sslmode": "require"}


@pytest.mark.parametrize(
    ("read", "given", "said"),
    [
        (environment.database, "mysql://x/y", "DATABASE_URL begins with “mysql:”"),
        (environment.database, "newsroom.sqlite3", "It can use: sqlite:, postgres:, postgresql:"),
        (environment.cache, "memcache://x", "CACHE_URL begins with “memcache:”"),
        (environment.site_address, "news.example", "Write it as https://"),
        (environment.site_address, "https://news.example/paper", "with no path"),
        (environment.site_address, "ftp://news.example", "Write it as https://"),
        (environment.time_zone, "Middle/Nowhere", "is no time zone"),
        (environment.time_zone, "../etc/passwd", "is no time zone"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(read, given, said):
    with pytest.raises(ImproperlyConfigured, match=said.replace("(", r"\(")):
        read(given)


@pytest.mark.parametrize(
    ("read", "given", "meant"),
    [
        (environment.site_address, "https://news.example/", "https://news.example"),
        (environment.site_address, "http://[::1]:8000", "http://[::1]:8000"),
        (environment.time_zone, "Asia/Damascus", "Asia/Damascus"),
    ],
)
def test_what_can_be_used_is_read(read, given, meant):
    assert read(given) == meant


@pytest.mark.parametrize(
    ("said", "read", "asked"),
    [
        ("lots", environment.whole_number, "a whole number"),
        ("1.5", environment.whole_number, "a whole number"),
        ("", environment.whole_number, "a whole number"),
        ("-1", environment.whole_number, "a whole number"),
        ("9" * 5_000, environment.whole_number, "a whole number"),
        ("nan", environment.number, "a number"),
        ("inf", environment.number, "a number"),
    ],
)
def test_numbers_that_are_none_are_refused_with_a_sentence(said, read, asked):
    with pytest.raises(
        ImproperlyConfigured, match=rf"\APAGE_CACHE is “{said}”. Write {asked} that is 0 or more"
    ):
        read("PAGE_CACHE", said)


def test_numbers_are_read():
    assert environment.whole_number("PAGE_CACHE", "16") == 16
    assert environment.number("CLIENT_BUDGET", " 0.5 ") == 0.5


def test_redis_and_memory_caches_are_read(monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"pip install -r requirements-redis\.txt"):
        environment.cache("redis://cache.example:6379/1")
    monkeypatch.setattr(environment, "find_spec", lambda name: "found")
    assert environment.cache("redis://cache.example:6379/1")["LOCATION"].startswith("redis://cache.example")
    assert environment.cache("locmemcache://")["BACKEND"].endswith("LocMemCache")


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("", "http://localhost:8000"),
        ("127.0.0.1:8765", "http://localhost:8765"),
        ("x", "http://localhost:8000"),
    ],
)
def test_site_s_own_address_follows_the_port_it_is_told_to_use(bind, address):
    assert environment.own_address(bind) == address


def test_hosts_are_the_given_ones_or_the_sites_own_and_loopback():
    assert environment.hosts(["a.example"], "https://b.example") == ["a.example"]
    assert environment.hosts([], "https://b.example") == ["b.example", "localhost", "127.0.0.1", "[::1]"]
    assert environment.hosts([], "http://[::1]:8000") == ["[::1]", "localhost", "127.0.0.1"]


def test_wrong_setting_ends_a_command_with_the_sentence_and_no_trace(tmp_path):
    result = manage("check", VAR_DIR=str(tmp_path), DATABASE_URL="mysql://x/y")
    assert result.returncode == 1
    assert result.stderr.startswith("manage.py: DATABASE_URL begins with “mysql:”")
    assert "Traceback" not in result.stderr


def test_key_is_made_once_and_never_half(tmp_path):
    path = tmp_path / "var" / "secret_key"
    first = secret_key.read_or_make(path)
    assert secret_key.read_or_make(path) == first
    assert [entry.name for entry in path.parent.iterdir()] == ["secret_key"]


def test_processes_that_start_together_get_the_same_key(tmp_path):
    program = "import sys; from pathlib import Path; from newsroom.secret_key import read_or_make as r; print(r(Path(sys.argv[1])))"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / "secret_key")],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    keys = {process.communicate(timeout=60)[0].strip() for process in started}
    assert len(keys) == 1
    assert len(keys.pop()) > 60


def test_empty_key_file_is_refused(tmp_path):
    (tmp_path / "secret_key").write_text("\n")
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        secret_key.read_or_make(tmp_path / "secret_key")


def test_key_that_cannot_be_kept_is_refused_with_the_folder_named(tmp_path):
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(ImproperlyConfigured, match="Make the folder writable"):
        secret_key.read_or_make(tmp_path / "var" / "secret_key")


def test_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    assert "cannot be made" in environment.make_folder(tmp_path / "file" / "var")
    assert environment.make_folder(tmp_path / "new" / "var") == ""


def test_mail_goes_where_its_address_says():
    found = environment.mail("smtp+tls://desk:p%40ss@mail.example:587")
    assert found == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example",
        "EMAIL_HOST_PASSWORD": "p@ss",
        "EMAIL_HOST_USER": "desk",
        "EMAIL_PORT": 587,
        "EMAIL_USE_TLS": True,
    }
    assert environment.mail("filemail:///srv/mail")["EMAIL_FILE_PATH"] == "/srv/mail"
    assert environment.sender("https://www.paper.example") == "newsroom@www.paper.example"
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL begins with “pigeon:”"):
        environment.mail("pigeon://loft")
