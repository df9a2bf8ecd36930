"""What follows from the findings: order, lights, counts, conditions. Pure; nothing here is written by a person."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reviews.report.content import Plan, ReportContent, ReportFinding, Topic

SEVERITIES = ("critical", "high", "medium", "low")
RANK = {severity: place for place, severity in enumerate(SEVERITIES)} | {"": len(SEVERITIES)}
HARMFUL = ("issue", "risk")
UNSEEN = ("draft", "dismissed")  # never in a report, even if somebody hands them over
# Columns of the severity table, from the worst news to the best.
STEPS = (
    ("waiting", ("open", "mitigation_requested")),
    ("submitted", ("plan_submitted",)),
    ("accepted", ("plan_accepted",)),
    ("closed", ("mitigated", "accepted_by_customer")),
)


def shown(content: ReportContent) -> list[ReportFinding]:
    """Strengths first, then issues, then risks, the most severe first; drafts and dismissed ones never."""
    order = {"assertion": 0, "issue": 1, "risk": 2, "best_practice": 3, "recommendation": 4}
    seen = [finding for finding in content.findings if finding.state not in UNSEEN]
    return sorted(seen, key=lambda finding: (order[finding.kind], RANK[finding.severity], finding.number))


def harmful(content: ReportContent) -> list[ReportFinding]:
    """Issues and risks in one list, the most severe first."""
    return sorted((f for f in shown(content) if f.kind in HARMFUL), key=lambda finding: RANK[finding.severity])


def open_ones(findings: Iterable[ReportFinding]) -> list[ReportFinding]:
    return [finding for finding in findings if finding.is_open and finding.kind in HARMFUL]


def light(topic: Topic, findings: Iterable[ReportFinding]) -> str:
    """Red while a critical finding of the topic is open, amber while a high or medium one is, green otherwise;
    grey when every question of it was not applicable."""
    severities = {finding.severity for finding in open_ones(findings) if finding.topic == topic.key}
    if "critical" in severities:
        return "red"
    if severities & {"high", "medium"}:
        return "amber"
    if topic.answers and all(answer.not_applicable for answer in topic.answers):
        return "grey"
    return "green"


def last_plan(finding: ReportFinding) -> Plan | None:
    return max(finding.plans, key=lambda plan: plan.round, default=None)


def due_on(finding: ReportFinding) -> date | None:
    """The date of the plan that is in force; one that was returned promises nothing."""
    plan = last_plan(finding)
    return plan.due_on if plan and plan.decision != "returned" else None


def conditions(content: ReportContent) -> list[ReportFinding]:
    """Each high finding under an accepted plan is a condition of going live."""
    return [f for f in open_ones(harmful(content)) if f.severity == "high" and f.state == "plan_accepted"]


def holding(content: ReportContent) -> list[ReportFinding]:
    """What holds the review: an open critical finding, and an open high one without an accepted plan."""
    return [
        finding
        for finding in open_ones(harmful(content))
        if finding.severity == "critical" or (finding.severity == "high" and finding.state != "plan_accepted")
    ]


@dataclass(frozen=True)
class SeverityCount:
    severity: str
    found: int
    open: int
    steps: tuple[int, ...]  # as STEPS


def severity_counts(content: ReportContent) -> list[SeverityCount]:
    findings = harmful(content)
    states = Counter((finding.severity, finding.state) for finding in findings)
    return [
        SeverityCount(
            severity,
            found=sum(finding.severity == severity for finding in findings),
            open=sum(finding.severity == severity for finding in open_ones(findings)),
            steps=tuple(sum(states[severity, state] for state in within) for _, within in STEPS),
        )
        for severity in SEVERITIES
    ]


def promises(content: ReportContent) -> list[tuple[date, ReportFinding]]:
    """Open findings by the date somebody promised, earliest first."""
    dated = [(day, finding) for finding in open_ones(harmful(content)) if (day := due_on(finding))]
    return sorted(dated, key=lambda pair: (pair[0], RANK[pair[1].severity], pair[1].number))


def burn_down(content: ReportContent) -> list[tuple[date, int]]:
    """How many findings stay open, by the owners' dates: today, and after each promised day."""
    today = content.made_at.date()
    left = len(open_ones(harmful(content)))
    line = [(today, left)]
    kept = Counter(max(day, today) for day, _ in promises(content))
    for day in sorted(kept):
        left -= kept[day]
        line.append((day, left))
    return line
