"""The picture library in the admin: the list, with thumbnails, and the doors to its pages."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils.html import format_html

from articles.picture_desk import addresses, page
from media import permissions
from media.models import CaptionState, Picture

if TYPE_CHECKING:
    Plain = admin.ModelAdmin[Picture]
    PlainFilter = admin.SimpleListFilter
else:
    Plain = admin.ModelAdmin
    PlainFilter = admin.SimpleListFilter


class HasFile(PlainFilter):
    """Pictures whose file is here, or lost."""

    title = "file"  # Django's own word for a filter's heading
    parameter_name = "file"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("here", "here"), ("lost", "lost")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Picture]) -> QuerySet[Picture]:
        if self.value() == "here":
            return queryset.exclude(original="")
        return queryset.filter(original="") if self.value() == "lost" else queryset


class CaptionIs(PlainFilter):
    """Pictures by the state of the caption in force."""

    title = "caption"  # Django's own word for a filter's heading
    parameter_name = "caption"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(state.value), str(state.label)) for state in CaptionState]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Picture]) -> QuerySet[Picture]:
        nothing = Q(caption__isnull=True)
        absent = nothing & Q(file_caption__isnull=True)
        empty = Q(caption="") | (nothing & Q(file_caption=""))
        if self.value() == CaptionState.ABSENT:
            return queryset.filter(absent)
        if self.value() == CaptionState.EMPTY:
            return queryset.filter(empty)
        return queryset.exclude(absent).exclude(empty) if self.value() == CaptionState.PRESENT else queryset


class PictureAdmin(Plain):
    """Every picture, newest first. Nothing here is ever deleted: a Media ID never dangles."""

    list_display = ("thumbnail", "known_as", "said", "credit", "rights", "file_is")
    list_display_links = ("known_as",)
    list_filter = (CaptionIs, HasFile, "rights_class")
    search_fields = ("media_id", "caption", "file_caption", "credit", "original_name")
    search_help_text = "Media ID, words of a caption, a credit, the name of a file"
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    view_on_site = False
    actions = None

    class Media:
        css = {"all": ("css/picture-desk.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Picture]:
        return super().get_queryset(request).prefetch_related("renditions")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Call the list by the newsroom's word."""
        words = {"title": "Pictures", "add_words": "Add a picture"}
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        """Return the list and the library's own pages: no deletion, and no form that knows no version."""
        seen = self.admin_site.admin_view
        only_list = [url for url in super().get_urls() if url.name and url.name.endswith("_changelist")]
        return [
            re_path(r"^add/$", seen(partial(page.add, self.admin_site)), name="media_picture_add"),
            *addresses.of_one_picture(self.admin_site),
            *only_list,
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.may_add(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.may_add(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.may_add(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.may_change(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="picture")
    def thumbnail(self, picture: Picture) -> str:
        copies = picture.copies()
        if not copies:
            return format_html('<span class="{}">{}</span>', "none", "no file")
        return format_html(
            '<img class="thumbnail" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
            copies[0].desk_url, picture.alt, 120, round(120 * copies[0].height / copies[0].width),
        )  # fmt: skip

    @admin.display(description="Media ID", ordering="media_id")
    def known_as(self, picture: Picture) -> str:
        return picture.media_id or "not known"

    @admin.display(description="caption")
    def said(self, picture: Picture) -> str:
        caption = picture.caption_in_force
        if caption and caption.strip():
            return caption if len(caption) <= 140 else f"{caption[:139]}…"
        return format_html('<span class="none">{}</span>', picture.caption_state.label)

    @admin.display(description="rights", ordering="rights_class")
    def rights(self, picture: Picture) -> str:
        return str(picture.get_rights_class_display())

    @admin.display(description="file")
    def file_is(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}" if picture.has_file else "lost"
