"""The picture desk's form: what the library says of a picture, absent, empty and written captions told apart."""

from typing import Any

from django import forms

from media.models import Picture, RightsClass

ABSENT, EMPTY, WRITTEN = "absent", "empty", "written"
CAPTIONS = [
    (WRITTEN, "The library’s caption is"),
    (ABSENT, "The library says nothing: the file’s own caption is used, if it has one"),
    (EMPTY, "Left empty on purpose: no caption is printed"),
]


class PictureForm(forms.Form):
    """What may be said of a picture. `facts()` returns it as `media.changing` and `media.intake` take it."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        required=False, help_text="JPEG, PNG, WebP, GIF, TIFF or AVIF, at most 40 MB and 60 million pixels."
    )
    media_id = forms.CharField(
        label="Media ID",
        required=False,
        help_text="4 to 12 digits. Leave it empty, and the next free number is given.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    caption_is = forms.ChoiceField(
        label="Caption", choices=CAPTIONS, initial=WRITTEN, widget=forms.RadioSelect
    )
    caption = forms.CharField(
        label="Caption as written", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    credit = forms.CharField(required=False, max_length=300)
    alt = forms.CharField(
        label="Alternative text",
        required=False,
        help_text="What the picture shows, for people who do not see it.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    rights_class = forms.ChoiceField(label="Rights", choices=RightsClass.choices, initial=RightsClass.UNKNOWN)
    rights_holder = forms.CharField(required=False, max_length=200)
    rights_terms = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    rights_end_on = forms.DateField(
        label="Rights end on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    taken_on = forms.DateField(
        label="Taken on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, picture: Picture | None, may_change: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if picture is not None:
            del self.fields["media_id"]
            if picture.has_file:
                del self.fields["file"]
        if picture is None:
            self.fields["file"].required = True
        if not may_change:
            for field in self.fields.values():
                field.disabled = True

    @classmethod
    def said_of(cls, picture: Picture) -> dict[str, Any]:
        """Return a picture's present facts as the form's initial values."""
        caption_is = ABSENT if picture.caption is None else WRITTEN if picture.caption.strip() else EMPTY
        names = (
            "credit",
            "alt",
            "rights_class",
            "rights_holder",
            "rights_terms",
            "rights_end_on",
            "taken_on",
        )
        return {
            "version": str(picture.version),
            "caption_is": caption_is,
            "caption": picture.caption or "",
            **{name: getattr(picture, name) for name in names},
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a caption whose words and state contradict each other: nothing that was typed is dropped unseen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        written, said = cleaned.get("caption_is"), cleaned.get("caption", "").strip()
        if written == WRITTEN and not said:
            self.add_error("caption", "Write the caption, or choose that there is none.")
        elif written in {ABSENT, EMPTY} and said:
            self.add_error(
                "caption_is", "A caption is written below. Choose “The library’s caption is”, or delete it."
            )
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what the library is to say."""
        captions = {ABSENT: None, EMPTY: "", WRITTEN: self.cleaned_data["caption"].strip()}
        names = (
            "credit",
            "alt",
            "rights_class",
            "rights_holder",
            "rights_terms",
            "rights_end_on",
            "taken_on",
        )
        return {
            "caption": captions[self.cleaned_data["caption_is"]],
            **{name: self.cleaned_data[name] for name in names},
        }
