"""Keeps a form whose session has ended: the answer asks for name and password and holds what was typed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

NOT_KEPT = frozenset({"csrfmiddlewaretoken", "username", "password"})


def keeping_what_was_typed(site: AdminSite, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap an admin view so that a form sent after the session ended asks for the login and loses nothing.

    Nothing is stored for the unknown sender: the fields travel back to them, hidden in the login form, and are
    sent again with the password.
    """
    guarded = site.admin_view(view)

    @wraps(view)
    @never_cache
    @csrf_protect
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or site.has_permission(request):
            answer: HttpResponse = guarded(request, *args, **kwargs)
            return answer
        tried = "password" in request.POST
        form = (
            AdminAuthenticationForm(request, data=request.POST) if tried else AdminAuthenticationForm(request)
        )
        if tried and form.is_valid():
            login(request, form.get_user())
            kept: HttpResponse = view(request, *args, **kwargs)
            return kept
        context = {
            **site.each_context(request),
            "title": "Log in to keep what you wrote",
            "form": form,
            "kept": [(name, value) for name, value in _fields(request)],
        }
        return TemplateResponse(request, "authoring/login_again.html", context, status=401)

    return wrapped


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in NOT_KEPT
        for value in values
    ]
