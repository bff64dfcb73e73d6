"""The story form: every field of the copy, its bylines and its pictures."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.forms import formset_factory
from django.utils import timezone

from articles import roles
from articles.authoring.known_names import no_tag, people_called
from articles.authoring.lookups import missing, withdrawn
from articles.authoring.widgets import BodyWidget, MomentField, suggesting
from articles.models import Article, BylineRole, Desk, Genre, Language, Section
from articles.workflow.placing import LONGEST_CREDIT
from media.models import Picture
from media.numbers import LONGEST, as_typed
from newsroom.folding import plain_name

# The words a story may say of a picture itself, with the box that says: nothing at all.
NOTHING = {"caption": "no_caption", "credit": "no_credit", "alt": "no_alt"}
SAID = {"caption": "a caption", "credit": "a credit", "alt": "an alternative text"}
MORE = ("caption_is_absent", "credit", "no_credit", "alt", "no_alt")
# What readers will read, in the story's own language and direction.
WRITTEN = ("headline", "kicker", "standfirst", "dateline", "body")


def _longest(name: str) -> int | None:
    longest: int | None = getattr(Article._meta.get_field(name), "max_length", None)
    return longest


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A member of staff, by full name."""

    def label_from_instance(self, person: Any) -> str:
        return person.get_full_name() or str(person.get_username())


