"""Acts on a project itself and on its people. `lock` comes first in every act of every slice."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import Decision, Reason, require
from golive.core.ids import project_key
from golive.letters.actions import send_letter
from projects.portfolio.models import Membership, Project, ProjectFacts, ProjectStanding, Rollout
from projects.portfolio.queries import derived, onlooker
from projects.portfolio.rules import may_become_owner, may_change_people
from projects.portfolio.states import Access, Side


def lock(project: Project) -> Project:
    """Every governed act serialises on the project row: what it reads afterwards stays true until it commits."""
    related = ("customer", "partner", "architect", "standing", "facts")
    return Project.objects.select_for_update(of=("self",)).select_related(*related).get(pk=project.pk)


def note(project: Project, *, row: ProjectStanding | None = None, **columns: Any) -> ProjectStanding:
    """Keeps columns of the standing, and with them the three that follow from the row. Each column has one writer.

    `row` spares a query where the caller has just locked the project and called no other action since.
    """
    row = row or ProjectStanding.objects.get(project=project)
    for name, value in columns.items():
        setattr(row, name, value)
    follows = derived(project, row)
    for name, value in follows.items():
        setattr(row, name, value)
    row.save(update_fields=[*columns, *follows])
    return row


def know(project: Project, **facts: Any) -> None:
    """Keeps facts for rules in lower slices."""
    ProjectFacts.objects.filter(project=project).update(**facts)


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
    ProjectStanding.objects.create(project=project)
    return project


def side_of(project: Project, user: User) -> str:
    if user.organisation_id == project.customer_id:
        return Side.CUSTOMER
    return Side.PARTNER if user.organisation_id == project.partner_id else ""


@transaction.atomic
def add_member(
    project: Project,
    *,
    user: User,
    by: User,
    at: datetime,
    access: str = Access.MEMBER,
    job: str = "",
    stakeholder: bool = False,
    primary_contact: bool = False,
) -> Membership:
    project = lock(project)
    require(may_change_people(onlooker(by, project), state=project.state, key=project.key), on=project)
    require(_on_a_side(project, user), on=project)
    member, made = Membership.objects.update_or_create(
        project=project,
        user=user,
        defaults={
            "side": side_of(project, user),
            "access": access,
            "job": job,
            "stakeholder": stakeholder,
            "primary_contact": primary_contact,
        },
    )
    require(_keeps_an_owner(project), on=project)
    roles = {"access": access, "job": job, "stakeholder": stakeholder, "primary_contact": primary_contact}
    record(project.chain, by, "member.added" if made else "member.changed", user, at=at, after=roles)
    return member


@transaction.atomic
def remove_member(project: Project, *, user: User, by: User, at: datetime) -> None:
    project = lock(project)
    require(may_change_people(onlooker(by, project), state=project.state, key=project.key), on=project)
    Membership.objects.filter(project=project, user=user).delete()
    require(_keeps_an_owner(project), on=project)
    record(project.chain, by, "member.removed", user, at=at)


@transaction.atomic
def become_owner(project: Project, *, by: User, at: datetime) -> Membership:
    project = lock(project)
    sides = frozenset({project.customer_id, project.partner_id or 0})
    require(may_become_owner(onlooker(by, project), organisations=sides), on=project)
    member, _made = Membership.objects.update_or_create(
        project=project, user=by, defaults={"side": side_of(project, by), "access": Access.OWNER}
    )
    record(project.chain, by, "member.became_owner", by, at=at)
    return member


def _on_a_side(project: Project, user: User) -> Decision:
    if side_of(project, user):
        return Decision()
    text = _("%(name)s belongs neither to the customer nor to the partner of this project.") % {"name": user.name}
    return Decision(missing=(Reason("not_on_a_side", text),))


def _keeps_an_owner(project: Project) -> Decision:
    """The last owner cannot leave."""
    if Membership.objects.filter(project=project, access=Access.OWNER).exists():
        return Decision()
    return Decision(missing=(Reason("last_owner", _("A project keeps at least one owner. Name another first.")),))


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
