"""What rules ask when somebody leaves a project or hands it over."""

from django.db.models import QuerySet

from golive.accounts.backends import may_enter
from golive.accounts.models import User
from golive.core.decision import Decision
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker, people_of
from projects.portfolio.rules.people import LeaverFacts, SuccessorFacts, may_hand_over, may_remove_member
from projects.portfolio.states import Access


def reachable(members: QuerySet[Membership]) -> QuerySet[Membership]:
    """Those who can come in."""
    return members.filter(user__is_active=True, user__disabled_at=None, user__organisation__disabled_at=None)


def leaver_facts(project: Project, user: User) -> LeaverFacts:
    owners = reachable(people_of(project)).filter(access=Access.OWNER).exclude(user=user)
    return LeaverFacts(
        key=project.key,
        state=project.state,
        uid=str(user.uid),
        owns=Membership.objects.filter(project=project, user=user, access=Access.OWNER).exists(),
        others_own=owners.exists(),
    )


def successor_facts(project: Project, owner: User, to: User) -> SuccessorFacts:
    return SuccessorFacts(
        on_project=Membership.objects.filter(project=project, user=to).exists(),
        oneself=to.pk == owner.pk,
        may_enter=may_enter(to),
    )


def removal_decision(by: User, project: Project, user: User) -> Decision:
    return may_remove_member(onlooker(by, project), leaver_facts(project, user))


def hand_over_decision(by: User, project: Project, owner: User, to: User | None = None) -> Decision:
    """Without a successor: may anybody be named?"""
    successor = successor_facts(project, owner, to) if to else None
    return may_hand_over(onlooker(by, project), leaver_facts(project, owner), successor)


def successors_of(project: Project, owner: User) -> list[Membership]:
    """Who may be named: on the project, and can come in."""
    return list(reachable(people_of(project)).exclude(user=owner).order_by("user__name", "pk"))
