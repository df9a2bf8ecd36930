"""Who closes an organisation, opens it again, or makes two of them one. Pure: facts in, a Decision out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.accounts.rules import Person
from golive.core.decision import Decision, Reason, because


@dataclass(frozen=True)
class OrganisationFacts:
    """`administrators`: how many administrators of the installation belong to it."""

    kind: str
    disabled: bool = False
    merged_into: str = ""
    administrators: int = 0


@dataclass(frozen=True)
class MergeFacts:
    """`both_sides`: keys of projects that would have one organisation as customer and as partner."""

    gone: OrganisationFacts
    kept: OrganisationFacts
    same: bool = False
    both_sides: tuple[str, ...] = ()


def may_disable_organisation(person: Person, facts: OrganisationFacts) -> Decision:
    """An administrator of the installation disables an organisation, but never the one that operates it."""
    return _decided(person, _merged(facts), _disabled(facts), _operates(facts))


def may_enable_organisation(person: Person, facts: OrganisationFacts) -> Decision:
    """An administrator opens a disabled organisation again, unless it has become part of another."""
    text = _("The organisation is not disabled.")
    return _decided(person, _merged(facts), None if facts.disabled else Reason("not_disabled", text))


def may_begin_merge(person: Person, facts: OrganisationFacts) -> Decision:
    """Before the other one is chosen: may this organisation become part of another at all?"""
    return _decided(person, _merged(facts))


def may_merge(person: Person, facts: MergeFacts) -> Decision:
    """An administrator makes two organisations of one kind one, unless a project would then have it on both sides."""
    same = _("An organisation cannot be merged into itself.")
    kinds = _("Only organisations of the same kind become one.")
    closed = _("The other organisation is disabled. Enable it first.")
    both = _("It is customer and the other partner, or the other way round, of: %(keys)s.")
    return _decided(
        person,
        _merged(facts.gone),
        Reason("same_organisation", same) if facts.same else None,
        Reason("other_kind", kinds) if facts.gone.kind != facts.kept.kind else None,
        Reason("other_disabled", closed) if facts.kept.disabled else None,
        Reason("both_sides", both % {"keys": ", ".join(facts.both_sides[:8])}) if facts.both_sides else None,
    )


def _decided(person: Person, *missing: Reason | None) -> Decision:
    """Whoever may not do it at all is not told how the organisation stands."""
    if not person.is_administrator:
        return Decision(who=(Reason("not_an_administrator", _("Only an administrator may do this.")),))
    return because(missing=missing)


def _merged(facts: OrganisationFacts) -> Reason | None:
    if not facts.merged_into:
        return None
    return Reason("merged", _("It has become part of %(name)s.") % {"name": facts.merged_into})


def _disabled(facts: OrganisationFacts) -> Reason | None:
    return Reason("already_disabled", _("The organisation is disabled already.")) if facts.disabled else None


def _operates(facts: OrganisationFacts) -> Reason | None:
    if not facts.administrators:
        return None
    return Reason("operates", _("Administrators of the installation belong to it: it operates this installation."))
