"""Tells an event in plain words: one table of verbs, for the log, its exports and a story's history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format

from articles.models import Event

NOBODY = "The desk's own clock"
LONGEST_NOTE = 280
# What stands in for the story where it is told; the page makes it a link.
STORY = "{story}"
# Each verb once, as a sentence; {who} and {story} stand for person and story, other names for the event's details.
TOLD: Mapping[str, str] = {
    "start": "{who} started {story}",
    "take_up": "{who} took {story} up from the archive",
    "write": "{who} wrote on {story}",
    "save": "{who} saved {story}",
    "conflict": "{who} changed what somebody else had changed in {story}; both texts are kept",
    "assign": "{who} changed desk, writer or dates of {story}",
    "plan": "{who} planned {story}",
    "file": "{who} filed {story}",
    "send_back": "{who} sent {story} back to its writer",
    "approve": "{who} approved {story}",
    "spike": "{who} spiked {story}",
    "unspike": "{who} took {story} off the spike",
    "hand_over": "{who} handed {story} over to {receiver}",
    "take_over": "{who} took {story} over from {held_by}",
    "note": "{who} left a note on {story}",
    "answer": "{who} answered a note on {story}",
    "resolve": "{who} settled a note on {story}",
    "reopen": "{who} opened a note on {story} again",
    "name_version": "{who} named revision {revision} of {story}: “{name}”",
    "open_preview": "{who} opened a preview of {story} for {for_whom}",
    "revoke_preview": "{who} took back the preview of {story} for {for_whom}",
    "publish": "{who} published {story}, edition {edition}",
    "update": "{who} updated {story}, edition {edition}",
    "correct": "{who} corrected {story}, edition {edition}",
    "mend": "{who} mended the spelling of {story}, edition {edition}",
    "release": "{story}, edition {edition}, went out as it was scheduled",
    "unschedule": "{who} took {story} off the schedule",
    "kill": "{who} killed {story}",
    "suppress": "{who} suppressed edition {edition} of {story}",
    "clear_picture": "{who} let Media ID {media_id} run in {story}",
    "refile": "{who} changed the tags of {story}",
    "link_translation": "{who} said that {story} was translated from story {original}",
    "unlink_translation": "{who} took back that {story} was translated from story {original}",
    "redate": "{who} changed the date of {story}",
    "import": "{story} came in from the old archive",
    "demo": "{story} came in with the sample",
    "undo_import": "{who} undid an import",
    "merge": "{who} merged “{was}” into “{now}”",
    "unmerge": "{who} took “{now}” out of “{was}” again",
    "tell_apart": "{who} said that two names are two: {first} and {second}",
    "rename": "{who} renamed a {what}: “{now}”",
    "change_picture": "{who} changed Media ID {media_id}",
    "recaption": "{who} changed the words of Media ID {media_id}",
    "merge_pictures": "{who} merged two pictures",
    "kill_picture": "{who} withdrew Media ID {media_id}",
    "put_back": "{who} put {story} back: it is {now} again",
    "bulk": "{who} did this to many stories at once: {said}",
    "undo_bulk": "{who} undid this for many stories: {said}",
    "front_hold": "{who} put {story} on the front page: {place}",
    "front_release": "{who} released {story} from the front page: {place}",
    "front_move": "{who} moved {story} on the front page from {place} to {to}",
    "front_undo": "{who} took back what was done to the front page: {said}",
    "close_day": "The record of {day} was closed, head {digest}",
    "sample": "The sample newspaper was loaded: {name}",
    "made": "Stories for measuring were made, {total} in all",
}
# On a schedule a story does not go out at once: what is said then instead.
AHEAD: Mapping[str, str] = {
    "publish": "{who} scheduled {story} for {live_from}",
    "update": "{who} scheduled an update of {story} for {live_from}",
}
_NOTED = ("note", "reason", "why")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with a place for the story in it: what stands before and after; `has_story` is False where there is none."""

    before: str
    after: str
    has_story: bool

    def whole(self, story: str) -> str:
        """Return the sentence with the story's name in its place."""
        return f"{self.before}{story}{self.after}" if self.has_story else self.before


class _Details(dict[str, Any]):
    """Details of which one may be missing in an event of an older version."""

    def __missing__(self, name: str) -> str:
        return "(not recorded)"


def tell(event: Event, who: str = "") -> Told:
    """Return what happened, as a sentence; `who` did it, as the log calls people."""
    details = _Details(_plain(event))
    details["what_verb"] = event.verb.replace("_", " ")
    sentence = TOLD.get(event.verb, "{who} did “{what_verb}” to {story}")
    if event.verb in AHEAD and _is_ahead(event):
        sentence = AHEAD[event.verb]
    has_story = event.story_id is not None and STORY in sentence
    before, _, after = sentence.partition(STORY)
    details["who"] = who or event.by_name or NOBODY
    if not has_story:
        before, after = before + ("a story" if STORY in sentence else "") + after, ""
    said = [part.format_map(details) for part in (before, after)]
    said[1 if has_story else 0] += _further(event)
    return Told(said[0], said[1], has_story)


def _plain(event: Event) -> dict[str, Any]:
    details = dict(event.details)
    details["receiver"] = details.get("to_person") or details.get("to_desk") or "somebody"
    moment = _moment(details.get("live_from"))
    if moment is not None:
        details["live_from"] = _in_words(moment)
    return details


def _moment(stored: Any) -> datetime | None:
    return parse_datetime(stored) if isinstance(stored, str) else None


def _is_ahead(event: Event) -> bool:
    begins = _moment(event.details.get("live_from"))
    return begins is not None and (begins - event.at).total_seconds() > 1


def _in_words(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{date_format(local, 'l, j F Y, H:i')} {local.tzname()}"


def _further(event: Event) -> str:
    """Return what was said beside the act: what was planned, the first note or reason given."""
    if event.verb == "plan":
        return _planned(event.details.get("now") or {})
    for name in _NOTED:
        said = event.details.get(name)
        if isinstance(said, str) and said.strip():
            short = " ".join(said.split())
            short = short if len(short) <= LONGEST_NOTE else f"{short[: LONGEST_NOTE - 1]}…"
            return f": “{short}”"
    return ""


def _planned(now: Mapping[str, Any]) -> str:
    said = []
    if "due_at" in now:
        due = _moment(now["due_at"])
        said.append(f"due {_in_words(due)}" if due else "no due date")
    if "planned_words" in now:
        said.append(f"{now['planned_words']} words" if now["planned_words"] else "no planned length")
    if "genre" in now:
        said.append(str(now["genre"]))
    return f": {', '.join(said)}" if said else ""
