"""Whether a piece of evidence still proves something."""

from dataclasses import dataclass
from datetime import date

from projects.evidence.states import Currency, Scan


@dataclass(frozen=True)
class PieceFacts:
    """One revision of a piece. `newest`: no later one was given."""

    withdrawn: bool = False
    stale: bool = False
    expires_on: date | None = None
    scan: str = ""
    newest: bool = True


def currency_of(facts: PieceFacts, today: date) -> Currency:
    """Evidence counts in its newest revision: not withdrawn, not held back, not overtaken, and to its last day."""
    if facts.withdrawn:
        return Currency.WITHDRAWN
    if facts.scan == Scan.INFECTED:
        return Currency.INFECTED
    if not facts.newest:
        return Currency.OLDER
    if facts.stale:
        return Currency.STALE
    return Currency.EXPIRED if facts.expires_on and facts.expires_on < today else Currency.CURRENT
