"""Who keeps an organisation's own methodologies, and what of them may change."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import ALLOWED, Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker

MOST_METHODOLOGIES = 50


@dataclass(frozen=True)
class DraftFacts:
    """A draft, and one step of it. `needed_by`: keys of steps that require it; `fault`: what the change would break."""

    retired: bool = False
    key: str = ""
    fixed: bool = False
    needed_by: tuple[str, ...] = ()
    at_edge: bool = False
    full: bool = False
    unchanged: bool = False
    fault: Reason | None = None


@dataclass(frozen=True)
class VersionFacts:
    """A version that a project would start with; `organisation`: whose it is, 0 of one that we supply."""

    known: bool
    organisation: int = 0
    retired: bool = False


def may_copy_methodology(person: Onlooker, *, name_taken: bool = False, full: bool = False) -> Decision:
    """An organisation's administrator makes an own methodology from a supplied or an own version."""
    taken = Reason("methodology_name_taken", _("Your organisation has a methodology of this name already."))
    many = Reason("too_many_methodologies", _("No more methodologies can be kept. Retired ones count as well."))
    return because(
        who=(not_methodology_keeper(person),), missing=(taken if name_taken else None, many if full else None)
    )


def may_add_step(person: Onlooker, facts: DraftFacts) -> Decision:
    full = Reason("draft_full", _("A methodology holds no more steps than this one has."))
    return because(
        who=(not_methodology_keeper(person),), missing=(_retired(facts), full if facts.full else None, facts.fault)
    )


def may_edit_step(person: Onlooker, facts: DraftFacts) -> Decision:
    """Fixed steps are the programme's: they stay as they are, where they are."""
    return because(who=(not_methodology_keeper(person),), missing=(_retired(facts), _fixed(facts), facts.fault))


def may_move_step(person: Onlooker, facts: DraftFacts) -> Decision:
    edge = Reason("at_edge", _("%(step)s stands at the end of its phase already.") % {"step": facts.key})
    return because(
        who=(not_methodology_keeper(person),),
        missing=(_retired(facts), _fixed(facts), edge if facts.at_edge else None),
    )


def may_remove_step(person: Onlooker, facts: DraftFacts) -> Decision:
    return because(who=(not_methodology_keeper(person),), missing=(_retired(facts), _fixed(facts), _needed(facts)))


def may_publish(person: Onlooker, facts: DraftFacts) -> Decision:
    """A published version is never edited; running projects keep the one they began with."""
    same = Reason("nothing_new", _("Nothing changed since the version that was published last."))
    return because(
        who=(not_methodology_keeper(person),), missing=(_retired(facts), same if facts.unchanged else None, facts.fault)
    )


def may_retire(person: Onlooker, facts: DraftFacts) -> Decision:
    return because(who=(not_methodology_keeper(person),), missing=(_retired(facts),))


def may_start_with(person: Onlooker, facts: VersionFacts) -> Decision:
    """A new project starts with a version that we supply, or one that the own organisation published."""
    if not facts.known or facts.organisation not in {0, person.organisation}:
        text = _("No such methodology is known here.")
        return Decision(missing=(Reason("unknown_methodology", text),))
    if facts.retired:
        return Decision(missing=(Reason("methodology_retired", _("This methodology is retired.")),))
    return ALLOWED


def not_methodology_keeper(person: Onlooker) -> Reason | None:
    if person.is_org_admin and person.organisation_kind in {"customer", "partner"}:
        return None
    text = _("Only an administrator of a customer's or partner's organisation keeps its methodologies.")
    return Reason("not_org_admin", text)


def _retired(facts: DraftFacts) -> Reason | None:
    text = _("This methodology is retired. Copy a version of it to go on.")
    return Reason("methodology_retired", text) if facts.retired else None


def _fixed(facts: DraftFacts) -> Reason | None:
    text = _("%(step)s is fixed: it cannot be edited, moved or removed.") % {"step": facts.key}
    return Reason("step_fixed", text) if facts.fixed else None


def _needed(facts: DraftFacts) -> Reason | None:
    if not facts.needed_by:
        return None
    text = _("%(others)s needs %(step)s. Take it out there first; where that step is fixed, this one stays.")
    return Reason("step_needed", text % {"others": ", ".join(facts.needed_by), "step": facts.key})
