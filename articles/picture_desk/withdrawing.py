"""The page that withdraws a picture: every live use is listed first, one reason asked, one confirmation given."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from articles.picture_desk import uses
from articles.picture_desk.opening import context, opened, path_of
from articles.picture_desk.versioned import VersionedForm
from articles.workflow import Refused, picturing
from media import changing
from media.models import Picture

# Live uses drawn on the page; the others are counted.
DRAWN = 60


class WithdrawForm(VersionedForm):
    """Why a picture is withdrawn, and what readers are told."""

    reason = forms.CharField(
        label="Why is it withdrawn?",
        max_length=300,
        help_text="Kept with the record, never shown to readers.",
        error_messages={"required": "Say why. The reason is kept with the record."},
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    notice = forms.CharField(
        label="Notice to readers",
        required=False,
        max_length=300,
        help_text="Stands with the date where the picture stood. Empty: only the date.",
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


NOTICE = "The editors no longer show it."


def withdraw(site: admin.AdminSite, request: HttpRequest, key: str) -> HttpResponse:
    """Show every live use of a picture and ask why it goes, or withdraw it from all of them."""
    picture = opened(request, key, to_change=True)
    if picture.killed_at is not None or picture.alias_of_id:
        messages.info(request, f"{picture} is not shown any more: it was withdrawn or merged.")
        return HttpResponseRedirect(path_of(picture))
    if request.method != "POST":
        form = WithdrawForm(initial={"version": picture.token, "notice": NOTICE})
        return _show(site, request, form, picture)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _show(site, request, form, picture, status=422)
    said = form.cleaned_data
    try:
        drawn = picturing.kill_picture(
            by=request.user,
            picture_id=picture.pk,
            token=said["version"],
            reason=said["reason"],
            notice=said["notice"],
        )
    except (Refused, changing.NotChanged) as refused:
        form.add_error(None, str(refused))
        picture = opened(request, key, to_change=True)
        is_late = said["version"] != picture.token
        form.on_version(picture.token)
        return _show(site, request, form, picture, status=409 if is_late else 422)
    stories = "No live story showed it." if not drawn else f"Drawn anew: {_stories(len(drawn))}."
    if drawn and Picture.objects.filter(pk=picture.pk, editions_due_at__isnull=False).exists():
        stories = f"It stood in {_stories(len(drawn))}: all of them show the notice within a minute."
    messages.success(request, f"{picture} is withdrawn. Its files answer readers no more. {stories}")
    return HttpResponseRedirect(path_of(picture))


def _stories(number: int) -> str:
    return "1 live story" if number == 1 else f"{number:,} live stories"


def _show(
    site: admin.AdminSite, request: HttpRequest, form: WithdrawForm, picture: Picture, *, status: int = 200
) -> HttpResponse:
    shelves = {shelf.kind: shelf for shelf in uses.shelves(picture, request.user, most=DRAWN)}
    live, copies = shelves[uses.LIVE], shelves[uses.COPY]
    shown = context(
        site,
        request,
        picture,
        form=form,
        live=live,
        copies=copies,
        not_drawn=live.count - len(live.shown),
        title=f"Withdraw {picture}",
    )
    return TemplateResponse(request, "picture_desk/withdraw.html", shown, status=status)
