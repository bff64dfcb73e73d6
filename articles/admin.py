"""What the desk has pages for."""

from typing import Any

import taggit.admin  # noqa: F401 - registers taggit's own tag, which is taken off below
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from taggit.models import Tag as PlainTag

from articles.authoring.accounts import AccountAdmin, RoleAdmin
from articles.authoring.filing import ContributorAdmin, DeskTeamAdmin, SectionAdmin, TagAdmin
from articles.authoring.imports import ImportRunAdmin, SourcePageAdmin
from articles.authoring.site import Desk as DeskSite
from articles.authoring.starts import BeginningAdmin
from articles.authoring.stories import ArticleAdmin
from articles.authoring.taking_up import EditionAdmin
from articles.models import (
    Article,
    Beginning,
    Contributor,
    Desk,
    Edition,
    ImportRun,
    Section,
    SourcePage,
    Tag,
)
from articles.picture_desk.library import PictureAdmin
from articles.planning import desk as first_screen
from articles.planning import many, problems
from articles.planning import site as planning
from articles.together import addresses as together
from media.models import Picture


class CopyList(many.OnManyStories, ArticleAdmin):  # type: ignore[misc]  # offers acts where Django has functions
    """The list of copy, with the acts on many stories and the search by problem that the planning room adds to it."""

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_filter(request), problems.InCopy]


class ArchiveList(EditionAdmin):
    """The list of the archive, with the same search by problem.

    How many there are beside those found is not counted: to look through a whole archive once is enough.
    """

    show_full_result_count = False

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_filter(request), problems.InArchive]


admin.site.register(Article, CopyList)
admin.site.register(Edition, ArchiveList)
admin.site.register(Section, SectionAdmin)
admin.site.register(Desk, DeskTeamAdmin)
admin.site.register(Beginning, BeginningAdmin)
admin.site.register(Contributor, ContributorAdmin)
admin.site.register(Tag, TagAdmin)
admin.site.register(ImportRun, ImportRunAdmin)
admin.site.register(SourcePage, SourcePageAdmin)
admin.site.register(Picture, PictureAdmin)

for plain in (User, Group, PlainTag):
    if admin.site.is_registered(plain):
        admin.site.unregister(plain)
admin.site.register(User, AccountAdmin)
admin.site.register(Group, RoleAdmin)

DeskSite.rooms.append(together.urls)

DeskSite.rooms.append(planning.addresses)
DeskSite.screens.append(first_screen.screen)
