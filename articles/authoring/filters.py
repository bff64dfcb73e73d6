"""Filters of the list of copy: mine, state, section, desk, byline, day."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles import roles
from articles.authoring.board import waiting_for
from articles.models import Article, Contributor

MOST_NAMES = 60


class Whose(admin.SimpleListFilter):
    """Mine, or what waits for me."""

    title = "whose"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "Mine"), ("waiting", "Waiting for me"), ("scheduled", "Scheduled")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "mine":
            return queryset.filter(writer_id=request.user.pk)
        if self.value() == "waiting":
            return queryset.filter(waiting_for(request.user))
        if self.value() == "scheduled":
            return queryset.filter(scheduled_at__isnull=False)
        return queryset


class InByline(admin.SimpleListFilter):
    """The names that stand over the copy one may read, the first sixty of them by alphabet."""

    title = "byline"
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        theirs = Article.objects.filter(roles.readable_by(request.user))
        named = Contributor.objects.filter(bylines__article__in=theirs).distinct()
        return list(named.values_list("slug", "name")[:MOST_NAMES])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        over = Article.objects.filter(bylines__contributor__slug=self.value())
        return queryset.filter(pk__in=over.values("pk"))
