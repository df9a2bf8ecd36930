"""The rounds of a checklist, who sends them, and the facts their rules take."""

from collections import Counter
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.calendar import add_business_days
from golive.core.decision import Decision
from golive.programme.queries import fasttrack_calendar, number
from projects.checklist.models.checklist import Checklist, ChecklistRound
from projects.checklist.queries.header import partner_said
from projects.checklist.queries.sheet import Sheet
from projects.checklist.rules.contradictions import unsettled
from projects.checklist.rules.header import header_lacks
from projects.checklist.rules.submission import RoundFacts, may_answer, may_reopen, may_submit, may_withdraw
from projects.checklist.states import RoundState
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker_among, people_of, team_of
from projects.portfolio.rules.onlooker import FILLERS


def round_facts(sheet: Sheet) -> RoundFacts:
    """What the rules of answering take; the stakeholders are counted where they are asked about."""
    round_ = sheet.round
    return RoundFacts(
        project_key=sheet.project.key,
        project_state=sheet.project.state,
        round_state=round_.state if round_ else RoundState.DRAFT,
        round_number=round_.number if round_ else 1,
        taken=bool(round_ and round_.taken_at),
        submitted_on=_moment(round_.submitted_at) if round_ and round_.submitted_at else "",
        completed_by=sheet.checklist.completed_by_id if sheet.checklist else None,
    )


def _moment(at: datetime) -> str:
    """In the reader's zone."""
    return date_format(timezone.localtime(at), _("j M Y, H:i"))


def submission_facts(sheet: Sheet) -> RoundFacts:
    stakeholders = Counter(one.side for one in sheet.people if one.stakeholder and one.user.is_active)
    base = round_facts(sheet)
    return RoundFacts(
        **base.__dict__
        | {
            "unanswered": sheet.unanswered,
            "incomplete": sheet.incomplete,
            "contradictions": unsettled(sheet.contraries),
            "without_evidence": sheet.without_evidence,
            "header_lacks": header_lacks(sheet.header),
            "go_live_set": bool(sheet.facts.milestones.get("go_live")),
            "licences_said": bool(sheet.onboarding.licences),
            "partner_said": partner_said(sheet),
            "has_partner": sheet.project.partner_id is not None,
            "customer_stakeholders": stakeholders["customer"],
            "partner_stakeholders": stakeholders["partner"],
        }
    )


def decisions_of(user: User, sheet: Sheet) -> dict[str, Decision]:
    """Every act on the checklist, for the buttons of the page and the actions of the API."""
    person, facts = onlooker_among(user, sheet.people), submission_facts(sheet)
    return {
        "answer": may_answer(person, facts),
        "submit": may_submit(person, facts),
        "withdraw": may_withdraw(person, facts),
        "reopen": may_reopen(person, facts),
    }


def rounds_of(project: Project) -> QuerySet[ChecklistRound]:
    """Newest first, each with what was frozen and by whom."""
    rounds = ChecklistRound.objects.filter(checklist__rollout__project=project, checklist__rollout__number=1)
    return rounds.select_related("submission__submitted_by").order_by("-number")


def first_report_due(sent: datetime) -> date:
    """By when the first report is promised; the clock starts when the checklist arrives."""
    calendar = fasttrack_calendar()
    return add_business_days(sent, int(number("first_report")), country=calendar.country, zone=calendar.zone)


def told_of_submission(project: Project) -> list[User]:
    """The architect of the project, or all of them where none is named; leads; the team with its stakeholders."""
    architects = Q(pk=project.architect_id) if project.architect_id else Q(is_architect=True)
    open_to = User.objects.filter(is_active=True, disabled_at=None, organisation__disabled_at=None)
    reviewers = open_to.filter(architects | Q(is_lead=True)).order_by("name", "pk")
    people = {person.pk: person for person in [*reviewers, *team_of(project)]}
    return list(people.values())


def fillers_of(project: Project) -> QuerySet[Membership]:
    """Who may be named as having completed the checklist."""
    return people_of(project).filter(access__in=FILLERS, user__is_active=True)


def fillers_among(sheet: Sheet) -> list[Membership]:
    """The same where the page has asked for everybody already."""
    return [member for member in sheet.people if member.access in FILLERS and member.user.is_active]


def is_completed_by(project: Project, person: User) -> bool:
    """Is this who is named as having completed the checklist?"""
    return Checklist.objects.filter(project=project, completed_by=person).exists()
