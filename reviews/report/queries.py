"""Reports of a review, and the content of one as it stands now."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.files.storage import default_storage

from golive.audit.models import ChainHead
from golive.programme.queries import programme_name
from projects.checklist.rules.catalogue import catalogue
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import milestones_of
from projects.portfolio.queries.people import people_of
from projects.portfolio.states import Job, Milestone, Side
from reviews.assessment.models import Finding, MitigationRound, Review
from reviews.assessment.queries import finding_facts, findings_of, review_hash
from reviews.assessment.rules.facts import is_open, overall_advice
from reviews.assessment.states import FindingState
from reviews.report import content as report
from reviews.report.models import Report, ReportOrder


def orders_of(review: Review) -> list[ReportOrder]:
    return list(ReportOrder.objects.filter(review=review).select_related("report", "by"))


def is_pending(orders: list[ReportOrder]) -> bool:
    """Whether a file is still being made."""
    return any(not hasattr(order, "report") for order in orders)


def newest_report(review: Review) -> Report | None:
    return Report.objects.filter(order__review=review).order_by("-order__version").first()


def report_state(review: Review) -> dict[str, bool]:
    """Whether a report was ordered for the review, and whether the newest one is stored."""
    newest = ReportOrder.objects.filter(review=review).select_related("report").order_by("-version").first()
    return {"ordered": newest is not None, "stored": bool(newest and hasattr(newest, "report"))}


def stored_bytes(row: Report) -> bytes | None:
    """The file, when it is there and still what was stored; None when it is missing or has changed."""
    if not default_storage.exists(row.path):
        return None
    with default_storage.open(row.path) as file:
        held = file.read()
    return held if sha256(held).hexdigest() == row.sha256 else None


def content_of(review: Review, *, version: int, at: datetime, final: bool = True) -> report.ReportContent:
    """Everything the report says, from the submission's frozen text and the findings as they stand."""
    project, frozen = review.project, json.loads(review.submission.frozen)
    milestones = milestones_of(project)
    go_live = milestones.get(Milestone.GO_LIVE)
    findings = [row for row in findings_of(review) if row.state not in {FindingState.DRAFT, FindingState.DISMISSED}]
    natures = {question["id"]: question["nature"] for question in frozen["questions"]}
    return report.ReportContent(
        project_key=project.key,
        project=project.name,
        customer=project.customer.name,
        partner=project.partner.name if project.partner else "",
        infrastructure=project.infrastructure,
        go_live_on=go_live.day if go_live else None,
        version=version,
        final=final,
        made_at=at,
        submission_number=frozen["round"],
        submitted_at=review.submission.submitted_at,
        content_hash=review_hash(review, go_live_on=go_live.day if go_live else None),
        verify_code="",
        verify_address="",
        advice=overall_advice(finding_facts(row) for row in findings),
        topics=topics_of(frozen),
        findings=tuple(_finding(row, natures) for row in findings),
        milestones=tuple(
            report.Milestone(str(Milestone(key).label), row.day, row.day < at.date()) for key, row in milestones.items()
        ),
        participants=_participants(project, review),
        audit=_audit_head(project, at),
        desk=programme_name(),
    )


def topics_of(frozen: dict[str, Any]) -> tuple[report.Topic, ...]:
    asked = [question["topic"] for question in frozen["questions"]]
    texts = catalogue(frozen["catalogue"]["version"])
    return tuple(
        report.Topic(
            key=topic.id,
            name=topic.name,
            good=topic.good,
            if_missed=topic.if_missed,
            way_back=topic.way_back,
            learn_more=topic.learn_more,
            answers=tuple(_answer(question) for question in frozen["questions"] if question["topic"] == topic.id),
        )
        for topic in texts.topics
        if topic.id in asked
    )


def _answer(question: dict[str, Any]) -> report.Answer:
    return report.Answer(
        question=question["id"],
        wording=question["text"],
        text=question["words"],
        nature=question["nature"],
        not_applicable=question["answer"].get("value") == "na",
    )


def _finding(row: Finding, natures: dict[str, str]) -> report.ReportFinding:
    closed = None if is_open(row.state) else row.changed_at.date()
    return report.ReportFinding(
        number=row.label,
        kind=row.kind,
        severity=row.severity,
        topic=row.topic,
        title=row.title,
        state=row.state,
        is_open=is_open(row.state),
        question=row.question,
        nature=natures.get(row.question, ""),
        evidence=row.detail,
        mitigation=row.mitigation,
        owner_role=_role(row.owner),
        plans=tuple(_plan(round_) for round_ in row.rounds.all() if hasattr(round_, "plan")),
        acceptance=_acceptance(row),
        closed_on=closed,
    )


def _plan(round_: MitigationRound) -> report.Plan:
    plan = round_.plan
    decision = getattr(plan, "decision", None)
    return report.Plan(
        round=round_.number,
        text=plan.what,
        owner=plan.owner,
        due_on=plan.due_on,
        decision=("accepted" if decision.accepted else "returned") if decision else "submitted",
        decided_on=decision.at.date() if decision else None,
        answer=decision.reply if decision else "",
    )


def _acceptance(row: Finding) -> report.RiskAcceptance | None:
    if row.state != FindingState.ACCEPTED_BY_CUSTOMER or row.accepted_by is None:
        return None
    return report.RiskAcceptance(
        by=row.accepted_by.name,
        organisation=row.accepted_by.organisation.name,
        accepted_on=row.changed_at.date(),
        reason=row.because,
        expires_on=row.accepted_until,
    )


def _participants(project: Project, review: Review) -> tuple[report.Participant, ...]:
    members = [
        report.Participant(
            name=member.user.name,
            organisation=member.user.organisation.name,
            role=_role(member.job),
            side=str(Side(member.side).label),
        )
        for member in people_of(project)
    ]
    reviewer = report.Participant(
        name=review.reviewer.name,
        organisation=review.reviewer.organisation.name,
        role=_role("fasttrack"),
        side="FastTrack",
        signs=True,
    )
    return (*members, reviewer)


def _audit_head(project: Project, at: datetime) -> report.AuditHead | None:
    head = ChainHead.objects.filter(name=project.chain).first()
    return report.AuditHead(head.name, head.seq, head.hash, at) if head else None


def _role(code: str) -> str:
    words = {"fasttrack": "Reviewer", "service_engineering": "Service engineering", "customer": "Customer"}
    return str(Job(code).label) if code in Job.values else words.get(code, "")
