"""Has mammoth turn a prepared Word file into HTML by our map of styles; its pictures go into a folder as they come."""

import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from articles.authoring.word.opening import DAMAGE

# An extra: where it is not installed, `reading` lets nobody get here.
try:
    import mammoth
except ImportError:
    mammoth = None

MOST_PICTURES = 100
LARGEST_PICTURE = 40 * 1024**2
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/tiff": "tif"}
LOST = "lost"
# Of the styles' names small and capital letters are the same. What is not named here is mammoth's own map.
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Illustration'] => p.caption:fresh
p[style-name='Figure'] => p.caption:fresh
p[style-name='Drawing'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Pull Quote'] => blockquote.pull > p:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
r[style-name='Emphasis'] => em
r[style-name='Subtle Emphasis'] => em
r[style-name='Intense Emphasis'] => em
"""


@dataclass(slots=True)
class Pictures:
    """The pictures of a file in the order of its text, put into `folder` as picture-1, picture-2 and so on."""

    folder: Path
    kinds: list[str] = field(default_factory=list)

    def keep(self, image: Any) -> dict[str, str]:
        """Put one picture away and return what its <img> is to say."""
        if len(self.kinds) >= MOST_PICTURES:
            return {"src": LOST}
        try:
            with image.open() as opened:
                raw = opened.read(LARGEST_PICTURE + 1)
        except DAMAGE:
            return {"src": LOST}
        if not raw or len(raw) > LARGEST_PICTURE:
            return {"src": LOST}
        self.kinds.append(ENDINGS.get(image.content_type or "", ""))
        (self.folder / f"picture-{len(self.kinds)}").write_bytes(raw)
        return {"src": str(len(self.kinds))}


def converted(file: Path, pictures: Pictures) -> str:
    """Return the text of a Word file as HTML. What the file says of mammoth itself is not heeded, nothing outside it read."""
    with file.open("rb") as opened:
        found = mammoth.convert_to_html(
            opened,
            style_map=STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(pictures.keep),
        )
    return str(found.value)


def rewritten(file: Path, parts: Iterable[tuple[str, bytes]]) -> None:
    """Put parts in the place of those of the same name: the last of a name is the one that is read."""
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as there:
        warnings.simplefilter("ignore")
        for name, raw in parts:
            there.writestr(name, raw)
