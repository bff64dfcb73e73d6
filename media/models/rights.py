"""Rights: on what ground a picture may be printed, where, and until when; each state once as a rule and once as a query."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from media.models.picture import Picture


class RightsClass(models.TextChoices):
    """On what ground the newspaper may print a picture."""

    STAFF = "staff", _("staff")
    AGENCY = "agency", _("agency")
    HANDOUT = "handout", _("handout")
    PUBLIC_DOMAIN = "public_domain", _("public domain")
    LICENSED = "licensed", _("licensed")
    UNKNOWN = "unknown", _("unknown")


class Uses(models.TextChoices):
    """Where the holder lets the newspaper show a picture."""

    ANYWHERE = "anywhere", _("on the web and in the archive")
    WEB = "web", _("on the web until the rights end, not in the archive after")
    ARCHIVE = "archive", _("only where it ran already: the archive")
    ONE_STORY = "one_story", _("in one story only")
    NOWHERE = "nowhere", _("nowhere: denied")


class RightsState(models.TextChoices):
    """How a picture's rights stand on a day, before any story asks for it."""

    CLEAR = "clear", "clear"
    ENDING = "ending", "ending soon"
    UNKNOWN = "unknown", "not known"
    NOT_BEGUN = "not_begun", "not begun yet"
    EXPIRED = "expired", "run out"
    DENIED = "denied", "denied"


# From here on the desk is told that rights are ending.
ENDING_WITHIN = timedelta(days=30)


def state_of(picture: "Picture", on: date) -> RightsState:
    """Return how the rights of `picture` stand on the day `on`; the gravest that applies."""
    if picture.uses == Uses.NOWHERE or picture.killed_at is not None:
        return RightsState.DENIED
    if picture.rights_end_on is not None and picture.rights_end_on < on:
        return RightsState.EXPIRED
    if picture.rights_begin_on is not None and picture.rights_begin_on > on:
        return RightsState.NOT_BEGUN
    if picture.rights_class == RightsClass.UNKNOWN:
        return RightsState.UNKNOWN
    if picture.rights_end_on is not None and picture.rights_end_on <= on + ENDING_WITHIN:
        return RightsState.ENDING
    return RightsState.CLEAR


def in_state(state: str, on: date) -> Q:
    """Return the same rule as `state_of` as a condition on pictures: those whose rights stand so on the day `on`."""
    denied = Q(uses=Uses.NOWHERE) | Q(killed_at__isnull=False)
    expired = Q(rights_end_on__lt=on)
    not_begun = Q(rights_begin_on__gt=on)
    unknown = Q(rights_class=RightsClass.UNKNOWN)
    ending = Q(rights_end_on__lte=on + ENDING_WITHIN)
    found, graver = Q(pk__in=[]), Q(pk__in=[])
    for name, rule in (
        (RightsState.DENIED, denied),
        (RightsState.EXPIRED, _set(expired, "rights_end_on")),
        (RightsState.NOT_BEGUN, _set(not_begun, "rights_begin_on")),
        (RightsState.UNKNOWN, unknown),
        (RightsState.ENDING, _set(ending, "rights_end_on")),
        (RightsState.CLEAR, Q()),
    ):
        if name == state:
            found = rule & ~graver
            break
        graver |= rule
    return found


def _set(rule: Q, field: str) -> Q:
    """Make a rule on a day that may be missing true or false, never unknown: its opposite must hold for the rest."""
    return Q(**{f"{field}__isnull": False}) & rule


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What stands in the way of printing a picture in a story: a sentence, and whether a named person's reason lifts it."""

    sentence: str
    state: RightsState
    needs_reason: bool


def hindrance(
    picture: "Picture", *, story_id: int | None, on: date, has_run: bool = False
) -> Hindrance | None:
    """Return what stands in the way of printing `picture` in the story `story_id` on the day `on`, None if nothing does.

    `has_run` says that the story in force shows it already: what is kept for the archive may stay there.
    A denial stops for good; rights that ran out, have not begun or are not known need somebody's reason.
    """
    state = state_of(picture, on)
    if state == RightsState.DENIED:
        why = (
            "was withdrawn"
            if picture.killed_at
            else f"may not be shown: its rights are denied{_holder(picture)}"
        )
        return Hindrance(f"{picture} {why}. Take it out of the story.", state, needs_reason=False)
    if picture.uses == Uses.ONE_STORY and picture.only_story not in {None, story_id}:
        sentence = f"{picture} may be shown in story {picture.only_story} only{_holder(picture)}. Take it out of this one."
        return Hindrance(sentence, RightsState.DENIED, needs_reason=False)
    if picture.uses == Uses.ARCHIVE and not has_run:
        sentence = f"{picture} may stay where it ran, and run nowhere else{_holder(picture)}. Take it out of the story."
        return Hindrance(sentence, RightsState.DENIED, needs_reason=False)
    told = {
        RightsState.EXPIRED: f"The rights in {picture} ran out on {_day(picture.rights_end_on)}{_holder(picture)}.",
        RightsState.NOT_BEGUN: f"The rights in {picture} begin on {_day(picture.rights_begin_on)} only{_holder(picture)}.",
        RightsState.UNKNOWN: f"Nobody knows the rights in {picture}.",
    }
    if state not in told:
        return None
    ask = "Take it out, or say why it may be shown: your name and reason are kept."
    return Hindrance(f"{told[state]} {ask}", state, needs_reason=True)


def _day(on: date | None) -> str:
    return f"{on.day} {on:%B %Y}" if on else ""


def _holder(picture: "Picture") -> str:
    return f" ({picture.rights_holder})" if picture.rights_holder else ""
