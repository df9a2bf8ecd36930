"""A list of people from elsewhere, row by row: what it says, and what comes of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because
from golive.core.folding import fold, words_in
from golive.core.text import clean_text
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_owner
from projects.portfolio.states import STOPS_IMPORT, Access, ImportOutcome, Job

MOST = 200  # rows of one import
YES, NO = {"yes", "y", "x", "1", "true"}, {"", "no", "n", "0", "false"}


@dataclass(frozen=True)
class RosterRow:
    """One row as it was read. `fault`: why it cannot be taken."""

    number: int
    email: str = ""
    name: str = ""
    access: str = Access.MEMBER
    job: str = ""
    stakeholder: bool = False
    primary_contact: bool = False
    fault: str = ""


@dataclass(frozen=True)
class RowFacts:
    """What is known about the person of a row."""

    name: str = ""  # of the account; blank where nobody has this address
    on_project: bool = False
    on_a_side: bool = False
    may_enter: bool = True
    invitable: bool = False  # an address of the importer's own organisation, who may invite into it
    same_as_row: int = 0  # an earlier row with this address
    looks_like: str = ""  # somebody on the project, or in an earlier row, under another spelling


@dataclass(frozen=True)
class RowOutcome:
    row: RosterRow
    outcome: ImportOutcome
    text: str = ""

    mendable: bool = False  # a tick of the importer lets it pass

    @property
    def stops(self) -> bool:
        return self.outcome in STOPS_IMPORT


def may_import(person: Onlooker, *, state: str, key: str, outcomes: tuple[RowOutcome, ...] = ()) -> Decision:
    """An owner imports a list, all of it or nothing: each row that cannot be taken is a reason with its number."""
    told = [Reason("row_refused", _("Row %(n)d: %(text)s") % {"n": one.row.number, "text": one.text})
            for one in outcomes if one.stops]  # fmt: skip
    return because(who=(not_owner(person),), missing=(not_active(state, key), *told))


def read_row(number: int, texts: Mapping[str, str]) -> RosterRow:
    """Everything a row says, checked as if it had been typed; its first fault in words."""
    row = RosterRow(number)
    try:
        email = read_email(texts.get("email", ""))
        row = replace(row, email=email, name=read_name(texts.get("name", "")))
        access = read_choice(texts.get("access", ""), Access.choices, _("access")) or Access.MEMBER
        job = read_choice(texts.get("job", ""), Job.choices, _("job"))
        stakeholder, contact = (read_flag(texts.get(name, "")) for name in ("stakeholder", "primary_contact"))
    except ValidationError as error:
        return replace(row, fault=" ".join(error.messages))
    return replace(row, access=access, job=job, stakeholder=stakeholder, primary_contact=contact)


def read_email(text: str) -> str:
    address = clean_text(text, limit=254).lower()
    if not address.isascii():
        raise ValidationError(_("Use an address of plain letters."))
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError(_("This is no e-mail address.")) from error
    return address


def read_name(text: str) -> str:
    name = clean_text(text, limit=120)
    if name.startswith(("=", "+", "-", "@")):
        raise ValidationError(_("A name does not begin like a formula."))
    return name


def read_choice(text: str, choices: Iterable[tuple[str, Any]], what: str) -> str:
    """By its code or by its word."""
    wanted = fold(clean_text(text, limit=60))
    known = {fold(str(spelled)): code for code, label in choices for spelled in (code, label)} | {"": ""}
    if wanted not in known:
        raise ValidationError(_("“%(text)s” is no %(what)s we know.") % {"text": text.strip(), "what": what})
    return known[wanted]


def read_flag(text: str) -> bool:
    wanted = fold(clean_text(text, limit=20))
    if wanted not in YES | NO:
        raise ValidationError(_("Write yes or no, or leave it empty."))
    return wanted in YES


def outcome_of(row: RosterRow, facts: RowFacts, *, invite: bool, although_alike: bool) -> RowOutcome:
    """The first thing that stands in the way of a row, or what will be done."""
    if row.fault or facts.same_as_row:
        twice = _("The same address stands in row %(n)d.") % {"n": facts.same_as_row}
        return RowOutcome(row, ImportOutcome.REFUSED, row.fault or twice)
    if facts.on_project:
        return RowOutcome(row, ImportOutcome.THERE, _("Stays as it is."))
    if not facts.on_a_side:
        return outsider(row, facts, invite=invite, although_alike=although_alike)
    if not facts.may_enter:
        return RowOutcome(row, ImportOutcome.REFUSED, _("This person has been disabled."))
    if facts.looks_like and not although_alike:
        return RowOutcome(row, ImportOutcome.ALIKE, looks_like(facts), mendable=True)
    return RowOutcome(row, ImportOutcome.ADD, looks_like(facts) if facts.looks_like else "")


def outsider(row: RosterRow, facts: RowFacts, *, invite: bool, although_alike: bool) -> RowOutcome:
    if facts.name:
        return RowOutcome(row, ImportOutcome.ELSEWHERE, _("Belongs neither to the customer nor to the partner."))
    if facts.invitable and invite and row.name:
        if facts.looks_like and not although_alike:
            return RowOutcome(row, ImportOutcome.ALIKE, looks_like(facts), mendable=True)
        return RowOutcome(row, ImportOutcome.INVITE, _("Gets a letter with a link."))
    unknown = _("Nobody of the customer or the partner has this address.")
    if facts.invitable:
        unknown = _("Nobody has this address yet. With a name, they can be invited.")
    text = f"{unknown} {looks_like(facts)}" if facts.looks_like else unknown
    return RowOutcome(row, ImportOutcome.UNKNOWN, text, mendable=facts.invitable and bool(row.name))


def looks_like(facts: RowFacts) -> str:
    return _("Is this %(name)s, under another spelling?") % {"name": facts.looks_like}


def spellings_of(name: str, email: str) -> set[str]:
    """What two spellings of one person share: the folded words of the name in any order, the address without signs."""
    local, _at, domain = email.partition("@")
    plain = re.sub(r"[^a-z0-9]", "", fold(local.partition("+")[0]))
    words = " ".join(sorted(words_in(name)))
    return {f"{plain}@{domain}"} | ({words} if " " in words else set())
