"""One's own account: profile and tokens. Password and second factor are allauth's pages."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from golive.accounts.actions import make_token, revoke_token, save_profile
from golive.accounts.backends import may_enter
from golive.accounts.forms import ProfileForm, TokenForm
from golive.accounts.history import note
from golive.accounts.models import User
from golive.accounts.queries import tokens_of
from golive.accounts.step_up import has_second_factor

BACKEND = "golive.accounts.backends.PersonBackend"


def account_page(request: HttpRequest, *, status: int = 200, **changed: object) -> HttpResponse:
    user = request.user
    context = {
        "profile": ProfileForm(initial={"name": user.name, "time_zone": user.time_zone}, prefix="profile"),
        "token_form": TokenForm(prefix="token"),
        "tokens": tokens_of(user),
        "second_factor": has_second_factor(user),
        "secret": "",
    }
    return render(request, "golive/accounts/account.html", context | changed, status=status)


@login_required
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    return account_page(request)


@login_required
@require_POST
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST, prefix="profile")
    if not form.is_valid():
        return account_page(request, status=422, profile=form)
    save_profile(request.user, **form.cleaned_data, at=now())
    messages.success(request, _("Saved."))
    return redirect("account")


@login_required
@require_POST
def token_make(request: HttpRequest) -> HttpResponse:
    """The answer itself shows the token: a redirect would have to keep it somewhere."""
    form = TokenForm(request.POST, prefix="token")
    if not form.is_valid():
        return account_page(request, status=422, token_form=form)
    _token, secret = make_token(request.user, name=form.cleaned_data["name"], by=request.user, at=now())
    response = account_page(request, secret=secret)
    response["Cache-Control"] = "no-store, private"
    return response


@login_required
@require_POST
def token_revoke(request: HttpRequest, uid: UUID) -> HttpResponse:
    revoke_token(get_object_or_404(tokens_of(request.user), uid=uid), by=request.user, at=now())
    messages.success(request, _("The token no longer works."))
    return redirect("account")


@require_POST
def become(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """Only in a demo: really signs out, and really signs in as the other person. Nobody acts for anybody."""
    if not settings.DEMO:
        raise Http404
    other = person_named(uid or request.POST.get("person", ""))
    with transaction.atomic():
        if request.user.is_authenticated:
            note("person.signed_out", request.user, by=request.user, at=now())
        logout(request)
        login(request, other, backend=BACKEND)
        note("person.signed_in", other, by=other, at=now())
    return redirect("home")


def person_named(uid: UUID | str) -> User:
    try:
        other = get_object_or_404(User.objects.select_related("organisation"), uid=UUID(str(uid)))
    except ValueError as error:
        raise Http404 from error
    if not may_enter(other):
        raise Http404
    return other
