"""Quick starts in the admin: what a new story of a kind begins with, changed by chiefs."""

from typing import Any

from django.contrib import admin
from django.db.models import TextField
from django.http import HttpRequest

from articles import prose
from articles.authoring.permissions import DeskAdmin
from articles.authoring.widgets import BodyWidget
from articles.models import Beginning
from articles.workflow import beginnings


class BeginningAdmin(DeskAdmin):
    """Quick starts, in the order in which the first screen shows them. One that is no longer wanted is no longer offered."""

    heading = "Quick starts"
    add_words = "Add a quick start"
    sees = adds = changes = "organise"
    list_display = ("name", "kind", "line", "section", "words", "order", "offered")
    fields = (
        ("name", "genre"),
        "line",
        "headline",
        "standfirst",
        "body",
        ("section", "words"),
        ("order", "is_offered"),
    )
    formfield_overrides = {TextField: {"widget": BodyWidget(attrs={"rows": 12}), "strip": False}}
    list_select_related = ("section",)
    empty_value_display = ""

    class Media:
        css = {"all": ["css/planning.css"]}

    @admin.display(description="kind", ordering="genre")
    def kind(self, beginning: Beginning) -> str:
        return beginning.get_genre_display()

    @admin.display(description="section", ordering="section__name")
    def in_section(self, beginning: Beginning) -> str:
        return str(beginning.section or "")

    @admin.display(description="words", ordering="words")
    def planned(self, beginning: Beginning) -> str:
        return f"{beginning.words:,}" if beginning.words else ""

    @admin.display(description="place", ordering="order")
    def place(self, beginning: Beginning) -> int:
        return beginning.order

    @admin.display(description="offered", boolean=True, ordering="is_offered")
    def offered(self, beginning: Beginning) -> bool:
        return beginning.is_offered

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Say of a quick start without a section which one its stories get."""
        form = super().get_form(request, obj, change, **kwargs)
        suggested = obj.suggested_section() if obj is not None and obj.section_id is None else None
        if suggested is not None:
            form.base_fields["section"].help_text = f"While none is chosen: {suggested}."
        return form

    def save_model(self, request: HttpRequest, obj: Beginning, form: Any, change: bool) -> None:
        """Keep of the text what a story's text may hold."""
        obj.body = prose.clean(obj.body)
        super().save_model(request, obj, form, change)
        beginnings.changed()
