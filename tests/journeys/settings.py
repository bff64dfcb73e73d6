"""The site's own settings for browser journeys: all as served, but quick to start and to log in to."""

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
