"""The nouns of the newsroom: what is kept. Each lives in its own module; this is their table of contents."""

from articles.models.address import Address
from articles.models.article import Article, Byline, Language, Placement, State
from articles.models.clearance import Clearance, PictureCredit
from articles.models.contents import Contents, PrintedByline, PrintedPicture
from articles.models.contributor import BylineRole, Contributor
from articles.models.correction import Correction, CorrectionKind
from articles.models.dating import Dating
from articles.models.edition import (
    Completeness,
    Edition,
    EditionByline,
    EditionKind,
    EditionPicture,
    EditionTag,
    Suppression,
)
from articles.models.event import ChainHead, Event
from articles.models.provenance import ImportRun, Outcome, Provenance, SourcePage
from articles.models.revision import Revision, RevisionKind
from articles.models.section import Desk, Section
from articles.models.story import Story
from articles.models.tag import Tag, Tagging, TagKind

__all__ = [
    "Address",
    "Article",
    "Byline",
    "BylineRole",
    "ChainHead",
    "Clearance",
    "Completeness",
    "Contents",
    "Contributor",
    "Correction",
    "CorrectionKind",
    "Dating",
    "Desk",
    "Edition",
    "EditionByline",
    "EditionKind",
    "EditionPicture",
    "EditionTag",
    "Event",
    "ImportRun",
    "Language",
    "Outcome",
    "PictureCredit",
    "Placement",
    "PrintedByline",
    "PrintedPicture",
    "Provenance",
    "Revision",
    "RevisionKind",
    "Section",
    "SourcePage",
    "State",
    "Story",
    "Suppression",
    "Tag",
    "TagKind",
    "Tagging",
]
