"""The site as a WSGI application; it refuses to start when its settings are unsafe."""

import os

from django.core.wsgi import get_wsgi_application

from newsroom import checks, page_cache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = page_cache.around(get_wsgi_application())
checks.refuse_unsafe()
