"""Who changes the people of a project, and how an owner leaves it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import ALLOWED, Cure, Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_owner


@dataclass(frozen=True)
class LeaverFacts:
    """Somebody on a project who is to leave it, or to be no owner any more."""

    key: str
    state: str
    uid: str  # of the person, for the way to the page that hands over
    owns: bool
    others_own: bool  # somebody else owns the project, and can come in


@dataclass(frozen=True)
class SuccessorFacts:
    """Whom a project is handed over to."""

    on_project: bool
    oneself: bool = False
    may_enter: bool = True


def may_change_people(person: Onlooker, *, state: str, key: str) -> Decision:
    """An owner changes who is on the project."""
    return because(who=(not_owner(person),), missing=(not_active(state, key),))


def may_remove_member(person: Onlooker, facts: LeaverFacts) -> Decision:
    """An owner takes somebody off the project. The last owner hands over first."""
    return because(who=(not_owner(person),), missing=(not_active(facts.state, facts.key), no_owner_left(facts)))


def may_hand_over(person: Onlooker, facts: LeaverFacts, successor: SuccessorFacts | None = None) -> Decision:
    """An owner names who owns the project instead of another: somebody on it, who can come in."""
    is_none = Reason("no_owner", _("This person is no owner of the project: there is nothing to hand over."))
    reasons = (not_active(facts.state, facts.key), None if facts.owns else is_none)
    return because(who=(not_owner(person),), missing=(*reasons, *(unfit(successor) if successor else ())))


def unfit(successor: SuccessorFacts) -> tuple[Reason | None, ...]:
    if not successor.on_project:
        return (Reason("successor_not_on_project", _("Who takes over is on the project already. Add them first.")),)
    oneself = Reason("successor_oneself", _("Nobody takes over from themselves."))
    out = Reason("successor_disabled", _("Who takes over must be able to sign in."))
    return (oneself if successor.oneself else None, None if successor.may_enter else out)


def no_owner_left(facts: LeaverFacts) -> Reason | None:
    """A project keeps at least one owner who can come in."""
    if not facts.owns or facts.others_own:
        return None
    cure = Cure("member_hand_over", {"key": facts.key, "uid": facts.uid})
    return Reason("last_owner", _("A project keeps at least one owner. Name a successor first."), cure)


def may_become_owner(person: Onlooker, *, organisations: frozenset[int]) -> Decision:
    """An organisation administrator may become owner of any project of the own organisation; it is recorded."""
    if person.is_org_admin and person.organisation in organisations:
        return ALLOWED
    text = _("Only an administrator of the customer's or the partner's organisation may do this.")
    return Decision(who=(Reason("not_org_admin", text),))
