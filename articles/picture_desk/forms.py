"""The picture desk's form: what the library says of a picture, absent, empty and written captions told apart."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from articles.models import Story
from articles.models.story import FIRST_ID, LAST_ID
from articles.picture_desk.versioned import VersionedForm
from media.models import Picture, RightsClass, Uses

ABSENT, EMPTY, WRITTEN = "absent", "empty", "written"
CAPTIONS = [
    (WRITTEN, "The library’s caption is"),
    (ABSENT, "The library says nothing: the file’s own caption is used, if it has one"),
    (EMPTY, "Left empty on purpose: no caption is printed"),
]
CLASSES = [
    (RightsClass.STAFF, "Staff: made by our own people, ours to show"),
    (RightsClass.AGENCY, "Agency: ours to show while the subscription or the deal lasts"),
    (RightsClass.HANDOUT, "Handout: given to be printed with news about whoever gave it"),
    (RightsClass.PUBLIC_DOMAIN, "Public domain: nobody’s permission is needed"),
    (RightsClass.LICENSED, "Licensed: shown under the terms written below"),
    (RightsClass.UNKNOWN, "Unknown: every story that prints it has to say why"),
]
USES = [
    (Uses.ANYWHERE, "On the web and in the archive"),
    (Uses.WEB, "On the web until the rights end; after that it needs a reason"),
    (Uses.ARCHIVE, "Only where it ran already; no new story may print it"),
    (Uses.ONE_STORY, "In one story only, the one named below"),
    (Uses.NOWHERE, "Nowhere: denied, no story may print it"),
]
MOST_KEYWORDS = 200
TEXTS = (
    "headline", "credit", "creator", "source", "copyright", "alt", "alt_long", "place", "instructions",
    "rights_holder", "rights_terms",
)  # fmt: skip
PLAIN = (
    *TEXTS, "is_made_by_ai", "taken_on", "rights_class", "rights_begin_on", "rights_end_on", "uses", "only_story",
)  # fmt: skip


def _long(label: str, rows: int, help_text: str = "") -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, required=False, help_text=help_text, widget=box)


def _line(most: int, label: str | None = None, help_text: str = "") -> forms.CharField:
    box = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(label=label, required=False, max_length=most, help_text=help_text, widget=box)


def _day(label: str) -> forms.DateField:
    box = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=box)


class PictureForm(VersionedForm):
    """What may be said of a picture. `facts()` returns it as `media.changing` and `media.intake` take it."""

    file = forms.FileField(
        required=False,
        help_text="JPEG, PNG, WebP, AVIF, GIF, TIFF or, where this site reads it, HEIC: at most 40 MB.",
    )
    caption_is = forms.ChoiceField(
        label="Which caption is printed", choices=CAPTIONS, initial=WRITTEN, widget=forms.RadioSelect
    )
    caption = _long("Caption as written", 3)
    headline = _line(300)
    alt = _long(
        "Alternative text",
        2,
        "What would you tell somebody on the phone who cannot see it? One or two sentences, without “picture of”.",
    )
    alt_long = _long(
        "Extended description", 4, "For maps, charts and crowded scenes: all that a look would tell."
    )
    credit = _line(300, help_text="As it is printed beside the caption.")
    creator = _line(300, help_text="Who made it; several with commas between them.")
    source = _line(200)
    copyright = _line(500, "Copyright notice")
    rights_class = forms.ChoiceField(
        label="On what ground it may be shown",
        choices=CLASSES,
        initial=RightsClass.UNKNOWN,
        widget=forms.RadioSelect,
    )
    rights_holder = _line(200, "Holder of the rights")
    rights_terms = _long("Terms", 2)
    rights_begin_on = _day("Rights begin on")
    rights_end_on = _day("Rights end on")
    uses = forms.ChoiceField(
        label="Where it may be shown", choices=USES, initial=Uses.ANYWHERE, widget=forms.RadioSelect
    )
    only_story = forms.CharField(
        label="In this story only",
        required=False,
        help_text="A story ID: 8 digits, in the address of the story.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    place = _line(200)
    taken_on = _day("Taken on")
    keywords = _long("Keywords", 4, "One a line.")
    instructions = _long("Instructions to the desk", 2, "Never shown to readers.")
    is_made_by_ai = forms.BooleanField(
        label="Made or altered by AI: readers are told so", required=False, initial=False
    )

    def __init__(self, *args: Any, picture: Picture, may_change: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if picture.has_file:
            del self.fields["file"]
        if not may_change:
            for field in self.fields.values():
                field.disabled = True

    @classmethod
    def said_of(cls, picture: Picture) -> dict[str, Any]:
        """Return a picture's present facts as the form's initial values."""
        caption_is = ABSENT if picture.caption is None else WRITTEN if picture.caption.strip() else EMPTY
        return {
            "version": str(picture.version),
            "caption_is": caption_is,
            "caption": picture.caption or "",
            "keywords": "\n".join(map(str, picture.keywords)),
            **{name: getattr(picture, name) for name in PLAIN},
        }

    def clean_only_story(self) -> int | None:
        """Return the story ID typed, or found in an address that was pasted; refuse one that no story has."""
        typed = str(self.cleaned_data["only_story"]).strip()
        if not typed:
            return None
        found = re.search(r"(?<![0-9])[0-9]{8}(?![0-9])", typed)
        number = int(found[0]) if found and found[0].isascii() else 0
        if not (FIRST_ID <= number <= LAST_ID and Story.objects.filter(pk=number).exists()):
            raise forms.ValidationError("No story has this ID. Look at the address of the story: 8 digits.")
        return number

    def clean_keywords(self) -> list[str]:
        """Return the keywords, each once, in their order."""
        lines = [line.strip() for line in self.cleaned_data["keywords"].splitlines()]
        words = list(dict.fromkeys(line for line in lines if line))
        if len(words) > MOST_KEYWORDS:
            raise forms.ValidationError(f"These are {len(words)} keywords. Keep the {MOST_KEYWORDS} best.")
        return words

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself: nothing that was typed is dropped unseen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):  # a browser sends line ends of its own
                cleaned[name] = value.replace("\r\n", "\n")
        written, said = cleaned.get("caption_is"), cleaned.get("caption", "").strip()
        if written == WRITTEN and not said:
            self.add_error("caption", "Write the caption, or choose that there is none.")
        elif written in {ABSENT, EMPTY} and said:
            self.add_error(
                "caption_is", "A caption is written below. Choose “The library’s caption is”, or delete it."
            )
        begin, end = cleaned.get("rights_begin_on"), cleaned.get("rights_end_on")
        if begin and end and end < begin:
            self.add_error("rights_end_on", "The rights end before they begin. Change one of the two days.")
        is_one_story = cleaned.get("uses") == Uses.ONE_STORY
        if is_one_story and cleaned.get("only_story") is None and "only_story" not in self.errors:
            self.add_error("only_story", "Name the story, or choose where else it may be shown.")
        elif not is_one_story and cleaned.get("only_story"):
            self.add_error("uses", "A story is named below. Choose “In one story only”, or delete its ID.")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what the library is to say."""
        captions = {ABSENT: None, EMPTY: "", WRITTEN: self.cleaned_data["caption"].strip()}
        return {
            "caption": captions[self.cleaned_data["caption_is"]],
            "keywords": self.cleaned_data["keywords"],
            **{name: self.cleaned_data[name] for name in PLAIN},
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Some boxes of the form under one heading that folds."""

    heading: str
    boxes: list[BoundField]
    is_open: bool


GROUPS = (
    ("Caption", True, ("caption_is", "caption", "headline")),
    ("Alternative text", True, ("alt", "alt_long")),
    ("Credit", True, ("credit", "creator", "source", "copyright")),
    ("Rights", False, (
        "rights_class", "rights_holder", "rights_terms", "rights_begin_on", "rights_end_on", "uses", "only_story",
    )),
    ("When, where, what", False, ("taken_on", "place", "keywords", "instructions")),
    ("How it was made", False, ("is_made_by_ai",)),
)  # fmt: skip


def groups(form: PictureForm, *opened: str) -> list[Group]:
    """Return the form's boxes in the order in which a picture desk asks; what needs a look is unfolded."""
    return [
        Group(
            heading,
            [form[name] for name in names],
            is_open or heading in opened or any(form[name].errors for name in names),
        )
        for heading, is_open, names in GROUPS
    ]
