"""The people of one project."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from golive.accounts.actions import invite, tell_of_invitation
from golive.accounts.models import User
from golive.accounts.throttle import TooFast
from golive.core.decision import Refused, require
from projects.portfolio.actions.people import add_member, become_owner
from projects.portfolio.forms.people import MemberAddForm, MemberForm, MemberInviteForm
from projects.portfolio.models.project import Project
from projects.portfolio.queries.leaving import hand_over_decision, removal_decision
from projects.portfolio.queries.people import ownership_decision, people_decision, people_of, person_on_side
from projects.portfolio.queries.projects import head_of, projects_for
from projects.portfolio.queries.roster import roster_check, roster_notices


def people_page(request: HttpRequest, project: Project, *, status: int = 200, **changed: object) -> HttpResponse:
    user = request.user
    members, today, check = list(people_of(project)), timezone.localdate(), roster_check(project)
    context = {
        "sheet": head_of(project, tab="people", today=today),
        "today": today,
        "check": check,
        "notices": roster_notices(project, members, check=check, today=today),
        "project": project,
        "members": members,
        "owns": any(member.user_id == user.pk and member.access == "owner" for member in members),
        "decision": people_decision(user, project),
        "ownership": ownership_decision(user, project),
        "add_form": MemberAddForm(prefix="add"),
        "invite_form": MemberInviteForm(prefix="invite"),
    }
    return render(request, "projects/portfolio/people.html", context | changed, status=status)


@login_required
@require_safe
def people(request: HttpRequest, key: str) -> HttpResponse:
    return people_page(request, get_object_or_404(projects_for(request.user), key=key))


@login_required
@require_POST
def member_add(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    require(people_decision(request.user, project), on=project)
    form = MemberAddForm(request.POST, prefix="add")
    person = person_on_side(project, form.cleaned_data["email"]) if form.is_valid() else None
    if person is None:
        if form.is_valid():
            form.add_error("email", _("Nobody of the customer or the partner has this address. Invite them first."))
        return people_page(request, project, status=422, add_form=form)
    role = {name: form.cleaned_data[name] for name in MemberForm.base_fields}
    add_member(project, user=person, by=request.user, at=timezone.now(), **role)
    messages.success(request, _("%(name)s is on the project.") % {"name": person.name})
    return redirect("people", key=key)


@login_required
@require_POST
def member_invite(request: HttpRequest, key: str) -> HttpResponse:
    """Both or neither: an invitation into one's own organisation, and the place on the project."""
    project = get_object_or_404(projects_for(request.user), key=key)
    require(people_decision(request.user, project), on=project)
    form = MemberInviteForm(request.POST, prefix="invite")
    if not form.is_valid():
        return people_page(request, project, status=422, invite_form=form)
    try:
        invite_to(project, form, request.user, at=timezone.now())
    except TooFast as fast:
        form.add_error(None, fast.text)
        response = people_page(request, project, status=429, invite_form=form)
        response["Retry-After"] = str(fast.retry_after)
        return response
    messages.success(request, _("The invitation is on its way."))
    return redirect("people", key=key)


def invite_to(project: Project, form: MemberInviteForm, by: User, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            invitation = invite(**form.person, organisation=by.organisation, by=by, at=at)
            person = person_on_side(project, invitation.email)
            add_member(project, user=person, by=by, at=at, **form.role)
    except Refused as refused:
        tell_of_invitation(refused, form.person["email"], organisation=by.organisation, by=by, at=at)
        raise


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    row = get_object_or_404(people_of(project), user__uid=uid)
    initial = {name: getattr(row, name) for name in MemberForm.base_fields}
    form = MemberForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        add_member(project, user=row.user, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people", key=key)
    context = {
        "sheet": head_of(project, tab="people", today=timezone.localdate()),
        "member": row,
        "form": form,
        "decision": people_decision(request.user, project),
        "removal": removal_decision(request.user, project, row.user),
        "handing": hand_over_decision(request.user, project, row.user),
    }
    return render(request, "projects/portfolio/member.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def own(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    become_owner(project, by=request.user, at=timezone.now())
    messages.success(request, _("You are an owner of this project now."))
    return redirect("people", key=key)
