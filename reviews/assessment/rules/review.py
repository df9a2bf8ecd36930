"""Who may take, deliver, sign off, confirm and give up a review."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.core.decision import Cure, Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_reviewer
from reviews.assessment.rules.facts import ReviewFacts, TakeFacts, what_holds
from reviews.assessment.rules.findings import may_add_finding
from reviews.assessment.rules.parties import asked_by_right, here, not_holder, of_the_project, stopped
from reviews.assessment.states import RUNNING, FindingState, ReviewState, Severity


def may_take(person: Onlooker, facts: TakeFacts) -> Decision:
    """An architect or lead takes a submission that nobody holds; a round that was withdrawn is gone."""
    return because(
        who=(not_reviewer(person), of_the_project(person, facts.sides)),
        missing=(
            not_active(facts.project_state, facts.project_key),
            _not_submitted(facts),
            _held_by(facts),
            Reason("reviewed", _("This submission is reviewed. The next round starts a new review."))
            if facts.reviewed
            else None,
        ),
    )


def may_assign(person: Onlooker, facts: ReviewFacts, *, to: Onlooker | None = None) -> Decision:
    """A lead says who holds a review: an architect or lead of neither organisation, who did not contribute."""
    reason = None if "lead" in person.staff else Reason("not_lead", _("Only a FastTrack lead assigns reviews."))
    text = _("Only an architect or a lead from outside the project can hold its review.")
    fits = to is None or not any((not_reviewer(to), of_the_project(to, facts.sides), to.id in facts.contributors))
    return because(
        who=(reason,),
        missing=(*stopped(facts, also=(ReviewState.SUSPENDED,)), None if fits else Reason("not_assignable", text)),
    )


def may_withdraw_review(person: Onlooker, facts: ReviewFacts) -> Decision:
    """The holder or a lead gives a review up; the submission can be taken anew."""
    return because(who=(not_holder(person, facts),), missing=stopped(facts, also=(ReviewState.SUSPENDED,)))


def may_deliver_report(person: Onlooker, facts: ReviewFacts) -> Decision:
    """The holder or a lead delivers the report of a review once every draft is decided."""
    not_in_review = facts.state in RUNNING and facts.state != ReviewState.IN_REVIEW
    delivered = Reason("report_delivered", _("The report is delivered; the next one follows the team's answers."))
    return asked_by_right(
        who=(not_reviewer(person), not_holder(person, facts), of_the_project(person, facts.sides)),
        missing=(*stopped(facts), delivered if not_in_review else None, drafts_undecided(facts)),
    )


def may_conclude(person: Onlooker, facts: ReviewFacts, *, passed: bool) -> Decision:
    """The holder or a lead signs off a review that nothing holds, with a stored report; never who contributed."""
    missing = (*stopped(facts), *(_for_passing(facts) if passed else ()))
    return asked_by_right(who=_who_concludes(person, facts), missing=missing)


def may_reconfirm(person: Onlooker, facts: ReviewFacts) -> Decision:
    """A suspended review is confirmed again against what is there now, under the same conditions."""
    suspended = facts.state == ReviewState.SUSPENDED
    text = _("The review is not suspended.")
    return asked_by_right(
        who=_who_concludes(person, facts),
        missing=(
            not_active(facts.project_state, facts.project_key),
            None if suspended else Reason("not_suspended", text),
            *_for_passing(facts),
        ),
    )


def review_acts(person: Onlooker, facts: ReviewFacts) -> dict[str, Decision]:
    """Every verb of a review, by the name that doors give it."""
    return {
        "add-finding": may_add_finding(person, facts),
        "assign": may_assign(person, facts),
        "deliver-report": may_deliver_report(person, facts),
        "conclude": may_conclude(person, facts, passed=True),
        "conclude-not-ready": may_conclude(person, facts, passed=False),
        "reconfirm": may_reconfirm(person, facts),
        "withdraw": may_withdraw_review(person, facts),
    }


def drafts_undecided(facts: ReviewFacts) -> Reason | None:
    drafts = [row.label for row in facts.findings if row.state == FindingState.DRAFT]
    if not drafts:
        return None
    text = ngettext("%(labels)s is a draft: open or dismiss it.", "Open or dismiss the drafts %(labels)s.", len(drafts))
    return Reason("drafts_undecided", text % {"labels": ", ".join(drafts)}, here(facts, drafts[0]))


def _for_passing(facts: ReviewFacts) -> tuple[Reason | None, ...]:
    return (drafts_undecided(facts), *_holds(facts), _no_go_live(facts), _no_report(facts))


def _holds(facts: ReviewFacts) -> tuple[Reason, ...]:
    reasons = []
    for row in what_holds(facts.findings):
        if row.severity == Severity.CRITICAL:
            text = _("%(label)s is critical and open: it must be mitigated, or its risk accepted by the customer.")
        else:
            text = _("%(label)s is high and open: it needs an accepted plan, or its risk accepted by the customer.")
        reasons.append(Reason(f"{row.severity}_open", text % {"label": row.label}, here(facts, row.label)))
    return tuple(reasons)


def _who_concludes(person: Onlooker, facts: ReviewFacts) -> tuple[Reason | None, ...]:
    wrote = person.id in facts.contributors
    text = _("Who contributed to the checklist cannot sign off its review.")
    return (
        not_reviewer(person),
        not_holder(person, facts),
        of_the_project(person, facts.sides),
        Reason("contributor", text) if wrote else None,
    )


def _no_report(facts: ReviewFacts) -> Reason | None:
    if facts.report_stored:
        return None
    if facts.report_ordered:
        return Reason("report_pending", _("The report is being prepared; it is ready within a minute."))
    return Reason("no_report", _("A passed review needs its report. Deliver it first."), here(facts, "report"))


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
    return Reason("taken", _("It is taken already: by %(who)s.") % {"who": facts.running})
