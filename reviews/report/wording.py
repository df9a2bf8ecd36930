"""The words and marks of the report: severity is always mark, word and colour."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from reviews.report.content import Plan, ReportContent, ReportFinding
from reviews.report.derivations import conditions, due_on, harmful, holding, open_ones, severity_counts


@dataclass(frozen=True)
class Mark:
    css: str
    sign: str
    word: str


SIGNS = {"critical": "◆", "high": "▲", "medium": "●", "low": "○", "": ""}
SEVERITY = {
    "critical": gettext_lazy("Critical"),
    "high": gettext_lazy("High"),
    "medium": gettext_lazy("Medium"),
    "low": gettext_lazy("Low"),
    "": "",
}
ASKS_FOR = {
    "critical": gettext_lazy("Holds the review until it is mitigated, or the customer accepts its risk in writing"),
    "high": gettext_lazy("Needs an accepted plan with an owner and a date, or its risk accepted"),
    "medium": gettext_lazy("Needs an owner and a date; does not hold the review"),
    "low": gettext_lazy("Advice, in this report only"),
}
HARM = {
    ("critical", "issue"): gettext_lazy("Critical issue"),
    ("high", "issue"): gettext_lazy("High issue"),
    ("medium", "issue"): gettext_lazy("Medium issue"),
    ("low", "issue"): gettext_lazy("Low issue"),
    ("critical", "risk"): gettext_lazy("Critical risk"),
    ("high", "risk"): gettext_lazy("High risk"),
    ("medium", "risk"): gettext_lazy("Medium risk"),
    ("low", "risk"): gettext_lazy("Low risk"),
}
LIGHTS = {
    "green": ("strength", "✓", pgettext_lazy("light", "Green")),
    "amber": ("high", "▲", pgettext_lazy("light", "Amber")),
    "red": ("critical", "◆", pgettext_lazy("light", "Red")),
    "grey": ("low", "○", pgettext_lazy("light", "Grey")),
}
STATES = {
    "open": gettext_lazy("Open"),
    "mitigation_requested": gettext_lazy("Mitigation requested"),
    "plan_submitted": gettext_lazy("Plan submitted"),
    "plan_accepted": gettext_lazy("Plan accepted"),
    "mitigated": gettext_lazy("Mitigated"),
    "accepted_by_customer": gettext_lazy("Accepted by customer"),
}
STEP_WORDS = {
    "waiting": gettext_lazy("no plan yet"),
    "submitted": gettext_lazy("submitted"),
    "accepted": gettext_lazy("accepted"),
    "closed": gettext_lazy("closed"),
}
NATURES = {"required": gettext_lazy("required"), "advised": gettext_lazy("advised"), "": ""}
ADVICE = {
    "ready": gettext_lazy("Ready"),
    "ready_with_conditions": gettext_lazy("Ready with conditions"),
    "not_ready": gettext_lazy("Not ready"),
}
INFRASTRUCTURE = {
    "microsoft_managed": gettext_lazy("Managed by the vendor"),
    "self_service": gettext_lazy("Self-service"),
}


def mark_of(finding: ReportFinding) -> Mark:
    if finding.kind == "assertion":
        return Mark("strength", "✓", _("Strength"))
    word = HARM.get((finding.severity, finding.kind), SEVERITY[finding.severity])
    return Mark(finding.severity or "low", SIGNS[finding.severity], str(word))


def severity_mark(severity: str) -> Mark:
    return Mark(severity, SIGNS[severity], str(SEVERITY[severity]))


def light_mark(colour: str) -> Mark:
    css, sign, word = LIGHTS[colour]
    return Mark(css, sign, str(word))


def day(value: date | None, *, short: bool = False) -> str:
    return date_format(value, "j M Y" if short else "j F Y") if value else ""


def moment(value: datetime) -> str:
    return _("%(day)s, %(time)s UTC") % {
        "day": date_format(value.astimezone(UTC), "j F Y"),
        "time": value.astimezone(UTC).strftime("%H:%M"),
    }


def days_from(start: date, end: date) -> str:
    days = (end - start).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}


def open_sentence(content: ReportContent) -> str:
    """What is open, critical and high first: the line under the advice."""
    opened = {count.severity: count.open for count in severity_counts(content)}
    critical = _("No critical finding is open.")
    if opened["critical"]:
        critical = ngettext(
            "%(n)d critical finding is open.", "%(n)d critical findings are open.", opened["critical"]
        ) % {"n": opened["critical"]}
    high = _("No high finding is open.")
    if opened["high"]:
        high = ngettext("%(n)d high finding is open.", "%(n)d high findings are open.", opened["high"])
        if len(conditions(content)) == opened["high"]:
            high = ngettext(
                "%(n)d high finding is open, with an accepted plan.",
                "%(n)d high findings are open, each with an accepted plan.",
                opened["high"],
            )
        high %= {"n": opened["high"]}
    return f"{critical} {high}"


def decision_sentence(content: ReportContent) -> str:
    if content.advice == "not_ready" or holding(content):
        return _held_sentence(content)
    if not content.go_live_on:
        return str(ADVICE[content.advice]) + "."
    if not (met := conditions(content)):
        return _("Go live on %(day)s.") % {"day": day(content.go_live_on)}
    text = ngettext(
        "Go live on %(day)s, if the condition of part 6 is met by %(last)s.",
        "Go live on %(day)s, if the %(n)d conditions of part 6 are met by %(last)s.",
        len(met),
    )
    last = max(filter(None, map(due_on, met)), default=content.go_live_on)
    return text % {"day": day(content.go_live_on), "n": len(met), "last": day(last)}


def _held_sentence(content: ReportContent) -> str:
    if not (held := len(holding(content))):
        return _("The reviewer advises not to go live yet.")
    text = ngettext("Do not go live yet: %(n)d finding holds the review.",
                    "Do not go live yet: %(n)d findings hold the review.", held)  # fmt: skip
    return text % {"n": held}


def closed_sentence(content: ReportContent) -> str:
    findings = harmful(content)
    if not findings:
        return _("No issue and no risk was found.")
    closed = len(findings) - len(open_ones(findings))
    text = ngettext(
        "%(found)d issue or risk was found; closed so far: %(closed)d.",
        "Of %(found)d issues and risks %(closed)d are closed.",
        len(findings),
    )
    return text % {"found": len(findings), "closed": closed}


def decision_of(plan: Plan) -> str:
    words = {
        "accepted": _("Accepted %(day)s"),
        "returned": _("Returned %(day)s"),
        "submitted": _("Waits for the reviewer"),
    }
    text = (words[plan.decision] % {"day": day(plan.decided_on, short=True)}).strip()
    return f"{text}: {plan.answer}" if plan.answer else f"{text}."


def kind_note(findings: list[ReportFinding]) -> str:
    """How many of one kind, and how many of them are closed."""
    if not findings:
        return _("None.")
    if findings[0].kind == "assertion":
        text = ngettext("%(n)d thing to keep as it is.", "%(n)d things to keep as they are.", len(findings))
        return text % {"n": len(findings)}
    closed = len(findings) - len(open_ones(findings))
    text = ngettext("%(n)d, closed: %(closed)d.", "%(n)d, most severe first; closed: %(closed)d.", len(findings))
    return text % {"n": len(findings), "closed": closed}
