"""Whether a list may be taken along as a file."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Decision, Reason, because


@dataclass(frozen=True)
class ExportFacts:
    """`count`: how many rows it would have, counted up to one more than `most`."""

    count: int
    most: int


def may_export(facts: ExportFacts) -> Decision:
    """Whoever sees a list takes it along. Too long a one is refused, never cut: half a list looks like a whole one."""
    return because(missing=(_too_many(facts),))


def _too_many(facts: ExportFacts) -> Reason | None:
    if facts.count <= facts.most:
        return None
    text = _("These are more than %(n)d projects, the most that one file holds. Filter the list first.")
    return Reason("too_many_rows", text % {"n": facts.most}, Cure("portfolio"))
