"""The site's addresses and three that leak on purpose, to show that the walk sees it."""

from django.http import HttpResponse
from django.urls import path

from articles.models import Edition
from newsroom.urls import handler400, handler403, handler404, handler500
from newsroom.urls import urlpatterns as own

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def everything(request):
    return HttpResponse("\n".join(Edition.objects.values_list("headline", flat=True)))


def in_a_header(request):
    return HttpResponse(
        "quiet", headers={"Link": ", ".join(edition.get_absolute_url() for edition in Edition.objects.all())}
    )


def count(request):
    return HttpResponse(str(Edition.objects.count()))


urlpatterns = [
    path("leak/everything/", everything),
    path("leak/header/", in_a_header),
    path("leak/count/", count),
    *own,
]
