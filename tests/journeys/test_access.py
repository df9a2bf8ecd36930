"""The access matrix, driven: each door by GET as every kind of person, and what mutates refused by GET and HEAD."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from projects.evidence.actions.evidence import add_evidence
from projects.evidence.queries.files import checked
from projects.methodology.models.course import Phase
from projects.methodology.models.custom import CustomVersion
from projects.production.actions.sandboxes import register_sandbox
from projects.production.models.clearance import Estimate
from projects.production.models.request import ServiceRequest
from reviews.assessment.models import Finding, Review
from reviews.report.models import Report
from tests.access import DOORS
from tests.builders import client_of, make_user
from tests.builders_projects import Cast
from tests.projects.checklist.holding import hold
from tests.races.stages import concluded, signed_off, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Doors whose address is a secret, or about no project: their own tests open them.
ELSEWHERE = {"invitation", "invitation_accept", "demo_become", "demo_switch", "account_token_revoke"}
ELSEWHERE |= {"calendar_feed", "calendar_feed_revoke", "api_calendar_feed"}
# A stored file, which the stage has not drawn.
NOT_DRAWN = {"report_pdf", "api_report_pdf"}
SANDBOX = {"name": "Acceptance", "tier": 2, "purpose": "acceptance", "location": "North Europe", "version": "10.0.42"}
VERBS = {"finding_act": "dismiss", "api_finding_act": "dismiss", "settle_letter": "leave", "settle_work": "leave"}
VERBS |= {"estimate_act": "activate", "service_request_act": "deny", "project_move": "archive"}
ROLES = ("anonymous", "member", "viewer", "stranger", "architect", "lead", "engineer", "administrator")


@dataclass
class Stage:
    """A project with everything a door may be about, and a browser for each role."""

    parts: dict[str, Any]
    uids: dict[str, Any]
    browsers: dict[str, Client]

    def address(self, name: str) -> str:
        wanted = next(parts for possible in get_resolver().reverse_dict.getlist(name) for _route, parts in possible[0])
        parts = self.parts | {"uid": self.uids[name], "verb": VERBS.get(name, "start")}
        return reverse(name, kwargs={part: parts[part] for part in wanted})

    def answer(self, role: str, method: str, name: str) -> Any:
        """A call with all its formalities, so that only the person can be what is wrong with it."""
        ask, address = getattr(self.browsers[role], method.lower()), self.address(name)
        if not name.startswith("api_"):
            return ask(address, {}) if method == "POST" else ask(address)
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": '"0"'}
        return ask(address, "{}", content_type="application/json", headers=headers)


def uids_of(cast: Cast, review: Review, service: ServiceRequest) -> dict[str, Any]:
    """What each door that takes a uid is about, by the door's name."""
    finding, report = Finding.objects.filter(review=review).first(), Report.objects.get(order__review=review)
    sandbox = register_sandbox(cast.project, **SANDBOX, by=cast.owner, at=timezone.now())
    minutes = checked(SimpleUploadedFile("minutes.txt", b"As planned."))
    evidence = add_evidence(cast.project, title="Minutes", file=minutes, by=cast.owner, at=timezone.now())
    own = CustomVersion.objects.get(uid=Phase.objects.filter(project=cast.project)[0].catalogue).methodology
    things = {
        **dict.fromkeys(("evidence", "api_evidence", "step_detach", "api_step_detach"), evidence),
        **dict.fromkeys(("own_methodology", "api_own_methodology"), own),
        **dict.fromkeys(("methodology_", "api_methodology_", "draft_", "api_draft_"), own),
        "sandbox": sandbox,
        "api_sandbox": sandbox,
        "estimate": Estimate.objects.get(project=cast.project),
        "api_estimate": Estimate.objects.get(project=cast.project),
        "api_service_request": service,
        "api_request": service,
        "review": review,
        "api_review": review,
        "api_findings": review,
        "api_reports": review,
        "api_report_deliver": review,
        "finding": finding,
        "finding_add": review,
        "api_finding": finding,
        "report": report,
        "api_report_pdf": report,
        "person": cast.member,
        "api_invitations": cast.member.organisation,
        "member": cast.member,
        "api_member": cast.member,
        "settle": report,
        "organisation": cast.owner.organisation,
        "api_organisation": cast.owner.organisation,
    }
    longest_first = sorted(things, key=len, reverse=True)
    return {
        name: next((things[start].uid for start in longest_first if name.startswith(start)), report.uid)
        for name in DOORS
    }


@pytest.fixture
def stage() -> Stage:
    cast = submitted()
    review = concluded(cast)
    service = signed_off(cast)
    hold(cast)
    people = {role: getattr(cast, role) for role in ROLES if hasattr(cast, role)}
    people["administrator"] = make_user("Ada", organisation=cast.architect.organisation, is_administrator=True)
    uids = uids_of(cast, review, service)
    parts = {
        "key": cast.key,
        "number": 1,
        "other": 1,
        "phase": "analysis",
        "step": "A02",
        "place": "overview",
        "question": "SC-02",
        "topic": "SC",
        "contradiction": "CO-09",
        "milestone": "go_live",
        "form": "csv",
        "way": "up",
        "pk": 1,
    }
    browsers = {role: client_of(person) for role, person in people.items()} | {"anonymous": Client()}
    return Stage(parts, uids, browsers)


def is_open(response: Any) -> bool:
    """Something else than 401, 404 or the sign-in page: what is behind the door may still be refused."""
    sent_away = response.status_code == 302 and "/account/login" in response["Location"]
    return not sent_away and response.status_code not in {401, 404}


def test_each_door_is_open_to_whom_its_row_says(stage):
    said, found = {}, {}
    for name, door in DOORS.items():
        if "GET" not in door.methods.split() or name in ELSEWHERE | NOT_DRAWN:
            continue
        address = stage.address(name)
        said[name] = sorted(door.who)
        found[name] = sorted(role for role in ROLES if is_open(stage.browsers[role].get(address)))

    assert found == said


def test_what_only_mutates_answers_neither_get_nor_head(stage):
    wrong = []
    for name, door in DOORS.items():
        if "GET" in door.methods.split() or name in ELSEWHERE:
            continue
        for role in ("member", "administrator"):
            for method in ("get", "head"):
                status = getattr(stage.browsers[role], method)(stage.address(name)).status_code
                wrong += [(name, role, method, status)] if status not in {404, 405} else []

    assert wrong == []


def test_nobody_without_a_right_gets_through_by_posting(stage):
    wrong = []
    for name, door in DOORS.items():
        methods = [method for method in door.methods.split() if method != "GET"]
        if name in ELSEWHERE:
            continue
        for role in set(ROLES) - door.who:
            for method in methods:
                answer = stage.answer(role, method, name)
                wrong += [(name, role, method, answer.status_code)] if is_open(answer) else []

    assert wrong == []
