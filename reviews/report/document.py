"""A report's content as HTML for print. Everything a person wrote reaches the page as text between tags, escaped."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from golive.core.breaking import breakable
from reviews.report import charts, wording
from reviews.report import derivations as derive
from reviews.report.content import Answer, Plan, ReportContent, ReportFinding, Topic
from reviews.report.wording import Mark, day

STYLESHEETS = ("report",)
SHORT_TABLE = 8  # rows; a longer one may break between pages
LONG_TEXT = 700  # signs; a longer answer stands below its table, a finding twice as long may break inside
MOST_PROMISES = 6  # rows on the page of the decision; the plan has all


@dataclass(frozen=True)
class RoundLine:
    plan: Plan
    due: str
    decision: str


@dataclass(frozen=True)
class FindingLine:
    finding: ReportFinding
    mark: Mark
    severity: Mark
    state: str
    topic: str
    nature: str
    anchor: str
    rounds: tuple[RoundLine, ...]
    plan: Plan | None
    due: str
    answered: bool
    may_break: bool
    expires: str = ""
    accepted: str = ""


@dataclass(frozen=True)
class AnswerLine:
    answer: Answer
    anchor: str
    nature: str
    findings: tuple[FindingLine, ...]
    long: bool


@dataclass(frozen=True)
class TopicLine:
    topic: Topic
    light: Mark
    troubled: bool
    open: tuple[FindingLine, ...]
    advice: tuple[FindingLine, ...]
    practices: tuple[FindingLine, ...]
    answers: tuple[AnswerLine, ...]
    may_break: bool


def document(content: ReportContent) -> str:
    """The whole report; the same content gives the same text."""
    with translation.override(content.language):
        return render_to_string("reviews/report/document.html", _context(breakable(content)))


def _context(content: ReportContent) -> dict[str, Any]:
    lines = [_finding_line(finding, content) for finding in derive.shown(content)]
    by_number = {line.finding.number: line for line in lines}

    def chosen(findings: list[ReportFinding]) -> list[FindingLine]:
        return [by_number[finding.number] for finding in findings]

    conditions, holding = chosen(derive.conditions(content)), chosen(derive.holding(content))
    promises = chosen([finding for _day, finding in derive.promises(content)])
    return {
        "content": content,
        "cover": _cover(content),
        "kinds": [_kind(key, lines) for key in ("assertion", "issue", "risk")],
        "topics": [_topic_line(topic, content, lines) for topic in content.topics],
        "plan": chosen(derive.harmful(content)),
        "promises": promises[:MOST_PROMISES],
        "more_promises": len(promises[MOST_PROMISES:]),
        "conditions": list(enumerate(conditions, start=1)),
        "conditions_may_break": len(conditions) > SHORT_TABLE,
        "holding": holding,
        "holding_may_break": len(holding) > SHORT_TABLE,
        "severities": [
            (wording.severity_mark(count.severity), wording.ASKS_FOR[count.severity], count)
            for count in derive.severity_counts(content)
        ],
        "grid": charts.severity_grid(content),
        "forecast": charts.forecast(content),
        "journey": charts.journey(content.milestones, content.made_at.date()),
        **_people(content),
    }


def _cover(content: ReportContent) -> dict[str, Any]:
    today = content.made_at.date()
    go_live = _("No date yet")
    if content.go_live_on:
        go_live = f"{day(content.go_live_on)}, {wording.days_from(today, content.go_live_on)}"
    return {
        "advice": wording.ADVICE[content.advice],
        "open": wording.open_sentence(content),
        "decision": wording.decision_sentence(content),
        "closed": wording.closed_sentence(content),
        "go_live": go_live,
        "infrastructure": wording.INFRASTRUCTURE.get(content.infrastructure, content.infrastructure),
        "made_on": day(today),
        "submitted_on": day(content.submitted_at.date()),
        "answers": sum(len(topic.answers) for topic in content.topics),
        "hash": _in_groups(content.content_hash),
        "audit_hash": _in_groups(content.audit.hash) if content.audit else "",
        "audit_at": wording.moment(content.audit.at) if content.audit else "",
        "made": content.made_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
    }


def _in_groups(digest: str) -> str:
    """Sixteen signs a group: a person compares it with another screen."""
    return " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))


def _kind(key: str, lines: list[FindingLine]) -> dict[str, Any]:
    names = {
        "assertion": ("strengths", _("Strengths")),
        "issue": ("issues", _("Issues")),
        "risk": ("risks", _("Risks")),
    }
    anchor, name = names[key]
    own = [line for line in lines if line.finding.kind == key]
    return {"anchor": anchor, "name": name, "note": wording.kind_note([line.finding for line in own]), "lines": own}


def _finding_line(finding: ReportFinding, content: ReportContent) -> FindingLine:
    topics = {topic.key: topic for topic in content.topics}
    topic = topics.get(finding.topic, Topic(finding.topic, finding.topic))
    plan = derive.last_plan(finding)
    acceptance = finding.acceptance
    size = len(finding.evidence) + len(finding.mitigation) + sum(len(p.text) + len(p.answer) for p in finding.plans)
    return FindingLine(
        finding=finding,
        mark=wording.mark_of(finding),
        severity=wording.severity_mark(finding.severity),
        state="" if finding.kind == "assertion" else str(wording.STATES[finding.state]),
        topic=topic.name,
        nature=str(wording.NATURES[finding.nature]),
        anchor=f"f-{finding.number.lower()}",
        rounds=tuple(RoundLine(p, day(p.due_on, short=True), wording.decision_of(p)) for p in finding.plans),
        plan=plan,
        due=day(derive.due_on(finding), short=True),
        answered=finding.question in content.questions,
        may_break=size > 2 * LONG_TEXT,
        accepted=day(acceptance.accepted_on, short=True) if acceptance else "",
        expires=day(acceptance.expires_on, short=True) if acceptance else "",
    )


def _topic_line(topic: Topic, content: ReportContent, lines: list[FindingLine]) -> TopicLine:
    own = [line for line in lines if line.finding.topic == topic.key]
    colour = derive.light(topic, content.findings)
    answers = tuple(_answer_line(answer, own) for answer in topic.answers)
    return TopicLine(
        topic=topic,
        light=wording.light_mark(colour),
        troubled=colour in ("amber", "red"),
        open=tuple(line for line in own if line.finding in derive.open_ones([line.finding])),
        advice=tuple(line for line in own if line.finding.kind in derive.HARMFUL and line.finding.mitigation),
        practices=tuple(line for line in own if line.finding.kind in ("best_practice", "recommendation")),
        answers=answers,
        may_break=len(answers) > SHORT_TABLE,
    )


def _answer_line(answer: Answer, lines: list[FindingLine]) -> AnswerLine:
    return AnswerLine(
        answer=answer,
        anchor=f"q-{answer.question.lower()}",
        nature=str(wording.NATURES[answer.nature]),
        findings=tuple(line for line in lines if line.finding.question == answer.question),
        long=len(answer.text) > LONG_TEXT,
    )


def _people(content: ReportContent) -> dict[str, Any]:
    signs = [(p, wording.moment(p.signed_at) if p.signed_at else "") for p in content.participants if p.signs]
    today = content.made_at.date()
    milestones = [
        (m, day(m.planned_on), wording.days_from(today, m.planned_on) if m.planned_on and not m.done else "")
        for m in content.milestones
    ]
    return {
        "signing": signs,
        "others": [person for person in content.participants if not person.signs],
        "milestones": milestones,
    }
