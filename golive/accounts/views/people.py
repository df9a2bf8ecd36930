"""People, for those who look after them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from golive.accounts.actions import disable_person, invite, set_roles, tell_of_invitation
from golive.accounts.forms import InviteForm, RolesForm
from golive.accounts.models import User
from golive.accounts.queries import leaving_facts, organisations_for, people_for, person_of, role_facts, roles_of
from golive.accounts.rules import may_disable_person, may_see_people, may_set_roles
from golive.accounts.throttle import TooFast
from golive.core.decision import Refused, require
from golive.core.paging import page_of


def open_organisations(user: User):
    return organisations_for(user).filter(disabled_at__isnull=True).order_by("name")


def people_page(request: HttpRequest, *, status: int = 200, **changed: object) -> HttpResponse:
    user = request.user
    context = {
        "people": page_of(people_for(user), request, key=("name", "pk")),
        "invite_form": InviteForm(organisations=open_organisations(user), prefix="invite"),
    }
    return render(request, "golive/accounts/people.html", context | changed, status=status)


@login_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    require(may_see_people(person_of(request.user)))
    return people_page(request)


@login_required
@require_POST
def person_invite(request: HttpRequest) -> HttpResponse:
    require(may_see_people(person_of(request.user)))
    form = InviteForm(request.POST, organisations=open_organisations(request.user), prefix="invite")
    if not form.is_valid():
        return people_page(request, status=422, invite_form=form)
    wanted, who = form.cleaned_data, {"by": request.user, "at": now()}
    try:
        invite(**wanted, **who)
    except Refused as refused:
        tell_of_invitation(refused, wanted["email"], organisation=wanted["organisation"], **who)
        raise
    except TooFast as fast:
        form.add_error(None, fast.text)
        response = people_page(request, status=429, invite_form=form)
        response["Retry-After"] = str(fast.retry_after)
        return response
    messages.success(request, _("The invitation is on its way."))
    return redirect("people_and_organisations")


def person_page(request: HttpRequest, person: User, form: RolesForm, *, status: int = 200) -> HttpResponse:
    looker = person_of(request.user)
    context = {
        "person": person,
        "form": form,
        "set_roles": may_set_roles(looker, role_facts(person, roles_of(person))),
        "disable": may_disable_person(looker, leaving_facts(person)),
    }
    return render(request, "golive/accounts/person.html", context, status=status)


@login_required
def person(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = get_object_or_404(people_for(request.user), uid=uid)
    form = RolesForm(request.POST if request.method == "POST" else None, initial={"roles": sorted(roles_of(found))})
    if request.method != "POST":
        return person_page(request, found, form)
    if not form.is_valid():
        return person_page(request, found, form, status=422)
    set_roles(found, roles=frozenset(form.cleaned_data["roles"]), by=request.user, at=now())
    messages.success(request, _("Roles saved. Sessions and tokens of this person have ended."))
    return redirect("person", uid=uid)


@login_required
@require_POST
def person_disable(request: HttpRequest, uid: UUID) -> HttpResponse:
    disable_person(get_object_or_404(people_for(request.user), uid=uid), by=request.user, at=now())
    messages.success(request, _("This person can no longer sign in."))
    return redirect("people_and_organisations")
