"""What may be laid beside a step: marking it is one thing, proving it another, and neither waits for the other."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_of_team


@dataclass(frozen=True)
class ProofFacts:
    """One step, and where a piece of evidence is meant: whether it lies beside it, and whether it was withdrawn."""

    project_key: str
    project_state: str
    step: str
    attached: bool = False
    withdrawn: bool = False


def may_prove_step(person: Onlooker, facts: ProofFacts) -> Decision:
    """The team lays evidence beside a step at any time: before it is marked, after, and in a complete phase."""
    already, gone = _("This lies beside %(step)s already."), _("This was withdrawn. Add it anew.")
    return _decide(
        person,
        facts,
        Reason("evidence_attached", already % {"step": facts.step}) if facts.attached else None,
        Reason("evidence_withdrawn", gone) if facts.withdrawn else None,
    )


def may_remove_proof(person: Onlooker, facts: ProofFacts) -> Decision:
    """The team takes it away again; that it lay there stays in history."""
    text = _("This does not lie beside %(step)s.") % {"step": facts.step}
    return _decide(person, facts, None if facts.attached else Reason("evidence_not_attached", text))


def may_note_step(person: Onlooker, facts: ProofFacts) -> Decision:
    """The team writes notes beside a step at any time."""
    return _decide(person, facts)


def _decide(person: Onlooker, facts: ProofFacts, *missing: Reason | None) -> Decision:
    return because(who=(not_of_team(person),), missing=(not_active(facts.project_state, facts.project_key), *missing))
