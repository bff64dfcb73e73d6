"""The floor that pages are measured against: a bare Django view with one primary-key look-up, served as the site is.

    VAR_DIR=… python bench/floor.py 127.0.0.1:8001

No middleware, no template; the same database, connection and server (gunicorn, 2 workers of 8 threads). `manage.py
bench` starts it.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "PAGE_CACHE": "0"}

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

django.setup()

from articles.models import Edition  # noqa: E402
from newsroom.server import Server  # noqa: E402


def look_up(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with one headline."""
    return HttpResponse(Edition.objects.only("headline").get(pk=key).headline)


urlpatterns = [path("<int:key>/", look_up)]

if __name__ == "__main__":
    settings.MIDDLEWARE, settings.ROOT_URLCONF = [], "__main__"
    Server(sys.argv[1], workers=2, threads=8).run()
