"""One onlooker, and who is on a project."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.decision import Decision
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.rules.onlooker import Onlooker
from projects.portfolio.rules.people import may_become_owner, may_change_people

MEMBER = ("side", "access", "job", "stakeholder")


def onlooker(user: User, project: Project | None = None) -> Onlooker:
    """The person as rules take them, gathered in one query for a project and in none without."""
    if project is None:
        return _as_onlooker(user, {})
    mine = Membership.objects.filter(project_id=project.pk, user_id=user.pk).values(*MEMBER)
    return _as_onlooker(user, next(iter(mine), {}))


def onlooker_among(user: User, members: Iterable[Membership]) -> Onlooker:
    """The same where everybody on the project is at hand already."""
    mine = next((member for member in members if member.user_id == user.pk), None)
    return _as_onlooker(user, {name: getattr(mine, name) for name in MEMBER} if mine else {})


def _as_onlooker(user: User, member: Mapping[str, Any]) -> Onlooker:
    return Onlooker(
        id=user.pk,
        organisation=user.organisation_id,
        organisation_kind=user.organisation.kind,
        is_org_admin=user.is_org_admin,
        staff=user.staff_roles,
        **member,
    )


def people_of(project: Project) -> QuerySet[Membership]:
    return Membership.objects.filter(project=project).select_related("user__organisation")


def team_of(project: Project, *, fillers_only: bool = False) -> list[User]:
    """Everybody on the project who can still be reached."""
    reached = {"user__is_active": True, "user__disabled_at": None, "user__organisation__disabled_at": None}
    members = people_of(project).filter(**reached)
    return [m.user for m in members if not fillers_only or m.access != "viewer"]


def who_and_when(person: User, at: datetime) -> str:
    """For whoever comes second: who was first. In the reader's zone."""
    moment = date_format(localtime(at), _("j M Y, H:i"))
    return _("%(name)s on %(moment)s") % {"name": person.name, "moment": moment}


def person_on_side(project: Project, email: str) -> User | None:
    """Somebody of the customer or of the partner; whoever belongs elsewhere is unknown here."""
    sides = [project.customer_id, project.partner_id]
    people = User.objects.filter(is_active=True, disabled_at=None, organisation_id__in=[s for s in sides if s])
    return people.select_related("organisation").filter(email=email.lower()).first()


def people_decision(user: User, project: Project) -> Decision:
    """May this person change who is on the project?"""
    return may_change_people(onlooker(user, project), state=project.state, key=project.key)


def ownership_decision(user: User, project: Project) -> Decision:
    """May this person become owner by being administrator of one of the two organisations?"""
    sides = frozenset({project.customer_id, project.partner_id or 0})
    return may_become_owner(onlooker(user, project), organisations=sides)
