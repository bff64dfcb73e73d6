"""What axe finds wrong with a page, for every test that asks it."""

from axe_playwright_python.sync_playwright import Axe

AXE = Axe()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Width in CSS pixels and colour scheme.
LOOKS = [(1280, "light"), (390, "dark"), (1280, "dark"), (390, "light")]
# What another width or other colours can change: the rest was asked when the page was first looked at.
OF_LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]


def wrong_with(page, context=None, again=False, colours=True):
    """What breaks one of axe's rules: a line for each, with the first element that does.

    `context` is a selector, the whole page without one; `again` asks only what looks can change. Of colours need not be asked
    where another test does so of the same pages.
    """
    asked = [rule for rule in OF_LOOKS if colours or rule != "color-contrast"] if again else TAGS
    options = {
        "resultTypes": ["violations"],
        "runOnly": asked,
        "rules": {"color-contrast": {"enabled": colours}},
    }
    found = AXE.run(page, context=context, options=options).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def wrong_in_each_look(page, looks=LOOKS[:2], context=None, colours=True):
    """The same for each of `looks` at one page (width, scheme), with whether the page sticks out beyond it."""
    wrong, widths = [], set()
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        where = f"{page.url} at {width} px, {scheme}"
        wrong += [f"{where}: {one}" for one in wrong_with(page, context, width in widths, colours)]
        widths.add(width)
        wrong += [f"{where}: sticks out"] if sticks_out(page) else []
    return wrong


def sticks_out(page):
    """Whether one would have to scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
