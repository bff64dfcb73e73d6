"""The addresses of one picture's pages at the desk: its own page, and what can be done from it."""

from functools import partial

from django.contrib import admin
from django.urls import URLPattern, re_path
from django.views.decorators.http import require_safe

from articles.picture_desk import crops, merging, page, withdrawing
from newsroom.relogin import keeping_what_was_typed

_ONE = r"^(?P<key>[0-9]{1,18})/"


def of_one_picture(site: admin.AdminSite) -> list[URLPattern]:
    """Return the addresses below `/admin/media/picture/` that name a picture by its row."""
    pages = {
        "change": page.change,
        "uses": page.more_uses,
        "crops": crops.crops,
        "withdraw": withdrawing.withdraw,
        "merge": merging.merge,
        "differs": merging.differs,
    }
    of_one = [
        re_path(
            rf"{_ONE}{name}/$",
            keeping_what_was_typed(site, partial(view, site)),
            name=f"media_picture_{name}",
        )
        for name, view in pages.items()
    ]
    headline = site.admin_view(require_safe(partial(page.story, site)))
    return [*of_one, re_path(r"^story/(?P<story_id>[0-9]{8})/$", headline, name="media_picture_story")]
