"""For `verify`: what is kept about a checklist and is not what its rows say."""

from collections.abc import Iterator
from typing import Any

from golive.outbox.models import Outbox, OutboxState
from golive.programme.models import NumberOverride
from projects.checklist.models.checklist import Checklist
from projects.checklist.models.contradictions import ContradictionStand
from projects.checklist.models.submission import Submission
from projects.checklist.queries.evidence import digests_of
from projects.checklist.queries.sheet import SETTINGS, Sheet, sheet_of
from projects.checklist.states import JUDGED_AGAIN_ON, RoundState
from projects.portfolio.models.milestones import MilestoneMove


def false_counters() -> Iterator[str]:
    """For `verify`: what is kept about a checklist and is not what its rows say."""
    everything = Checklist.objects.select_related("project__facts", "project__standing").order_by("pk")
    for row in everything.iterator():
        sheet = sheet_of(row.project, at=row.judged_at)
        for name, kept, true in _kept_and_true(row, sheet):
            if kept != true:
                yield f"{row.project.key}: {name} is {kept}, not {true}"


def _kept_and_true(row: Checklist, sheet: Sheet) -> Iterator[tuple[str, Any, Any]]:
    newest = Submission.objects.filter(round__checklist=row).order_by("-round__number").first()
    submitted = newest.content_hash if newest else ""
    yield "checklist.attached", row.attached, digests_of(row)
    yield "checklist.submitted_hash", row.submitted_hash, submitted
    yield "checklist.said", {key: one.get("text") for key, one in row.said.items()}, _said(row)
    if not _waits_to_be_judged(row):
        yield from _judged(row, sheet, submitted)
    kept = row.project.standing
    yield "standing.checklist_state", kept.checklist_state, sheet.round.state if sheet.round else RoundState.DRAFT
    for name in ("asked", "answered", "predicted_risk"):
        yield f"standing.{name}", getattr(kept, name), getattr(row, name)


def _said(row: Checklist) -> dict[str, str]:
    """The newest word on each contradiction."""
    stands = ContradictionStand.objects.filter(checklist=row).order_by("revision")
    return dict(stands.values_list("contradiction", "text"))


def _judged(row: Checklist, sheet: Sheet, submitted: str) -> Iterator[tuple[str, Any, Any]]:
    yield "checklist.asked", row.asked, len(sheet.questions)
    yield "checklist.answered", row.answered, sheet.answered
    yield "checklist.content_hash", row.content_hash, sheet.live_hash
    yield "checklist.differs", row.differs, bool(submitted) and sheet.live_hash != submitted
    if not _dates_or_numbers_moved(row):
        yield "checklist.predicted_risk", row.predicted_risk, sheet.worst


def _waits_to_be_judged(row: Checklist) -> bool:
    """A fact changed, and the work that follows from it is still to come: what is kept is what was true before."""
    waiting = Outbox.objects.filter(kind__in=JUDGED_AGAIN_ON, state__in=[OutboxState.READY, OutboxState.LEASED])
    return waiting.filter(payload__project=row.project.key, created_at__gt=row.judged_at).exists()


def _dates_or_numbers_moved(row: Checklist) -> bool:
    """A number of the programme is nobody's act on a project: the next save or change judges by it."""
    moves = MilestoneMove.objects.filter(rollout=row.rollout_id, at__gt=row.judged_at)
    return moves.exists() or NumberOverride.objects.filter(key__in=SETTINGS.values(), at__gt=row.judged_at).exists()
