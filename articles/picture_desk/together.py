"""Several pictures at once: one credit, place, rights or keyword for all that were ticked, each checked as if alone."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles import roles
from articles.picture_desk.finding import Finding
from articles.picture_desk.showing import Shown, shown
from media import changing
from media import facts as saying
from media.models import Picture, RightsClass, Uses

MOST = 200
_CHOSEN = re.compile(r"([0-9]{1,18})-([0-9]{1,9})", re.ASCII)
ADD, REPLACE = "add", "replace"
CHANGED_SINCE = (
    "somebody changed it since you ticked it. Look at what it says now, and set it again if that is right."
)
EMPTIABLE = ("credit", "place", "keywords", "rights_holder", "rights_end_on")


@dataclass(frozen=True, slots=True)
class Row:
    """A ticked picture, the version it was ticked at, and what became of it: a sentence, and whether it was refused."""

    shown: Shown
    token: str
    sentence: str = ""
    is_refused: bool = False


class TogetherForm(forms.Form):
    """What is to be the same for all: a box left empty changes nothing, unless it is ticked to be emptied."""

    credit = forms.CharField(required=False, max_length=300)
    place = forms.CharField(required=False, max_length=200)
    keywords = forms.CharField(required=False, max_length=1000, help_text="With commas between them.")
    keywords_how = forms.ChoiceField(
        label="Keywords are",
        choices=[(ADD, "added to those that are there"), (REPLACE, "all there are")],
        initial=ADD,
        required=False,
    )
    rights_class = forms.ChoiceField(
        label="Rights", choices=[("", "as they are"), *RightsClass.choices], required=False
    )
    rights_holder = forms.CharField(required=False, max_length=200)
    rights_end_on = forms.DateField(
        label="Rights end on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip
    uses = forms.ChoiceField(
        label="Uses allowed", required=False,
        choices=[("", "as they are"), *(one for one in Uses.choices if one[0] != Uses.ONE_STORY)],
    )  # fmt: skip
    emptied = forms.MultipleChoiceField(
        label="Empty for all of them",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, name.replace("_", " ")) for name in EMPTIABLE],
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a box that is filled and to be emptied, and a form that asks for nothing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        emptied = cleaned.get("emptied", [])
        for name in emptied:
            if cleaned.get(name):
                self.add_error(name, "Something is written here, and it is ticked to be emptied. Choose one.")
        every = (*EMPTIABLE, "rights_class", "uses")
        if not self.errors and not emptied and not any(cleaned.get(name) for name in every):
            self.add_error(None, "Write what is to be the same for all these pictures, then set it.")
        return cleaned

    def facts(self, picture: Picture) -> dict[str, Any]:
        """Return what is to be written to one picture."""
        typed = self.cleaned_data
        facts: dict[str, Any] = {
            name: typed[name]
            for name in (*EMPTIABLE, "rights_class", "uses")
            if typed[name] and name != "keywords"
        }
        facts |= {name: None if name == "rights_end_on" else "" for name in typed["emptied"]}
        if "keywords" in typed["emptied"] or typed["keywords"]:
            had = list(map(str, picture.keywords)) if typed["keywords_how"] != REPLACE else []
            had = [] if "keywords" in typed["emptied"] else had
            facts["keywords"] = list(dict.fromkeys([*had, *saying.keywords(typed["keywords"])]))
        return facts


def together(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Show the pictures that were ticked with one form for all, their Media IDs to copy, or what setting them did."""
    doing = request.POST.get("do", "ask")
    if not roles.has_role(request.user, "pictures" if doing == "ids" else "change_pictures"):
        raise PermissionDenied
    back = Finding.read(QueryDict(request.POST.get("back", "").removeprefix("?")), request.user).address()
    rows = chosen(request.POST.getlist("chosen"))
    if not rows:
        messages.warning(request, "Tick the pictures first, then say what to do with them.")
        return HttpResponseRedirect(reverse("admin:media_picture_changelist") + back)
    form = TogetherForm(request.POST if doing == "set" else None)
    if doing == "set" and form.is_valid():
        rows = [_set(row, form, by=request.user) for row in rows]
    refused = [row for row in rows if row.is_refused]
    done = [row for row in rows if row.sentence and not row.is_refused]
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": "Media IDs" if doing == "ids" else "Several pictures at once",
        "opts": Picture._meta,
        "form": form,
        "rows": refused if done or refused else rows,
        "done": done,
        "refused": refused,
        "back": back,
        "ids": "\n".join(row.shown.number for row in rows) if doing == "ids" else "",
    }
    status = 409 if refused else 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "picture_desk/together.html", context, status=status)


def chosen(values: list[str]) -> list[Row]:
    """Return the pictures ticked on a list, in its order: `values` are rows with the version each was shown at."""
    tokens = {match[1]: match[2] for value in values[:MOST] if (match := _CHOSEN.fullmatch(value))}
    found = Picture.objects.standing().prefetch_related("renditions").in_bulk([int(key) for key in tokens])
    on = timezone.localdate()
    return [Row(shown(found[int(key)], on), token) for key, token in tokens.items() if int(key) in found]


def _set(row: Row, form: TogetherForm, *, by: Any) -> Row:
    """Write what was typed to one picture, as if it were the only one, and say what became of it."""
    picture = row.shown.picture
    try:
        changed = changing.change(by=by, picture_id=picture.pk, token=row.token, facts=form.facts(picture))
    except changing.NotChanged as refused:
        now = Picture.objects.prefetch_related("renditions").get(pk=picture.pk)
        why = CHANGED_SINCE if now.token != row.token else str(refused)
        sentence = f"{now} was not changed: {why}"
        return Row(shown(now, timezone.localdate()), now.token, sentence, is_refused=True)
    was = "was set" if changed.token != row.token else "says so already"
    return Row(row.shown, changed.token, f"{picture} {was}.")
