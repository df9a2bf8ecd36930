"""Which gate phase waits for whom."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.accounts.models import User
from golive.core.waiting import Waiting
from projects.methodology.models.course import Phase
from projects.methodology.queries.versions import texts_of
from projects.methodology.states import PhaseState, StepState
from projects.portfolio.models.milestones import RolloutMilestone
from projects.portfolio.models.people import Membership
from projects.portfolio.rules.onlooker import FILLERS
from projects.portfolio.states import Access, Job

NEAR = timedelta(days=14)  # as far ahead as the letters about the next phase go out (S0-28, S0-30)


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """The gate phase in hand, when its end is near or past, for those who complete it: owners, project manager."""
    leads = Q(access=Access.OWNER) | Q(access__in=FILLERS, job=Job.PROJECT_MANAGER)
    mine = Membership.objects.filter(leads, user=person).values("project")
    end = RolloutMilestone.objects.filter(
        rollout__project=OuterRef("project"), rollout__number=1, milestone=Concat(OuterRef("key"), Value("_end"))
    )
    undone = Q(steps__required=True, steps__applies=True, steps__state=StepState.OPEN)
    phases = Phase.objects.filter(gate=True, state=PhaseState.OPEN, project__in=mine, project__state="active")
    phases = phases.annotate(ends_on=Subquery(end.values("day")[:1]), undone=Count("steps", filter=undone))
    earlier = Phase.objects.filter(
        project=OuterRef("project"), state=PhaseState.OPEN, position__lt=OuterRef("position")
    )
    near = phases.filter(~Exists(earlier), ends_on__lte=today + NEAR).select_related("project")
    return [_waiting_phase(phase) for phase in near.order_by("ends_on", "pk")[:limit]]


def _waiting_phase(phase: Any) -> Waiting:
    name = texts_of(phase.catalogue).phase(phase.key).name
    left = ngettext("%(n)d required step is open", "%(n)d required steps are open", phase.undone) % {"n": phase.undone}
    return Waiting(
        text=_("Complete %(phase)s") % {"phase": name},
        url=f"{reverse('methodology', kwargs={'key': phase.project.key})}#{phase.key}",
        since=phase.project.created_at,
        due_on=phase.ends_on,
        whose="team",
        project=phase.project.name,
        detail=left if phase.undone else _("Every required step is done"),
    )
