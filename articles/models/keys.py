"""Columns that follow from a name, filled whenever its row is written: its one plain spelling, and its sound."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models

from newsroom.folding import fold
from newsroom.sounding import sound


class _Key(models.CharField):  # type: ignore[type-arg]
    """A column that says anew what follows from another one (`of`) each time the row is written, many at once too.

    `QuerySet.update` writes no key: whoever changes a name so writes its keys along, by `keys_of`.
    """

    says: Callable[[str], str]

    def __init__(self, *args: Any, of: str = "name", **kwargs: Any) -> None:
        usual: dict[str, Any] = {"blank": True, "default": "", "db_index": True, "editable": False}
        super().__init__(*args, **(usual | kwargs))
        self.of = of

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.key_of(str(getattr(model_instance, self.of)))
        setattr(model_instance, self.attname, key)
        return key

    def key_of(self, name: str) -> str:
        """Return the key of `name`, no longer than the column holds."""
        return type(self).says(name)[: self.max_length]

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Tell migrations of a plain column: what fills it is no fact of the database."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class FoldedField(_Key):
    """The name in one plain spelling: no case, accents or Arabic vowel signs (`newsroom.folding.fold`)."""

    says = staticmethod(fold)


class SoundField(_Key):
    """The key under which spellings of one name meet (`newsroom.sounding.sound`)."""

    says = staticmethod(sound)


def keys_of(name: str) -> dict[str, str]:
    """Return the keys of a name, by column, for a row that is written by `QuerySet.update`."""
    return {"folded": fold(name)[:200], "sound": sound(name)[:100]}
