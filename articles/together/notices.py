"""The page of a person's notices, marking them as seen, and whether they come by mail too."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from articles import roles, workflow
from articles.models import NoMail
from articles.workflow import noticing

SHOWN = 200


def _refuse(request: HttpRequest) -> None:
    if not roles.has_role(request.user, "note"):
        raise PermissionDenied


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """List a person's notices, newest first."""
    _refuse(request)
    rows = noticing.of(request.user).select_related("note", "story")
    context = {
        **admin.site.each_context(request),
        "title": "Notices",
        "notices": rows[:SHOWN],
        "shown": SHOWN,
        "wants_mail": not NoMail.objects.filter(person=request.user.pk).exists(),
    }
    return TemplateResponse(request, "together/notices.html", context)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Mark one notice as seen, or all of them."""
    _refuse(request)
    chosen = request.POST.get("notice", "")
    if chosen == "all":
        workflow.see(by=request.user)
    elif chosen.isascii() and chosen.isdigit() and len(chosen) <= 18:
        workflow.see(by=request.user, notices=[int(chosen)])
    return HttpResponseRedirect(reverse("admin:desk_notices"))


@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Turn mail on or off for the person who asks."""
    _refuse(request)
    if request.POST.get("mail") == "off":
        noticing.want_no_mail(by=request.user)
        messages.success(request, "Notices no longer come by mail. They stand here, as before.")
    else:
        noticing.want_mail(by=request.user)
        messages.success(request, "Notices that you have not seen here come by mail too.")
    return HttpResponseRedirect(reverse("admin:desk_notices"))
