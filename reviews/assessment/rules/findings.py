"""Who may do what with a finding, and when."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_of_team, not_reviewer
from projects.portfolio.states import Side
from reviews.assessment.rules.facts import FindingFacts, ReviewFacts
from reviews.assessment.rules.parties import of_the_project, stopped
from reviews.assessment.states import GRADED, OPEN_FINDING, PASSED, RUNNING, FindingState, ReviewState


def may_write(person: Onlooker, facts: ReviewFacts) -> Decision:
    """Architects and leads write, change, open and dismiss findings of a running or suspended review."""
    return because(who=(not_reviewer(person), of_the_project(person, facts.sides)), missing=_over(facts))


def may_add_finding(person: Onlooker, facts: ReviewFacts) -> Decision:
    """A finding can also be added after a passed sign-off: that suspends it."""
    passed = facts.state == ReviewState.CONCLUDED and facts.outcome in PASSED
    running = passed or facts.state in (*RUNNING, ReviewState.SUSPENDED)
    over = Reason("review_over", _("The review is over."))
    return because(
        who=(not_reviewer(person), of_the_project(person, facts.sides)),
        missing=(not_active(facts.project_state, facts.project_key), None if running else over),
    )


def may_move_finding(person: Onlooker, facts: ReviewFacts, finding: FindingFacts, *, to: str) -> Decision:
    """A reviewer moves a finding along its machine; asking for mitigation waits for the first report."""
    texts = {
        FindingState.OPEN: (FindingState.DRAFT,),
        FindingState.MITIGATION_REQUESTED: (FindingState.OPEN,),
        FindingState.PLAN_ACCEPTED: (FindingState.PLAN_SUBMITTED,),
        FindingState.MITIGATED: (FindingState.PLAN_ACCEPTED,),
        FindingState.DISMISSED: (FindingState.DRAFT, *OPEN_FINDING),
    }
    writes = may_write(person, facts)
    return because(
        who=writes.who,
        missing=(*writes.missing, _elsewhere(finding, texts[FindingState(to)]), _no_report_yet(facts, to)),
    )


def may_return_plan(person: Onlooker, facts: ReviewFacts, finding: FindingFacts) -> Decision:
    """A reviewer returns a submitted plan with what is missing: the next round begins."""
    writes = may_write(person, facts)
    return because(who=writes.who, missing=(*writes.missing, _elsewhere(finding, (FindingState.PLAN_SUBMITTED,))))


def may_edit_finding(person: Onlooker, facts: ReviewFacts, finding: FindingFacts) -> Decision:
    """The words of a finding that is not closed may change; each change is a version."""
    writes = may_write(person, facts)
    states = (FindingState.DRAFT, *(FindingState(state) for state in OPEN_FINDING))
    return because(who=writes.who, missing=(*writes.missing, _elsewhere(finding, states)))


def may_submit_plan(person: Onlooker, facts: ReviewFacts, finding: FindingFacts) -> Decision:
    """The team answers a finding for which a plan was asked."""
    return because(
        who=(not_of_team(person),),
        missing=(*_over(facts), _elsewhere(finding, (FindingState.MITIGATION_REQUESTED,))),
    )


def may_accept_risk(person: Onlooker, facts: ReviewFacts, finding: FindingFacts) -> Decision:
    """Only a stakeholder of the customer accepts the risk of an open finding, with a reason and an expiry."""
    stakeholder = person.side == Side.CUSTOMER and person.stakeholder
    text = _("Only a key stakeholder of the customer accepts a risk.")
    return because(
        who=(None if stakeholder else Reason("not_stakeholder", text),),
        missing=(*_over(facts), _elsewhere(finding, tuple(FindingState(state) for state in OPEN_FINDING))),
    )


def _over(facts: ReviewFacts) -> tuple[Reason | None, ...]:
    """What is found while a sign-off is suspended is worked through like before it, else nobody could confirm it."""
    return stopped(facts, also=(ReviewState.SUSPENDED,))


def _elsewhere(finding: FindingFacts, states: tuple[str, ...]) -> Reason | None:
    if finding.state in states:
        return None
    word = str(FindingState(finding.state).label).lower()
    return Reason("finding_state", _("%(label)s: %(state)s.") % {"label": finding.label, "state": word})


def _no_report_yet(facts: ReviewFacts, to: str) -> Reason | None:
    if to != FindingState.MITIGATION_REQUESTED or facts.report_ordered:
        return None
    return Reason("no_report_yet", _("Deliver the report first: the team then knows what the plan is about."))


def finding_acts(person: Onlooker, facts: ReviewFacts, finding: FindingFacts) -> dict[str, Decision]:
    """Every verb of a finding, by the name that doors give it."""
    moves = {
        "open": FindingState.OPEN,
        "request-mitigation": FindingState.MITIGATION_REQUESTED,
        "accept-plan": FindingState.PLAN_ACCEPTED,
        "confirm-done": FindingState.MITIGATED,
        "dismiss": FindingState.DISMISSED,
    }
    return {verb: may_move_finding(person, facts, finding, to=to) for verb, to in moves.items()} | {
        "edit": may_edit_finding(person, facts, finding),
        "return": may_return_plan(person, facts, finding),
        "submit-plan": may_submit_plan(person, facts, finding),
        "accept-risk": may_accept_risk(person, facts, finding),
    }


def check_words(kind: str, severity: str, topic: str, question: str, *, asked: Mapping[str, str]) -> None:
    """Risks and issues carry a severity, nothing else does; a question belongs to its topic in the submission."""
    faults = {}
    if (kind in GRADED) != bool(severity):
        faults["severity"] = (
            _("A risk or an issue has a severity.") if kind in GRADED else _("Only harm has a severity.")
        )
    if question and asked.get(question, topic) != topic:
        faults["question"] = _("The topic has no such question in the submission.")
    if faults:
        raise ValidationError(faults)


def check_day(day: date | None, *, today: date) -> None:
    """What is promised lies ahead."""
    if day and day < today:
        raise ValidationError(_("This day is past."), code="past")
