"""The four guidance stages as a figure, small on the overview, large in a dialog or on a page of its own."""

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from golive.accounts.models import User
from projects.portfolio.models.project import Project
from projects.portfolio.queries.projects import head_of, projects_for
from projects.portfolio.queries.stages import stage_facts
from projects.portfolio.rules.stages import StageFacts, is_preparing, stage_of
from projects.portfolio.states import Stage

ORDER = (Stage.INITIATE, Stage.IMPLEMENT, Stage.OPERATE)
# In units of a drawing 360 wide: left edge, width, upper edge. Prepare hangs below the end of Implement.
PLACES = {
    Stage.INITIATE: (1, 86, 4),
    Stage.IMPLEMENT: (91, 178, 4),
    Stage.PREPARE: (177, 92, 36),
    Stage.OPERATE: (273, 86, 4),
}


@dataclass(frozen=True)
class StageBox:
    """state: done, now or later; `words`: from when to when, for the list that says the same."""

    name: str
    state: str
    x: int
    width: int
    y: int
    words: str

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class StageFigure:
    boxes: tuple[StageBox, ...]
    alternative: str
    now: str


def stage_figure(facts: StageFacts) -> StageFigure:
    boxes = tuple(box_of(stage, facts) for stage in Stage)
    now = now_words(facts)
    names = ", ".join(box.name for box in boxes)
    return StageFigure(boxes, _("The four stages of guidance: %(names)s. %(now)s") % {"names": names, "now": now}, now)


def box_of(stage: Stage, facts: StageFacts) -> StageBox:
    x, width, y = PLACES[stage]
    return StageBox(str(stage.label), state_of(stage, facts), x, width, y, span_words(stage))


def state_of(stage: Stage, facts: StageFacts) -> str:
    here = stage_of(facts)
    if stage == Stage.PREPARE:
        return "now" if is_preparing(facts) else "done" if here == Stage.OPERATE else "later"
    place, present = ORDER.index(stage), ORDER.index(here)
    return "now" if place == present else "done" if place < present else "later"


def now_words(facts: StageFacts) -> str:
    here = str(stage_of(facts).label)
    if is_preparing(facts):
        return _("Now: %(stage)s, and in it %(prepare)s.") % {"stage": here, "prepare": Stage.PREPARE.label}
    return _("Now: %(stage)s.") % {"stage": here}


def span_words(stage: Stage) -> str:
    return {
        Stage.INITIATE: _("From the making of the project until its onboarding is complete."),
        Stage.IMPLEMENT: _("From then up to go-live: all five phases of the methodology lie in it."),
        Stage.PREPARE: _("Inside Implement, from the first word of the review to go-live."),
        Stage.OPERATE: _("From go-live on."),
    }[stage]


@login_required
@require_safe
def project_stages(request: HttpRequest, key: str) -> HttpResponse:
    project: Project = get_object_or_404(projects_for(cast(User, request.user)), key=key)
    sheet = head_of(project, tab="", today=timezone.localdate())
    return render(request, "golive/stages.html", {"sheet": sheet, "figure": stage_figure(stage_facts(project))})
