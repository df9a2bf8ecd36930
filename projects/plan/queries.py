"""What the plan and onboarding pages show, and the facts their rules take."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.accounts.models import Organisation, OrganisationKind, User
from golive.core.decision import Decision
from golive.core.waiting import Waiting
from golive.programme.queries import number
from projects.methodology.models import Phase
from projects.methodology.states import PhaseState
from projects.plan.content import MilestoneLine
from projects.plan.models import Onboarding
from projects.plan.rules import OnboardingFacts, may_complete_onboarding, may_plan, runs_backwards
from projects.portfolio.models import Membership, MilestoneMove, Project, RolloutMilestone
from projects.portfolio.queries import milestones_of, onlooker
from projects.portfolio.states import REQUIRED_MILESTONES, Access, Milestone, ProjectState, Station


def onboarding_of(project: Project) -> Onboarding:
    return Onboarding.objects.select_related("completed_by").get(project=project)


def onboarding_facts(project: Project, row: Onboarding | None = None) -> OnboardingFacts:
    row = row or onboarding_of(project)
    return OnboardingFacts(
        project_state=project.state,
        project_key=project.key,
        vision=row.vision,
        products=tuple(row.products),
        user_count=row.user_count,
        milestones=tuple(milestones_of(project)),
        complete=row.completed_at is not None,
    )


def days_of(project: Project) -> dict[str, date]:
    return {key: row.day for key, row in milestones_of(project).items()}


def moves_of(project: Project, *, size: int = 50) -> list[MilestoneMove]:
    return list(MilestoneMove.objects.filter(rollout__project=project).select_related("by")[:size])


def milestone_lines(project: Project, moves: list[MilestoneMove], today: date) -> list[MilestoneLine]:
    """Every milestone in order, those without a date too."""
    rows = milestones_of(project)
    complete = set(Phase.objects.filter(project=project, state=PhaseState.COMPLETE).values_list("key", flat=True))
    return [_line(key, rows.get(key), moves, complete, today) for key in Milestone.values]


def _line(
    key: str, row: RolloutMilestone | None, moves: list[MilestoneMove], complete: set[str], today: date
) -> MilestoneLine:
    day, tentative = (row.day, row.tentative) if row else (None, False)
    tone, icon, word = _badge(key, day, tentative, complete, today)
    left = (day - today).days if day else 0
    return MilestoneLine(
        key=key,
        name=str(Milestone(key).label),
        required=key in REQUIRED_MILESTONES,
        day=day,
        tentative=tentative,
        moved=_moved(key, moves),
        sub=ngettext("in %(n)d day", "in %(n)d days", left) % {"n": left} if left > 0 else "",
        tone=tone,
        icon=icon,
        word=word,
    )


def _badge(key: str, day: date | None, tentative: bool, complete: set[str], today: date) -> tuple[str, str, str]:
    if key.removesuffix("_end") in complete:
        return "good", "check", _("Complete")
    if day is None:
        return ("notice", "dia", _("No date yet")) if key in REQUIRED_MILESTONES else ("mute", "ring", _("No date"))
    if day < today:
        return "serious", "tri", _("Past")
    if tentative:
        return "notice", "dia", _("Tentative")
    return ("accent" if key == Milestone.GO_LIVE else "mute"), "ring", _("Planned")


def _moved(key: str, moves: list[MilestoneMove]) -> str:
    """How often a date moved, after it was first set."""
    days = [move.before for move in moves if move.milestone == key and move.before]
    if not days:
        return ""
    times = ngettext("once", "%(n)d times", len(days)) % {"n": len(days)}
    last = date_format(days[0], _("j M Y"))
    return _("%(times)s, last from %(day)s") % {"times": times, "day": last}


def backwards_words(days: dict[str, date]) -> list[str]:
    """Which dates run backwards, as sentences: a warning, never a block."""
    text = _("%(first)s after %(second)s. Phases usually follow each other; move one of the two if this is not meant.")
    pairs = runs_backwards(days)
    return [text % {"first": Milestone(a).label, "second": Milestone(b).label} for a, b in pairs]


def other_organisation(user: User, name: str) -> Organisation | None:
    """The other side of a new project, by its whole name: nobody is shown a list of everybody else's customers."""
    wanted = OrganisationKind.PARTNER if user.organisation.kind == "customer" else OrganisationKind.CUSTOMER
    return Organisation.objects.filter(kind=wanted, disabled_at=None, name__iexact=name).first()


def sides_of(user: User, other: Organisation | None) -> dict[str, Organisation | None]:
    """Who is customer and who is partner when this person starts a project."""
    if user.organisation.kind == "customer":
        return {"customer": user.organisation, "partner": other}
    return {"customer": other, "partner": user.organisation}


def plan_decision(user: User, project: Project) -> Decision:
    return may_plan(onlooker(user, project), state=project.state, key=project.key)


def onboarding_decision(user: User, project: Project, row: Onboarding | None = None) -> Decision:
    return may_complete_onboarding(onlooker(user, project), onboarding_facts(project, row))


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """For owners: onboarding that is not complete, and go-live days that passed without anybody being live."""
    owned = Membership.objects.filter(user=person, access=Access.OWNER).values("project")
    projects = Project.objects.filter(pk__in=owned, state=ProjectState.ACTIVE).select_related("standing", "onboarding")
    open_ones = projects.filter(onboarding__completed_at=None).order_by("created_at", "pk")[:limit]
    past = projects.filter(standing__go_live_on__lt=today, standing__station__lt=Station.LIVE)
    lines = [_open_onboarding(project) for project in open_ones]
    return lines + [_past_go_live(project) for project in past.order_by("standing__go_live_on", "pk")[:limit]]


def _open_onboarding(project: Project) -> Waiting:
    row = project.onboarding
    missing = {
        _("vision"): row.vision,
        _("products"): row.products,
        _("number of users"): row.user_count,
        _("go-live date"): project.standing.go_live_on,
    }
    names = ", ".join(name for name, given in missing.items() if not given)
    return Waiting(
        text=_("Finish onboarding"),
        url=reverse("onboarding", kwargs={"key": project.key}),
        since=project.created_at,
        due_on=project.created_at.date() + timedelta(days=int(number("onboarding_follow_up_1"))),
        whose="team",
        project=project.name,
        detail=_("Still missing: %(names)s") % {"names": names} if names else "",
    )


def _past_go_live(project: Project) -> Waiting:
    return Waiting(
        text=_("Move the go-live date"),
        url=reverse("plan", kwargs={"key": project.key}),
        since=project.created_at,
        due_on=project.standing.go_live_on,
        whose="team",
        project=project.name,
        detail=_("The day has passed and production is not live"),
    )
