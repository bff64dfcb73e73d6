"""Tells a test what lies in the two stores of pictures, wherever they are."""

from media.models import originals, renditions


def every_file():
    """Return (store, name) of every file in either store."""
    return sorted(
        [("original", name) for name in _names(originals())]
        + [("copy", name) for name in _names(renditions())]
    )


def bytes_of(store, name):
    """Return what a file in a store holds."""
    with store.open(name) as file:
        return file.read()


def _names(store, folder=""):
    try:
        folders, files = store.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}{name}"
    for one in folders:
        yield from _names(store, f"{folder}{one}/")
