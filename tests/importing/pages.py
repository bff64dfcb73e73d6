"""Made-up saved pages for the reading tests: the forms are the archive's, every sentence is ours."""

from articles.importing.reading import read_page

SLOGAN = "Middle-east Arab News Opinion | Asharq Al-awsat"
SUFFIX = " | ASHARQ AL-AWSAT English Archive 2005 -2017"
ARCHIVE = "https://eng-archive.aawsat.com"

FERRY = "The ferry to the northern islands sails twice a day again, and its captain says that nobody was left on the pier."
BAKERS = "Bakers in the old town opened an hour earlier than usual, because the mill had sent its flour before dawn."
LAMPS = "Forty lamps along the canal were lit for the first time since the flood, and people came out to see them."


def page(*below: str, headline: str = "Ferry sails again", suffix: str = SUFFIX) -> str:
    """A page with the archive's header, and below the menu what is given, line by line."""
    return "\n".join([SLOGAN, "", f"{headline}{suffix}", "Select Page", *below, ""])


def article(*paragraphs: str, above: tuple[str, ...] = (), **header: str) -> str:
    """An article: pictures above, paragraphs with empty lines between."""
    return page(*above, *(line for paragraph in paragraphs for line in ("", paragraph)), **header)


def read(text: str, **where):
    """Read a text as a file's bytes."""
    return read_page(text.encode(), file="page.txt", **where)
