"""The header as the workbench shows it: what the project knows already, with where to change it, and what is typed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from projects.checklist.forms.header import HeaderForm
from projects.checklist.queries.header import KnownHeader, known_header
from projects.checklist.queries.rounds import fillers_among
from projects.checklist.queries.sheet import Sheet
from projects.checklist.rules.header import HeaderContent, RolloutLine, header_lacks
from projects.plan.states import LicenceType, OnboardingStep

Fact = tuple[str, str, str]  # label, words, and the address where it is changed


@dataclass(frozen=True)
class HeaderShown:
    known: list[Fact]
    typed: list[Fact]
    lines: list[tuple[str, str, str, str]]  # when, users, areas, places
    form: HeaderForm
    go_live: str
    lacks: tuple[str, ...]
    open: bool
    conflict: dict[str, Any] = field(default_factory=dict)


def header_shown(sheet: Sheet, form: HeaderForm | None = None, conflict: dict[str, Any] | None = None) -> HeaderShown:
    known, lacks = known_header(sheet), header_lacks(sheet.header)
    if sheet.completed_by is None:
        lacks = (*lacks, _("who completed it"))
    return HeaderShown(
        known=known_facts(known, sheet.project.key),
        typed=typed_facts(sheet),
        lines=[line_words(n, line, known) for n, line in enumerate(sheet.header.rollouts)],
        form=form or form_of(sheet),
        go_live=day_words(known),
        lacks=lacks,
        open=bool(lacks or form),
        conflict=conflict or {},
    )


def form_of(sheet: Sheet, sent: Any = None) -> HeaderForm:
    return HeaderForm(
        sent,
        header=sheet.header,
        revision=sheet.header_revision,
        team=fillers_among(sheet),
        named=sheet.completed_by,
        offered=sheet.project.key,
    )


def conflict_of(header: HeaderContent, person: Any, by: str, at: datetime | None) -> dict[str, Any]:
    """What stands now, beside what was typed, which the form above still holds."""
    return {"by": by or _("Somebody else"), "at": at, "theirs": header_words(header, person)}


def header_words(header: HeaderContent, person: Any) -> list[tuple[str, str]]:
    lines = [(_("Rollout %(n)d") % {"n": n}, one_line(line)) for n, line in enumerate(header.rollouts, start=1)]
    return [
        (_("Reference of the project"), header.project_reference or "–"),
        (_("Legacy system"), header.legacy_system or "–"),
        (_("Completed by"), str(person) if person else "–"),
        *lines,
    ]


def one_line(line: RolloutLine) -> str:
    day = date_format(line.on, _("j M Y")) if line.on else ""
    return ", ".join(filter(None, (day, users_words(line), line.areas, line.places)))


def known_facts(known: KnownHeader, key: str) -> list[Fact]:
    def step(name: str) -> str:
        return reverse("onboarding_step", kwargs={"key": key, "place": name})

    people = reverse("people", kwargs={"key": key})
    partner = known.partner or (_("no partner") if known.partner_said else _("not named yet"))
    return [
        (_("Customer"), known.customer, ""),
        (_("Stakeholders, customer"), names(known.customer_stakeholders), people),
        (_("Partner"), partner, step(OnboardingStep.PARTNER)),
        *([(_("Stakeholders, partner"), names(known.partner_stakeholders), people)] if known.partner else []),
        *([(_("FastTrack architect"), known.architect, "")] if known.architect else []),
        (_("Go-live"), day_words(known), reverse("plan", kwargs={"key": key})),
        (_("Licences"), licence_words(known), step(OnboardingStep.LICENCES)),
        (_("Vision"), known.vision or "–", step(OnboardingStep.OVERVIEW)),
    ]


def typed_facts(sheet: Sheet) -> list[Fact]:
    return [
        (_("Reference of the project"), sheet.header.project_reference or "–", ""),
        (_("Legacy system"), sheet.header.legacy_system or "–", ""),
        (_("Completed by"), str(sheet.completed_by) if sheet.completed_by else "–", ""),
    ]


def names(people: tuple[str, ...]) -> str:
    return ", ".join(people) or _("nobody marked yet")


def licence_words(known: KnownHeader) -> str:
    """Each kind with its count; said to be none is not the same as not said."""
    labels, said = dict(LicenceType.choices), known.licences
    counted = (f"{labels.get(kind, kind)} {number_format(count, force_grouping=True)}" for kind, count in said)
    return ", ".join(counted) or _("not said yet")


def day_words(known: KnownHeader) -> str:
    return date_format(known.go_live, _("j M Y")) if known.go_live else _("no date yet")


def users_words(line: RolloutLine) -> str:
    return "" if line.users is None else number_format(line.users, force_grouping=True)


def line_words(n: int, line: RolloutLine, known: KnownHeader) -> tuple[str, str, str, str]:
    when = day_words(known) if n == 0 else date_format(line.on, _("j M Y")) if line.on else "–"
    return when, users_words(line) or "–", line.areas or "–", line.places or "–"
