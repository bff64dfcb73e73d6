"""Reads EXIF under the newsroom's names: words, moment, camera and place; no serial numbers, no maker's notes."""

import math
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from media.decoding.refusing import DAMAGE
from media.decoding.said import dates, letters

_WORDS = {
    "caption": (Base.ImageDescription, 0x9C9C, 0x9C9F),
    "name": (0x9C9B,),
    "creator": (Base.Artist, 0x9C9D),
    "copyright": (Base.Copyright,),
    "keywords": (0x9C9E,),
    "camera_make": (Base.Make,),
    "camera_model": (Base.Model,),
}
# Windows' own fields: UTF-16, whatever type they claim to be.
_FIRST_OF_WINDOWS = 0x9C9B
_LISTS = {"creator", "keywords"}


def read(picture: Image.Image) -> dict[str, Any]:
    """Return what the EXIF block says, by our names; a broken block says as much as can be read."""
    try:
        exif = picture.getexif()
    except DAMAGE:
        return {}
    said: dict[str, Any] = {}
    for name, tags in _WORDS.items():
        texts = [
            text for text in (_text(exif.get(tag), windows=tag >= _FIRST_OF_WINDOWS) for tag in tags) if text
        ]
        if texts and name in _LISTS:
            said[name] = [one.strip() for one in texts[0].split(";") if one.strip()][:100]
        elif texts:
            said[name] = texts[0]
    camera = _folder(exif, IFD.Exif)
    lens = _text(camera.get(Base.LensModel))
    if lens:
        said["lens"] = lens
    taken = _moment(exif, camera)
    if taken:
        said["taken_at"] = taken
    place = _place(_folder(exif, IFD.GPSInfo))
    if place:
        said["gps"] = place
    return said


def _folder(exif: Image.Exif, which: IFD) -> dict[int, Any]:
    try:
        return dict(exif.get_ifd(which))
    except DAMAGE:
        return {}


def _text(value: Any, *, windows: bool = False) -> str:
    if isinstance(value, tuple) and all(isinstance(one, int) and 0 <= one < 256 for one in value):
        value = bytes(value)
    if isinstance(value, bytes) and windows:
        return letters.tidy(value.decode("utf-16-le", "replace").rstrip("\0"), 2_000)
    if isinstance(value, str):
        # Pillow gives each byte as the letter of that number.
        value = value.encode("latin-1", "replace")
    return letters.tidy(letters.text(value.strip(b"\0 ")), 2_000) if isinstance(value, bytes) else ""


def _moment(exif: Image.Exif, camera: dict[int, Any]) -> str:
    """Return when the shutter opened, with the camera's time zone where it states one."""
    for folder, tag, zones in (
        (camera, Base.DateTimeOriginal, (Base.OffsetTimeOriginal, Base.OffsetTime)),
        (camera, Base.DateTimeDigitized, (Base.OffsetTimeDigitized, Base.OffsetTime)),
    ):
        stated = folder.get(tag)
        zone = next((camera[one] for one in zones if isinstance(camera.get(one), str)), "")
        date = dates.iso(stated, zone.strip("\0 ")) if isinstance(stated, str) else ""
        if date:
            return date
    return ""


def _place(gps: dict[int, Any]) -> dict[str, Any]:
    """Return latitude and longitude in degrees and altitude in metres, or {} where they are none."""
    try:
        latitude = _degrees(gps[GPS.GPSLatitude], gps.get(GPS.GPSLatitudeRef, "N"), "S")
        longitude = _degrees(gps[GPS.GPSLongitude], gps.get(GPS.GPSLongitudeRef, "E"), "W")
    except DAMAGE:
        return {}
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or latitude == longitude == 0:
        return {}
    place: dict[str, Any] = {"latitude": round(latitude, 6), "longitude": round(longitude, 6)}
    try:
        below = gps.get(GPS.GPSAltitudeRef, b"\0") in {b"\1", 1}
        altitude = float(gps[GPS.GPSAltitude]) * (-1 if below else 1)
    except DAMAGE:
        return place
    return place | ({"altitude": round(altitude, 1)} if math.isfinite(altitude) else {})


def _degrees(parts: Any, side: Any, negative: str) -> float:
    degrees, minutes, seconds = (float(one) for one in (*parts, 0, 0)[:3])
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value):
        raise ValueError
    return -value if str(side).strip("\0 ").upper().startswith(negative) else value
