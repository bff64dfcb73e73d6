"""The site's own settings for browser journeys: all as served, but quick to start and to log in to."""

import os

from newsroom import settings as served

for _name in dir(served):
    if _name.isupper():
        globals()[_name] = getattr(served, _name)

# Hashed names as in front of readers, without the half minute that compressing takes.
STORAGES = {
    **served.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A journey is over before the newspaper is set ahead, and has better things to do meanwhile.
PAGE_FORMES_AHEAD = int(os.environ.get("PAGE_FORMES_AHEAD", "0"))
