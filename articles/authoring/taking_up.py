"""The archive as the desk sees it: stories that ran and that nobody has edited here, each ready to be taken up."""

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles import roles, workflow
from articles.authoring.permissions import DeskAdmin
from articles.authoring.searching import published
from articles.index import IN_SHORT
from articles.models import Edition


class EditionAdmin(DeskAdmin):
    """Editions in force of stories without copy: read here, changed only by taking the story up."""

    heading = "Archive"
    sees = "take_up"
    list_display = ("headline", "ran", "section", "byline", "completeness", "edit_button")
    list_filter = ("section", "completeness")
    search_fields = ("headline",)
    search_help_text = f"Words of headline, standfirst or byline; story ID; Media ID; or {IN_SHORT}"
    ordering = ("-listed_at", "-story_id")
    list_select_related = ("section",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        without_copy = Edition.objects.at().filter(story__article__isnull=True)
        return without_copy.without_texts()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Edition], search_term: str
    ) -> tuple[QuerySet[Edition], bool]:
        """Find words in headline, standfirst and byline; digits also as story ID and Media ID; all as readers find it."""
        whole = queryset
        out = published(search_term) if search_term.strip() else {}
        for word in search_term.split()[:8]:
            found = Q(headline__icontains=word) | Q(standfirst__icontains=word) | Q(byline__icontains=word)
            if word.isascii() and word.isdigit() and len(word) <= 12:
                shown = Edition.objects.filter(picture_rows__picture__media_id=word)
                found |= Q(story_id=int(word)) | Q(pk__in=shown.values("pk"))
            queryset = queryset.filter(found)
        return (queryset | whole.filter(pk__in=list(out.values()))) if out else queryset, False

    @admin.display(description="ran", ordering="listed_at")
    def ran(self, edition: Edition) -> str:
        if edition.published_on:
            return date_format(edition.published_on, "j M Y")
        bounds = [date_format(day, "j M Y") for day in (edition.dated_earliest, edition.dated_latest) if day]
        return f"{' to '.join(bounds)} (inferred)" if bounds else "undated"

    @admin.display(description="at the desk")
    def edit_button(self, edition: Edition) -> str:
        address = reverse("admin:desk_take_up", args=[edition.story_id])
        return format_html(
            '<button type="submit" formaction="{}">Edit<span class="visually-hidden"> {}</span></button>',
            address,
            edition.headline,
        )

    def get_urls(self) -> list[URLPattern]:
        """Add the verb, and the page of one edition in place of a form."""
        seen = self.admin_site.admin_view
        own = [
            path("take-up/<row:story_id>/", seen(self.take_up), name="desk_take_up"),
            path("<row:row>/change/", seen(self.read), name="articles_edition_change"),
        ]
        return own + self.only_the_list()

    def read(self, request: HttpRequest, row: int) -> HttpResponse:
        """Show one story of the archive, with the button that brings it to the desk."""
        if not self.has_view_permission(request):
            return self.admin_site.login(request)
        rows = Edition.objects.at().filter(story__article__isnull=True).select_related("section")
        edition = get_object_or_404(rows, pk=row)
        context = {**self.admin_site.each_context(request), "title": edition.headline, "edition": edition}
        return TemplateResponse(request, "authoring/archived.html", context)

    def take_up(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """Make copy of the story's last edition and open it."""
        return _take_up(request, story_id)


@require_POST
def _take_up(request: HttpRequest, story_id: int) -> HttpResponse:
    # A story that readers cannot see is as if it were not there, whether or not another desk has copy of it.
    get_object_or_404(Edition.objects.at(), story_id=story_id)
    try:
        article = workflow.take_up(by=request.user, story_id=story_id)
    except workflow.Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return HttpResponseRedirect(reverse("admin:articles_edition_changelist"))
    if not roles.may_read(request.user, article):
        messages.warning(
            request,
            "This story belongs to another desk. It is at that desk now; ask there to have it changed.",
        )
        return HttpResponseRedirect(reverse("admin:articles_edition_changelist"))
    messages.success(
        request, "Taken up. Readers see the old text until you publish an update or a correction."
    )
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story_id]))
