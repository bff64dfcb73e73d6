"""Who may do what: each rule once as a predicate with its sentence, and once as a query."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models.article import Article, State
from articles.models.section import Desk
from newsroom.prepared import prepared


class Role(StrEnum):
    """The five roles of the newsroom; each is a group of the same name."""

    REPORTER = "reporter"
    EDITOR = "editor"
    CHIEF = "chief"
    PICTURE_DESK = "picture desk"
    READER = "reader"


WRITING = frozenset({Role.REPORTER, Role.EDITOR, Role.CHIEF})
EDITING = frozenset({Role.EDITOR, Role.CHIEF})
LOOKING_AFTER_PICTURES = frozenset({Role.PICTURE_DESK, Role.EDITOR, Role.CHIEF})
ALLOWED: dict[str, frozenset[Role]] = {
    "start": WRITING,
    "take_up": EDITING,
    "save": WRITING,
    "restore": WRITING,
    "file": WRITING,
    "hand_over": WRITING,
    "note": WRITING,
    "spike": EDITING,
    "unspike": EDITING,
    "send_back": EDITING,
    "approve": EDITING,
    "publish": EDITING,
    "update": EDITING,
    "correct": EDITING,
    "mend": EDITING,
    "unschedule": EDITING,
    "kill": EDITING,
    "suppress": frozenset({Role.CHIEF}),
    "refile": EDITING,
    "merge": EDITING,
    "front": EDITING,
    "organise": frozenset({Role.CHIEF}),
    "import": frozenset({Role.CHIEF}),
    "pictures": frozenset({Role.PICTURE_DESK, Role.EDITOR, Role.CHIEF, Role.REPORTER}),
    "change_pictures": LOOKING_AFTER_PICTURES,
    "recaption": LOOKING_AFTER_PICTURES,
    "merge_pictures": LOOKING_AFTER_PICTURES,
    "kill_picture": LOOKING_AFTER_PICTURES,
}
REPORTERS_MAY_CHANGE = frozenset({State.DRAFT, State.FILED})


def roles_of(user: Any) -> frozenset[Role]:
    """Return the roles of `user`; a superuser is a chief, nobody has none.

    One query the first time, none for one that came from `account` or `with_roles`.
    """
    if not getattr(user, "is_active", False):
        return frozenset()
    if not hasattr(user, "_newsroom_roles"):
        if hasattr(user, _held(Role.CHIEF)):
            names = {role.value for role in Role if getattr(user, _held(role))}
        else:
            names = set(user.groups.values_list("name", flat=True))
        _note_roles(user, names)
    roles: frozenset[Role] = user._newsroom_roles
    return roles


def _note_roles(user: Any, groups: set[str]) -> None:
    held = {role for role in Role if role.value in groups}
    user._newsroom_roles = frozenset(held | ({Role.CHIEF} if user.is_superuser else set()))


def account(key: int) -> User | None:
    """Return the account of that key with its roles, in one query; None where there is none.

    A row for each group it is in: to ask for every role by itself takes the compiler of queries several times as long.
    """
    rows: list[Any] = _with_groups(int(key))
    if not rows:
        return None
    _note_roles(rows[0], {row.group for row in rows})
    user: User = rows[0]
    return user


@prepared
def _with_groups(key: int) -> QuerySet[User]:
    return User.objects.filter(pk=key).annotate(group=F("groups__name"))


def with_roles(accounts: QuerySet[User]) -> QuerySet[User]:
    """Add to each account which roles it holds, so that `roles_of` asks nothing more."""
    groups = Group.objects.filter(user=OuterRef("pk"))
    return accounts.annotate(**{_held(role): Exists(groups.filter(name=role.value)) for role in Role})


def _held(role: Role) -> str:
    return f"holds_{role.name.lower()}"


def desks_of(user: Any) -> frozenset[int]:
    """Return the keys of the desks `user` belongs to, one query the first time."""
    if not hasattr(user, "_newsroom_desks"):
        user._newsroom_desks = frozenset(user.desks.values_list("pk", flat=True))
    desks: frozenset[int] = user._newsroom_desks
    return desks


def has_role(user: Any, verb: str) -> bool:
    """Say whether any of the roles of `user` may use `verb` at all, on whatever story."""
    return bool(roles_of(user) & ALLOWED[verb])


def may_know(user: Any, article: Article) -> bool:
    """Say whether `user` may know that this copy exists: a chief of any, others of their own and their desks'."""
    roles = roles_of(user)
    if Role.CHIEF in roles:
        return True
    if not roles & WRITING:
        return False
    return article.writer_id == user.pk or _on_a_desk_of(user, article)


