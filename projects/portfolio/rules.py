"""Who somebody is to a project. Only this file reads memberships' roles; every other rule asks it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import ALLOWED, Cure, Decision, Reason, because
from projects.portfolio.states import Access, Job, ProjectState, Risk, Side, Station

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
    """Nothing moves on a project that is paused, closed or graduated."""
    if state == ProjectState.ACTIVE:
        return None
    text = _("The project is %(state)s.") % {"state": ProjectState(state).label.lower()}
    return Reason("project_not_active", text, Cure("project", {"key": key}))


def may_make_project(person: Onlooker) -> Decision:
    """An organisation administrator of a customer or of a partner makes projects."""
    if person.is_org_admin and person.organisation_kind in {"customer", "partner"}:
        return ALLOWED
    text = _("Only an administrator of a customer's or partner's organisation makes projects. Ask yours.")
    return Decision(who=(Reason("not_org_admin", text),))


def may_change_people(person: Onlooker, *, state: str, key: str) -> Decision:
    """An owner changes who is on the project."""
    return because(who=(not_owner(person),), missing=(not_active(state, key),))


def may_become_owner(person: Onlooker, *, organisations: frozenset[int]) -> Decision:
    """An organisation administrator may become owner of any project of the own organisation; it is recorded."""
    if person.is_org_admin and person.organisation in organisations:
        return ALLOWED
    text = _("Only an administrator of the customer's or the partner's organisation may do this.")
    return Decision(who=(Reason("not_org_admin", text),))


@dataclass(frozen=True)
class StandingFacts:
    """The columns of a standing that its derived columns are computed from."""

    project_state: str
    has_go_live: bool
    checklist_state: str
    review_state: str
    turn: str
    clearance_state: str
    request_state: str
    predicted_risk: int
    found_risk: int


def worst_risk(facts: StandingFacts) -> int:
    """Once reviewers have looked, what they found counts; before, what the answers predict."""
    return Risk(facts.found_risk if facts.review_state else facts.predicted_risk)


def station(facts: StandingFacts) -> int:
    """The station a project stands at: the first of the nine that is not behind it."""
    if facts.request_state == "done":
        return Station.PACKAGES
    if facts.request_state in {"queued", "deploying", "failed"}:
        return Station.REQUEST
    if facts.clearance_state == "stands":
        return Station.REQUEST
    if facts.review_state or facts.checklist_state == "submitted":
        return Station.REVIEW
    return Station.CHECKLIST if facts.has_go_live else Station.DATE


def waits_for(facts: StandingFacts) -> str:
    """Whose turn it is: the team's, the reviewers', the engineers', or nobody's."""
    if facts.project_state != ProjectState.ACTIVE or facts.request_state == "done":
        return "nobody"
    if facts.request_state == "deploying":
        return "engineers"
    if facts.request_state == "queued" and facts.clearance_state == "stands":
        return "engineers"
    if facts.checklist_state == "submitted" and not facts.review_state:
        return "reviewers"
    return facts.turn or "team"
