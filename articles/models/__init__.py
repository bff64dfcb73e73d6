"""The nouns of the newsroom: what is kept. Each lives in its own module; this is their table of contents."""

from articles.models.address import Address
from articles.models.article import Article, Byline, Genre, Language, Placement, State
from articles.models.beginning import Beginning
from articles.models.bulk import BulkAct
from articles.models.clearance import Clearance, PictureCredit
from articles.models.contents import Contents, PrintedByline, PrintedPicture
from articles.models.contributor import BylineRole, Contributor, Spelling
from articles.models.correction import Correction, CorrectionKind, Severity
from articles.models.dating import Dating
from articles.models.day_head import DayHead
from articles.models.edition import Completeness, Edition, EditionKind, Suppression
from articles.models.edition_change import EditionChange
from articles.models.edition_rows import EditionByline, EditionPicture, EditionTag
from articles.models.event import ChainHead, Event
from articles.models.follow_up import LibraryChange, StoryToFollow
from articles.models.front_slot import FrontPlan, FrontSlot, Place
from articles.models.gaps import GapCount
from articles.models.heading_word import CopyWord, EditionWord, heading_words
from articles.models.linked import Link, LinksRead, LinkUse
from articles.models.outsider import PreviewLink
from articles.models.provenance import ImportRun, Outcome, Provenance, SourcePage
from articles.models.related import Related, RelatedDue, RelatedRead
from articles.models.revision import Revision, RevisionKind, VersionName
from articles.models.search_index import IndexDue, IndexedEdition, IndexState, IndexWord, NameWord
from articles.models.section import Desk, Section
from articles.models.shelf_count import ShelfCount, ShelfPair, ShelvedStory
from articles.models.sitting import Sitting
from articles.models.story import Story
from articles.models.tag import Tag, Tagging, TagKind
from articles.models.talk import HandOver, NoMail, Notice, NoticeKind, StoryNote
from articles.models.tally import CorrectionTally
from articles.models.told_apart import NameKind, ToldApart
from articles.models.translation import Translation

__all__ = [
    "Address",
    "Article",
    "Beginning",
    "BulkAct",
    "Byline",
    "BylineRole",
    "ChainHead",
    "Clearance",
    "Completeness",
    "Contents",
    "Contributor",
    "CopyWord",
    "Correction",
    "CorrectionKind",
    "CorrectionTally",
    "Dating",
    "DayHead",
    "Desk",
    "Edition",
    "EditionByline",
    "EditionChange",
    "EditionKind",
    "EditionPicture",
    "EditionTag",
    "EditionWord",
    "Event",
    "FrontPlan",
    "FrontSlot",
    "GapCount",
    "Genre",
    "HandOver",
    "ImportRun",
    "IndexDue",
    "IndexState",
    "IndexWord",
    "IndexedEdition",
    "Language",
    "LibraryChange",
    "Link",
    "LinkUse",
    "LinksRead",
    "NameKind",
    "NameWord",
    "NoMail",
    "Notice",
    "NoticeKind",
    "Outcome",
    "PictureCredit",
    "Place",
    "Placement",
    "PreviewLink",
    "PrintedByline",
    "PrintedPicture",
    "Provenance",
    "Related",
    "RelatedDue",
    "RelatedRead",
    "Revision",
    "RevisionKind",
    "Section",
    "Severity",
    "ShelfCount",
    "ShelfPair",
    "ShelvedStory",
    "Sitting",
    "SourcePage",
    "Spelling",
    "State",
    "Story",
    "StoryNote",
    "StoryToFollow",
    "Suppression",
    "Tag",
    "TagKind",
    "Tagging",
    "ToldApart",
    "Translation",
    "VersionName",
    "heading_words",
]