def known_to(user: Any) -> Q:
    """Return the same rule as `may_know` as a condition on articles."""
    roles = roles_of(user)
    if Role.CHIEF in roles:
        return Q()
    if not roles & WRITING:
        return Q(pk__in=[])
    # A part of whatever query asks this, and none of its own.
    desks = Desk.objects.filter(members=user.pk).order_by().values("pk")
    return Q(writer_id=user.pk) | Q(desk_id__in=desks) | Q(desk__isnull=True, section__desk_id__in=desks)


def may_read(user: Any, article: Article) -> bool:
    """Say whether `user` may see this copy: what they may know of, and no embargo keeps from them.

    Until its embargo ends, nobody below an editor sees more of a story than its slug, except its writer.
    """
    if not may_know(user, article):
        return False
    is_open = article.embargo_until is None or article.embargo_until <= timezone.now()
    return is_open or article.writer_id == user.pk or bool(roles_of(user) & EDITING)


def readable_by(user: Any) -> Q:
    """Return the same rule as `may_read` as a condition on articles."""
    if roles_of(user) & EDITING:
        return known_to(user)
    return known_to(user) & ~_kept_from(user)


@dataclass(frozen=True)
class Holder:
    """Whoever holds these roles, under that key: all that the rules ask of a person."""

    pk: int | None
    _newsroom_roles: frozenset[Role]
    is_active: bool = True


def copy_read_by(user: Any, story_id: int, *, is_whole: bool = True) -> Article | None:
    """Return the copy of a story if `user` may read it, else None; its text only if it `is_whole`. One query.

    With it come its section, its desk, its writer and who changed it last.
    """
    return next(iter(_read_by(user.pk, story_id, held=roles_of(user), is_whole=is_whole)), None)


@prepared
def _read_by(key: int | None, story_id: int, *, held: frozenset[Role], is_whole: bool) -> QuerySet[Article]:
    rows = Article.objects.filter(readable_by(Holder(key, held)), pk=story_id)
    rows = rows.select_related("section", "desk", "writer", "changed_by")
    return rows if is_whole else rows.defer("body")


def known_by_slug_to(user: Any) -> Q:
    """Return the condition on copy of which `user` may know the slug, and for its embargo nothing else."""
    return Q(pk__in=[]) if roles_of(user) & EDITING else known_to(user) & _kept_from(user)


def _kept_from(user: Any) -> Q:
    """Return the embargoed stories of others; true or false of every row, never unknown."""
    others = Q(writer_id__isnull=True) | ~Q(writer_id=user.pk)
    return Q(embargo_until__isnull=False, embargo_until__gt=timezone.now()) & others


def _on_a_desk_of(user: Any, article: Article) -> bool:
    desk = article.desk_id or (article.section.desk_id if article.section else None)
    return desk in desks_of(user)


def refusal(user: Any, verb: str, article: Article | None = None) -> str | None:
    """Return why `user` may not use `verb` (on `article`), as a sentence, or None if they may."""
    if not has_role(user, verb):
        who = " or ".join(sorted(ALLOWED[verb]))
        return f"Your role does not allow this. Ask somebody who is {who} to do it."
    if article is None:
        return None
    if may_know(user, article) and not may_read(user, article):
        return "This story is under embargo. Until that ends only its writer and editors work on it."
    if not may_read(user, article):
        return "This story belongs to another desk. Ask its desk to hand it over to yours."
    if verb == "save" and not roles_of(user) & EDITING and article.state not in REPORTERS_MAY_CHANGE:
        return f"This story is {article.get_state_display()}. Ask an editor to send it back before you change it."
    return None
