"""Acts on the people of a project."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import Decision, Reason, require
from projects.portfolio.actions.projects import know, lock
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.rules.people import may_become_owner, may_change_people
from projects.portfolio.states import Access, Side


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
    keep_contacts(project)
    roles = {"access": access, "job": job, "stakeholder": stakeholder, "primary_contact": primary_contact}
    record(project.chain, by, "member.added" if made else "member.changed", user, at=at, after=roles)
    return member


@transaction.atomic
def remove_member(project: Project, *, user: User, by: User, at: datetime) -> None:
    project = lock(project)
    require(may_change_people(onlooker(by, project), state=project.state, key=project.key), on=project)
    Membership.objects.filter(project=project, user=user).delete()
    require(_keeps_an_owner(project), on=project)
    keep_contacts(project)
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


def keep_contacts(project: Project) -> None:
    know(project, primary_contact_count=Membership.objects.filter(project=project, primary_contact=True).count())


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
