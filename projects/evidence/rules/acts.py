"""Who adds, renews, confirms and withdraws evidence, how much a project keeps, and which file is given out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because
from projects.evidence.states import Scan
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_of_team

MB = 1_048_576  # as pages show sizes


@dataclass(frozen=True)
class EvidenceFacts:
    """In bytes: what the project keeps, what would come on top (nothing for content it has), and its quota."""

    project_key: str
    project_state: str
    withdrawn: bool = False
    stale: bool = False
    kept: int = 0
    adds: int = 0
    quota: int = 0


def may_add_evidence(person: Onlooker, facts: EvidenceFacts) -> Decision:
    """The team adds files and links while the project is active and has room for them."""
    return because(who=(not_of_team(person),), missing=(*_moves(facts), _too_full(facts)))


def may_revise_evidence(person: Onlooker, facts: EvidenceFacts) -> Decision:
    """The team puts a newer file or link in the place of one; the older ones stay."""
    return because(who=(not_of_team(person),), missing=(*_moves(facts), _withdrawn(facts), _too_full(facts)))


def may_withdraw_evidence(person: Onlooker, facts: EvidenceFacts) -> Decision:
    """The team withdraws what shall no longer be offered; what named it still finds it."""
    return because(who=(not_of_team(person),), missing=(*_moves(facts), _withdrawn(facts)))


def may_confirm_evidence(person: Onlooker, facts: EvidenceFacts) -> Decision:
    """What was overtaken by something that came later still holds: the team says so, or gives a newer revision."""
    fresh = Reason("not_stale", _("Nothing has come after this that it does not know."))
    missing = (*_moves(facts), _withdrawn(facts), None if facts.stale or facts.withdrawn else fresh)
    return because(who=(not_of_team(person),), missing=missing)


def may_open_file(scan: str) -> Decision:
    """Whoever sees the project opens its files, but for those in which a scanner found something."""
    text = _("This file is held back: a scanner found something in it.")
    return because(missing=(Reason("infected", text) if scan == Scan.INFECTED else None,))


def _moves(facts: EvidenceFacts) -> tuple[Reason | None, ...]:
    return (not_active(facts.project_state, facts.project_key),)


def _withdrawn(facts: EvidenceFacts) -> Reason | None:
    if not facts.withdrawn:
        return None
    return Reason("evidence_withdrawn", _("This was withdrawn. Add it anew."))


def _too_full(facts: EvidenceFacts) -> Reason | None:
    if facts.kept + facts.adds <= facts.quota or not facts.adds:
        return None
    left = {"left": max(0, facts.quota - facts.kept) // MB, "quota": facts.quota // MB}
    text = _("The files of a project are together at most %(quota)d MB; there is room for %(left)d MB.") % left
    return Reason("quota_full", text)
