"""What the project knows already of the header: nobody types it a second time."""

from dataclasses import dataclass
from datetime import date

from projects.checklist.queries.sheet import Sheet
from projects.plan.states import PartnerChoice
from projects.portfolio.states import Side


@dataclass(frozen=True)
class KnownHeader:
    customer: str
    partner: str
    partner_said: bool  # named, or said that there is none
    customer_stakeholders: tuple[str, ...]
    partner_stakeholders: tuple[str, ...]
    architect: str
    go_live: date | None
    licences: tuple[tuple[str, int], ...]
    vision: str


def known_header(sheet: Sheet) -> KnownHeader:
    project, onboarding = sheet.project, sheet.onboarding
    return KnownHeader(
        customer=project.customer.name,
        partner=project.partner.name if project.partner else "",
        partner_said=partner_said(sheet),
        customer_stakeholders=stakeholders_of(sheet, Side.CUSTOMER),
        partner_stakeholders=stakeholders_of(sheet, Side.PARTNER),
        architect=project.architect.name if project.architect else "",
        go_live=sheet.facts.milestones.get("go_live"),
        licences=tuple((one["type"], one["count"]) for one in onboarding.licences),
        vision=onboarding.vision,
    )


def partner_said(sheet: Sheet) -> bool:
    return sheet.project.partner_id is not None or sheet.onboarding.partner_choice == PartnerChoice.NONE


def stakeholders_of(sheet: Sheet, side: str) -> tuple[str, ...]:
    found = (one.user for one in sheet.people if one.stakeholder and one.side == side and one.user.is_active)
    return tuple(sorted(user.name for user in found))
