"""Who somebody is to a project. Only this file reads memberships' roles; every other rule asks it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Reason
from projects.portfolio.states import Access, Job, ProjectState, Side

FILLERS = {Access.OWNER, Access.ENVIRONMENT_MANAGER, Access.MEMBER}


ENVIRONMENT = {Access.OWNER, Access.ENVIRONMENT_MANAGER}


@dataclass(frozen=True)
class Onlooker:
    """A person as rules see them: on which side, with what access and job, in which staff roles."""

    id: int
    organisation: int = 0
    organisation_kind: str = ""
    is_org_admin: bool = False
    side: str = ""
    access: str = ""
    job: str = ""
    stakeholder: bool = False
    staff: frozenset[str] = frozenset()

    @property
    def fills(self) -> bool:
        return self.access in FILLERS

    @property
    def manages_environments(self) -> bool:
        return self.access in ENVIRONMENT

    @property
    def owns(self) -> bool:
        return self.access == Access.OWNER

    @property
    def leads_team(self) -> bool:
        """The project manager: a member with that job who may fill."""
        return self.fills and self.job == Job.PROJECT_MANAGER

    @property
    def reviews(self) -> bool:
        return bool(self.staff & {"architect", "lead"})

    @property
    def engineers(self) -> bool:
        return "engineer" in self.staff

    @property
    def decides_for_customer(self) -> bool:
        return self.side == Side.CUSTOMER and self.stakeholder


def not_of_team(person: Onlooker) -> Reason | None:
    """Members, environment managers and owners work on a project; viewers only see it."""
    if person.fills:
        return None
    return Reason("not_of_team", _("Only members of the project team of customer or partner may do this."))


def not_environment_manager(person: Onlooker) -> Reason | None:
    if person.manages_environments:
        return None
    return Reason("not_environment_manager", _("Only an owner or an environment manager of the project may do this."))


def not_owner(person: Onlooker) -> Reason | None:
    if person.owns:
        return None
    return Reason("not_owner", _("Only an owner of the project may do this."))


def not_reviewer(person: Onlooker) -> Reason | None:
    if person.reviews:
        return None
    return Reason("not_reviewer", _("Only a FastTrack architect or lead may do this."))


def not_engineer(person: Onlooker) -> Reason | None:
    if person.engineers:
        return None
    return Reason("not_engineer", _("Only a service engineer may do this."))


def not_active(state: str, key: str) -> Reason | None:
    """Nothing moves on a project that is paused, closed or graduated; a paused one is resumed in its settings."""
    if state == ProjectState.ACTIVE:
        return None
    text = _("The project is %(state)s.") % {"state": ProjectState(state).label.lower()}
    return Reason("project_not_active", text, Cure("project_settings", {"key": key}))
