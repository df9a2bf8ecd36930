"""Many plain projects at once, to measure with: rows as their acts leave them, but without history."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction
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
from projects.portfolio.states import REQUIRED_MILESTONES, Access, EngagementType, Infrastructure, Job, Product, Side

OWNER = "owner@fill.example"
NAMES = ("Aasen Foods", "Birk Timber", "Corvin Tools", "Delmar Shipping", "Eskild Paper", "Falk Motors", "Granly Seeds")
PARTNERS, ARCHITECTS, DAYS = 20, 5, 200
BATCH = 500
# Every step, copied in the database from those of a project that is alike: there are very many.
STEPS = """
INSERT INTO "projects_step" ("project_id", "phase_id", {columns})
SELECT "new"."project_id", "new"."id", {selected}
FROM "projects_step" "one"
JOIN "projects_phase" "its" ON "its"."id" = "one"."phase_id"
JOIN "projects_phase" "new" ON "new"."key" = "its"."key"
WHERE "one"."project_id" = %s AND "new"."project_id" IN ({marks})
"""


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
    for number in range(PARTNERS):
        Organisation.objects.create(name=f"Fill partner {number}", kind=OrganisationKind.PARTNER)
    fasttrack = Organisation.objects.create(name="Fill FastTrack", kind=OrganisationKind.FASTTRACK)
    people = [
        User.objects.create_user(
            f"architect{number}@fill.example",
            name=f"Fill architect {number}",
            organisation=fasttrack,
            is_architect=True,
        )
        for number in range(ARCHITECTS)
    ]
    people.append(User.objects.create_user(OWNER, name="Olga Fyll", organisation=customer, is_org_admin=True))
    for person in people:
        keep_words(person)
    return people[-1]


def fill(count: int, *, owner: User) -> list[Project]:
    """Everything in bulk: ten thousand take a minute or two."""
    projects = made_projects(count, owner)
    Membership.objects.bulk_create(
        [
            Membership(project=p, user=owner, side=Side.CUSTOMER, access=Access.OWNER, job=Job.PROJECT_MANAGER)
            for p in projects
        ],
        BATCH,
    )
    onboardings = [Onboarding(project=p, products=products_of(number)) for number, p in enumerate(projects)]
    Onboarding.objects.bulk_create(onboardings, BATCH)
    days = planned(projects, owner)
    keep_rows(projects, days)
    lay_courses(projects, methodology(LATEST))
    return projects


def products_of(number: int) -> list[str]:
    """Every third begins blank, as people leave it; the others have one or both."""
    return [[], [Product.FINANCE_OPERATIONS.value], Product.values][number % 3]


def made_projects(count: int, owner: User) -> list[Project]:
    partners = list(Organisation.objects.filter(name__startswith="Fill partner").order_by("pk"))
    architects = list(User.objects.filter(email__endswith="@fill.example", is_architect=True).order_by("pk"))
    before, keys = Project.objects.count(), set(Project.objects.values_list("key", flat=True))
    rows = []
    for number in range(before, before + count):
        name = f"{NAMES[number % len(NAMES)]} {number}"
        while (key := project_key(name)) in keys:
            pass
        keys.add(key)
        led = number % 4 == 3
        rows.append(
            Project(
                key=key,
                name=name,
                customer=owner.organisation,
                partner=partners[number % PARTNERS],
                infrastructure=Infrastructure.values[number % 2],
                engagement_type=EngagementType.ARCHITECT_LED if led else EngagementType.SELF_SERVICE,
                architect=architects[number % ARCHITECTS] if led else None,
                created_by=owner,
            )
        )
    return Project.objects.bulk_create(rows, BATCH)


def planned(projects: list[Project], owner: User) -> list[date]:
    """One rollout each, with every required milestone a fortnight apart."""
    rollouts = Rollout.objects.bulk_create([Rollout(project=project, number=1) for project in projects], BATCH)
    at, today = timezone.now(), timezone.localdate()
    days = [today + timedelta(days=60 + number % DAYS) for number in range(len(projects))]
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
    """The first of each kind by its rows, those like it from them."""
    phases = Phase.objects.bulk_create(
        [
            Phase(project=project, catalogue=texts.version, key=text.id, position=place, gate=text.gate)
            for project in projects
            for place, text in enumerate(texts.phases, start=1)
        ],
        BATCH,
    )
    own: dict[int, dict[str, Phase]] = {}
    for phase in phases:
        own.setdefault(phase.project_id, {})[phase.key] = phase
    for alike in kinds_of(projects):
        first, *others = alike
        lay_steps(first, own[first.pk], texts)
        for start in range(0, len(others), BATCH):
            copy_steps(first, others[start : start + BATCH])


def kinds_of(projects: list[Project]) -> list[list[Project]]:
    """Those of which everything is the same that a step may depend on."""
    kinds: dict[str, list[Project]] = {}
    for number, project in enumerate(projects):
        kinds.setdefault(str(known_of(project, products_of(number))), []).append(project)
    return list(kinds.values())


def known_of(project: Project, products: list[str]) -> dict[str, Any]:
    known = {
        "has_architect": project.architect_id is not None,
        "has_partner": project.partner_id is not None,
        "engagement_type": project.engagement_type,
        "infrastructure": project.infrastructure,
    }
    return known | ({"products": products} if products else {})


def lay_steps(project: Project, phases: dict[str, Phase], texts: Methodology) -> None:
    weighing = Weighing(known_of(project, project.facts.products))
    rows = [
        Step(
            project=project,
            phase=phases[text.id],
            key=s.id,
            position=n,
            required=b.required,
            applies=b.applies,
            auto=b.auto,
        )
        for text in texts.phases
        for n, s in enumerate(text.steps, start=1)
        for b in [weighing.of(s)]
    ]
    Step.objects.bulk_create(rows)


def copy_steps(first: Project, others: list[Project]) -> None:
    names = [f.column for f in Step._meta.concrete_fields if f.name not in {"id", "project", "phase"}]
    columns, selected = ", ".join(f'"{n}"' for n in names), ", ".join(f'"one"."{n}"' for n in names)
    marks = ", ".join(["%s"] * len(others))
    with connection.cursor() as cursor:
        cursor.execute(
            STEPS.format(columns=columns, selected=selected, marks=marks), [first.pk, *(each.pk for each in others)]
        )


def keep_rows(projects: list[Project], days: list[date]) -> None:
    """Facts and standing as the acts of planning leave them: `manage.py verify` finds nothing wrong."""
    texts = methodology(LATEST)
    gates = [phase.id for phase in texts.phases if phase.gate]
    products = [products_of(number) for number in range(len(projects))]
    facts = [
        ProjectFacts(project=p, open_gate_phases=gates, products=its) for p, its in zip(projects, products, strict=True)
    ]
    ProjectFacts.objects.bulk_create(facts, BATCH)
    rows = []
    for project, day, its in zip(projects, days, products, strict=True):
        row = ProjectStanding(
            project=project,
            phase=texts.phases[0].id,
            go_live_on=day,
            has_fo=Product.FINANCE_OPERATIONS in its,
            has_ce=Product.CUSTOMER_ENGAGEMENT in its,
        )
        for name, value in (columns_of(project) | derived(project, row)).items():
            setattr(row, name, value)
        rows.append(row)
    ProjectStanding.objects.bulk_create(rows, BATCH)
    words = [ProjectWord(project=project, word=word) for project in projects for word in words_of(project)]
    ProjectWord.objects.bulk_create(words, BATCH)
