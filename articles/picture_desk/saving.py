"""Saves the picture's form: first asks about the stories that a new caption, credit or alternative text would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from articles.picture_desk.forms import PictureForm
from articles.redline import Line, redline
from articles.workflow import Refused, picturing
from articles.workflow.picturing import Follower, Recaptioned
from media import changing, intake
from media.models import Picture

# What stories print of a picture.
PRINTED = {"caption": "Caption", "credit": "Credit", "alt": "Alternative text"}
# What the question about the stories adds to the form.
ASKED = frozenset({"csrfmiddlewaretoken", "confirmed", "keep", "back", "take"})


@dataclass(slots=True)
class Outcome:
    """What came of a save: what was done, the stories to be asked about first, or why it was refused.

    `same` is the picture that has the very file which was sent.
    """

    said: str = ""
    asks: list[Follower] = field(default_factory=list)
    words: list[tuple[str, list[Line]]] = field(default_factory=list)
    refused: str = ""
    is_of_the_file: bool = False
    same: Picture | None = None


def save(request: HttpRequest, form: PictureForm, picture: Picture) -> Outcome:
    """Save what was typed and, where one was sent, the file: a bad file saves nothing.

    The file goes first, for decoding it takes seconds and must hold no lock. It raises the version by one, which is
    then the only version the words may be written over.
    """
    token, file = form.cleaned_data["version"], form.cleaned_data.get("file")
    facts = form.facts()
    if file and token == picture.token:
        try:
            picture = intake.attach(picture, file, by=request.user)
        except intake.NotTaken as refused:
            same = refused.picture if isinstance(refused, intake.AlreadyHere) else None
            return Outcome(refused=str(refused), is_of_the_file=True, same=same)
        token = picture.token
        form.on_version(token)
    is_asked = "confirmed" not in request.POST and token == picture.token
    if is_asked and picturing.following(picture, request.user, facts):
        try:
            picturing.settle_earlier(picture)
        except Refused as refused:
            return Outcome(refused=str(refused))
        asks = picturing.following(picture, request.user, facts)
        return Outcome(asks=asks, words=_new_words(picture, facts))
    excluding = [int(one) for one in request.POST.getlist("keep") if one.isascii() and one.isdigit()]
    try:
        done = picturing.recaption(
            by=request.user, picture_id=picture.pk, token=token, facts=facts, excluding=excluding
        )
    except (changing.NotChanged, Refused) as refused:
        return Outcome(refused=str(refused))
    return Outcome(said=_said(done))


def _new_words(picture: Picture, facts: Mapping[str, Any]) -> list[tuple[str, list[Line]]]:
    """Return what stories print now against what they would print, word by word."""
    after = dict(facts)
    if after["caption"] is None:
        after["caption"] = picture.file_caption
    now = {"caption": picture.caption_in_force, "credit": picture.credit, "alt": picture.alt}
    return [
        (label, redline(now[name] or "", after[name] or ""))
        for name, label in PRINTED.items()
        if now[name] != after[name]
    ]


def typed(form: PictureForm) -> list[tuple[str, str]]:
    """Return all that was typed, for the page that asks about the stories to bring back."""
    return [(name, str(value)) for name, value in form.data.items() if name not in ASKED]


def _said(done: Recaptioned) -> str:
    """Return what was done, in words."""
    parts = [f"{done.picture} was saved."]
    if done.left:
        followed = len(done.changed) + len(done.kept) - done.left
        parts.append(
            f"{followed:,} of {_stories(done.changed + done.kept)} followed; the rest does within a minute."
        )
    elif done.changed:
        parts.append(f"{_stories(done.changed)} {'say' if len(done.changed) > 1 else 'says'} the new words.")
    if done.kept and not done.left:
        parts.append(f"{_stories(done.kept)} {'keep' if len(done.kept) > 1 else 'keeps'} the old ones.")
    return " ".join(parts)


def _stories(keys: list[int]) -> str:
    return "1 story" if len(keys) == 1 else f"{len(keys):,} stories"


def differences(form: PictureForm, picture: Picture) -> list[tuple[str, str]]:
    """Return (label, what the library says now) where that is not what was typed."""
    now, typed = PictureForm.said_of(picture), form.cleaned_data
    found = []
    for name, box in form.fields.items():
        if name not in now or name == "version":
            continue
        held = typed.get(name)
        said = "\n".join(held) if isinstance(held, list) else held
        if (now[name] or "") != (said or ""):
            found.append(
                (str(box.label or name.replace("_", " ").capitalize()), _in_words(form, name, now[name]))
            )
    return found


def _in_words(form: PictureForm, name: str, value: Any) -> str:
    choices = getattr(form.fields[name], "choices", None)
    if choices:
        return next((str(label) for key, label in choices if str(key) == str(value)), str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value not in (None, "") else "nothing"
