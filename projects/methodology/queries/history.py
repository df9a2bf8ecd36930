"""The whole history of a methodology in words: marks, phases, dates and steps that came or went, with names."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from golive.audit.actions import named
from golive.audit.models import AuditRow
from golive.audit.queries import rows_of
from projects.methodology.content import HistoryEntry
from projects.methodology.models.course import Phase, PhaseReopening, Step
from projects.methodology.models.proof import StepNote
from projects.methodology.queries.versions import texts_of
from projects.methodology.rules.catalogue import Methodology
from projects.portfolio.models.milestones import MilestoneMove
from projects.portfolio.models.project import Project
from projects.portfolio.states import Milestone

DATES, WEIGHED = "milestone.moved", "course.weighed"
OURS = Q(act__startswith="step.") | Q(act__startswith="phase.") | Q(act__in=[DATES, WEIGHED])


def methodology_rows(project: Project) -> QuerySet[AuditRow]:
    return rows_of(project.chain).filter(OURS)


def history_entries(project: Project, rows: Iterable[AuditRow]) -> list[HistoryEntry]:
    """One page of the record in words; what people wrote stands in other rows, read for the whole page at once."""
    rows = list(rows)
    phase = Phase.objects.filter(project=project).first()
    if phase is None:
        return []
    texts, said = texts_of(phase.catalogue), _said(project, rows)
    return [_entry(row, texts, said.get((row.object, row.at), "")) for row in rows]


def _entry(row: AuditRow, texts: Methodology, said: str) -> HistoryEntry:
    before, after = row.before or {}, row.after or {}
    return HistoryEntry(
        seq=row.seq,
        at=row.at,
        by=row.actor.name if row.actor else _("the system"),
        act=row.act,
        words=_words(row.act, row.object.partition(":")[2], texts, after),
        before=_day(before.get("day")) if row.act == DATES else "",
        after=_day(after.get("day")) if row.act == DATES else "",
        said=said,
    )


def _words(act: str, key: str, texts: Methodology, after: Mapping[str, Any]) -> str:
    if act == DATES:
        name = dict(Milestone.choices).get(after.get("milestone", ""), "")
        return _("set the date of %(name)s") % {"name": name}
    if act == WEIGHED:
        return _weighed(after)
    sentences = {
        "step.done": _("marked %(what)s as done"),
        "step.undone": _("took the mark of %(what)s back"),
        "step.ticked": _("ticked %(what)s"),
        "step.ceased": _("noted that %(what)s is no longer so"),
        "phase.completed": _("completed %(what)s"),
        "phase.reopened": _("reopened %(what)s"),
    }
    kind, _dot, verb = act.partition(".")
    sentence = sentences.get(act, verb.replace("_", " ") + " %(what)s")
    return sentence % {"what": _name(kind, key, texts)}


def _name(kind: str, key: str, texts: Methodology) -> str:
    if kind == "phase":
        return next((phase.name for phase in texts.phases if phase.id == key), key)
    return next((f"{step.id} {step.name}" for step in texts.steps if step.id == key), key)


def _weighed(after: Mapping[str, Any]) -> str:
    sentences = {
        "came_into_view": _("%(keys)s came into view"),
        "went_out_of_view": _("%(keys)s went out of view"),
        "weighed_anew": _("%(keys)s weigh differently"),
    }
    parts = [text % {"keys": ", ".join(after[name])} for name, text in sentences.items() if after.get(name)]
    return "; ".join(parts)


def _day(value: Any) -> str:
    return date_format(date.fromisoformat(value), _("j M Y")) if value else ""


def _said(project: Project, rows: list[AuditRow]) -> dict[tuple[str, datetime], str]:
    """Reasons and notes, by what they are about and when: the record itself holds no texts."""
    moments = {row.at for row in rows}
    reopened = PhaseReopening.objects.filter(phase__project=project, at__in=moments).select_related("phase")
    marked = Step.objects.filter(project=project, done_at__in=moments).exclude(note="")
    noted = StepNote.objects.filter(step__project=project, at__in=moments).select_related("step")
    moved = MilestoneMove.objects.filter(rollout__project=project, at__in=moments).exclude(because="")
    return (
        {(f"phase:{one.phase.key}", one.at): one.because for one in reopened}
        | {(f"step:{one.step.key}", one.at): one.text for one in noted}
        | {(f"step:{one.key}", one.done_at): one.note for one in marked if one.done_at}
        | {(named(one), one.at): one.because for one in moved}
    )
