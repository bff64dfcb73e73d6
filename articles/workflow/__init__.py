"""The verbs of the newsroom: the only code that moves a story, and the only code that makes an edition."""

from articles.workflow.announcing import paper_changes, picture_pages_changed, release_due
from articles.workflow.clearing import rights_questions
from articles.workflow.copy import Assignment, name_version, restore, save, start, take_up
from articles.workflow.filing import name_contributor, redate, rename_tag
from articles.workflow.following_up import follow_due
from articles.workflow.fronting import hold_front, move_front, release_front, undo_front
from articles.workflow.handing import Handed, hand_over
from articles.workflow.ingest import Arrival, admit, amend
from articles.workflow.keeping_record import keep_record
from articles.workflow.merging_names import (
    Unmerged,
    merge_contributors,
    merge_tags,
    tell_apart,
    unmerge_contributors,
    unmerge_tags,
)
from articles.workflow.moves import approve, file, send_back, spike, unspike
from articles.workflow.noticing import see, unseen
from articles.workflow.noting import Passage, add_note, answer_note, reopen_note, resolve_note
from articles.workflow.picturing import (
    Follower,
    Recaptioned,
    following,
    kill_picture,
    merge_pictures,
    recaption,
    uses,
)
from articles.workflow.presence import be_here, take_hold
from articles.workflow.pressing import Galley, Numbers, admit_many, print_off, set_up
from articles.workflow.publishing import blockers, correct, mend, publish, unschedule, update
from articles.workflow.rederiving import redraw_due
from articles.workflow.refusals import Conflict, NotReady, Refused
from articles.workflow.shelving import recount_all
from articles.workflow.translating import link_translation, unlink_translation
from articles.workflow.undoing import Undone, undo_import
from articles.workflow.withdrawing import kill, suppress

__all__ = [
    "Arrival",
    "Assignment",
    "Conflict",
    "Follower",
    "Galley",
    "Handed",
    "NotReady",
    "Numbers",
    "Passage",
    "Recaptioned",
    "Refused",
    "Undone",
    "Unmerged",
    "add_note",
    "admit",
    "admit_many",
    "amend",
    "answer_note",
    "approve",
    "be_here",
    "blockers",
    "correct",
    "file",
    "follow_due",
    "following",
    "hand_over",
    "hold_front",
    "keep_record",
    "kill",
    "kill_picture",
    "link_translation",
    "mend",
    "merge_contributors",
    "merge_pictures",
    "merge_tags",
    "move_front",
    "name_contributor",
    "name_version",
    "paper_changes",
    "picture_pages_changed",
    "print_off",
    "publish",
    "recaption",
    "recount_all",
    "redate",
    "redraw_due",
    "release_due",
    "release_front",
    "rename_tag",
    "reopen_note",
    "resolve_note",
    "restore",
    "rights_questions",
    "save",
    "see",
    "send_back",
    "set_up",
    "spike",
    "start",
    "suppress",
    "take_hold",
    "take_up",
    "tell_apart",
    "undo_front",
    "undo_import",
    "unlink_translation",
    "unmerge_contributors",
    "unmerge_tags",
    "unschedule",
    "unseen",
    "unspike",
    "update",
    "uses",
]
