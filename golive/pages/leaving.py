"""Somebody leaves a project, or hands it over: what still names them, in every slice, is told before it is done."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, StrictSerializer, decision_json
from golive.core.decision import require
from projects.checklist.queries.assigning import count_assigned
from projects.checklist.queries.rounds import is_completed_by
from projects.portfolio.actions.people import hand_over, remove_member
from projects.portfolio.forms.people import HandOverForm
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.leaving import hand_over_decision, removal_decision, successors_of
from projects.portfolio.queries.people import people_of
from projects.portfolio.queries.projects import head_of, projects_for
from projects.portfolio.states import Access

KEPT = [(access.value, access.label) for access in Access if access != Access.OWNER]


def duties_of(project: Project, member: Membership) -> Iterator[str]:
    """What somebody was named for, and nobody takes over by itself."""
    if member.job:
        yield str(member.get_job_display())
    if member.stakeholder:
        yield _("Key stakeholder")
    if member.primary_contact:
        yield _("Primary contact")
    if is_completed_by(project, member.user):
        yield _("The checklist names them as who completed it")
    if count := count_assigned(project, member.user):
        words = ngettext(
            "Asked to answer %(count)d topic or question", "Asked to answer %(count)d topics or questions", count
        )
        yield words % {"count": count}


def found(user: Any, key: str, uid: UUID) -> tuple[Project, Membership]:
    project = get_object_or_404(projects_for(user), key=key)
    return project, get_object_or_404(people_of(project), user__uid=uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_remove(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    """Asks once, then does it."""
    project, row = found(request.user, key, uid)
    if request.method == "POST":
        remove_member(project, user=row.user, by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s is no longer on the project.") % {"name": row.user.name})
        return redirect("people", key=key)
    context = question(project, row, _("Remove %(name)s from the project?"), "member_remove") | {
        "label": _("Remove"),
        "decision": removal_decision(request.user, project, row.user),
    }
    return render(request, "projects/portfolio/member_leaves.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_hand_over(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    """Names the successor first: so a project never stands without an owner."""
    project, row = found(request.user, key, uid)
    sent = request.POST if request.method == "POST" else None
    if sent is not None:
        require(hand_over_decision(request.user, project, row.user), on=project)
    form = HandOverForm(sent, successors=successors_of(project, row.user))
    if form.is_valid():
        to, stays_as = form.successor, form.cleaned_data["stays_as"]
        hand_over(project, owner=row.user, to=to, by=request.user, at=timezone.now(), stays_as=stays_as)
        messages.success(request, _("%(name)s owns the project now.") % {"name": to.name})
        return redirect("people", key=key)
    context = question(project, row, _("Who takes over from %(name)s?"), "member_hand_over") | {
        "label": _("Hand over"),
        "decision": hand_over_decision(request.user, project, row.user),
        "form": form,
    }
    return render(request, "projects/portfolio/member_leaves.html", context, status=422 if form.is_bound else 200)


def question(project: Project, row: Membership, title: str, page: str) -> dict[str, Any]:
    duties = ", ".join(duties_of(project, row))
    happens = _("Who leaves no longer sees the project. What they did stays in its history.")
    facts = [
        (_("What happens"), happens),
        *([(_("Nobody does this afterwards"), duties)] if duties else []),
        (_("Way back"), _("An owner can add them again.")),
    ]
    return {
        "sheet": head_of(project, tab="people", today=timezone.localdate()),
        "title": title % {"name": row.user.name},
        "facts": facts,
        "url": reverse(page, kwargs={"key": project.key, "uid": row.user.uid}),
        "cancel": reverse("people", kwargs={"key": project.key}),
    }


class HandOverBody(StrictSerializer):
    to = serializers.UUIDField()
    stays_as = serializers.ChoiceField(choices=KEPT, default="", allow_blank=True)


class HandOverView(DecidingView):
    @extend_schema(operation_id="member_duties", responses=SHOWN)
    def get(self, request: Request, key: str, uid: UUID) -> Response:
        """What this person is named for, and whether the project may be handed over."""
        project, row = found(request.user, key, uid)
        actions = {"hand_over": decision_json(hand_over_decision(request.user, project, row.user), request)}
        return Response({"duties": list(duties_of(project, row)), "actions": actions})

    @extend_schema(operation_id="member_hand_over", request=HandOverBody, responses={204: None})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, row = found(request.user, kwargs["key"], kwargs["uid"])
        require(hand_over_decision(request.user, project, row.user), on=project)
        body = HandOverBody(data=request.data)
        body.is_valid(raise_exception=True)
        people = {one.user.uid: one.user for one in people_of(project)}
        to = people.get(body.validated_data["to"])
        if to is None:
            raise serializers.ValidationError({"to": [_("Nobody on this project has this id.")]}, code="unknown_person")
        stays_as = body.validated_data["stays_as"]
        hand_over(project, owner=row.user, to=to, by=request.user, at=timezone.now(), stays_as=stays_as)
        return Response(status=204)
