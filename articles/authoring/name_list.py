"""The list of tags and the list of people: each with its use and its other spellings, asked for one page at a time."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from articles.authoring.known_names import NO_USE, uses_of
from articles.models import NameKind, Spelling
from newsroom.folding import fold


class NameList(ChangeList):
    """A page of names. Their use is looked up for those on the page alone, whatever the number of names."""

    def get_results(self, request: HttpRequest) -> None:
        """Read the page, then what is told of each name on it: two queries more."""
        super().get_results(request)
        rows = list(self.result_list)
        keys = [row.pk for row in rows]
        kind = self.model_admin.kind  # type: ignore[attr-defined]
        uses = uses_of(kind, {row.alias_of_id or row.pk for row in rows})
        spelt: dict[int, list[str]] = {}
        for key, name in self.model._default_manager.filter(alias_of__in=keys).values_list(
            "alias_of", "name"
        ):
            spelt.setdefault(key, []).append(name)
        for row in rows:
            row.use = NO_USE if row.alias_of_id else uses.get(row.pk, NO_USE)
            row.spelt = sorted(spelt.get(row.pk, []))
        self.result_list = rows


def narrowed(kind: str, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Return the names that hold every word typed, in whatever spelling: their own, an alias', one once printed."""
    for word in fold(typed).split()[:8]:
        aliased = rows.model.objects.filter(alias_of__isnull=False, folded__contains=word)
        found = Q(folded__contains=word) | Q(pk__in=aliased.order_by().values("alias_of"))
        if kind == NameKind.PEOPLE:
            printed = Spelling.objects.filter(folded__contains=word).order_by()
            found |= Q(pk__in=printed.values("contributor"))
        rows = rows.filter(found)
    return rows
