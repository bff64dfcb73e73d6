"""Answers with the citation of a story, or of one edition of it, as the programs of those who cite read it."""

from datetime import datetime

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from articles.feeds import answers
from articles.feeds.answers import Gone
from articles.feeds.pages_as_json import answered
from articles.models import citing_stories, whole_story, withdrawal
from articles.models.cited import FORMATS
from articles.models.edition import Edition


@answered
def story(
    request: HttpRequest, story_id: str, cited_as: str, slug: str = "", *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with the citation of the edition in force. One query, two or three for what is not public."""
    edition = _standing(int(story_id), moment)
    if edition.slug != slug:
        return answers.moved(f"{edition.get_absolute_url().removesuffix('/')}.{cited_as}")
    return _cited(request, edition, cited_as)


@answered
def edition(
    request: HttpRequest,
    story_id: str,
    slug: str,
    number: str,
    cited_as: str,
    *,
    moment: datetime | None = None,
) -> HttpResponseBase:
    """Answer with the citation of one edition of a story that is public. Two queries."""
    now = _standing(int(story_id), moment)
    once = Edition.objects.once_public(moment).without_texts()
    wanted = once.filter(story_id=now.story_id, number=int(number)).first()
    if wanted is None:
        raise Http404
    if wanted.suppressed_at is not None:
        raise Gone(withdrawal.of_version(wanted))
    path = now.get_absolute_url()
    if now.slug != slug:
        return answers.moved(f"{path}editions/{number}.{cited_as}")
    return _cited(request, wanted, cited_as, path)


def _standing(story_id: int, moment: datetime | None) -> Edition:
    found = whole_story.in_force(story_id, moment, is_whole=False)
    if found is not None:
        return found
    past = withdrawal.of_story(story_id)
    if past is None:
        raise Http404
    raise Gone(past)


def _cited(request: HttpRequest, edition: Edition, cited_as: str, path: str = "") -> HttpResponseBase:
    kind, write = FORMATS[cited_as]
    text = write(citing_stories.cited(edition, path))
    return answers.send(request, text.encode("utf-8", "replace"), kind)
