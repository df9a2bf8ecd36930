"""Acts on the people of a project."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import Decision, Reason, because, require
from projects.portfolio.actions.projects import know, lock, tell_of_facts
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.leaving import hand_over_decision, leaver_facts, removal_decision
from projects.portfolio.queries.people import onlooker
from projects.portfolio.rules.people import may_become_owner, may_change_people, no_owner_left
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
    if access != Access.OWNER:
        require(because(missing=(no_owner_left(leaver_facts(project, user)),)), on=project)
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
    changed = keep_contacts(project)
    roles = {"access": access, "job": job, "stakeholder": stakeholder, "primary_contact": primary_contact}
    row = record(project.chain, by, "member.added" if made else "member.changed", user, at=at, after=roles)
    tell_of_facts(project, changed, after=row)
    return member


@transaction.atomic
def remove_member(project: Project, *, user: User, by: User, at: datetime) -> None:
    project = lock(project)
    require(removal_decision(by, project, user), on=project)
    Membership.objects.filter(project=project, user=user).delete()
    changed = keep_contacts(project)
    row = record(project.chain, by, "member.removed", user, at=at)
    tell_of_facts(project, changed, after=row)


@transaction.atomic
def hand_over(project: Project, *, owner: User, to: User, by: User, at: datetime, stays_as: str = "") -> None:
    """Another owns the project instead of this owner, who stays with less access, or leaves."""
    project = lock(project)
    require(hand_over_decision(by, project, owner, to), on=project)
    Membership.objects.filter(project=project, user=to).update(access=Access.OWNER)
    leaving = Membership.objects.filter(project=project, user=owner)
    if stays_as:
        leaving.update(access=stays_as)
    else:
        leaving.delete()
    changed = keep_contacts(project)
    after = {"to": str(to.uid), "stays_as": stays_as}
    row = record(project.chain, by, "member.handed_over", owner, at=at, after=after)
    tell_of_facts(project, changed, after=row)


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


def keep_contacts(project: Project) -> bool:
    count = Membership.objects.filter(project=project, primary_contact=True).count()
    return know(project, primary_contact_count=count)


def _on_a_side(project: Project, user: User) -> Decision:
    if side_of(project, user):
        return Decision()
    text = _("%(name)s belongs neither to the customer nor to the partner of this project.") % {"name": user.name}
    return Decision(missing=(Reason("not_on_a_side", text),))
