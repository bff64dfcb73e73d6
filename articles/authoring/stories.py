"""Copy in the admin: the list, and the addresses of everything one can do with a story."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from articles import roles
from articles.authoring import (
    acting,
    history,
    keeping,
    lookups,
    outsider,
    previewing,
    story_page,
    translations,
)
from articles.authoring.board import readable
from articles.authoring.filters import InByline, Whose
from articles.authoring.permissions import DeskAdmin
from articles.authoring.searching import copy, published
from articles.authoring.word import door
from articles.authoring.word.refusing import LARGEST_FILE, TOO_BIG
from articles.index import IN_SHORT
from articles.models import Article
from newsroom.headers import frames_own_pages
from newsroom.letters import answers_files, answers_letters
from newsroom.relogin import keeping_what_was_typed

# As many slugs as a line may name.
MOST_KEPT = 40


class ArticleAdmin(DeskAdmin):
    """Copy: every story the person may read, newest change first."""

    heading = "Copy"
    add_words = "Start a story"
    sees = adds = changes = "start"
    list_display = ("named", "state_word", "in_section", "at_desk", "byline", "changed")
    list_display_links = ("named",)
    list_filter = (Whose, "state", "section", "desk", InByline, "changed_at")
    search_fields = ("headline",)
    search_help_text = f"Part of a headline or slug, story ID, Media ID; or {IN_SHORT}"
    ordering = ("-changed_at",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return readable(request.user).prefetch_related("bylines__contributor")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Name above the list, by slug alone, what an embargo keeps from this person."""
        kept = Article.objects.filter(roles.known_by_slug_to(request.user)).order_by("pk")
        rows = kept.values_list("slug", "pk")[:MOST_KEPT]
        embargoed = [slug or f"story {number}" for slug, number in rows]
        return super().changelist_view(request, {"embargoed": embargoed, **(extra_context or {})})

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return super().has_view_permission(request)
        return roles.may_read(request.user, obj)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Find copy and what is published as readers search; any part of headline or slug; story ID and Media ID."""
        whole = queryset
        out = [*published(search_term), *copy(search_term, whole)] if search_term.strip() else []
        for word in search_term.split()[:8]:
            found = Q(headline__icontains=word) | Q(slug__icontains=word)
            if word.isascii() and word.isdigit() and len(word) <= 12:
                pictured = Article.objects.filter(placements__picture__media_id=word)
                found |= Q(pk=int(word)) | Q(pk__in=pictured.values("pk"))
            queryset = queryset.filter(found)
        return (queryset | whole.filter(pk__in=out)) if out else queryset, False

    @admin.display(description="headline", ordering="headline")
    def named(self, article: Article) -> str:
        return str(article)

    @admin.display(description="state", ordering="state")
    def state_word(self, article: Article) -> str:
        moment = getattr(article, "scheduled_at", None)
        if moment:
            return format_html('<span class="state scheduled">scheduled</span> {}', in_short(moment))
        word = format_html('<span class="state {}">{}</span>', article.state, article.get_state_display())
        if article.embargo_until and article.embargo_until > timezone.now():
            return format_html("{} embargoed until {}", word, in_short(article.embargo_until))
        return word

    @admin.display(description="section", ordering="section__name", empty_value="")
    def in_section(self, article: Article) -> str:
        return str(article.section or "")

    @admin.display(description="desk", ordering="desk__name", empty_value="")
    def at_desk(self, article: Article) -> str:
        return str(article.desk or "")

    @admin.display(description="byline")
    def byline(self, article: Article) -> str:
        return ", ".join(str(line) for line in article.bylines.all())

    @admin.display(description="changed", ordering="changed_at")
    def changed(self, article: Article) -> str:
        by = article.changed_by
        who = f", {by.get_short_name() or by.get_username()}" if by else ""
        return format_html('<span class="moment">{}</span>{}', in_short(article.changed_at), who)

    def get_urls(self) -> list[URLPattern]:
        """Add what the story form needs beside Django's own addresses."""
        seen = self.admin_site.admin_view
        own = [
            path("keep/", answers_letters(self.admin_site, keeping.door), name="desk_keep"),
            path(
                "word-file/",
                answers_files(self.admin_site, door.door, largest=LARGEST_FILE, too_long=TOO_BIG),
                name="desk_word_file",
            ),
            path("moment/", seen(acting.moment), name="desk_moment"),
            path("<row:story_id>/act/", answers_letters(self.admin_site, acting.door), name="desk_act"),
            path("suggest/<str:kind>/", seen(lookups.suggest), name="desk_suggest"),
            path("picture/<str:media_id>/", seen(lookups.picture), name="desk_picture"),
            path("<row:story_id>/preview/", seen(previewing.preview), name="desk_preview"),
            path("<row:story_id>/shared/", seen(previewing.shared), name="desk_shared"),
            path(
                "<row:story_id>/preview-links/",
                answers_letters(self.admin_site, outsider.links),
                name="desk_preview_links",
            ),
            path("<row:story_id>/history/", seen(history.history), name="articles_article_history"),
            path("<row:story_id>/revisions/<row:number>/", seen(history.revision), name="desk_revision"),
            path(
                "<row:story_id>/revisions/<row:number>/restore/", seen(history.restore), name="desk_restore"
            ),
            path("<row:story_id>/revisions/<row:number>/name/", seen(history.name), name="desk_name"),
            path("<row:story_id>/compare/", seen(history.compare), name="desk_compare_chosen"),
            path(
                "<row:story_id>/compare/<row:first>/<row:second>/",
                seen(history.compared),
                name="desk_compare",
            ),
            path("<row:story_id>/who-wrote/", seen(history.who), name="desk_who_wrote"),
            path("<row:story_id>/editions/<row:number>/", seen(history.edition), name="desk_edition"),
            path(
                "<row:story_id>/editions/<row:number>/suppress/", seen(history.suppress), name="desk_suppress"
            ),
            path(
                "add/",
                frames_own_pages(keeping_what_was_typed(self.admin_site, self.add_view)),
                name="articles_article_add",
            ),
            path(
                "<row:story_id>/change/",
                frames_own_pages(keeping_what_was_typed(self.admin_site, self.edit)),
                name="articles_article_change",
            ),
        ]
        return own + translations.addresses(seen) + self.only_the_list()

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show or take the form of a new story."""
        return story_page.begin(self, request)

    def edit(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """Show or take the form of a story."""
        return story_page.edit(self, request, story_id)


def in_short(moment: Any) -> str:
    """Return a moment as a list shows it, in the paper's zone, the zone named."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'j M Y, H:i')} {local.tzname()}"
