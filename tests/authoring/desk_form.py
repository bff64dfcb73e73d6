"""Reads the story form out of a page of the desk as a browser would, and sends it back with changes."""

from lxml import html

LIST = "/admin/articles/article/"
ADD = f"{LIST}add/"


def page_of(story):
    """The address of a story's form; takes copy, an edition or a number."""
    number = getattr(story, "story_id", story)
    return f"{LIST}{number}/change/"


def fields_of(response):
    """Every field of the story form, by name, as the page shows it; disabled ones are not sent."""
    form = html.fromstring(response.content.decode()).get_element_by_id("story")
    shut = {
        name
        for fieldset in form.iter("fieldset")
        if "disabled" in fieldset.attrib
        for name in _names(fieldset)
    }
    return {
        name: value.removeprefix("\n").removeprefix("\r\n")
        for name, value in form.form_values()
        if "__prefix__" not in name and name not in shut and name != "csrfmiddlewaretoken"
    }


def _names(part):
    return [box.get("name") for box in part.iter("input", "textarea", "select")]


def log_in(client, person):
    """Log in as one of the cast."""
    client.force_login(person)
    return client


def save(client, story, **changes):
    """Open a story's form and send it with `changes`; `act` names a button."""
    sent = fields_of(client.get(page_of(story))) | changes
    return client.post(page_of(story), sent)


def sentences(response):
    """The text of a page, one space between words."""
    return " ".join(html.fromstring(response.content.decode()).text_content().split())
