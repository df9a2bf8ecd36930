"""Whether a filter of the list may be kept under a name."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Decision, Reason, because

MOST = 20  # more than that is found no quicker than by filtering anew
LONGEST_QUERY = 600


@dataclass(frozen=True)
class ViewFacts:
    """`count`: how many this person keeps; `taken`: one of them has this name; `length`: of what is to be kept."""

    count: int = 0
    taken: bool = False
    length: int = 0


def may_save_view(facts: ViewFacts) -> Decision:
    """Whoever signs in keeps filters of their own, each under a name of its own."""
    return because(missing=(_too_many(facts), _too_long(facts), _taken(facts)))


def may_rename_view(facts: ViewFacts) -> Decision:
    return because(missing=(_taken(facts),))


def _too_many(facts: ViewFacts) -> Reason | None:
    if facts.count < MOST:
        return None
    text = _("You keep %(n)d views, the most there can be. Delete one first.") % {"n": facts.count}
    return Reason("too_many_views", text, Cure("saved_views"))


def _too_long(facts: ViewFacts) -> Reason | None:
    if facts.length <= LONGEST_QUERY:
        return None
    return Reason("view_too_long", _("This filter is too long to be kept. Search for fewer words."))


def _taken(facts: ViewFacts) -> Reason | None:
    if not facts.taken:
        return None
    return Reason("name_taken", _("You keep a view of this name already."), Cure("saved_views"))
