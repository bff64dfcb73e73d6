"""The addresses of the room, all under /admin/desk/."""

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.http import HttpResponse
from django.urls import URLPattern, path

from articles.together import handing, here, notes, notices
from articles.together.doors import letters_to
from newsroom.letters import answers_questions


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the room's addresses, for the desk to hang in."""
    told: list[tuple[str, Callable[..., HttpResponse], str]] = [
        ("desk/here/", here.here, "desk_here"),
        ("desk/take-over/<row:story_id>/", here.take_over, "desk_take_over"),
        ("desk/hand-over/<row:story_id>/", handing.hand_over, "desk_hand_over"),
        ("desk/notes/<row:story_id>/add/", notes.add, "desk_note_add"),
        ("desk/notes/<row:story_id>/<row:note>/answer/", notes.answer, "desk_note_answer"),
        ("desk/notes/<row:story_id>/<row:note>/resolve/", notes.resolve, "desk_note_resolve"),
        ("desk/notes/<row:story_id>/<row:note>/reopen/", notes.reopen, "desk_note_reopen"),
    ]
    asked: list[tuple[str, Callable[..., HttpResponse], str]] = [
        ("desk/with/<row:story_id>/", handing.standing, "desk_with"),
        ("desk/notes/<row:story_id>/", notes.notes, "desk_notes"),
        ("desk/notes/<row:story_id>/people/", notes.people, "desk_note_people"),
    ]
    return [
        *(path(address, letters_to(site, view), name=name) for address, view, name in told),
        *(path(address, answers_questions(site, view), name=name) for address, view, name in asked),
        path("desk/notices/", site.admin_view(notices.notices), name="desk_notices"),
        path("desk/notices/seen/", site.admin_view(notices.seen), name="desk_notices_seen"),
        path("desk/notices/mail/", site.admin_view(notices.mail), name="desk_notices_mail"),
    ]
