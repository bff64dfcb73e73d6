"""Who may add pictures and who may change what the library says about them."""

from typing import Any

# The groups of `articles.roles` by name: the picture knows nothing of the story's rules.
ADDING = frozenset({"picture desk", "editor", "chief", "reporter"})
CHANGING = frozenset({"picture desk", "editor", "chief"})


def may_add(user: Any) -> bool:
    """Say whether `user` may look through the library and add pictures to it."""
    return _is_one_of(user, ADDING)


def may_change(user: Any) -> bool:
    """Say whether `user` may change captions, credits, rights and files."""
    return _is_one_of(user, CHANGING)


def _is_one_of(user: Any, groups: frozenset[str]) -> bool:
    if not getattr(user, "is_active", False):
        return False
    if user.is_superuser:
        return True
    if not hasattr(user, "_media_groups"):
        user._media_groups = frozenset(user.groups.values_list("name", flat=True))
    held: frozenset[str] = user._media_groups
    return bool(held & groups)
