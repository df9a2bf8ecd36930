"""Reasons that several rules of a review give."""

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active
from reviews.assessment.rules.facts import ReviewFacts
from reviews.assessment.states import RUNNING, ReviewState


def of_the_project(person: Onlooker, sides: frozenset[int]) -> Reason | None:
    """Nobody reviews what their own organisation does."""
    if person.organisation not in sides and not person.side:
        return None
    return Reason("of_the_project", _("Nobody of the customer's or the partner's organisation reviews the project."))


def not_holder(person: Onlooker, facts: ReviewFacts) -> Reason | None:
    if person.id == facts.reviewer or "lead" in person.staff:
        return None
    return Reason("not_holder", _("Only the reviewer who holds this review, or a lead, may do this."))


def stopped(facts: ReviewFacts, *, also: tuple[str, ...] = ()) -> tuple[Reason | None, ...]:
    """Nothing of it moves on a project that is not active, or once the review is signed off or over."""
    by_whom = _("The review is signed off: by %(who)s.") % {"who": facts.signed_off}
    words = {
        ReviewState.CONCLUDED: _("The review is signed off.") if not facts.signed_off else by_whom,
        ReviewState.SUSPENDED: _("The sign-off is suspended: it is confirmed again, or withdrawn."),
        ReviewState.WITHDRAWN: _("The review was withdrawn."),
    }
    stopped = facts.state not in (*RUNNING, *also)
    return (
        not_active(facts.project_state, facts.project_key),
        Reason(f"review_{facts.state}", words[ReviewState(facts.state)]) if stopped else None,
    )


def here(facts: ReviewFacts, fragment: str) -> Cure:
    return Cure("review", {"key": facts.project_key}, fragment=fragment)


def asked_by_right(*, who: tuple[Reason | None, ...], missing: tuple[Reason | None, ...]) -> Decision:
    """Whoever may not do it at all is not told what is missing: it names drafts, which are the reviewers' own."""
    return because(who=who) if any(who) else because(missing=missing)
