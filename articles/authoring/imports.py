"""Imports in the admin: each run, the pages it read byte for byte, and beside them what was made of them."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from articles import roles, workflow
from articles.authoring.permissions import DeskAdmin
from articles.models import Edition, ImportRun, Outcome, Provenance, SourcePage

SHOWN_PAGES = 300
SHOWN_CHARACTERS = 400_000


class ImportRunAdmin(DeskAdmin):
    """Calls of the importer, newest first."""

    heading = "Imports"
    sees = "import"
    list_display = ("named", "started_at", "finished_at", "by", "counted", "undone_at")
    list_select_related = ("by",)
    actions = None

    @admin.display(description="import")
    def named(self, run: ImportRun) -> str:
        return str(run)

    @admin.display(description="files")
    def counted(self, run: ImportRun) -> str:
        return in_words(run)

    def get_urls(self) -> list[URLPattern]:
        """Add the page of one run in place of a form, and its undoing."""
        seen = self.admin_site.admin_view
        own = [
            path("<row:run_id>/change/", seen(show_run), name="articles_importrun_change"),
            path("<row:run_id>/undo/", seen(undo), name="desk_undo_import"),
        ]
        return own + self.only_the_list()


class SourcePageAdmin(DeskAdmin):
    """Every file the importer ever read, found by name, address or outcome."""

    heading = "Files the importer read"
    sees = "import"
    list_display = ("file", "outcome", "kind", "of_run", "reason")
    list_filter = ("outcome", "kind")
    search_fields = ("file", "address", "reason")
    list_select_related = ("run",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourcePage]:
        rows: QuerySet[SourcePage] = super().get_queryset(request).defer("raw", "facts", "repairs")
        return rows

    @admin.display(description="import", ordering="run")
    def of_run(self, page: SourcePage) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:articles_importrun_change", args=[page.run_id]), page.run
        )

    def get_urls(self) -> list[URLPattern]:
        """Add the page of one file in place of a form."""
        show = self.admin_site.admin_view(show_page)
        return [path("<row:page_id>/change/", show, name="articles_sourcepage_change"), *self.only_the_list()]


def in_words(run: ImportRun) -> str:
    """Return a run's counts as words: 41 created, 3 refused."""
    return ", ".join(f"{number} {outcome}" for outcome, number in run.counts.items() if number)


def _may_look(request: HttpRequest) -> None:
    if not roles.has_role(request.user, "import"):
        raise Http404


@require_safe
def show_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show one run: its paths and counts, refusals first, and the button that undoes it as one."""
    _may_look(request)
    run = get_object_or_404(ImportRun.objects.select_related("by", "undone_by"), pk=run_id)
    pages = run.source_pages.defer("raw", "facts", "repairs").order_by("id")
    context = {
        **admin.site.each_context(request),
        "title": f"Import {run.pk}",
        "run": run,
        "counted": in_words(run),
        "refused": pages.filter(outcome=Outcome.REFUSED)[:SHOWN_PAGES],
        "taken": pages.exclude(outcome=Outcome.REFUSED)[:SHOWN_PAGES],
        "shown": SHOWN_PAGES,
        "may_undo": run.undone_at is None,
    }
    return TemplateResponse(request, "authoring/import_run.html", context)


@require_POST
def undo(request: HttpRequest, run_id: int) -> HttpResponse:
    """Take back everything one run brought in."""
    _may_look(request)
    run = get_object_or_404(ImportRun, pk=run_id)
    try:
        undone = workflow.undo_import(by=request.user, run_id=run.pk)
    except workflow.Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    else:
        for sentence in undone.sentences():
            messages.success(request, sentence)
    return HttpResponseRedirect(reverse("admin:articles_importrun_change", args=[run_id]))


@require_safe
def show_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show one file as it was read, as plain text, beside the stories, facts and repairs that came of it."""
    _may_look(request)
    source = get_object_or_404(SourcePage.objects.select_related("run"), pk=page_id)
    raw = bytes(source.raw) if source.raw is not None else None
    text = raw.decode("utf-8", errors="replace") if raw is not None else ""
    made = list(Provenance.objects.filter(source=source).order_by("id"))
    editions = (
        Edition.objects.open().filter(story_id__in=[one.story_id for one in made]).select_related("section")
    )
    by_story = {edition.story_id: edition for edition in editions.defer("rendered")}
    context = {
        **admin.site.each_context(request),
        "title": source.file,
        "source": source,
        "size": len(raw) if raw is not None else None,
        "lines": text[:SHOWN_CHARACTERS].splitlines(),
        "is_cut": len(text) > SHOWN_CHARACTERS,
        "made": [(one, by_story.get(one.story_id)) for one in made],
    }
    return TemplateResponse(request, "authoring/source_page.html", context)
