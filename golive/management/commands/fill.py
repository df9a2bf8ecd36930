"""Many plain projects at once, to measure with: rows as their acts leave them, but without history."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from golive.accounts.actions import keep_words
from golive.accounts.models import Organisation, OrganisationKind, User
from golive.core.ids import project_key
from projects.methodology.models.course import Phase, Step
from projects.methodology.rules.catalogue import LATEST, Methodology, methodology
from projects.methodology.rules.course import Weighing
from projects.plan.models.onboarding import Onboarding
from projects.portfolio.models.keeping import ProjectWord
from projects.portfolio.models.milestones import Rollout, RolloutMilestone
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import ProjectFacts, ProjectStanding
from projects.portfolio.queries.standing import columns_of, derived, words_of
from projects.portfolio.states import REQUIRED_MILESTONES, Access, Infrastructure, Job, Side

OWNER = "owner@fill.example"
NAMES = ("Aasen Foods", "Birk Timber", "Corvin Tools", "Delmar Shipping", "Eskild Paper", "Falk Motors", "Granly Seeds")
BATCH = 500


class Command(BaseCommand):
    help = "Adds N plain projects, planned and not begun, of one owner: to measure with, never to show."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        owner = owner_of_all()
        with transaction.atomic():
            projects = fill(options["count"], owner=owner)
        self.stdout.write(f"{len(projects)} projects of {owner.email}")


def owner_of_all() -> User:
    known = User.objects.select_related("organisation").filter(email=OWNER).first()
    if known:
        return known
    customer = Organisation.objects.create(name="Fill customer", kind=OrganisationKind.CUSTOMER)
    Organisation.objects.create(name="Fill partner", kind=OrganisationKind.PARTNER)
    owner = User.objects.create_user(OWNER, name="Olga Fyll", organisation=customer, is_org_admin=True)
    keep_words(owner)
    return owner


def fill(count: int, *, owner: User) -> list[Project]:
    """Everything in bulk: a thousand take a few seconds."""
    projects = made_projects(count, owner)
    Membership.objects.bulk_create(
        [
            Membership(project=p, user=owner, side=Side.CUSTOMER, access=Access.OWNER, job=Job.PROJECT_MANAGER)
            for p in projects
        ],
        BATCH,
    )
    Onboarding.objects.bulk_create([Onboarding(project=project) for project in projects], BATCH)
    days = planned(projects, owner)
    lay_courses(projects, methodology(LATEST))
    keep_rows(projects, days)
    return projects


def made_projects(count: int, owner: User) -> list[Project]:
    partner = Organisation.objects.get(name="Fill partner")
    before, keys = Project.objects.count(), set(Project.objects.values_list("key", flat=True))
    rows = []
    for number in range(before, before + count):
        name = f"{NAMES[number % len(NAMES)]} {number}"
        while (key := project_key(name)) in keys:
            pass
        keys.add(key)
        infrastructure = Infrastructure.values[number % 2]
        sides = {"customer": owner.organisation, "partner": partner}
        rows.append(Project(key=key, name=name, infrastructure=infrastructure, created_by=owner, **sides))
    return Project.objects.bulk_create(rows, BATCH)


def planned(projects: list[Project], owner: User) -> list[date]:
    """One rollout each, with every required milestone a fortnight apart."""
    rollouts = Rollout.objects.bulk_create([Rollout(project=project, number=1) for project in projects], BATCH)
    at, today = timezone.now(), timezone.localdate()
    days = [today + timedelta(days=60 + number % 200) for number in range(len(projects))]
    last = len(REQUIRED_MILESTONES) - 1
    rows = [
        RolloutMilestone(
            rollout=rollout, milestone=key, day=day - timedelta(days=14 * (last - place)), set_at=at, set_by=owner
        )
        for rollout, day in zip(rollouts, days, strict=True)
        for place, key in enumerate(REQUIRED_MILESTONES)
    ]
    RolloutMilestone.objects.bulk_create(rows, BATCH)
    return days


def lay_courses(projects: list[Project], texts: Methodology) -> None:
    phases = Phase.objects.bulk_create(
        [
            Phase(project=project, catalogue=texts.version, key=text.id, position=place, gate=text.gate)
            for project in projects
            for place, text in enumerate(texts.phases, start=1)
        ],
        BATCH,
    )
    weighing = Weighing({"has_architect": False})  # nothing else that a condition reads is known of them
    steps = {text.id: [(s.id, n, weighing.of(s)) for n, s in enumerate(text.steps, start=1)] for text in texts.phases}
    rows = [
        Step(project_id=p.project_id, phase=p, key=key, position=n, required=b.required, applies=b.applies, auto=b.auto)
        for p in phases
        for key, n, b in steps[p.key]
    ]
    Step.objects.bulk_create(rows, BATCH)


def keep_rows(projects: list[Project], days: list[date]) -> None:
    """Facts and standing as the acts of planning leave them: `manage.py verify` finds nothing wrong."""
    texts = methodology(LATEST)
    gates = [phase.id for phase in texts.phases if phase.gate]
    ProjectFacts.objects.bulk_create([ProjectFacts(project=p, open_gate_phases=gates) for p in projects], BATCH)
    rows = []
    for project, day in zip(projects, days, strict=True):
        row = ProjectStanding(project=project, phase=texts.phases[0].id, go_live_on=day)
        for name, value in (columns_of(project) | derived(project, row)).items():
            setattr(row, name, value)
        rows.append(row)
    ProjectStanding.objects.bulk_create(rows, BATCH)
    words = [ProjectWord(project=project, word=word) for project in projects for word in words_of(project)]
    ProjectWord.objects.bulk_create(words, BATCH)
