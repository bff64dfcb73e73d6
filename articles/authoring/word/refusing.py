"""Why a file is not taken as a Word file, in sentences that say what to do next."""

LARGEST_FILE = 20 * 1024 * 1024

EMPTY = "The file is empty. Check where it came from, and drop it again."
TOO_BIG = (
    f"The file is larger than {LARGEST_FILE // 1024**2} MB. In Word, compress its pictures (Picture Format, Compress "
    "Pictures) or take them out, save it, and drop it again."
)
NO_WORD = "This is no Word file. Open it in the program that it comes from, save it as Word document (.docx), and drop that."
OLD_DOC = (
    "This is a Word file of the old kind (.doc). Open it in Word or LibreOffice, save it as Word document (.docx), "
    "and drop that."
)
LOCKED = (
    "This Word file is locked with a password. Open it in Word, take the password off (File, Info, Protect Document, "
    "Encrypt with Password), save it, and drop it again."
)
DAMAGED = (
    "This Word file is damaged or cut short. Open it in Word or LibreOffice, which can often mend it, save it under a "
    "new name, and drop that; or copy its text and paste it here."
)
BOMB = (
    "Unpacked, this Word file is far larger than a text is. Copy its text into a new document, save that as .docx, "
    "and drop it; or paste the text here."
)
DOCTYPE = (
    "This Word file carries declarations that no Word file has, so it was not read. Open it in Word or LibreOffice, "
    "save it under a new name, and drop that."
)
TOO_MUCH = (
    "Reading this Word file takes more time or memory than a file may. Save it in parts, or without its pictures, and "
    "drop those; or copy its text and paste it here."
)
NOT_SET_UP = (
    "This site is not set up to read Word files. Copy the text and paste it into a new story, or ask whoever looks after "
    "the site to install requirements-docx.txt."
)


def is_a(kind: str) -> str:
    """Return the sentence for a file that is known to be something else."""
    return f"This is {kind}, not a Word file. Open it, save it as Word document (.docx), and drop that."


class Refused(Exception):
    """The file is not taken; the message is for the person who sent it."""
