"""When the list of people was last looked at, and what it is warned of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.decision import Decision, Reason
from golive.programme.queries import number
from projects.portfolio.models.keeping import ProjectRoster
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.rules.roster import check_due_on, may_check_roster, missing_contacts
from projects.portfolio.states import ProjectState


@dataclass(frozen=True)
class RosterCheck:
    """The newest look at the list; making the project counts as the first, and has no one behind it."""

    at: datetime
    by: User | None
    due_on: date

    def is_due(self, today: date) -> bool:
        return self.due_on <= today


def roster_check(project: Project) -> RosterCheck:
    row = ProjectRoster.objects.filter(project=project).select_related("checked_by").first()
    at = row.checked_at if row else project.created_at
    due_on = check_due_on(timezone.localdate(at), days=int(number("roster_check")))
    return RosterCheck(at=at, by=row.checked_by if row else None, due_on=due_on)


def roster_decision(user: User, project: Project) -> Decision:
    """May this person say that the list is right?"""
    return may_check_roster(onlooker(user, project), state=project.state, key=project.key)


def roster_notices(
    project: Project, people: Iterable[Membership], *, check: RosterCheck | None, today: date
) -> list[Reason]:
    """What the list is warned of; it blocks nothing. Nothing is asked of a project that rests or is over."""
    if project.state != ProjectState.ACTIVE:
        return []
    reached = [one.side for one in people if one.primary_contact and can_be_reached(one.user)]
    found = missing_contacts(reached, has_partner=project.partner_id is not None, key=project.key)
    return [*([old_roster(check)] if check and check.is_due(today) else []), *found]


def can_be_reached(user: User) -> bool:
    return user.is_active and user.disabled_at is None and user.organisation.disabled_at is None


def old_roster(check: RosterCheck) -> Reason:
    text = _("Nobody has looked at this list since %(day)s. Letters go to whoever stands on it: is it still right?")
    return Reason("roster_old", text % {"day": date_format(timezone.localdate(check.at), _("j M Y"))})
