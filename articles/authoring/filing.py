"""Sections, desks, contributors and tags in the admin: names by which stories are filed, merged by verb."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from articles import roles, workflow
from articles.authoring.permissions import DeskAdmin
from articles.authoring.widgets import suggesting
from articles.models import Contributor, Tag


class SectionAdmin(DeskAdmin):
    """Readers' shelves. The slug is an address: it is chosen once."""

    sees = adds = changes = "organise"
    list_display = ("name", "desk", "order", "is_in_masthead", "is_opinion")
    fields = ("name", "slug", "line", "desk", "order", "is_in_masthead", "is_opinion")
    prepopulated_fields = {"slug": ("name",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

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
    kind = ""
    readonly_fields = ("alias_of",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("alias_of")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug", "alias_of") if obj else ("alias_of",)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("name",)}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["into"] = suggesting(self.kind, id="id_into").render("into", "")
        context["merge_at"] = f"admin:desk_merge_{self.kind}"
        context["suggest_from"] = reverse("admin:articles_article_changelist")
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """Add the verb."""
        merge = self.admin_site.admin_view(self.merge)
        return [path("<row:row>/merge/", merge, name=f"desk_merge_{self.kind}"), *super().get_urls()]

    def merge(self, request: HttpRequest, row: int) -> HttpResponse:
        """Ask once more on GET, merge on POST."""
        name = get_object_or_404(self.get_queryset(request), pk=row)
        refusal = roles.refusal(request.user, "merge")
        typed = " ".join(request.POST.get("into", "").split())
        known = self.get_queryset(request)
        into = (
            known.filter(slug=typed).first()
            or known.filter(name__iexact=typed, alias_of__isnull=True).first()
        )
        back = HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row])
        )
        if request.method != "POST":
            return back
        if refusal or into is None:
            messages.error(
                request, refusal or f"Nothing here is called “{typed}”. Choose a name that is suggested."
            )
            return back
        if "confirmed" not in request.POST:
            context = {**self.admin_site.each_context(request), "title": "Merge", "name": name, "into": into}
            return TemplateResponse(request, "authoring/merge.html", context)
        try:
            self.carry_out(request, name, into)
        except workflow.Refused as refused:
            for reason in refused.reasons:
                messages.error(request, reason)
            return back
        messages.success(request, f"{name} now stands for {into}. Its address keeps answering.")
        return back

    def carry_out(self, request: HttpRequest, name: Any, into: Any) -> None:
        """Call the verb."""
        raise NotImplementedError


class ContributorAdmin(MergingAdmin):
    """People whose names stand over stories."""

    heading = "People"
    kind = "contributors"
    list_display = ("name", "line", "user", "alias_of")
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


class TagAdmin(MergingAdmin):
    """Tags: topics, places, persons, organisations."""

    kind = "tags"
    list_display = ("name", "kind_word", "line", "alias_of")
    list_filter = ("kind",)
    fields = ("name", "slug", "kind", "line", "alias_of")

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
