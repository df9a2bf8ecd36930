"""Who answers the checklist, and when it may be submitted, withdrawn or reopened."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.core.decision import Cure, Decision, Reason, because
from projects.checklist.states import RoundState
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_of_team


@dataclass(frozen=True)
class RoundFacts:
    """The newest round as its rules see it. `unanswered`, `incomplete`: ids of questions."""

    project_key: str
    project_state: str
    round_state: str = RoundState.DRAFT
    round_number: int = 1
    taken: bool = False
    submitted_on: str = ""
    completed_by: int | None = None
    unanswered: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    without_evidence: tuple[str, ...] = ()
    header_lacks: tuple[str, ...] = ()  # in words
    go_live_set: bool = True
    licences_said: bool = True
    partner_said: bool = True
    has_partner: bool = True
    customer_stakeholders: int = 0
    partner_stakeholders: int = 0
    contradictions: tuple[str, ...] = ()  # neither mended, explained nor raised


def may_answer(person: Onlooker, facts: RoundFacts) -> Decision:
    """Members of the team answer while the round is a draft; drafts are never checked for being complete."""
    return because(
        who=(not_of_team(person),),
        missing=(not_active(facts.project_state, facts.project_key), _not_draft(facts)),
    )


def may_be_named(person: Onlooker, *, key: str) -> Decision:
    """The checklist is completed by the project manager or another key member of the team."""
    if person.fills:
        return because()
    text = _("Only a member of the project team can be named as having completed the checklist.")
    return because(missing=(Reason("named_not_of_team", text, Cure("people", {"key": key})),))


def may_submit(person: Onlooker, facts: RoundFacts) -> Decision:
    """The project manager, or the person named in `completed by`, submits a whole checklist with its stakeholders."""
    return because(
        who=(not_of_team(person) or _not_sender(person, facts),),
        missing=(
            not_active(facts.project_state, facts.project_key),
            _not_draft(facts),
            _completed_by_nobody(facts),
            _header_lacks(facts),
            *_project_lacks(facts),
            _unanswered(facts),
            _incomplete(facts),
            _contradictory(facts),
            _no_evidence(facts),
            _no_stakeholder(facts.customer_stakeholders, "customer", facts),
            _no_stakeholder(facts.partner_stakeholders, "partner", facts) if facts.has_partner else None,
        ),
    )


def may_withdraw(person: Onlooker, facts: RoundFacts) -> Decision:
    """A submission can be withdrawn until a review has taken it."""
    return because(
        who=(not_of_team(person) or _not_sender(person, facts),),
        missing=(not_active(facts.project_state, facts.project_key), _not_submitted(facts), _taken(facts)),
    )


def may_reopen(person: Onlooker, facts: RoundFacts) -> Decision:
    """Reopening a submitted checklist starts the next round on the same answers."""
    return because(
        who=(not_of_team(person) or _not_sender(person, facts),),
        missing=(not_active(facts.project_state, facts.project_key), _not_submitted(facts)),
    )


def _not_sender(person: Onlooker, facts: RoundFacts) -> Reason | None:
    if person.leads_team or (person.id == facts.completed_by):
        return None
    text = _("Only the project manager, or the person named as having completed the checklist, may do this.")
    return Reason("not_sender", text, Cure("people", {"key": facts.project_key}))


def _not_draft(facts: RoundFacts) -> Reason | None:
    if facts.round_state == RoundState.DRAFT:
        return None
    text = _("Round %(number)s was submitted on %(day)s: its answers are read-only. Reopen the checklist to go on.")
    words = {"number": facts.round_number, "day": facts.submitted_on}
    return Reason("submitted", text % words, Cure("checklist", {"key": facts.project_key}))


def _not_submitted(facts: RoundFacts) -> Reason | None:
    if facts.round_state == RoundState.SUBMITTED:
        return None
    return Reason("not_submitted", _("Round %(number)s is not submitted.") % {"number": facts.round_number})


def _taken(facts: RoundFacts) -> Reason | None:
    if not facts.taken:
        return None
    return Reason("taken", _("The review has begun: it cannot be withdrawn any more. Reopen the checklist instead."))


def _completed_by_nobody(facts: RoundFacts) -> Reason | None:
    """The checklist is filled in by the project manager or another key member, who is named."""
    if facts.completed_by:
        return None
    text = _("Name who completed the checklist.")
    return Reason("no_completed_by", text, Cure("checklist", {"key": facts.project_key}, fragment="header"))


def _header_lacks(facts: RoundFacts) -> Reason | None:
    """What only the header says is said before the checklist is sent."""
    if not facts.header_lacks:
        return None
    text = _("The header lacks %(what)s.") % {"what": ", ".join(facts.header_lacks)}
    return Reason("header_incomplete", text, Cure("checklist", {"key": facts.project_key}, fragment="header"))


def _project_lacks(facts: RoundFacts) -> Iterator[Reason]:
    """What the header takes from the project is said there: go-live, licences, a partner or that there is none."""
    key = {"key": facts.project_key}
    if not facts.go_live_set:
        yield Reason("no_go_live", _("Set the go-live date: it is the date of this rollout."), Cure("plan", key))
    if not facts.licences_said:
        cure = Cure("onboarding_step", key | {"place": "licences"})
        yield Reason("no_licences", _("Say how many licences there are, 0 where there are none."), cure)
    if not facts.partner_said:
        cure = Cure("onboarding_step", key | {"place": "partner"})
        yield Reason("no_partner", _("Name the partner, or say that there is none."), cure)


def _unanswered(facts: RoundFacts) -> Reason | None:
    if not facts.unanswered:
        return None
    count = len(facts.unanswered)
    text = ngettext("%(ids)s is not answered.", "%(count)s questions are not answered: %(ids)s.", count)
    words = {"count": count, "ids": ", ".join(facts.unanswered[:8])}
    cure = Cure("checklist", {"key": facts.project_key}, fragment=facts.unanswered[0])
    return Reason("unanswered", text % words, cure)


def _incomplete(facts: RoundFacts) -> Reason | None:
    """Partly says what is pending, who owns it and until when; not applicable says why."""
    if not facts.incomplete:
        return None
    count = len(facts.incomplete)
    text = ngettext("%(ids)s lacks its details.", "These answers lack their details: %(ids)s.", count)
    cure = Cure("checklist", {"key": facts.project_key}, fragment=facts.incomplete[0])
    return Reason("incomplete", text % {"ids": ", ".join(facts.incomplete[:8])}, cure)


def may_settle(person: Onlooker, facts: RoundFacts, *, stands: bool) -> Decision:
    """Whoever may answer explains what contradicts, or raises it; what contradicts no more needs no word."""
    answering = may_answer(person, facts)
    text = _("These answers do not contradict each other any more: there is nothing to say.")
    gone = Reason("not_contradictory", text, Cure("checklist", {"key": facts.project_key}))
    return because(who=answering.who, missing=(*answering.missing, None if stands else gone))


def _contradictory(facts: RoundFacts) -> Reason | None:
    if not facts.contradictions:
        return None
    count = len(facts.contradictions)
    text = ngettext(
        "One contradiction is neither mended, explained nor raised as a known risk: %(ids)s.",
        "%(count)s contradictions are neither mended, explained nor raised as known risks: %(ids)s.",
        count,
    )
    words = {"count": count, "ids": ", ".join(facts.contradictions[:8])}
    cure = Cure("checklist", {"key": facts.project_key}, fragment="contradictions")
    return Reason("contradictions", text % words, cure)


def _no_evidence(facts: RoundFacts) -> Reason | None:
    """Required evidence lies there, and still proves something."""
    if not facts.without_evidence:
        return None
    count = len(facts.without_evidence)
    text = ngettext("%(ids)s needs evidence that is current.", "These need evidence that is current: %(ids)s.", count)
    cure = Cure("checklist", {"key": facts.project_key}, fragment=facts.without_evidence[0])
    return Reason("no_evidence", text % {"ids": ", ".join(facts.without_evidence[:8])}, cure)


def _no_stakeholder(count: int, side: str, facts: RoundFacts) -> Reason | None:
    """Always include a key stakeholder of the customer and one of the partner."""
    if count:
        return None
    texts = {
        "customer": _("Mark at least one key stakeholder of the customer."),
        "partner": _("Mark at least one key stakeholder of the partner."),
    }
    return Reason(f"no_{side}_stakeholder", texts[side], Cure("people", {"key": facts.project_key}))
