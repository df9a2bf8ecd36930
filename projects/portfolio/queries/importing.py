"""Rows of a list of people, from a sheet, a program or another project, and what will come of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from golive.accounts.backends import may_enter
from golive.accounts.models import User
from golive.core.decision import Decision
from golive.core.folding import fold
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker, people_of
from projects.portfolio.rules.importing import (
    MOST,
    RosterRow,
    RowFacts,
    RowOutcome,
    may_import,
    outcome_of,
    read_row,
    spellings_of,
)
from projects.portfolio.states import RosterColumn

OFFERED = 100  # other projects a page offers


def rows_in_sheet(sheet: Sequence[Sequence[str]]) -> list[RosterRow]:
    """The first row names the columns, in any order; rows without a word are passed over."""
    titles = {fold(str(spelled)): one.value for one in RosterColumn for spelled in (one.value, one.label)}
    head = [fold(cell.strip()) for cell in sheet[0]] if sheet else []
    unknown = [
        cell.strip() for cell in (sheet[0] if sheet else []) if cell.strip() and fold(cell.strip()) not in titles
    ]
    if unknown:
        text = _("Row 1 names a column that is not known: %(name)s") % {"name": unknown[0][:60]}
        raise ValidationError(text, code="unknown_column")
    columns = [titles.get(name, "") for name in head]
    named = [column for column in columns if column]
    if "email" not in named or len(set(named)) < len(named):
        raise ValidationError(_("Row 1 must name the column E-mail address, and each column once."), code="no_email")
    rows = [(number, row) for number, row in enumerate(sheet[1:], start=2) if any(cell.strip() for cell in row)]
    return checked([read_row(n, {c: cell for c, cell in zip(columns, row, strict=False) if c}) for n, row in rows])


def rows_in_body(bodies: Iterable[Mapping[str, str]]) -> list[RosterRow]:
    """Numbered as they come, or as `n` says where they came from."""
    return checked([read_row(number_of(body.get("n", ""), place), body) for place, body in enumerate(bodies, start=1)])


def number_of(written: str, place: int) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 5 else place


def body_of(row: RosterRow) -> dict[str, str]:
    """A row that was read, as it is read again."""
    flags = {"stakeholder": row.stakeholder, "primary_contact": row.primary_contact}
    texts = {"n": str(row.number), "email": row.email, "name": row.name, "access": row.access, "job": row.job}
    return texts | {name: "yes" if set_ else "no" for name, set_ in flags.items()}


def rows_of_project(project: Project) -> list[RosterRow]:
    people = people_of(project).order_by("user__name", "pk")
    return checked(
        [
            RosterRow(n, one.user.email, one.user.name, one.access, one.job, one.stakeholder, one.primary_contact)
            for n, one in enumerate(people, start=1)
        ]
    )


def checked(rows: list[RosterRow]) -> list[RosterRow]:
    if not rows:
        raise ValidationError(_("There is no row in it."), code="empty")
    if len(rows) > MOST:
        raise ValidationError(_("At most %(n)d people are imported at once.") % {"n": MOST}, code="too_many")
    return rows


def sources_of(user: User, project: Project) -> QuerySet[Project]:
    """Projects whose list this person may take over: those they are on."""
    seen = Project.objects.visible_to(user).filter(memberships__user=user).exclude(pk=project.pk)
    return seen.order_by("name", "pk")


def sources_offered(user: User, project: Project) -> QuerySet[Project]:
    """The first of them, for a page to choose from; a program may name any."""
    first = sources_of(user, project).values("pk")[:OFFERED]
    return Project.objects.filter(pk__in=first).order_by("name", "pk")


def outcomes_of(
    project: Project,
    rows: Sequence[RosterRow],
    *,
    by: User,
    invite: bool = False,
    although_alike: bool = False,
    source: Project | None = None,
) -> tuple[RowOutcome, ...]:
    """What comes of each row, in two queries. Of whoever belongs elsewhere nothing is said that `by` does not see."""
    people = {user.email: user for user in _known(project, rows, source)}
    there = {one.user.email: one.user for one in people_of(project)}
    spelled = {spelling: user.name for user in there.values() for spelling in spellings_of(user.name, user.email)}
    firsts: dict[str, int] = {}
    found = []
    for row in rows:
        user = people.get(row.email) or there.get(row.email)
        mine = spellings_of(user.name if user else row.name, row.email)
        facts = RowFacts(
            name=user.name if user else "",
            on_project=row.email in there,
            on_a_side=user is not None and user.organisation_id in (project.customer_id, project.partner_id),
            may_enter=user is None or may_enter(user),
            invitable=user is None and is_own_address(by, row.email),
            same_as_row=firsts.get(row.email, 0) if row.email else 0,
            looks_like=next((spelled[one] for one in sorted(mine) if one in spelled), ""),
        )
        firsts.setdefault(row.email, row.number)
        spelled |= {} if row.fault or row.email in there else dict.fromkeys(mine, facts.name or row.name or row.email)
        found.append(outcome_of(row, facts, invite=invite, although_alike=although_alike))
    return tuple(found)


def _known(project: Project, rows: Sequence[RosterRow], source: Project | None) -> Iterator[User]:
    """People of the two sides, and those of the source: nobody else has an account, as far as this list can tell."""
    sides = {project.customer_id, project.partner_id} - {None}
    seen = Q(organisation_id__in=sides) | Q(pk__in=Membership.objects.filter(project=source).values("user"))
    addresses = [row.email for row in rows if row.email]
    yield from User.objects.filter(seen, email__in=addresses).select_related("organisation")


def is_own_address(by: User, email: str) -> bool:
    """An address that an administrator may invite: of the mail domain of the own organisation."""
    domain = by.organisation.domain or by.email.partition("@")[2]
    return by.is_org_admin and email.partition("@")[2] == domain


def import_decision(by: User, project: Project, outcomes: tuple[RowOutcome, ...] = ()) -> Decision:
    return may_import(onlooker(by, project), state=project.state, key=project.key, outcomes=outcomes)
