"""The nouns of the picture library; each lives in its own module, this is their table of contents."""

from media.models.caption import CaptionLayer, CaptionState, CaptionVersion
from media.models.counter import MediaIDCounter
from media.models.picture import Picture, PictureQuerySet
from media.models.rendition import Crop, Likeness, Rendition, Slot
from media.models.rights import Hindrance, RightsClass, RightsState, Uses
from media.models.stores import originals, renditions

__all__ = [
    "CaptionLayer",
    "CaptionState",
    "CaptionVersion",
    "Crop",
    "Hindrance",
    "Likeness",
    "MediaIDCounter",
    "Picture",
    "PictureQuerySet",
    "Rendition",
    "RightsClass",
    "RightsState",
    "Slot",
    "Uses",
    "originals",
    "renditions",
]
