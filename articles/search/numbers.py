"""Where a number leads that was asked for alone: the story or the picture that has it."""

from dataclasses import dataclass
from datetime import datetime

from articles.index import Asked
from articles.models import public_picture
from articles.models.edition import Edition

# Shorter ones are as likely a year or a sum.
SURE = 5
STORY, MEDIA = 8, range(4, 13)


@dataclass(frozen=True, slots=True)
class Way:
    """Something that has the number: `what` is story or picture. One is sure that it was meant if the number is long."""

    what: str
    number: str
    path: str
    is_sure: bool


def ways(asked: Asked, moment: datetime | None) -> list[Way]:
    """Return what readers ever saw under the number, withdrawn or not: no query for words, three for a number."""
    if asked.number is None:
        return []
    # As it was typed: a Media ID keeps the noughts before it. Figures of any script.
    digits = "".join(str(int(letter)) for letter in asked.text if letter.isdecimal())
    found = []
    if len(digits) == STORY and Edition.objects.once_public(moment).filter(story_id=int(digits)).exists():
        found.append(Way("story", digits, f"/story/{digits}/", is_sure=True))
    if len(digits) in MEDIA and public_picture.find(digits, moment) is not None:
        found.append(Way("picture", digits, f"/media/{digits}/", len(digits) >= SURE))
    return found
