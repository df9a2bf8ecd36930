"""What holds a review, and who may do what with it and with its findings."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.core.decision import Cure, Decision, Reason, because
from projects.portfolio.rules import Onlooker, not_active, not_of_team, not_reviewer
from projects.portfolio.states import Side
from reviews.assessment.states import OPEN_FINDING, RUNNING, FindingState, Outcome, ReviewState, Severity


@dataclass(frozen=True)
class FindingFacts:
    label: str
    kind: str
    severity: str
    state: str


@dataclass(frozen=True)
class ReviewFacts:
    project_key: str
    project_state: str
    state: str
    reviewer: int
    findings: tuple[FindingFacts, ...] = ()
    contributors: frozenset[int] = frozenset()
    sides: frozenset[int] = frozenset()  # the organisations of the project
    report_stored: bool = False
    report_ordered: bool = False
    has_go_live: bool = True


@dataclass(frozen=True)
class TakeFacts:
    project_key: str
    project_state: str
    round_state: str
    running: str = ""  # the name of who holds a live review of this checklist
    sides: frozenset[int] = frozenset()


def is_open(state: str) -> bool:
    return state in OPEN_FINDING


def overall_advice(findings: Iterable[FindingFacts]) -> Outcome:
    """Not ready while something holds the review; with conditions while a high is open under an accepted plan."""
    rows = list(findings)
    if what_holds(rows):
        return Outcome.NOT_READY
    planned = any(row.severity == Severity.HIGH and row.state == FindingState.PLAN_ACCEPTED for row in rows)
    return Outcome.READY_WITH_CONDITIONS if planned else Outcome.READY


def what_holds(findings: Iterable[FindingFacts]) -> tuple[FindingFacts, ...]:
    """The findings that hold a review: open criticals, and open highs without an accepted plan."""
    return tuple(
        row
        for row in findings
        if is_open(row.state)
        and (
            row.severity == Severity.CRITICAL
            or (row.severity == Severity.HIGH and row.state != FindingState.PLAN_ACCEPTED)
        )
    )


def may_take(person: Onlooker, facts: TakeFacts) -> Decision:
    """An architect or lead takes a submission that nobody holds; a round that was withdrawn is gone."""
    return because(
        who=(not_reviewer(person), _of_the_project(person, facts.sides)),
        missing=(
            not_active(facts.project_state, facts.project_key),
            _not_submitted(facts),
            _held_by(facts),
        ),
    )


def may_write(person: Onlooker, facts: ReviewFacts) -> Decision:
    """Architects and leads write, change, open and dismiss findings of a running review."""
    return because(who=(not_reviewer(person), _of_the_project(person, facts.sides)), missing=_stopped(facts))


def may_add_finding(person: Onlooker, facts: ReviewFacts) -> Decision:
    """A finding can also be added after the sign-off: that suspends it."""
    running = facts.state in (*RUNNING, ReviewState.CONCLUDED, ReviewState.SUSPENDED)
    over = Reason("review_over", _("The review is over."))
    return because(
        who=(not_reviewer(person), _of_the_project(person, facts.sides)),
        missing=(not_active(facts.project_state, facts.project_key), None if running else over),
    )


def may_assign(person: Onlooker, facts: ReviewFacts) -> Decision:
    """A lead says who holds a review."""
    reason = None if "lead" in person.staff else Reason("not_lead", _("Only a FastTrack lead assigns reviews."))
    return because(who=(reason,), missing=_stopped(facts, also=(ReviewState.SUSPENDED,)))


def may_withdraw_review(person: Onlooker, facts: ReviewFacts) -> Decision:
    """The holder or a lead gives a review up; the submission can be taken anew."""
    return because(who=(_not_holder(person, facts),), missing=_stopped(facts, also=(ReviewState.SUSPENDED,)))


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
        missing=(*_stopped(facts), _elsewhere(finding, (FindingState.MITIGATION_REQUESTED,))),
    )


def may_accept_risk(person: Onlooker, facts: ReviewFacts, finding: FindingFacts) -> Decision:
    """Only a stakeholder of the customer accepts the risk of an open finding, with a reason and an expiry."""
    stakeholder = person.side == Side.CUSTOMER and person.stakeholder
    text = _("Only a key stakeholder of the customer accepts a risk.")
    return because(
        who=(None if stakeholder else Reason("not_stakeholder", text),),
        missing=(*_stopped(facts), _elsewhere(finding, tuple(FindingState(state) for state in OPEN_FINDING))),
    )


def may_deliver_report(person: Onlooker, facts: ReviewFacts) -> Decision:
    """The holder or a lead delivers the report of a review once every draft is decided."""
    not_in_review = facts.state in RUNNING and facts.state != ReviewState.IN_REVIEW
    delivered = Reason("report_delivered", _("The report is delivered; the next one follows the team's answers."))
    return because(
        who=(not_reviewer(person), _not_holder(person, facts), _of_the_project(person, facts.sides)),
        missing=(*_stopped(facts), delivered if not_in_review else None, drafts_undecided(facts)),
    )


def may_conclude(person: Onlooker, facts: ReviewFacts, *, passed: bool) -> Decision:
    """The holder or a lead signs off a review that nothing holds, with a stored report; never who contributed."""
    missing = (*_stopped(facts), *(_for_passing(facts) if passed else ()))
    return because(who=_who_concludes(person, facts), missing=missing)


def may_reconfirm(person: Onlooker, facts: ReviewFacts) -> Decision:
    """A suspended review is confirmed again against what is there now, under the same conditions."""
    suspended = facts.state == ReviewState.SUSPENDED
    text = _("The review is not suspended.")
    return because(
        who=_who_concludes(person, facts),
        missing=(
            not_active(facts.project_state, facts.project_key),
            None if suspended else Reason("not_suspended", text),
            *_for_passing(facts),
        ),
    )


def drafts_undecided(facts: ReviewFacts) -> Reason | None:
    drafts = [row.label for row in facts.findings if row.state == FindingState.DRAFT]
    if not drafts:
        return None
    text = ngettext("%(labels)s is a draft: open or dismiss it.", "Open or dismiss the drafts %(labels)s.", len(drafts))
    return Reason("drafts_undecided", text % {"labels": ", ".join(drafts)}, _here(facts, drafts[0]))


def _for_passing(facts: ReviewFacts) -> tuple[Reason | None, ...]:
    return (drafts_undecided(facts), *_holds(facts), _no_go_live(facts), _no_report(facts))


def _holds(facts: ReviewFacts) -> tuple[Reason, ...]:
    reasons = []
    for row in what_holds(facts.findings):
        if row.severity == Severity.CRITICAL:
            text = _("%(label)s is critical and open: it must be mitigated, or its risk accepted by the customer.")
        else:
            text = _("%(label)s is high and open: it needs an accepted plan, or its risk accepted by the customer.")
        reasons.append(Reason(f"{row.severity}_open", text % {"label": row.label}, _here(facts, row.label)))
    return tuple(reasons)


def _who_concludes(person: Onlooker, facts: ReviewFacts) -> tuple[Reason | None, ...]:
    wrote = person.id in facts.contributors
    text = _("Who contributed to the checklist cannot sign off its review.")
    return (
        not_reviewer(person),
        _not_holder(person, facts),
        _of_the_project(person, facts.sides),
        Reason("contributor", text) if wrote else None,
    )


def _of_the_project(person: Onlooker, sides: frozenset[int]) -> Reason | None:
    """Nobody reviews what their own organisation does."""
    if person.organisation not in sides and not person.side:
        return None
    return Reason("of_the_project", _("Nobody of the customer's or the partner's organisation reviews the project."))


def _not_holder(person: Onlooker, facts: ReviewFacts) -> Reason | None:
    if person.id == facts.reviewer or "lead" in person.staff:
        return None
    return Reason("not_holder", _("Only the reviewer who holds this review, or a lead, may do this."))


def _stopped(facts: ReviewFacts, *, also: tuple[str, ...] = ()) -> tuple[Reason | None, ...]:
    """Nothing of it moves on a project that is not active, or once the review is signed off or over."""
    words = {
        ReviewState.CONCLUDED: _("The review is signed off."),
        ReviewState.SUSPENDED: _("The sign-off is suspended: it is confirmed again, or withdrawn."),
        ReviewState.WITHDRAWN: _("The review was withdrawn."),
    }
    stopped = facts.state not in (*RUNNING, *also)
    return (
        not_active(facts.project_state, facts.project_key),
        Reason(f"review_{facts.state}", words[ReviewState(facts.state)]) if stopped else None,
    )


def _elsewhere(finding: FindingFacts, states: tuple[str, ...]) -> Reason | None:
    if finding.state in states:
        return None
    word = str(FindingState(finding.state).label).lower()
    return Reason("finding_state", _("%(label)s: %(state)s.") % {"label": finding.label, "state": word})


def _no_report_yet(facts: ReviewFacts, to: str) -> Reason | None:
    if to != FindingState.MITIGATION_REQUESTED or facts.report_ordered:
        return None
    return Reason("no_report_yet", _("Deliver the report first: the team then knows what the plan is about."))


def _no_report(facts: ReviewFacts) -> Reason | None:
    if facts.report_stored:
        return None
    if facts.report_ordered:
        return Reason("report_pending", _("The report is being prepared; it is ready within a minute."))
    return Reason("no_report", _("A passed review needs its report. Deliver it first."), _here(facts, "report"))


def _no_go_live(facts: ReviewFacts) -> Reason | None:
    if facts.has_go_live:
        return None
    return Reason("no_go_live", _("A passed review needs a go-live date."), Cure("plan", {"key": facts.project_key}))


def _not_submitted(facts: TakeFacts) -> Reason | None:
    if facts.round_state == "submitted":
        return None
    return Reason("not_submitted", _("This round is not submitted any more."))


def _held_by(facts: TakeFacts) -> Reason | None:
    if not facts.running:
        return None
    return Reason("taken", _("%(name)s has taken it already.") % {"name": facts.running})


def _here(facts: ReviewFacts, fragment: str) -> Cure:
    return Cure("review", {"key": facts.project_key}, fragment=fragment)
