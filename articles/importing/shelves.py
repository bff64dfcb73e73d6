"""Lets the old addresses of lists lead to the lists they have become: sections, tags, contributors."""

from articles.importing.names import contributor_of, section_of
from articles.importing.reading.page import Address, Byline, Fact, Label, Shelf
from articles.importing.taking import lead
from articles.workflow.filing import tags_named


def lead_to_shelf(address: Address, shelf: Shelf) -> None:
    """Let a list's old address, with and without its page number, lead to what the list is now."""
    there = _address_of(shelf)
    if not there:
        return
    lead(address.path, to_path=there)
    bare, _, number = address.path.rpartition("/page/")
    if bare and number.isdecimal():
        lead(bare, to_path=there)


def _address_of(shelf: Shelf) -> str:
    """Return the address of the section, tag or person that a list stood for, "" where it is none of these."""
    name = shelf.name.value.strip() if shelf.name else ""
    if not name:
        return ""
    if shelf.list_kind == "tag":
        return next((tag.get_absolute_url() for tag in tags_named([name])), "")
    if shelf.list_kind in {"category", "section"}:
        return section_of(Label(name, shelf.slug)).get_absolute_url()
    if shelf.list_kind == "author":
        person = Byline(Fact(name, 0, "list-shelf", stated=False), shelf.slug)
        return contributor_of(person).get_absolute_url()
    return ""
