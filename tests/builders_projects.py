"""A project with people in fixed roles, and helpers that walk it along its legal acts, never around them."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.utils import timezone

from golive.accounts.models import OrganisationKind, User
from golive.core.digests import canonical, digest_of_text
from projects.checklist.actions.answering import save_answer
from projects.checklist.actions.header import save_header
from projects.checklist.actions.rounds import submit_checklist
from projects.checklist.models.submission import Submission
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.answers import counts_as_answered, read_answer
from projects.checklist.rules.header import HeaderContent, RolloutLine
from projects.checklist.rules.questions import Question
from projects.methodology.actions.phases import complete_phase
from projects.methodology.actions.steps import mark_step
from projects.methodology.models.custom import CustomMethodology, CustomVersion
from projects.methodology.queries.course import course_of
from projects.methodology.rules.catalogue import LATEST
from projects.plan.actions.milestones import set_milestones
from projects.plan.actions.onboarding import complete_onboarding, save_onboarding
from projects.plan.actions.starting import start_project
from projects.portfolio.actions.people import add_member
from projects.portfolio.models.project import Project
from tests.builders import client_of, make_organisation, make_user

GO_LIVE_IN = 60
# Nothing is lacking, and everything is in view that depends on what a project has.
ONBOARDING: dict[str, Any] = {
    "vision": "One set of books.",
    "user_count": 120,
    "licences": [{"type": "finance", "count": 120}],
    "products": ["fo"],
    "scope": [],
    "country_count": 1,
    "has_customizations": True,
    "has_isv": True,
    "isv_names": "Nordic Labels",
    "has_integrations": True,
    "integration_count": 4,
    "has_database_copy": True,
    "upgrade_from": "none",
    "tracking_choice": "none",
    "contact_choice": "everybody",
}
HEADER = HeaderContent(
    "HD-17", "Two ledgers of the nineties", (RolloutLine(users=120, areas="Finance", places="Norway, Halden Dairy AS"),)
)
SHORT_COURSE = Path(__file__).parent / "short_course.toml"


@dataclass
class Cast:
    """One project and everybody who looks at it, each in one role.

    owner: of the customer, organisation administrator, project manager, stakeholder. member, viewer: of the customer.
    partner_member: of the partner, stakeholder. stranger: of an organisation that has nothing to do with the project.
    """

    project: Project
    owner: User
    member: User
    viewer: User
    partner_member: User
    stranger: User
    architect: User
    lead: User
    engineer: User

    @property
    def key(self) -> str:
        return self.project.key


def make_project(
    name: str = "Halden Dairy", *, infrastructure: str = "self_service", owner: User | None = None, **fields: Any
) -> Cast:
    """Started by its owner on the short methodology; nothing is planned yet."""
    customer = owner.organisation if owner else make_organisation(OrganisationKind.CUSTOMER)
    partner = fields.pop("partner", None) or make_organisation(OrganisationKind.PARTNER)
    owner = owner or make_user("Sigrid Aas", organisation=customer, is_org_admin=True, joined_at=timezone.now())
    fields.setdefault("methodology", short_course(owner))
    project = start(name, infrastructure=infrastructure, owner=owner, partner=partner, **fields)
    at = timezone.now()
    member = make_user("Jonas Lind", organisation=customer, joined_at=at)
    viewer = make_user("Erik Halden", organisation=customer, joined_at=at)
    partner_member = make_user("Marta Kjeldsen", organisation=partner, joined_at=at)
    add_member(project, user=owner, by=owner, at=at, access="owner", job="project_manager", stakeholder=True)
    add_member(project, user=member, by=owner, at=at, job="test_lead")
    add_member(project, user=viewer, by=owner, at=at, access="viewer")
    add_member(project, user=partner_member, by=owner, at=at, job="functional_lead", stakeholder=True)
    return Cast(project, owner, member, viewer, partner_member, **outsiders())


def short_course(owner: User, *, old: str = "", new: str = "") -> str:
    """Three phases of three steps: most tests need phases, and few all the steps. The supplied one is LATEST."""
    text = SHORT_COURSE.read_text()
    draft = tomllib.loads(text.replace(old, new) if old else text)
    content = canonical(draft)
    who = {"changed_by": owner, "changed_at": timezone.now()}
    mine = CustomMethodology.objects.create(
        organisation=owner.organisation, name=f"Short {uuid4()}", based_on=LATEST, draft=draft, **who
    )
    version = CustomVersion.objects.create(
        methodology=mine,
        number=1,
        content=content,
        sha256=digest_of_text(content),
        published_at=who["changed_at"],
        published_by=owner,
    )
    return str(version.uid)


def outsiders() -> dict[str, User]:
    fasttrack = make_organisation(OrganisationKind.FASTTRACK)
    engineering = make_organisation(OrganisationKind.ENGINEERING)
    return {
        "stranger": make_user("Olaf Fremd", organisation=make_organisation(OrganisationKind.CUSTOMER)),
        "architect": make_user("Imke Voss", organisation=fasttrack, is_architect=True),
        "lead": make_user("Nadia Rahal", organisation=fasttrack, is_lead=True),
        "engineer": make_user("Henrik Dal", organisation=engineering, is_engineer=True),
    }


def start(name: str, *, owner: User, infrastructure: str = "self_service", **fields: Any) -> Project:
    """The project alone, for lists of many."""
    fields.setdefault("at", timezone.now())
    return start_project(
        by=owner, name=name, infrastructure=infrastructure, customer=owner.organisation, job="project_manager", **fields
    )


def reload(project: Project) -> Project:
    """As a page reads it: with its standing and facts as they are now."""
    return Project.objects.select_related("customer", "partner", "architect", "standing", "facts").get(pk=project.pk)


def plan_dates(cast: Cast, *, go_live_in: int = GO_LIVE_IN, today: date | None = None) -> dict[str, date]:
    """Every required milestone, a fortnight apart, go-live last."""
    go_live = (today or timezone.localdate()) + timedelta(days=go_live_in)
    back = {"analysis_end": 42, "design_develop_end": 28, "test_end": 14, "go_live": 0}
    days = {key: go_live - timedelta(days=n) for key, n in back.items()}
    set_milestones(cast.project, days, by=cast.owner, at=timezone.now())
    return days


def onboard(cast: Cast) -> None:
    """Needs the dates of `plan_dates`."""
    describe(cast)
    complete_onboarding(cast.project, by=cast.owner, at=timezone.now())


def describe(cast: Cast, **different: Any) -> None:
    """Everything that onboarding asks, but for the dates."""
    partner = {"partner_choice": "named" if cast.project.partner_id else "none"}
    save_onboarding(cast.project, by=cast.owner, at=timezone.now(), **ONBOARDING | partner | different)


def do_steps(cast: Cast, phase: str) -> None:
    """Every required step of a phase that people mark, each after those it requires."""
    at = timezone.now()
    course = course_of(cast.project)
    for step in course.steps_in(course.phase(phase)):
        if step.required and not step.auto and step.state == "open":
            mark_step(cast.project, step.key, by=cast.member, at=at)


def complete_gate_phases(cast: Cast) -> None:
    """Needs `plan_dates` and `onboard`, which tick the steps of the system."""
    for key in course_of(cast.project).texts.gate_phases:
        do_steps(cast, key)
        complete_phase(cast.project, key, by=cast.owner, at=timezone.now())


def fill_checklist(cast: Cast, *, by: User | None = None, **values: Any) -> None:
    """A good answer to every visible question; `values` by question id with `_` for `-`: SC_02="no"."""
    by, at = by or cast.member, timezone.now()
    asked = {key.replace("_", "-"): value for key, value in values.items()}
    while True:
        sheet = sheet_of(reload(cast.project), at=at)
        todo = [q for q in sheet.questions if not counts_as_answered(sheet.answers[q.id])]
        if not todo:
            break
        for question in todo:
            raw = asked.get(question.id, good_answer(question, cast))
            raw = raw if isinstance(raw, dict) else {"value": raw}
            content = read_answer(question, raw, today=timezone.localdate())
            revision = sheet.rows[question.id].revision if question.id in sheet.rows else 0
            save_answer(cast.project, question.id, content, revision=revision, by=by, at=at)
    complete_header(cast, by)


def complete_header(cast: Cast, person: User) -> None:
    """Nothing is lacking in the header, and this person completed the checklist."""
    at, project = timezone.now(), reload(cast.project)
    if not project.onboarding.licences:
        save_onboarding(project, by=cast.owner, at=at, licences=ONBOARDING["licences"])
    revision = sheet_of(project, at=at).header_revision
    save_header(project, HEADER, completed_by=person, revision=revision, by=person, at=at)


def good_answer(question: Question, cast: Cast) -> Any:
    known: dict[str, Callable[[], Any]] = {
        "date": lambda: go_live_day(cast),
        "number": lambda: "90",
        "percent": lambda: "100",
        "multi": lambda: ["none"] if "none" in question.options else [question.options[0]],
        "single": lambda: question.options[0],
        "text": lambda: "As planned.",
        "file_or_text": lambda: "As planned.",
    }
    return known[question.answer]() if question.answer in known else "yes"


def go_live_day(cast: Cast) -> str:
    day = reload(cast.project).standing.go_live_on or timezone.localdate() + timedelta(days=GO_LIVE_IN)
    return day.isoformat()


def submit(cast: Cast, *, by: User | None = None) -> Submission:
    """Needs `fill_checklist`."""
    return submit_checklist(cast.project, by=by or cast.owner, at=timezone.now())


def submitted_project(**fields: Any) -> Cast:
    """Planned, onboarded, gate phases complete, checklist filled in and submitted."""
    cast = make_project(**fields)
    plan_dates(cast)
    onboard(cast)
    complete_gate_phases(cast)
    fill_checklist(cast)
    submit(cast)
    cast.project = reload(cast.project)
    return cast


# --- calls of the API: a signed-in client, and a new key with each call that decides ---
def call(user: User, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
    """`path` below /api/v1/."""
    given = {"Idempotency-Key": str(uuid4())} if method == "post" else {}
    send = getattr(client_of(user), method)
    extra = {} if body is None else {"data": body}
    return send(f"/api/v1/{path}", content_type="application/json", headers=given | headers, **extra)


def codes_of(response: HttpResponse) -> list[str]:
    """The codes of a refusal of the API."""
    return [reason["code"] for reason in response.json()["reasons"]]
