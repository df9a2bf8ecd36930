"""What the facts of a project make of each step: whether it is asked, is required, and is ticked by the system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from golive.core.expressions import ExpressionFailed, Scope
from projects.methodology.rules.catalogue import StepText
from projects.portfolio.states import Product

# What happens at the gate, which a project without finance and operations apps does not have: people do it elsewhere.
ELSEWHERE = frozenset(
    {"sandbox.registered", "estimate.activated", "checklist.submitted", "clearance.granted", "request.signed_off"}
)
KEPT = ("applies", "required", "auto")  # of a bearing, in the step's own row
DEPLOYED, PACKAGED = "production.deployed", "production.package_installed"


@dataclass(frozen=True)
class Bearing:
    """`counts`: nobody marks it here, and nothing waits for it."""

    applies: bool
    required: bool
    auto: str
    counts: bool = False


class Weighing:
    """One reading of the facts: a single scope for all steps. A fact that is not known yet is absent."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.known = known
        self.without_gate = has_no_gate(known.get("products") or ())
        self.scope = Scope({"project": dict(known)}, {})

    def of(self, text: StepText) -> Bearing:
        if self.without_gate and text.auto == PACKAGED:
            return Bearing(applies=False, required=text.required, auto=text.auto)
        if self.without_gate and text.auto in ELSEWHERE | {DEPLOYED}:
            return Bearing(applies=self.asks(text), required=False, auto="", counts=text.auto == DEPLOYED)
        return Bearing(applies=self.asks(text), required=text.required, auto=text.auto)

    def asks(self, text: StepText) -> bool:
        """While a fact that the condition reads is unknown, the step is shown."""
        condition = text.applies_when
        if condition is None or condition.facts("project") - self.known.keys():
            return True
        try:
            return condition.holds(self.scope)
        except ExpressionFailed:
            return True


def has_no_gate(products: Iterable[str]) -> bool:
    """A project that is known to have no finance and operations apps makes no production request here."""
    chosen = set(products)
    return bool(chosen) and Product.FINANCE_OPERATIONS not in chosen
