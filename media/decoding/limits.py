"""Says how large a picture may be, by what reading it costs: checked from the header, before anything is decoded.

The most resident memory of the whole process (VmHWM: interpreter, Pillow, decoded picture, first copies), as measured by
`python bench/reading_pictures.py --memory`, in MB:

    JPEG of 24 / 48 / 61 / 109 megapixels               89 / 82 / 74 / 96
    progressive JPEG of 24 / 50 megapixels             125 / 188    (4:4:4, 24 megapixels: 193)
    PNG of 24 megapixels                               143
    TIFF of 24 megapixels                              188
    WebP of 12 megapixels                              202
    AVIF of 12 / 20 megapixels                         128 / 187
    HEIC of 24 / 48 megapixels                         159 / 283

What is refused takes less than 75 MB. Taking stays below 150 MB for JPEGs as cameras and agencies make them, and for PNG;
the rows above that are formats which their libraries decode only as a whole, at sizes that people do have. HEIC of 48
megapixels is what some phones make; whoever does not want to spend that leaves the extra out.
"""

from PIL import ImageFile, JpegImagePlugin

from media.decoding.refusing import TOO_LARGE, TOO_LARGE_SO, TOO_LONG, Refused

MILLION = 1_000_000
MOST_PIXELS = 60 * MILLION
LONGEST_SIDE = 30_000
# A JPEG is decoded at a half, a quarter or an eighth where more is not needed.
MOST_OF_JPEG = 110 * MILLION
# Of a progressive one, all coefficients are held until the last scan.
MOST_COEFFICIENTS = 150 * MILLION
# Bytes that the decoded picture may take, and what a pixel takes by Pillow's mode where that is not 4.
MOST_DECODED = 108 * MILLION
_PIXEL = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}
# These are decoded by libraries that hold several copies of the picture at once.
_BY_FORMAT = {"WEBP": 12_600_000, "AVIF": 20 * MILLION, "HEIF": 50 * MILLION}
_CALLED = {"WEBP": "WebP", "HEIF": "HEIC"}


def check(picture: ImageFile.ImageFile) -> None:
    """Refuse a picture that is too long, or too large for its kind. Raises `Refused`."""
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        _check(picture.size, MOST_OF_JPEG, _most_of_jpeg(picture), "a progressive JPEG")
        return
    kind = str(picture.format)
    most = min(MOST_PIXELS, _BY_FORMAT.get(kind) or MOST_DECODED // _PIXEL.get(picture.mode, 4))
    _check(picture.size, MOST_PIXELS, most, _CALLED.get(kind, kind))


def check_webp(size: tuple[int, int]) -> None:
    """Refuse a WebP that is too large, before its decoder is made: that takes the memory for it. Raises `Refused`."""
    _check(size, MOST_PIXELS, _BY_FORMAT["WEBP"], _CALLED["WEBP"])


def _check(size: tuple[int, int], overall: int, most: int, kind: str) -> None:
    width, height = size
    if max(width, height) > LONGEST_SIDE:
        raise Refused(TOO_LONG.format(width=width, height=height, longest=LONGEST_SIDE))
    if width * height > overall:
        raise Refused(TOO_LARGE.format(width=width, height=height, most=overall // MILLION))
    if width * height > most:
        raise Refused(TOO_LARGE_SO.format(width=width, height=height, kind=kind, most=most // MILLION))


def _most_of_jpeg(picture: JpegImagePlugin.JpegImageFile) -> int:
    if not picture.info.get("progressive"):
        return MOST_OF_JPEG
    across = max((one[1] for one in picture.layer), default=1) or 1
    down = max((one[2] for one in picture.layer), default=1) or 1
    # Two bytes for each coefficient of each layer.
    a_pixel = sum(2 * (one[1] * one[2]) / (across * down) for one in picture.layer) or 6
    return min(MOST_OF_JPEG, round(MOST_COEFFICIENTS / a_pixel))
