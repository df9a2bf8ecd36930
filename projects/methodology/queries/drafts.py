"""The facts of an own methodology that its rules take."""

from golive.accounts.models import Organisation
from golive.core.decision import Reason
from golive.core.digests import digest
from projects.methodology.models.custom import CustomMethodology
from projects.methodology.rules.custom import MOST_METHODOLOGIES, DraftFacts
from projects.methodology.rules.drafts import MOST_STEPS, Draft, fault_of, is_at_edge, needed_by, step_in, steps_of


def step_facts(mine: CustomMethodology, key: str, *, by: int = 0, fault: Reason | None = None) -> DraftFacts:
    """One step of the draft; `by`: the places it would be moved; `fault`: what the change would break."""
    found = step_in(mine.draft, key)
    return DraftFacts(
        retired=mine.retired_at is not None,
        key=key,
        fixed=bool(found and found[1].get("fixed")),
        needed_by=tuple(needed_by(mine.draft, key)),
        at_edge=bool(by) and is_at_edge(mine.draft, key, by),
        fault=fault,
    )


def draft_facts(mine: CustomMethodology, *, made: Draft | None = None) -> DraftFacts:
    """The whole draft, as it stands or as it would become."""
    newest = mine.versions.order_by("-number").first()
    return DraftFacts(
        retired=mine.retired_at is not None,
        full=sum(1 for _each in steps_of(mine.draft)) >= MOST_STEPS,
        unchanged=newest is not None and newest.sha256 == digest(mine.draft),
        fault=fault_of(made or mine.draft),
    )


def copy_facts(organisation: Organisation, name: str) -> dict[str, bool]:
    """Whether a name is taken, and whether there is room for one more."""
    theirs = CustomMethodology.objects.filter(organisation=organisation)
    return {"name_taken": theirs.filter(name__iexact=name).exists(), "full": theirs.count() >= MOST_METHODOLOGIES}
