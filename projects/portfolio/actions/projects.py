"""Acts on a project itself. `lock` comes first in every act of every slice."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from golive.accounts.models import Organisation, OrganisationKind, User
from golive.audit.actions import record
from golive.audit.models import AuditRow
from golive.core.decision import require
from golive.core.ids import project_key
from golive.letters.actions import send_letter
from golive.outbox.actions import announce
from projects.portfolio.models.keeping import ProjectWord
from projects.portfolio.models.milestones import Rollout
from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import ProjectFacts, ProjectStanding
from projects.portfolio.queries.people import onlooker, people_of
from projects.portfolio.queries.standing import columns_of, derived, words_of
from projects.portfolio.rules.projects import PartnerFacts, may_set_partner
from projects.portfolio.states import Side


def lock(project: Project) -> Project:
    """Every governed act serialises on the project row: what it reads afterwards stays true until it commits.

    The facts are locked with it: after a wait, PostgreSQL reads anew only what it locks. A row that is joined and not
    locked is as old as the question, so everything else is asked for where it is needed.
    """
    there = Project.objects.filter(facts__isnull=False)  # no lock on an outer join
    return there.select_for_update(of=("self", "facts")).select_related("facts").get(pk=project.pk)


def note(project: Project, *, row: ProjectStanding | None = None, **columns: Any) -> ProjectStanding:
    """Keeps columns of the standing, and with them those that follow from the row. Each column has one writer.

    `row` spares a query where the caller has read it since the project was locked and called no other action since.
    """
    row = row or ProjectStanding.objects.get(project=project)
    for name, value in columns.items():
        setattr(row, name, value)
    follows = derived(project, row)
    for name, value in follows.items():
        setattr(row, name, value)
    row.save(update_fields=[*columns, *follows])
    return row


def know(project: Project, **facts: Any) -> bool:
    """Keeps facts for rules in lower slices. True when one of them changed: `tell_of_facts` is due then."""
    row = ProjectFacts.objects.get(project=project)
    changed = any(getattr(row, name) != value for name, value in facts.items())
    if changed:
        ProjectFacts.objects.filter(project=project).update(**facts)
    return changed


def tell_of_facts(project: Project, changed: bool, *, after: AuditRow) -> None:
    """Whoever judges by the facts of a project hears that one of them changed."""
    if changed:
        announce("facts.changed", after=after, project=project.key)


def make_project_row(*, by: User, at: datetime, **fields: Any) -> Project:
    """The bare rows of a project. The key is three random signs behind the name; a taken one is drawn again."""
    while True:
        try:
            with transaction.atomic():
                project = Project.objects.create(
                    key=project_key(fields["name"]), created_by=by, created_at=at, **fields
                )
            break
        except IntegrityError as error:
            if "key" not in str(error):
                raise
    Rollout.objects.create(project=project, number=1)
    ProjectFacts.objects.create(project=project)
    keep_project(project)
    return project


def keep_project(project: Project) -> None:
    """What lists and the search know of the project itself, after any of it changed."""
    row = ProjectStanding.objects.filter(project=project).first() or ProjectStanding(project=project)
    for name, value in columns_of(project).items():
        setattr(row, name, value)
    for name, value in derived(project, row).items():
        setattr(row, name, value)
    row.save()
    known, wanted = set(project.words.values_list("word", flat=True)), set(words_of(project))
    project.words.filter(word__in=known - wanted).delete()
    ProjectWord.objects.bulk_create(ProjectWord(project=project, word=word) for word in sorted(wanted - known))


@transaction.atomic
def set_partner(project: Project, partner: Organisation | None, *, by: User, at: datetime) -> Project:
    """Another partner, or none. Whoever calls says so to those who read facts; the same one again changes nothing."""
    project = lock(project)
    if partner == project.partner:
        return project
    facts = PartnerFacts(
        project_state=project.state,
        project_key=project.key,
        known=partner is None or (partner.kind == OrganisationKind.PARTNER and partner.disabled_at is None),
        left=people_of(project).filter(side=Side.PARTNER).count(),
    )
    require(may_set_partner(onlooker(by, project), facts), on=project)
    was, project.partner = project.partner, partner
    project.save(update_fields=["partner"])
    keep_project(project)
    told = [{"partner": each.uid if each else None} for each in (was, partner)]
    record(project.chain, by, "project.partner_set", project, at=at, before=told[0], after=told[1])
    return project


def write_letter(
    project: Project, letter: str, *, to: Iterable[User], page: str, cycle: str, at: datetime, **words: str
) -> int:
    """Queues a letter about a project; `page` is the URL name of the project's page that it leads to."""
    return send_letter(
        letter,
        to=to,
        words={"project": project.name, **words},
        matter=project.chain,
        cycle=cycle,
        url=settings.SITE_URL + reverse(page, kwargs={"key": project.key}),
        at=at,
    )
