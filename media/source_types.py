"""How a picture came about, in words: the IPTC's "digital source type", where a file or the desk states one.

https://cv.iptc.org/newscodes/digitalsourcetype/
"""

SCHEME = "http://cv.iptc.org/newscodes/digitalsourcetype/"
WORDS = {
    "digitalCapture": "taken with a digital camera",
    "computationalCapture": "taken with a digital camera, several frames in one",
    "negativeFilm": "scanned from a negative",
    "positiveFilm": "scanned from a slide",
    "print": "scanned from a print",
    "humanEdits": "taken with a camera, then edited by hand",
    "minorHumanEdits": "taken with a camera, then edited slightly by hand",
    "compositeCapture": "put together from several photographs",
    "algorithmicallyEnhanced": "altered by an algorithm",
    "dataDrivenMedia": "drawn from data",
    "digitalArt": "drawn by a person on a computer",
    "digitalCreation": "made by a person on a computer",
    "softwareImage": "made with software",
    "screenCapture": "a picture of a screen",
    "virtualRecording": "recorded in a virtual place",
    "composite": "put together from several sources",
    "compositeSynthetic": "put together from several sources, some of them made by an algorithm",
    "compositeWithTrainedAlgorithmicMedia": "altered with generative AI",
    "trainedAlgorithmicMedia": "made with generative AI",
    "algorithmicMedia": "made by an algorithm",
}


def term(stated: str) -> str:
    """Return the IPTC's term for what was stated, by address or by name; "" for what is none of theirs."""
    last = stated.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    return last if last in WORDS else ""


def in_words(stated: str) -> str:
    """Return in words how a picture came about, "" where that is not known."""
    return WORDS.get(term(stated), "")


def address(stated: str) -> str:
    """Return the address of the IPTC's term, as search engines want it; "" where it is not known."""
    known = term(stated)
    return f"{SCHEME}{known}" if known else ""
