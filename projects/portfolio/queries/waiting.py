"""Lists of people that nobody has looked at for long."""

from datetime import date, datetime, timedelta

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.waiting import Waiting
from golive.programme.queries import number
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.rules.roster import check_due_on
from projects.portfolio.states import Access, ProjectState


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """For owners: the list of people wants to be looked at again."""
    days = int(number("roster_check"))
    # A day more than needed, since a moment is another day in another zone; the days themselves decide below.
    before = timezone.now() - timedelta(days=days - 1)
    owned = Membership.objects.filter(user=person, access=Access.OWNER).values("project")
    projects = Project.objects.filter(pk__in=owned, state=ProjectState.ACTIVE)
    looked_at = Coalesce(F("roster__checked_at"), F("created_at"))
    rows = projects.annotate(looked_at=looked_at).filter(looked_at__lte=before).order_by("looked_at", "pk")[:limit]
    lines = [_line(project, project.looked_at, days) for project in rows]
    return [line for line in lines if line.due_on is not None and line.due_on <= today]


def _line(project: Project, looked_at: datetime, days: int) -> Waiting:
    on = timezone.localdate(looked_at)
    return Waiting(
        text=_("Check the list of people"),
        url=reverse("people", kwargs={"key": project.key}),
        since=looked_at,
        due_on=check_due_on(on, days=days),
        whose="team",
        project=project.name,
        detail=_("Last looked at on %(day)s") % {"day": date_format(on, _("j M Y"))},
    )
