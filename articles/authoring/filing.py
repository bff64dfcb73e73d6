"""Sections, desks, contributors and tags in the admin: names by which stories are filed, merged by verb."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from articles import workflow
from articles.authoring import merging
from articles.authoring.name_list import NameList, narrowed
from articles.authoring.permissions import DeskAdmin
from articles.authoring.widgets import suggesting
from articles.models import Contributor, Tag


class SectionAdmin(DeskAdmin):
    """Readers' shelves. The slug is an address: it is chosen once."""

    sees = adds = changes = "organise"
    list_display = ("name", "desk", "order", "masthead", "opinion")
    fields = ("name", "slug", "line", "desk", "order", "is_in_masthead", "is_opinion")
    prepopulated_fields = {"slug": ("name",)}

    @admin.display(description="in the masthead", ordering="is_in_masthead")
    def masthead(self, section: Any) -> str:
        return "yes" if section.is_in_masthead else "no"

    @admin.display(description="opinion, bylines first", ordering="is_opinion")
    def opinion(self, section: Any) -> str:
        return "yes" if section.is_opinion else "no"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the section; the head of every page names it."""
        super().save_model(request, obj, form, change)
        workflow.paper_changes()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("name",)}


class DeskTeamAdmin(DeskAdmin):
    """Desks and their members."""

    sees = adds = changes = "organise"
    list_display = ("name", "people")
    fields = ("name", "slug", "members")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("members")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("name",)}

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = forms.CheckboxSelectMultiple()
        kwargs["queryset"] = db_field.related_model.objects.filter(is_active=True, is_staff=True)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def people(self, desk: Any) -> str:
        return ", ".join(person.get_full_name() or person.get_username() for person in desk.members.all())


class MergingAdmin(DeskAdmin):
    """Names that can be merged: the merged name becomes an alias, and its address keeps answering."""

    sees = adds = changes = "merge"
    change_form_template = "authoring/name.html"
    search_fields = ("name",)
    empty_value_display = ""
    kind = ""
    readonly_fields = ("alias_of",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("alias_of")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Leave out what the name stands for where it stands for itself."""
        is_alias = obj is not None and obj.alias_of_id
        return [name for name in super().get_fields(request, obj) if name != "alias_of" or is_alias]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug", "alias_of") if obj else ("alias_of",)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("name",)}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead from the list to the names in it that sound alike."""
        alike_at = reverse(f"admin:desk_alike_{self.kind}")
        return super().changelist_view(request, {"alike_at": alike_at, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["into"] = suggesting(self.kind, id="id_into").render("into", "")
        context["merge_at"] = f"admin:desk_merge_{self.kind}"
        context["alike_at"] = f"admin:desk_alike_{self.kind}"
        merged = context.get("original")
        context["unmerge_at"] = (
            f"admin:desk_unmerge_{self.kind}" if merging.last_merge(self.kind, merged) else ""
        )
        context["suggest_from"] = reverse("admin:articles_article_changelist")
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """Add the verbs."""
        seen = self.admin_site.admin_view
        own = [
            path("alike/", seen(partial(merging.alike, self)), name=f"desk_alike_{self.kind}"),
            path("<row:row>/merge/", seen(partial(merging.merge, self)), name=f"desk_merge_{self.kind}"),
            path(
                "<row:row>/unmerge/", seen(partial(merging.unmerge, self)), name=f"desk_unmerge_{self.kind}"
            ),
        ]
        return [*own, *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[NameList]:
        return NameList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find every word in the name, in what stands for it, or in how it was once printed."""
        return narrowed(self.kind, queryset, search_term), False

    @admin.display(description="stories")
    def used(self, name: Any) -> str:
        return f"→ {name.alias_of}" if name.alias_of_id else str(name.use)

    @admin.display(description="also")
    def also(self, name: Any) -> str:
        return ", ".join(name.spelt)

    def carry_out(self, request: HttpRequest, name: Any, into: Any) -> None:
        """Call the verb."""
        raise NotImplementedError


class ContributorAdmin(MergingAdmin):
    """People whose names stand over stories."""

    heading = "People"
    kind = "contributors"
    list_display = ("name", "used", "also", "line", "user")
    list_filter = ("is_staff_name",)
    fields = ("name", "slug", "line", "user", "is_staff_name", "alias_of")

    def carry_out(self, request: HttpRequest, name: Contributor, into: Contributor) -> None:
        workflow.merge_contributors(by=request.user, contributor=name, into=into)

    def save_model(self, request: HttpRequest, obj: Contributor, form: Any, change: bool) -> None:
        """Save the person, and find the pictures that a new name is credited for."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if not change or "name" in form.changed_data:
                workflow.name_contributor(by=request.user, contributor=obj)
            workflow.paper_changes()


class TagAdmin(MergingAdmin):
    """Tags: topics, places, persons, organisations."""

    kind = "tags"
    list_display = ("name", "kind_word", "used", "also", "line")
    list_filter = ("kind",)
    fields = ("name", "slug", "kind", "line", "alias_of")

    @admin.display(description="kind", ordering="kind")
    def kind_word(self, tag: Tag) -> str:
        return str(tag.get_kind_display())

    def carry_out(self, request: HttpRequest, name: Tag, into: Tag) -> None:
        workflow.merge_tags(by=request.user, tag=name, into=into)

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        """Save the tag, and write a new name or kind to every story filed under it."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if change and {"name", "kind"} & set(form.changed_data):
                workflow.rename_tag(by=request.user, tag=obj)
            workflow.paper_changes()
