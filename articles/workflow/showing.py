"""Says where readers meet a story now, so that whoever withdraws it knows from where it goes."""

from articles.models import Edition, EditionByline, EditionTag, Section
from articles.models.front_page import layout
from articles.models.shelf import PAGE


def where_it_shows(story_id: int) -> list[str]:
    """Return, in words, every public place that shows the story now; nothing for one that readers do not see."""
    edition = Edition.objects.at().filter(story_id=story_id).select_related("section").first()
    if edition is None:
        return []
    versions = "its published version" if edition.number == 1 else f"its {edition.number} published versions"
    found = [f"its own page, {edition.get_absolute_url()}, and {versions}"]
    if _is_on_front(edition):
        found.append("the front page and its feeds")
    if edition.section:
        found.append(f"the section {edition.section.name} and its feeds")
    tags = EditionTag.objects.filter(edition=edition).select_related("tag")
    found += [f"the tag {row.tag.name} and its feeds" for row in tags]
    people = EditionByline.objects.filter(edition=edition, is_first=True).select_related("contributor")
    found += [f"the stories of {row.contributor.name} and their feeds" for row in people]
    if edition.published_on:
        found.append(f"the paper of {edition.published_on:%-d %B %Y}")
    found += [
        f"the page of Media ID {one['media_id']}, among its uses"
        for one in edition.pictures
        if one["media_id"]
    ]
    return [*found, "search, sitemaps and every link from other stories"]


def _is_on_front(edition: Edition) -> bool:
    newest = (
        Edition.objects.at().order_by("-listed_at", "-story_id").values_list("story_id", flat=True)[:PAGE]
    )
    laid_out = layout(list(Section.objects.filter(is_in_masthead=True)))
    return edition.story_id in {*newest, *(one.story_id for one in laid_out.editions())}
