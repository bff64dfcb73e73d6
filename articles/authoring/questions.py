"""What a button asks before it does anything: the small forms of the acts on a story."""

from typing import Any

from django import forms

from articles.authoring.widgets import MomentField, zone_in_words
from articles.models import CorrectionKind, Severity
from articles.models.withdrawal import Ground


def _words(label: str, *, missing: str = "", rows: int = 2, help_text: str = "") -> forms.CharField:
    """Return a box for words; `missing` is what is said where it stays empty, "" where it may."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        error_messages={"required": missing},
        help_text=help_text,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


class NoQuestion(forms.Form):
    """For a verb that asks nothing."""


class WriterNote(forms.Form):
    """For sending back."""

    note = _words(
        "What should the writer do?", missing="Write what the writer should do, then send the story back."
    )


class SpikeNote(forms.Form):
    """For spiking."""

    note = _words("Why will it not run?", missing="Write why the story will not run.")


class ReaderReason(forms.Form):
    """For an update."""

    reason = forms.CharField(label="What is new, for readers", required=False, max_length=300)


class Schedule(forms.Form):
    """For a later hour, its zone named."""

    at = MomentField(
        label="Day and hour", error_messages={"required": "Write a day and an hour, such as “tomorrow 6”."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "at"
        ].help_text = f"Such as “tomorrow 6”, “Thursday 18:30” or “in 2 hours”, in the paper's own zone: {zone_in_words()}."


class CorrectionNote(forms.Form):
    """For a correction or clarification."""

    note = _words(
        "For readers: what was wrong, and what is right?",
        missing="Write what was wrong and what is right: readers see it above the text.",
        rows=3,
    )
    kind = forms.ChoiceField(
        label="This is a",
        choices=[
            (kind.value, kind.label) for kind in (CorrectionKind.CORRECTION, CorrectionKind.CLARIFICATION)
        ],
    )
    severity = forms.ChoiceField(
        label="How far the mistake went",
        required=False,
        choices=Severity.choices,
        initial=Severity.FACT,
        help_text="Readers are told it beside the note.",
    )

    def clean_severity(self) -> str:
        """Take an unanswered question for the usual case."""
        return self.cleaned_data["severity"] or str(Severity.FACT)


class KillReasons(forms.Form):
    """For a withdrawal: the ground and its words for the record, one line for readers."""

    ground = forms.ChoiceField(
        label="Why is it killed?", required=False, choices=[("", "choose a reason"), *Ground.choices]
    )
    reason = _words("In words, for the record", help_text="Not printed. Needed for another reason.")
    notice = _words(
        "A line for readers",
        help_text="Stands at the story's address with the date. Empty: “The story that stood here was withdrawn "
        "by the editors.”",
    )

    def clean(self) -> dict[str, Any]:
        """See to it that there is a ground, and words where the list has none that fits."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        words = said.get("reason", "").strip()
        if not said.get("ground"):
            if not words:
                self.add_error("ground", "Choose why the story is killed.")
            said["ground"] = str(Ground.OTHER)
        elif said["ground"] == Ground.OTHER and not words:
            self.add_error("reason", "Say in words why the story is killed.")
        return said
