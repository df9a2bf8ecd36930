"""Who pauses, resumes, closes and archives a project, and when."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_owner
from projects.portfolio.states import ProjectState, ProjectVerb

OVER = (ProjectState.CLOSED, ProjectState.GRADUATED)


@dataclass(frozen=True)
class EndingFacts:
    key: str
    state: str
    archived: bool = False
    deploying: bool = False  # production is being deployed this moment


def may_pause(person: Onlooker, facts: EndingFacts) -> Decision:
    """An owner or a FastTrack lead pauses a project, unless something is being deployed."""
    return because(who=(_not_owner_nor_lead(person),), missing=(not_active(facts.state, facts.key), _deploying(facts)))


def may_resume(person: Onlooker, facts: EndingFacts) -> Decision:
    """An owner takes a paused project up again."""
    paused = facts.state == ProjectState.PAUSED
    text = _("The project is not paused.")
    return because(who=(not_owner(person),), missing=(None if paused else Reason("not_paused", text),))


def may_close(person: Onlooker, facts: EndingFacts) -> Decision:
    """An owner or a FastTrack lead closes a project for good, unless something is being deployed."""
    return because(who=(_not_owner_nor_lead(person),), missing=(_over(facts), _deploying(facts)))


def may_archive(person: Onlooker, facts: EndingFacts) -> Decision:
    """An owner puts a project that is over out of sight; nothing of it is deleted."""
    running = _("Only a project that is closed or graduated is archived.")
    return because(
        who=(not_owner(person),),
        missing=(
            None if facts.state in OVER else Reason("not_over", running),
            Reason("archived", _("The project is archived already.")) if facts.archived else None,
        ),
    )


def may_unarchive(person: Onlooker, facts: EndingFacts) -> Decision:
    """An owner brings an archived project back into the lists. It stays closed."""
    text = _("The project is not archived.")
    return because(who=(not_owner(person),), missing=(None if facts.archived else Reason("not_archived", text),))


def ending_acts(person: Onlooker, facts: EndingFacts) -> dict[str, Decision]:
    """Every verb by which a project rests, goes on or ends, by the name that doors give it."""
    return {
        ProjectVerb.PAUSE: may_pause(person, facts),
        ProjectVerb.RESUME: may_resume(person, facts),
        ProjectVerb.CLOSE: may_close(person, facts),
        ProjectVerb.ARCHIVE: may_archive(person, facts),
        ProjectVerb.UNARCHIVE: may_unarchive(person, facts),
    }


def _not_owner_nor_lead(person: Onlooker) -> Reason | None:
    if person.owns or "lead" in person.staff:
        return None
    return Reason("not_owner_nor_lead", _("Only an owner of the project, or a FastTrack lead, may do this."))


def _over(facts: EndingFacts) -> Reason | None:
    if facts.state not in OVER:
        return None
    text = _("The project is %(state)s.") % {"state": str(ProjectState(facts.state).label).lower()}
    return Reason("project_over", text)


def _deploying(facts: EndingFacts) -> Reason | None:
    if not facts.deploying:
        return None
    text = _("Production is being deployed. Wait until the deployment has ended.")
    return Reason("deploying", text, Cure("production", {"key": facts.key}))
