"""STORAGE_URL names two private stores, in a folder or a bucket; what cannot be used is refused with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from newsroom import storage
from tests.newsroom.test_environment import manage


def test_local_folder_holds_private_originals_and_copies_for_readers():
    found = storage.stores("file:///srv/pictures%20here", "/images/")
    assert found["originals"]["OPTIONS"]["location"] == Path("/srv/pictures here/originals")
    assert found["originals"]["OPTIONS"]["file_permissions_mode"] == 0o600
    assert found["renditions"]["OPTIONS"]["base_url"] == "/images/"


def test_bucket_holds_both_stores_apart_and_overwrites_nothing():
    address = "s3://paper-pictures/desk/2026?endpoint=https://s3.example:9000&region=eu-central-1"
    found = storage.stores(address, "/images/")
    for name in ("originals", "renditions"):
        options = found[name]["OPTIONS"]
        assert options["location"] == f"desk/2026/{name}"
        assert options["bucket_name"] == "paper-pictures"
        assert options["endpoint_url"] == "https://s3.example:9000"
        assert options["region_name"] == "eu-central-1"
        assert options["file_overwrite"] is False
        assert options["default_acl"] is None
        made = import_string(found[name]["BACKEND"])(**options)
        assert made.client_config.connect_timeout <= 5
        assert made.client_config.retries == {"total_max_attempts": 2}
        assert made.client_config.signature_version == "s3v4"
        assert made.client_config.s3 == {"addressing_style": "path"}


def test_process_that_keeps_its_files_in_folders_loads_nothing_of_s3(tmp_path):
    said = "import sys, newsroom.settings; print({'boto3', 'botocore', 'storages'} & set(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", said],
        env={**os.environ, "VAR_DIR": str(tmp_path), "STORAGE_URL": tmp_path.as_uri()},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "set()"


def test_bucket_without_a_prefix_is_used_from_its_top():
    assert storage.stores("s3://paper", "/images/")["originals"]["OPTIONS"]["location"] == "originals"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("ftp://host/x", "begins with “ftp:”"),
        ("pictures", "begins with “pictures:”"),
        ("file://", "names no folder"),
        ("file:///", "names no folder"),
        ("s3://", "names no bucket"),
        ("s3:///prefix", "names no bucket"),
        ("s3://Paper_Pictures/x", "names no bucket"),
        ("s3://key:secret@paper/x", "holds a key"),
        ("s3://paper?bucket=other", "says “bucket”, which means nothing here"),
        ("s3://paper?endpoint=s3.example", "Write it with http:// or https://"),
        ("s3://paper?region=Europe+West", "Write one like eu-central-1"),
        ("s3://paper?addressing=guess", "It may be auto, path, virtual"),
    ],
)
def test_address_that_cannot_be_used_is_refused_with_a_sentence(given, said):
    with pytest.raises(ImproperlyConfigured, match=said) as refused:
        storage.stores(given, "/images/")
    assert "secret" not in str(refused.value)


def test_bucket_without_the_extra_says_what_to_install(monkeypatch):
    monkeypatch.setattr(storage, "NEEDED", ("storages", "boto3_that_is_not_here"))
    with pytest.raises(ImproperlyConfigured, match=r"pip install -r requirements-s3\.txt"):
        storage.stores("s3://paper", "/images/")


def test_site_that_is_told_a_wrong_store_does_not_start(tmp_path):
    result = manage("check", VAR_DIR=str(tmp_path), STORAGE_URL="s3://x")
    assert result.returncode != 0
    assert "names no bucket" in result.stderr
