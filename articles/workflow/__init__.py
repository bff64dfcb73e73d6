"""The verbs of the newsroom: the only code that moves a story, and the only code that makes an edition."""

from articles.workflow.announcing import release_due
from articles.workflow.copy import Assignment, restore, save, start, take_up
from articles.workflow.filing import merge_contributors, merge_tags, redate, rename_tag
from articles.workflow.ingest import Arrival, admit, admit_many, amend
from articles.workflow.moves import approve, file, send_back, spike, unspike
from articles.workflow.publishing import blockers, correct, publish, unschedule, update
from articles.workflow.refusals import Conflict, Refused
from articles.workflow.undoing import Undone, undo_import
from articles.workflow.withdrawing import kill, suppress

__all__ = [
    "Arrival",
    "Assignment",
    "Conflict",
    "Refused",
    "Undone",
    "admit",
    "admit_many",
    "amend",
    "approve",
    "blockers",
    "correct",
    "file",
    "kill",
    "merge_contributors",
    "merge_tags",
    "publish",
    "redate",
    "release_due",
    "rename_tag",
    "restore",
    "save",
    "send_back",
    "spike",
    "start",
    "suppress",
    "take_up",
    "undo_import",
    "unschedule",
    "unspike",
    "update",
]
