"""Every address of the site: one line a room, in the order in which they are tried."""

from django.contrib import admin
from django.urls import path

from articles.archive import files
from articles.archive import urls as archive
from articles.archive.past import mounting
from articles.authoring import outsider
from articles.feeds import urls as feeds
from articles.search import urls as search
from newsroom import health

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("admin/images/<str:name>", files.desk_image, name="desk_image"),
    path("admin/", admin.site.urls),
    path("preview/<str:key>/", outsider.page, name="outsider"),
    path("preview/<str:key>/images/<str:name>", outsider.image, name="outsider_image"),
    # The reader's pages and their data, now and under /at/ as they stood.
    *mounting.mounted([*feeds.urlpatterns, *search.urlpatterns, *archive.urlpatterns]),
]

handler400 = "newsroom.errors.bad_request"
handler403 = "newsroom.errors.permission_denied"
handler404 = "newsroom.errors.page_not_found"
handler500 = "newsroom.errors.server_error"
