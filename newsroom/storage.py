"""Turns STORAGE_URL into the two stores of pictures, in local folders or an S3 bucket, or refuses with a sentence."""

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FORM = "Write it as file:///absolute/path or s3://bucket/prefix?endpoint=https://host&region=name."
NO_EXTRA = (
    "STORAGE_URL begins with “s3:”, but what speaks to S3 is not installed. "
    "Install it: pip install -r requirements-s3.txt"
)
# What newsroom.bucket imports: half a second that nobody pays who keeps pictures in folders.
NEEDED = ("storages", "boto3")
_LOCAL = "django.core.files.storage.FileSystemStorage"
_BUCKETS = "newsroom.bucket.Bucket"
_BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION = re.compile(r"[a-z0-9-]{2,32}")
_STYLES = ("auto", "path", "virtual")
_MEANT = ("endpoint", "region", "addressing")


def stores(url: str, media_url: str) -> dict[str, dict[str, Any]]:
    """Give the entries "originals" and "renditions" of `STORAGES`. Neither is ever open to the public by itself."""
    scheme = url.partition(":")[0].lower()
    if scheme == "s3":
        return _in_bucket(url)
    if scheme != "file":
        raise ImproperlyConfigured(
            f"STORAGE_URL begins with “{scheme[:20]}:”, which this site cannot use. {FORM}"
        )
    folder = local_folder(url)
    private = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {
        "originals": {"BACKEND": _LOCAL, "OPTIONS": {"location": folder / "originals", **private}},
        "renditions": {
            "BACKEND": _LOCAL,
            "OPTIONS": {"location": folder / "renditions", "base_url": media_url},
        },
    }


def local_folder(url: str) -> Path:
    """Give the folder behind `file:///path`."""
    path = unquote(urlsplit(url).path)
    if not path.startswith("/") or path == "/":
        raise ImproperlyConfigured(f"STORAGE_URL is “{url}”, which names no folder. {FORM}")
    return Path(path)


def _in_bucket(url: str) -> dict[str, dict[str, Any]]:
    options = s3_options(url)
    if not all(find_spec(needed) for needed in NEEDED):
        raise ImproperlyConfigured(NO_EXTRA)
    prefix = options.pop("location")
    return {
        name: {
            "BACKEND": _BUCKETS,
            "OPTIONS": {**options, "location": f"{prefix}/{name}".lstrip("/")},
        }
        for name in ("originals", "renditions")
    }


def s3_options(url: str) -> dict[str, Any]:
    """Give what `s3://bucket/prefix?endpoint=…&region=…&addressing=…` says; keys come from AWS_… variables, never from here."""
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise ImproperlyConfigured(
            "STORAGE_URL holds a key. Put keys into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
            f"where no log prints them. {FORM}"
        )
    if not _BUCKET_NAME.fullmatch(parts.netloc):
        raise ImproperlyConfigured(f"STORAGE_URL is “{url}”, which names no bucket. {FORM}")
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(set(given) - set(_MEANT))
    if unknown:
        raise ImproperlyConfigured(
            f"STORAGE_URL says “{unknown[0][:40]}”, which means nothing here; it may say {', '.join(_MEANT)}. {FORM}"
        )
    endpoint = given.get("endpoint")
    if endpoint is not None and (
        urlsplit(endpoint).scheme not in ("http", "https") or not urlsplit(endpoint).hostname
    ):
        raise ImproperlyConfigured(
            f"STORAGE_URL's endpoint is “{endpoint}”. Write it with http:// or https:// and its host."
        )
    region = given.get("region")
    if region is not None and not _REGION.fullmatch(region):
        raise ImproperlyConfigured(f"STORAGE_URL's region is “{region}”. Write one like eu-central-1.")
    style = given.get("addressing", "path" if endpoint else "auto")
    if style not in _STYLES:
        raise ImproperlyConfigured(f"STORAGE_URL's addressing is “{style}”. It may be {', '.join(_STYLES)}.")
    return {
        "bucket_name": parts.netloc,
        "location": unquote(parts.path).strip("/"),
        "endpoint_url": endpoint,
        "region_name": region,
        "addressing_style": style,
        # Never over a file that is there: each has a name of its own.
        "file_overwrite": False,
        # What is stored without a word about access is its owner's alone, also in buckets that take no such word.
        "default_acl": None,
        "querystring_auth": True,
        "max_memory_size": 4 * 1024 * 1024,
    }
