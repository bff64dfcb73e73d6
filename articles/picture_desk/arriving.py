"""What is typed once for all the pictures that come in together; every box may stay empty."""

from typing import Any

from django import forms

from media import facts as saying
from media.models import RightsClass, Uses

ABSENT, EMPTY, WRITTEN = "absent", "empty", "written"


def _line(most: int, label: str | None = None, help_text: str = "") -> forms.CharField:
    box = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(label=label, required=False, max_length=most, help_text=help_text, widget=box)


def _long(label: str, rows: int, help_text: str = "") -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(
        label=label, required=False, max_length=saying.MOST_TEXT, help_text=help_text, widget=box
    )


def _day(label: str) -> forms.DateField:
    box = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=box)


class ArrivingForm(forms.Form):
    """The facts shared by a batch. What stays empty here is taken from each file, where the file states it."""

    caption_is = forms.ChoiceField(
        required=False,
        choices=[(one, one) for one in (WRITTEN, ABSENT, EMPTY)],
        widget=forms.HiddenInput,
    )
    caption = _long("Caption", 3, "Left empty, each picture keeps the caption in its own file.")
    credit = _line(300, help_text="As it is printed beside the caption.")
    creator = _line(300, help_text="Who made them; several with commas between.")
    place = _line(200)
    keywords = forms.CharField(
        required=False,
        max_length=saying.MOST_TEXT,
        help_text="With commas between.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    taken_on = _day("Taken on")
    rights_class = forms.ChoiceField(
        label="Rights", choices=RightsClass.choices, initial=RightsClass.UNKNOWN, required=False
    )
    rights_holder = _line(200, "Holder of the rights")
    rights_terms = _long("Terms", 2)
    rights_begin_on = _day("Rights begin on")
    rights_end_on = _day("Rights end on")
    uses = forms.ChoiceField(
        label="Where they may be shown", choices=Uses.choices, initial=Uses.ANYWHERE, required=False
    )
    only_story = forms.CharField(
        label="In this story only",
        required=False,
        max_length=8,
        help_text="A story ID: 8 digits. Only where they may be shown in one story.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    headline = _line(300)
    source = _line(200)
    copyright = _line(500, "Copyright notice")
    alt = _long(
        "Alternative text", 2, "Only where it is true of every one of them; else write it on each one’s page."
    )
    instructions = _long("Instructions", 2)
    is_made_by_ai = forms.BooleanField(label="Made or altered by AI", required=False)
    media_id = forms.CharField(
        label="Media ID",
        required=False,
        max_length=40,
        help_text="For one picture that has a number already. Left empty, the next free number is given.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    ids_from_names = forms.BooleanField(
        label="The files are named by their Media IDs, as in 55361435.jpg", required=False
    )

    # What most batches need stands open, the rest folded.
    FIRST = ("caption", "credit", "creator", "place", "keywords", "taken_on", "rights_class", "rights_holder")
    NUMBERED = ("media_id", "ids_from_names")

    def first(self) -> list[forms.BoundField]:
        """Return the fields that stand open."""
        return [self[name] for name in self.FIRST]

    def rest(self) -> list[forms.BoundField]:
        """Return the fields that are folded away."""
        return [self[name] for name in self.fields if name not in (*self.FIRST, *self.NUMBERED, "caption_is")]

    def numbered(self) -> list[forms.BoundField]:
        """Return the fields that say under which numbers the pictures come."""
        return [self[name] for name in self.NUMBERED]

    def clean_only_story(self) -> int | None:
        """Return the story's number."""
        typed = str(self.cleaned_data["only_story"]).strip()
        if typed and not (typed.isascii() and typed.isdigit()):
            raise forms.ValidationError("A story ID is 8 digits. It stands in the address of the story.")
        return int(typed) if typed else None

    def clean(self) -> dict[str, Any]:
        """Refuse days and captions that contradict each other."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        begin, end = cleaned.get("rights_begin_on"), cleaned.get("rights_end_on")
        if begin and end and end < begin:
            self.add_error("rights_end_on", "The rights end before they begin. Correct one of the two days.")
        if cleaned.get("media_id") and cleaned.get("ids_from_names"):
            self.add_error("media_id", "Give one number here, or let the files' names say it, not both.")
        said = (cleaned.get("caption") or "").strip()
        if cleaned.get("caption_is") == WRITTEN and not said:
            self.add_error("caption", "Write the caption, or choose that there is none.")
        if cleaned.get("caption_is") in {ABSENT, EMPTY} and said:
            self.add_error(
                "caption", "A caption is written here, and none was chosen. Delete it, or choose it."
            )
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what is said of every picture, as `media.intake` takes it."""
        typed = self.cleaned_data
        said = typed["caption"].strip()
        caption = said or ("" if typed["caption_is"] == EMPTY else None)
        left_out = {"caption", "caption_is", *self.NUMBERED}
        facts = {name: value for name, value in typed.items() if name not in left_out}
        facts["rights_class"] = facts["rights_class"] or RightsClass.UNKNOWN
        facts["uses"] = facts["uses"] or Uses.ANYWHERE
        return {"caption": caption, **facts}

    def mistakes(self) -> str:
        """Return all that is wrong with what was typed, as sentences."""
        return " ".join(
            f"{self.fields[name].label or name.replace('_', ' ').capitalize()}: {' '.join(map(str, found))}"
            if name in self.fields
            else " ".join(map(str, found))
            for name, found in self.errors.items()
        )