class StoryForm(forms.Form):
    """Headline to note, and the assignment. Nothing is required: a draft may begin anywhere."""

    headline = forms.CharField(
        required=False,
        max_length=_longest("headline"),
        widget=forms.Textarea(attrs={"rows": 1, "data-one-line": ""}),
    )
    kicker = forms.CharField(
        required=False, max_length=_longest("kicker"), help_text="The short line above the headline."
    )
    standfirst = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    dateline = forms.CharField(
        required=False, max_length=_longest("dateline"), help_text="The place that opens the text."
    )
    body = forms.CharField(required=False, strip=False, widget=BodyWidget(attrs={"rows": 24}))
    section = forms.ModelChoiceField(
        Section.objects.all(), required=False, to_field_name="slug", empty_label="no section yet"
    )
    slug = forms.CharField(
        required=False,
        max_length=_longest("slug"),
        help_text="The words in the address. Empty: made from the headline.",
    )
    language = forms.ChoiceField(choices=Language.choices, initial=Language.ENGLISH)
    tags = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-tags": ""}),
        help_text="One a line. A new tag's kind stands before it: “person: Nadia Farouk”.",
    )
    desk = forms.ModelChoiceField(Desk.objects.all(), required=False, empty_label="the section's desk")
    writer = PersonChoice(User.objects.none(), required=False, empty_label="nobody yet")
    embargo_until = MomentField(required=False, label="Embargoed until")
    genre = forms.ChoiceField(
        label="Kind of story", choices=Genre.choices, initial=Genre.NEWS, required=False
    )
    due_at = MomentField(required=False, label="Due")
    planned_words = forms.IntegerField(
        required=False, label="Planned length, in words", min_value=1, max_value=100_000
    )
    note = forms.CharField(
        required=False,
        label="Note to the desk",
        help_text="Never printed.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, user: Any, article: Article | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.article = user, article
        staff = User.objects.filter(is_active=True, groups__name__in=[role.value for role in roles.WRITING])
        keep = Q(pk__in=staff.values("pk")) | Q(pk=user.pk) | Q(pk=article.writer_id if article else None)
        self.fields["writer"].queryset = User.objects.filter(keep).order_by("first_name", "username")  # type: ignore[attr-defined]
        language = self["language"].value() or Language.ENGLISH
        for name in WRITTEN:
            direction = "rtl" if language == Language.ARABIC else "auto"
            self.fields[name].widget.attrs |= {"lang": language, "dir": direction}
        if not roles.roles_of(user) & roles.EDITING:
            kept = {*roles.desks_of(user), *([article.desk_id] if article and article.desk_id else [])}
            self.fields["desk"].queryset = Desk.objects.filter(pk__in=kept)  # type: ignore[attr-defined]
            self.fields["writer"].disabled = True
            self.initial.setdefault("writer", user.pk)

    def clean_embargo_until(self) -> Any:
        """Refuse an embargo that would shut out the very person who sets it."""
        until = self.cleaned_data["embargo_until"]
        is_theirs = self.article is None or self.article.writer_id == self.user.pk
        if (
            until
            and until > timezone.now()
            and not is_theirs
            and not roles.roles_of(self.user) & roles.EDITING
        ):
            raise forms.ValidationError(
                "Under an embargo only the story's writer and editors see it: it would be shut to you as well. "
                "Ask one of them to set it."
            )
        return until

    def clean_genre(self) -> str:
        return self.cleaned_data["genre"] or str(Genre.NEWS)

    def clean_tags(self) -> str:
        """Refuse what cannot be a tag's name; the lines stay in their box."""
        lines = str(self.cleaned_data["tags"])
        if wrong := dict.fromkeys(
            said for line in lines.splitlines() if line.strip() and (said := no_tag(line))
        ):
            raise forms.ValidationError(list(wrong))
        return lines

    def clean_headline(self) -> str:
        return " ".join(str(self.cleaned_data["headline"]).split())


class BylineForm(forms.Form):
    """One name over the story. An empty name takes the row out."""

    contributor = forms.CharField(
        required=False, label="Name", max_length=160, widget=suggesting("contributors")
    )
    role = forms.ChoiceField(choices=BylineRole.choices, initial=BylineRole.WRITER)
    as_printed = forms.CharField(
        required=False, max_length=200, label="As printed", help_text="Empty: the name itself."
    )
    is_new = forms.BooleanField(
        required=False, label="New to the paper", help_text="Adds this name to the list."
    )

    def clean(self) -> dict[str, Any]:
        """Find the contributor, by slug or by name, merged names followed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = plain_name(cleaned.get("contributor", ""))
        cleaned["person"], cleaned["new_name"] = None, ""
        if not typed:
            return cleaned
        found = people_called(typed)
        if len(found) > 1:
            slugs = ", ".join(one.row.slug for one in found)
            self.add_error(
                "contributor", f"More than one person is called {typed}. Write which one: {slugs}."
            )
        elif found:
            cleaned["person"] = found[0].row
            cleaned["as_printed"] = cleaned.get("as_printed") or found[0].as_printed
        elif cleaned.get("is_new"):
            cleaned["new_name"] = typed
        else:
            self.add_error(
                "contributor",
                f"Nobody called “{typed}” has written for the paper. Choose a name that is suggested, "
                "or tick “New to the paper” to add this one.",
            )
        return cleaned


class PlacementForm(forms.Form):
    """One picture in the story, by Media ID however it is written. An empty Media ID takes the row out.

    `row` is the picture's own key, for one whose Media ID is not known. `standing` are the keys of the pictures that
    the copy has already: one that was withdrawn since may stay until somebody takes it out, but none is placed anew.
    """

    media_id = forms.CharField(
        required=False,
        label="Media ID",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-media": ""}),
    )
    row = forms.IntegerField(required=False, widget=forms.HiddenInput)
    caption = forms.CharField(
        required=False,
        label="This story's caption",
        help_text="Empty: the library's caption is printed.",
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "data-own-caption": ""}),
    )
    no_caption = forms.BooleanField(
        required=False,
        label="Print no caption at all",
        widget=forms.CheckboxInput(attrs={"data-no-caption": ""}),
    )
    caption_is_absent = forms.BooleanField(
        required=False,
        label="Nobody wrote a caption",
        help_text="None is printed here, whatever the library says.",
        widget=forms.CheckboxInput(attrs={"data-caption-is-absent": ""}),
    )
    credit = forms.CharField(
        required=False,
        max_length=LONGEST_CREDIT,
        label="This story's credit",
        help_text="Empty: the library's credit is printed.",
        widget=forms.TextInput(attrs={"dir": "auto", "data-own-credit": ""}),
    )
    no_credit = forms.BooleanField(
        required=False,
        label="Print no credit at all",
        widget=forms.CheckboxInput(attrs={"data-no-credit": ""}),
    )
    alt = forms.CharField(
        required=False,
        label="This story's alternative text",
        help_text="What who does not see the picture is told. Empty: the library's alternative text.",
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "data-own-alt": ""}),
    )
    no_alt = forms.BooleanField(
        required=False,
        label="Tell nothing in its place: it is decoration here",
        widget=forms.CheckboxInput(attrs={"data-no-alt-here": ""}),
    )

    def __init__(self, *args: Any, standing: Collection[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing

    def clean(self) -> dict[str, Any]:
        """Find the picture, a merge followed, and the caption's layer: None, empty or text."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = cleaned.get("media_id", "").strip()
        found = _picture(typed, cleaned.get("row"))
        if typed and found is None:
            self.add_error("media_id", missing(as_typed(typed) or typed))
        elif found is not None and found.killed_at and found.pk not in self.standing:
            self.add_error("media_id", withdrawn(found))
            found = None
        cleaned["picture"] = found
        for name, asked in NOTHING.items():
            text = " ".join(cleaned.get(name, "").split()) if name == "credit" else cleaned.get(name, "")
            if cleaned.get(asked) and text:
                self.add_error(asked, f"Either write {SAID[name]} or print none. Take one of the two out.")
            cleaned[f"own_{name}"] = "" if cleaned.get(asked) else (text or None)
        if cleaned.get("caption_is_absent") and cleaned["own_caption"] is not None:
            self.add_error(
                "caption_is_absent", "This story says something else of its caption. Take one of the two out."
            )
        return cleaned

    @property
    def says_more(self) -> bool:
        """Say whether the story has a credit or an alternative text of its own, or an absent caption."""
        return any(self[name].value() for name in MORE) or any(self[name].errors for name in MORE)


def _picture(typed: str, row: int | None) -> Picture | None:
    if typed:
        number = as_typed(typed)
        return Picture.objects.numbered(number) if number else None
    return Picture.objects.filter(pk=row, media_id__isnull=True).first() if row else None


Bylines = formset_factory(BylineForm, extra=1, can_order=True, max_num=40, validate_max=True)
Placements = formset_factory(PlacementForm, extra=1, can_order=True, max_num=100, validate_max=True)
