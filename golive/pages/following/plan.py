"""The way back from go-live, what slack is left, and what clashes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.core.calendar import WEEKEND
from golive.pages.dates import weekday_words
from golive.pages.following.case import Case, Consequence, moved
from projects.plan.content import BackwardPlan
from projects.plan.queries.backward import backward_plan, days_off
from projects.plan.queries.notices import backwards, set_late
from projects.plan.states import PlanStop
from projects.portfolio.states import Milestone

GO_LIVE, HYPERCARE = Milestone.GO_LIVE, Milestone.HYPERCARE_END
# The stops whose latest day is told when it moves; the checklist tells its own deadlines.
TOLD = (
    PlanStop.REPORT,
    PlanStop.MITIGATION,
    PlanStop.REQUEST,
    PlanStop.DEPLOYMENT,
    PlanStop.PACKAGES,
    PlanStop.DATABASE_COPY,
    PlanStop.READY,
)


def stop_moves(case: Case) -> Iterator[Consequence]:
    """The latest day of what is not behind, where it moves; one that has passed already breaks."""
    before, after = _ways(case)
    if after is None:
        return
    for line in after.lines:
        old = before.line(line.stop) if before else None
        was = old.latest if old else None
        if line.stop in TOLD and not line.done and was != line.latest:
            one = moved(f"latest_{line.stop}", _("%(name)s, at the latest") % {"name": line.name}, was, line.latest)
            passed = line.latest < case.today
            yield replace(one, detail=_("This day has passed."), tone="serious") if passed else one


def slack_changes(case: Case) -> Iterator[Consequence]:
    before, after = _ways(case)
    was, then = _slack_words(before), _slack_words(after)
    if after and after.decides and was != then:
        slack = after.decides.slack or 0
        tone = "critical" if slack < 0 else "notice" if slack == 0 else ""
        yield Consequence("slack", "least_slack", _("Least slack"), was=was or None, then=then, tone=tone)
    if HYPERCARE in case.after and GO_LIVE in case.after and (case.moves(HYPERCARE) or case.moves(GO_LIVE)):
        yield Consequence(
            "slack", "hypercare", _("Hypercare"), was=_hypercare(case.before), then=_hypercare(case.after)
        )


def _ways(case: Case) -> tuple[BackwardPlan | None, BackwardPlan | None]:
    before = backward_plan(case.project, case.before, today=case.today)
    return before, backward_plan(case.project, case.after, today=case.today)


def _slack_words(plan: BackwardPlan | None) -> str:
    return f"{plan.decides.name}, {plan.decides.word}" if plan and plan.decides else ""


def _hypercare(days: Mapping[str, date]) -> str | None:
    if HYPERCARE not in days or GO_LIVE not in days:
        return None
    length = (days[HYPERCARE] - days[GO_LIVE]).days
    if length < 0:
        return _("ends before go-live")
    return ngettext("%(n)d day", "%(n)d days", length) % {"n": length}


def clashes(case: Case) -> Iterator[Consequence]:
    """Dates that run backwards, lie in the past, or are set later than advised: pointed out, never refused."""
    known = {reason.text for reason in backwards(case.before)}
    for reason in backwards(case.after):
        if reason.text not in known:
            yield Consequence("slack", reason.code, _("Dates run backwards"), detail=reason.text, tone="notice")
    for key, day in case.after.items():
        if case.moves(key) and day < case.today:
            text = _("%(name)s lies in the past") % {"name": Milestone(key).label}
            yield Consequence("slack", "in_the_past", text, then=day, tone="notice")
    go_live = case.after.get(GO_LIVE)
    if go_live and case.moves(GO_LIVE):
        late = set_late((go_live - case.today).days)
        if late:
            yield Consequence("slack", late.code, _("Short notice"), detail=late.text, tone="notice")
        if go_live.weekday() < WEEKEND and go_live in days_off():
            text = _("%(day)s is a public holiday") % {"day": weekday_words(go_live)}
            yield Consequence("slack", "holiday", text, tone="notice")
