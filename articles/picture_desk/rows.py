"""A picture as one row to fill in: the one or two fields that a work list asks for, saved with their own version token."""

from typing import Any

from django import forms

from articles.picture_desk.versioned import VersionedForm
from media import changing, intake
from media import facts as saying
from media.models import CaptionState, Picture, RightsClass

CAPTIONS = [
    (CaptionState.PRESENT.value, "says"),
    (CaptionState.ABSENT.value, "says nothing"),
    (CaptionState.EMPTY.value, "is left empty on purpose"),
]
PHONE = "What would you tell someone on the phone?"


def _text(label: str, most: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most)


def _words(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )


def fields_for(name: str) -> dict[str, forms.Field]:
    """Return the form fields that stand for one field of a picture."""
    made: dict[str, Any] = {
        "caption": lambda: {
            "caption": _words("Caption"),
            "caption_is": forms.ChoiceField(label="The library", choices=CAPTIONS, required=False),
        },
        "alt": lambda: {"alt": _words(PHONE)},
        "credit": lambda: {"credit": _text("Credit", 300)},
        "creator": lambda: {"creator": _text("Creator", 300)},
        "place": lambda: {"place": _text("Place", 200)},
        "keywords": lambda: {"keywords": _text("Keywords", 2000)},
        "rights_holder": lambda: {"rights_holder": _text("Rights holder", 200)},
        "rights_class": lambda: {
            "rights_class": forms.ChoiceField(label="Rights", choices=RightsClass.choices)
        },
        "rights_end_on": lambda: {
            "rights_end_on": forms.DateField(
                label="Rights end on",
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
        },
        "file": lambda: {"file": forms.FileField(label="The file", required=False)},
    }
    return dict(made[name]())


class RowForm(VersionedForm):
    """One row of a work list. `is_touched` tells whether its person changed anything since it was shown."""

    def __init__(self, *args: Any, picture: Picture, names: tuple[str, ...], **kwargs: Any) -> None:
        said = {name: _said(picture, name) for name in names if name != "file"}
        initial = {"version": picture.token, "caption_is": str(picture_says(picture)), **said}
        kwargs |= {"prefix": str(picture.pk), "initial": initial}
        super().__init__(*args, **kwargs)
        self.picture = picture
        for name in names:
            self.fields |= fields_for(name)
        for name, field in self.fields.items():
            # What was shown travels along, so that a row nobody touched is not saved over somebody else's words.
            field.show_hidden_initial = name not in ("version", "file")

    @property
    def is_touched(self) -> bool:
        """Say whether anything but the version differs from what was shown."""
        return bool(set(self.changed_data) - {"version"})

    def clean(self) -> dict[str, Any]:
        """Refuse a caption whose words and state contradict each other; words typed into an empty one are meant."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "caption" not in self.fields:
            return cleaned
        words, state = cleaned.get("caption", "").strip(), cleaned.get("caption_is")
        if words and "caption_is" not in self.changed_data:
            cleaned["caption_is"] = CaptionState.PRESENT.value
        elif words and state != CaptionState.PRESENT:
            self.add_error("caption_is", "A caption is written. Choose “says”, or delete the words.")
        elif not words and state == CaptionState.PRESENT:
            self.add_error("caption", "Write the caption, or choose that there is none.")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what the library is to say, as `media.changing` takes it."""
        facts = {
            name: self.cleaned_data[name]
            for name in self.fields
            if name not in ("version", "caption_is", "file")
        }
        if "caption" in facts:
            captions = {CaptionState.ABSENT.value: None, CaptionState.EMPTY.value: ""}
            facts["caption"] = captions.get(self.cleaned_data["caption_is"], facts["caption"].strip())
        if "keywords" in facts:
            facts["keywords"] = saying.keywords(facts["keywords"])
        return facts

    def save(self, *, by: Any) -> Picture | None:
        """Write the row as if it were alone; None if it was refused, with the sentence among the form's mistakes."""
        if not self.is_valid():
            return None
        file, token = self.cleaned_data.get("file"), self.cleaned_data["version"]
        try:
            if "file" not in self.fields:
                return changing.change(by=by, picture_id=self.picture.pk, token=token, facts=self.facts())
            if token != self.picture.token:
                raise changing.NotChanged(
                    "Somebody changed this picture since it was listed. Look at its page."
                )
            return intake.attach(self.picture, file, by=by)
        except (changing.NotChanged, intake.NotTaken) as refused:
            self.add_error(None, str(refused))
            return None

    def now_said(self) -> list[tuple[str, str]]:
        """Return (label, what the library says now) where somebody changed it since and that is not what was typed."""
        if not self.is_bound or str(self["version"].value()) == self.picture.token:
            return []
        names = [name for name in self.fields if name not in ("version", "caption_is", "file")]
        now = {name: _said(self.picture, name) for name in names}
        typed = {name: str(self[name].value() or "") for name in names}
        return [
            (str(self.fields[name].label), str(now[name] or "nothing"))
            for name in names
            if str(now[name]) != typed[name]
        ]


def picture_says(picture: Picture) -> CaptionState:
    """Return the state of the library's own caption, whatever the file says."""
    return CaptionState.of(picture.caption)


def _said(picture: Picture, name: str) -> str:
    value = getattr(picture, name)
    if name == "keywords":
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
