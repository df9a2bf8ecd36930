"""Who says what to whom about a question, and who reads it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Decision, Reason, because
from projects.checklist.states import Audience
from projects.portfolio.rules.onlooker import Onlooker, not_of_team
from projects.portfolio.states import ProjectState, Side

LONGEST = 2_000  # signs of a comment
OVER = frozenset({ProjectState.CLOSED, ProjectState.GRADUATED})
SIDES = {Audience.CUSTOMER: Side.CUSTOMER, Audience.PARTNER: Side.PARTNER}


@dataclass(frozen=True)
class TalkFacts:
    """One audience of one question. `said`: anything at all; `resolved`: and nothing since it was."""

    project_key: str
    project_state: str
    audience: str
    has_partner: bool = True
    said: bool = False
    resolved: bool = False


def audiences_of(person: Onlooker, *, has_partner: bool) -> tuple[str, ...]:
    """Both sides read what is for the team, each what is for itself; who is on neither side reads nothing."""
    if not person.side:
        return ()
    own = (Audience.CUSTOMER if person.side == Side.CUSTOMER else Audience.PARTNER,)
    return (Audience.TEAM, *own) if has_partner else own


def may_read(person: Onlooker, audience: str, *, has_partner: bool) -> bool:
    return audience in audiences_of(person, has_partner=has_partner)


def may_comment(person: Onlooker, facts: TalkFacts) -> Decision:
    """The team talks until the project is over, whatever the round: each to everybody, or to its own side alone."""
    return _shy(person, facts, _over(facts))


def may_resolve(person: Onlooker, facts: TalkFacts) -> Decision:
    """Whoever may write there says that it is settled; the next comment opens it again."""
    nothing = Reason("nothing_said", _("Nothing was said here yet."))
    already = Reason("thread_resolved", _("This is resolved already."))
    return _shy(person, facts, _over(facts), None if facts.said else nothing, already if facts.resolved else None)


def may_be_mentioned(person: Onlooker, facts: TalkFacts) -> Decision:
    """Only who reads it is named in it: nobody learns from a letter what is not for them."""
    if may_read(person, facts.audience, has_partner=facts.has_partner):
        return because()
    text = _("Only people who read this can be mentioned in it.")
    return because(missing=(Reason("mention_cannot_read", text, Cure("people", {"key": facts.project_key})),))


def _shy(person: Onlooker, facts: TalkFacts, *missing: Reason | None) -> Decision:
    """The wrong person hears that, and not what else is missing: it would tell whether anything was said."""
    if reason := not_of_team(person) or _other_side(person, facts):
        return because(who=(reason,))
    return because(missing=missing)


def _other_side(person: Onlooker, facts: TalkFacts) -> Reason | None:
    if may_read(person, facts.audience, has_partner=facts.has_partner):
        return None
    return Reason("not_your_side", _("This is not for your side to read or to write."))


def _over(facts: TalkFacts) -> Reason | None:
    if facts.project_state not in OVER:
        return None
    text = _("The project is %(state)s.") % {"state": ProjectState(facts.project_state).label.lower()}
    return Reason("project_over", text, Cure("project_settings", {"key": facts.project_key}))
