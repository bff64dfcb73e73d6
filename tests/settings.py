"""The site's own settings, with what a test run must have otherwise: a folder of its own, fast passwords."""

import os
import tempfile

os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="newsroom-tests-")
os.environ["DEBUG"] = "0"
for name in (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "SITE_NAME",
    "BIND",
    "TIME_ZONE",
    "CACHE_URL",
    "STORAGE_URL",
    "EMAIL_URL",
    "EMAIL_FROM",
    "CHECK_LINKS",
    "PAGE_CACHE",
    "PAGE_FORMES",
    "PAGE_FORMES_TOGETHER",
    "PAGE_FORMES_AHEAD",
    "CLIENT_BUDGET",
    "SEARCH_INDEX",
):
    os.environ.pop(name, None)

if os.environ.get("NEWSROOM_STORE") == "s3":
    # The same tests, the pictures in a bucket: a server in this process, on loopback, for this process alone.
    from tests import bucket

    os.environ["STORAGE_URL"] = bucket.start()

if os.environ.get("NEWSROOM_INDEX") == "disk":
    # The same tests on PostgreSQL, with the index that a site on one machine may have.
    os.environ["SEARCH_INDEX"] = "disk"

from newsroom.settings import *  # noqa: E402, F403
from newsroom.settings import STATIC_ROOT, STORAGES, TEMPLATES  # noqa: E402

STATIC_ROOT.mkdir(exist_ok=True)

# The hashed names need `collectstatic`; tests read the files where they lie.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# A thread would write from a connection of its own, in the middle of a test.
READS_WRITTEN_EVERY = 0
# All tests of a run are one client, which walks through every page there is.
CLIENT_BUDGET = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class Loud(str):
    """A value that a template prints when it names what is not there: it raises instead."""

    # Django's own admin templates name these without having them.
    allowed_in_django = frozenset[str]()

    def __contains__(self, text: object) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        if str(name) in self.allowed_in_django:
            return ""
        raise AssertionError(f"A template prints {{{{ {name} }}}}, and there is no such thing.")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Loud("%s")
