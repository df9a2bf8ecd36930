"""Accepting an invitation: reading the link changes nothing, the form does; the link works once."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from golive.accounts.actions import accept_invitation
from golive.accounts.forms import AcceptForm
from golive.accounts.models import Invitation, User
from golive.accounts.queries import acceptance_facts, invitation_of
from golive.accounts.rules import may_accept
from golive.core.decision import Refused
from golive.core.refusals import error_page


@never_cache
@require_GET
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    found = invitation_of(secret)
    if refusal := refusal_of(request, found):
        return refusal
    person = User.objects.get(email=found.email)
    form = AcceptForm(person=person, initial={"name": person.name, "time_zone": person.time_zone})
    return accept_page(request, found, form, secret)


@never_cache
@sensitive_post_parameters("password", "invitation")
@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """The secret comes in the body: an address that is refused ends up in logs, with everything in it."""
    secret = request.POST.get("invitation", "")
    found = invitation_of(secret)
    if refusal := refusal_of(request, found):
        return refusal
    form = AcceptForm(request.POST, person=User.objects.get(email=found.email))
    if not form.is_valid():
        return accept_page(request, found, form, secret, status=422)
    try:
        user = accept_invitation(found, **form.cleaned_data, at=now())
    except Refused as refused:
        return gone(request, refused.decision.reasons[0].text)
    get_adapter().login(request, user)
    record_authentication(request, user, "password", email=user.email)
    return redirect(reverse("home"))


def refusal_of(request: HttpRequest, found: Invitation | None) -> HttpResponse | None:
    """Unknown, or somebody else's: 404. Used, replaced or expired: 410. One sentence each."""
    if found is None or (request.user.is_authenticated and request.user.email != found.email):
        what = _("There is no invitation here for you.")
        why = _("If you are signed in as somebody else, sign out first and open the link again.")
        return error_page(request, 404, what=what, why=why)
    decision = may_accept(acceptance_facts(found, at=now()))
    return None if decision else gone(request, decision.reasons[0].text)


def gone(request: HttpRequest, sentence: str) -> HttpResponse:
    return error_page(request, 410, what=sentence, todo=[(_("Sign in"), reverse("account_login"))])


def accept_page(
    request: HttpRequest, found: Invitation, form: AcceptForm, secret: str, *, status: int = 200
) -> HttpResponse:
    context = {"invitation": found, "form": form, "secret": secret, "guidance_from": settings.GUIDANCE_FROM}
    return render(request, "golive/accounts/accept.html", context, status=status)
