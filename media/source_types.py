"""How a picture came about, in words: the IPTC's "digital source type", where a file or the desk states one.

https://cv.iptc.org/newscodes/digitalsourcetype/
"""

from django.utils.translation import gettext_lazy as _

SCHEME = "http://cv.iptc.org/newscodes/digitalsourcetype/"
WORDS = {
    "digitalCapture": _("taken with a digital camera"),
    "computationalCapture": _("taken with a digital camera, several frames in one"),
    "negativeFilm": _("scanned from a negative"),
    "positiveFilm": _("scanned from a slide"),
    "print": _("scanned from a print"),
    "humanEdits": _("taken with a camera, then edited by hand"),
    "minorHumanEdits": _("taken with a camera, then edited slightly by hand"),
    "compositeCapture": _("put together from several photographs"),
    "algorithmicallyEnhanced": _("altered by an algorithm"),
    "dataDrivenMedia": _("drawn from data"),
    "digitalArt": _("drawn by a person on a computer"),
    "digitalCreation": _("made by a person on a computer"),
    "softwareImage": _("made with software"),
    "screenCapture": _("a picture of a screen"),
    "virtualRecording": _("recorded in a virtual place"),
    "composite": _("put together from several sources"),
    "compositeSynthetic": _("put together from several sources, some of them made by an algorithm"),
    "compositeWithTrainedAlgorithmicMedia": _("altered with generative AI"),
    "trainedAlgorithmicMedia": _("made with generative AI"),
    "algorithmicMedia": _("made by an algorithm"),
}


def term(stated: str) -> str:
    """Return the IPTC's term for what was stated, by address or by name; "" for what is none of theirs."""
    last = stated.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    return last if last in WORDS else ""


def in_words(stated: str) -> str:
    """Return in words how a picture came about, "" where that is not known."""
    return str(WORDS.get(term(stated), ""))


def address(stated: str) -> str:
    """Return the address of the IPTC's term, as search engines want it; "" where it is not known."""
    known = term(stated)
    return f"{SCHEME}{known}" if known else ""
