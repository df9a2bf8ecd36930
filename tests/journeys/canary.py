"""A project with a canary in every text that belongs to it: whoever meets one elsewhere has met a leak.

It is walked along its acts, so that what is frozen, drawn and mailed carries canaries too; what no act of this walk
writes is laid by hand, and at last each column that has none yet is written over.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from golive.accounts.actions import invite, keep_words, make_token
from golive.accounts.models import ApiToken, IdempotencyKey, Invitation, Organisation, PersonWord, User
from golive.letters.models import LetterRow
from projects.evidence.models import Evidence, EvidenceFile, EvidenceRevision
from projects.methodology.models.course import Phase, PhaseReopening, Step
from projects.methodology.models.custom import CustomMethodology, CustomVersion
from projects.methodology.models.proof import StepEvidence, StepNote
from projects.plan.actions.feeds import make_feed
from projects.plan.actions.onboarding import save_onboarding
from projects.plan.models.feeds import CalendarFeed
from projects.portfolio.actions.projects import keep_project
from projects.portfolio.models.keeping import ProjectMove, SavedView
from projects.portfolio.models.project import Project
from projects.production.actions.clearing import activate_estimate, add_estimate
from projects.production.actions.sandboxes import register_sandbox
from projects.production.actions.serving import comment_on_request
from reviews.assessment.actions.mitigating import accept_plan, open_finding, request_mitigation, submit_plan
from reviews.assessment.actions.reviewing import take_submission
from reviews.assessment.models import Finding, ReviewSuspension
from reviews.report.actions import deliver_report
from tests.builders import make_organisation, make_user
from tests.builders_projects import (
    Cast,
    complete_gate_phases,
    fill_checklist,
    make_project,
    onboard,
    plan_dates,
    reload,
    short_course,
    submit,
)
from tests.journeys.canary_checklist import spoken
from tests.races.stages import conclude, opened_finding, signed_off, stored_report

CANARY = re.compile(r"zqx(\d{3})x", re.IGNORECASE)
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
TEAM = ("owner", "member", "viewer", "partner_member")
# Rows of other apps that belong to the project, its people or their organisations.
BESIDE: dict[type[models.Model], Callable[[Cast], Any]] = {
    ApiToken: lambda cast: ApiToken.objects.filter(user=cast.owner),
    CalendarFeed: lambda cast: CalendarFeed.objects.filter(user=cast.owner),
    CustomMethodology: lambda cast: CustomMethodology.objects.filter(organisation=cast.owner.organisation),
    CustomVersion: lambda cast: CustomVersion.objects.filter(methodology__organisation=cast.owner.organisation),
    IdempotencyKey: lambda cast: IdempotencyKey.objects.filter(user=cast.owner),
    Invitation: lambda cast: Invitation.objects.filter(organisation=cast.owner.organisation),
    LetterRow: lambda cast: LetterRow.objects.filter(recipient=cast.owner),
    Organisation: lambda cast: Organisation.objects.filter(people__in=team_of(cast)),
    PersonWord: lambda cast: PersonWord.objects.filter(user__in=team_of(cast)),
    Project: lambda cast: Project.objects.filter(pk=cast.project.pk),
    SavedView: lambda cast: SavedView.objects.filter(user=cast.owner),
    User: lambda cast: User.objects.filter(pk__in=[person.pk for person in team_of(cast)]),
}


class Canaries:
    """One number a column, so that a leak names its column."""

    def __init__(self) -> None:
        self.columns: dict[str, str] = {}

    def of(self, column: str) -> str:
        number = next((number for number, known in self.columns.items() if known == column), None)
        number = number or f"{100 + len(self.columns)}"
        self.columns[number] = column
        return f"zqx{number}x"

    def met_in(self, text: str) -> set[str]:
        return {self.columns.get(number, number) for number in CANARY.findall(text)}


def team_of(cast: Cast) -> list[User]:
    return [getattr(cast, name) for name in TEAM]


def path_to_project(model: type[models.Model], seen: frozenset[str] = frozenset()) -> str:
    """The shortest lookup that leads from every row to its project; nothing where there is none."""
    paths = []
    for field in model._meta.concrete_fields:
        other = None if field.null else field.related_model
        if other is Project:
            return field.name
        if other and other._meta.app_label in ("projects", "reviews") and other._meta.label not in seen:
            rest = path_to_project(other, seen | {model._meta.label})
            paths += [f"{field.name}__{rest}"] if rest else []
    return min(paths, key=len, default="")


def rows_of(cast: Cast) -> Iterator[tuple[type[models.Model], Any]]:
    """Every model of ours with the rows that belong to the project, found by its relations or named above."""
    for app in ("projects", "reviews", "accounts", "letters"):
        for model in apps.get_app_config(app).get_models():
            if find := BESIDE.get(model):
                yield model, find(cast)
            elif path := path_to_project(model):
                yield model, model._default_manager.filter(**{path: cast.project})


def texts_of(model: type[models.Model]) -> list[models.Field]:
    """Columns that hold what somebody wrote: no choice of ours."""
    return [field for field in model._meta.concrete_fields if isinstance(field, TEXTS) and not field.choices]


def name_of(field: models.Field) -> str:
    return f"{field.model.__name__}.{field.name}"


def value_for(field: models.Field, pk: Any, canaries: Canaries) -> str:
    word = f"{canaries.of(name_of(field))}{pk}" if (field.max_length or 99) >= 20 else canaries.of(name_of(field))
    if isinstance(field, models.EmailField):
        return f"{word}@example.com"
    return f"https://{word}.example/" if isinstance(field, models.URLField) else word


def sow(
    cast: Cast, canaries: Canaries, left_out: set[str], unguarded: Callable[[], AbstractContextManager[None]]
) -> None:
    """Writes over every text that is no canary yet, and fills columns that hold none at all; no guard stops it."""
    with unguarded():
        for model, rows in rows_of(cast):
            for field in texts_of(model):
                if name_of(field) not in left_out and not isinstance(field, models.JSONField):
                    sow_column(model, field, rows, canaries)


def sow_column(model: type[models.Model], field: models.Field, rows: Any, canaries: Canaries) -> None:
    values = dict(rows.order_by().distinct().values_list("pk", field.name))
    has_one = any(CANARY.search(value) for value in values.values())
    for pk, value in values.items():
        if not CANARY.search(value) and (value or not has_one):
            model._default_manager.filter(pk=pk).update(**{field.name: value_for(field, pk, canaries)})


def begun(canaries: Canaries) -> Cast:
    """Its names are canaries before anything is written that repeats them."""
    owner = make_user("Owner", organisation=make_organisation("customer"), is_org_admin=True, joined_at=timezone.now())
    course = short_course(owner, old="Hold the kick-off", new=canaries.of("CustomVersion.content"))
    name = canaries.of("Project.name") + " Dairy"
    cast = make_project(name, infrastructure="microsoft_managed", owner=owner, methodology=course)
    for person in team_of(cast):
        person.name = f"{canaries.of('User.name')}{person.pk}"
        person.email = f"{canaries.of('User.email')}{person.pk}@example.com"
        person.save(update_fields=["name", "email"])
        keep_words(person)
        person.organisation.name = f"{canaries.of('Organisation.name')}{person.organisation_id}"
        person.organisation.save(update_fields=["name"])
    cast.project = reload(cast.project)
    keep_project(cast.project)
    return cast


def walked(cast: Cast, canaries: Canaries) -> None:
    """From the plan to a production request that is signed off, with texts of its people on the way."""
    at, soon = timezone.now(), timezone.localdate() + timedelta(days=7)
    plan_dates(cast)
    onboard(cast)
    licences = [{"type": canaries.of("Onboarding.licences"), "count": 3}]
    save_onboarding(cast.project, by=cast.owner, at=at, licences=licences)
    place = canaries.of("Sandbox.location")
    said = {"name": canaries.of("Sandbox.name"), "tier": 2, "purpose": "acceptance", "version": "10.0.42"}
    register_sandbox(cast.project, **said, location=place, by=cast.owner, at=at)
    estimate = add_estimate(cast.project, name=canaries.of("Estimate.name"), user_count=120, by=cast.owner, at=at)
    activate_estimate(estimate, by=cast.owner, at=at)
    complete_gate_phases(cast)
    said_so = {"value": "yes", "note": canaries.of("Answer.content")}
    fill_checklist(cast, SC_02=said_so)
    spoken(cast, canaries.of)
    review = take_submission(submit(cast), by=cast.architect, at=at)
    words = {name: canaries.of(f"Finding.{name}") for name in ("title", "detail", "mitigation")}
    finding = opened_finding(review, by=cast.architect, kind="risk", severity="high", topic="SC", **words)
    for draft in Finding.objects.filter(review=review, state="draft"):
        open_finding(draft, by=cast.architect, at=at)
    stored_report(deliver_report(review, by=cast.architect, at=at))
    request_mitigation(finding, by=cast.architect, at=at, ask=canaries.of("MitigationRound.ask"), until=soon)
    what, owner = canaries.of("MitigationPlan.what"), canaries.of("MitigationPlan.owner")
    submit_plan(finding, what=what, owner=owner, due_on=soon, by=cast.member, at=at)
    accept_plan(finding, by=cast.architect, at=at, reply=canaries.of("PlanDecision.reply"))
    stored_report(deliver_report(review, by=cast.architect, at=at))
    conclude(review, by=cast.architect)
    cast.project = reload(cast.project)
    service = signed_off(cast)
    comment_on_request(service, text=canaries.of("RequestComment.text"), by=cast.owner, at=at)


def laid(cast: Cast, canaries: Canaries) -> str:
    """One row of each kind that the walk does not leave, as its act would; answers the secret of a calendar."""
    by, at, project = cast.owner, timezone.now(), cast.project
    file = EvidenceFile.objects.create(project=project, sha256="a" * 64, size=1, media_type="text/plain", stored_at=at)
    evidence = Evidence.objects.create(project=project, title="t", added_at=at, added_by=by)
    named = {"file": file, "name": canaries.of("EvidenceRevision.name") + ".txt"}
    EvidenceRevision.objects.create(evidence=evidence, number=1, by=by, at=at, **named)
    link = Evidence.objects.create(project=project, title="t", added_at=at, added_by=by)
    url = f"https://{canaries.of('EvidenceRevision.url')}.example/"
    EvidenceRevision.objects.create(evidence=link, number=1, by=by, at=at, url=url)
    step = Step.objects.filter(project=project).first()
    StepEvidence.objects.create(step=step, evidence=evidence, added_by=by, added_at=at)
    StepNote.objects.create(step=step, text="t", by=by, at=at)
    PhaseReopening.objects.create(phase=Phase.objects.filter(project=project).first(), because="t", by=by, at=at)
    ProjectMove.objects.create(project=project, verb="pause", because="t", by=by, at=at)
    ReviewSuspension.objects.create(review=project.reviews.first(), because="changed", by=by, at=at)
    SavedView.objects.create(user=by, name="t", query="q=t", created_at=at)
    make_token(by, name="t", by=by, at=at)
    IdempotencyKey.objects.create(user=by, route="t", key="t", digest="a" * 64, status=200, body="t")
    invite("t@example.com", name=canaries.of("User.name"), organisation=by.organisation, by=by, at=at)
    return make_feed(by, project=project, at=at)[1]
