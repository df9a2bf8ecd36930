"""Acts on an organisation's own methodologies. Running projects keep the version they began with, whatever happens."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from golive.accounts.models import Organisation, User
from golive.audit.actions import record
from golive.core.decision import Stale, require
from golive.core.digests import canonical, digest_of_text
from projects.methodology.models.custom import CustomMethodology, CustomVersion
from projects.methodology.queries.drafts import copy_facts, draft_facts, step_facts
from projects.methodology.queries.versions import content_of, version_facts
from projects.methodology.rules.custom import (
    may_add_step,
    may_copy_methodology,
    may_edit_step,
    may_move_step,
    may_publish,
    may_remove_step,
    may_retire,
    may_start_with,
)
from projects.methodology.rules.drafts import (
    Draft,
    fault_of,
    step_in,
    with_changed,
    with_moved,
    with_step,
    without_step,
    words_of,
)
from projects.portfolio.queries.people import onlooker

CHAIN = "site"


@transaction.atomic
def copy_methodology(*, name: str, source: str, by: User, at: datetime) -> CustomMethodology:
    """An own methodology begins as a copy; its first draft has revision 0."""
    organisation = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    person = onlooker(by)
    require(may_copy_methodology(person, **copy_facts(organisation, name)))
    require(may_start_with(person, replace(version_facts(source), retired=False)))  # the retired may be copied
    mine = CustomMethodology.objects.create(
        organisation=organisation,
        name=name,
        based_on=source,
        draft=content_of(source),
        revision=0,
        changed_at=at,
        changed_by=by,
    )
    record(CHAIN, by, "methodology.copied", mine, at=at, after={"based_on": source})
    return mine


@transaction.atomic
def add_step(
    mine: CustomMethodology, phase: str, said: Mapping[str, Any], *, seen: int, by: User, at: datetime
) -> tuple[CustomMethodology, str]:
    """The second value is the key of the step."""
    mine = _locked(mine)
    made, key = with_step(mine.draft, phase, said)
    require(may_add_step(onlooker(by), draft_facts(mine, made=made)))
    _refuse_unseen(mine, seen, theirs=_draft_words(mine), mine=words_of({"id": "", **said}))
    return _keep(mine, made, "methodology.step_added", key, by=by, at=at), key


@transaction.atomic
def edit_step(
    mine: CustomMethodology, key: str, phase: str, said: Mapping[str, Any], *, seen: int, by: User, at: datetime
) -> CustomMethodology:
    mine, step = _holding(mine, key)
    made = with_changed(mine.draft, key, phase, said)
    require(may_edit_step(onlooker(by), step_facts(mine, key, fault=fault_of(made))))
    _refuse_unseen(mine, seen, theirs=words_of(step), mine=words_of({"id": key, **said}))
    return _keep(mine, made, "methodology.step_edited", key, by=by, at=at)


@transaction.atomic
def move_step(
    mine: CustomMethodology, key: str, places: int, *, seen: int, by: User, at: datetime
) -> CustomMethodology:
    """Up or down within its phase."""
    mine, _step = _holding(mine, key)
    require(may_move_step(onlooker(by), step_facts(mine, key, by=places)))
    _refuse_unseen(mine, seen, theirs=_draft_words(mine), mine=_("%(step)s elsewhere") % {"step": key})
    return _keep(mine, with_moved(mine.draft, key, places), "methodology.step_moved", key, by=by, at=at)


@transaction.atomic
def remove_step(mine: CustomMethodology, key: str, *, seen: int, by: User, at: datetime) -> CustomMethodology:
    mine, _step = _holding(mine, key)
    require(may_remove_step(onlooker(by), step_facts(mine, key)))
    _refuse_unseen(mine, seen, theirs=_draft_words(mine), mine=_("without %(step)s") % {"step": key})
    return _keep(mine, without_step(mine.draft, key), "methodology.step_removed", key, by=by, at=at)


@transaction.atomic
def publish_methodology(mine: CustomMethodology, *, seen: int, by: User, at: datetime) -> CustomVersion:
    """What was seen becomes a version that never changes; new projects may start with it."""
    mine = _locked(mine)
    require(may_publish(onlooker(by), draft_facts(mine)))
    _refuse_unseen(mine, seen, theirs=_draft_words(mine), mine=_("the draft as you saw it"))
    content = canonical(mine.draft)
    version = CustomVersion.objects.create(
        methodology=mine,
        number=mine.versions.count() + 1,
        content=content,
        sha256=digest_of_text(content),
        published_at=at,
        published_by=by,
    )
    after = {"version": version.uid, "number": version.number, "sha256": version.sha256}
    record(CHAIN, by, "methodology.published", mine, at=at, after=after)
    return version


@transaction.atomic
def retire_methodology(mine: CustomMethodology, *, by: User, at: datetime) -> CustomMethodology:
    """New projects can no longer start with it; those that have it keep it."""
    mine = _locked(mine)
    require(may_retire(onlooker(by), draft_facts(mine)))
    mine.retired_at = at
    mine.save(update_fields=["retired_at"])
    record(CHAIN, by, "methodology.retired", mine, at=at)
    return mine


def _locked(mine: CustomMethodology) -> CustomMethodology:
    return CustomMethodology.objects.select_for_update().get(pk=mine.pk)


def _holding(mine: CustomMethodology, key: str) -> tuple[CustomMethodology, Mapping[str, Any]]:
    """The draft with the step, which somebody may have removed a moment ago."""
    mine = _locked(mine)
    found = step_in(mine.draft, key)
    if found is None:
        raise Stale(theirs=_draft_words(mine), mine=key, revision=mine.revision, by=mine.changed_by.name)
    return mine, found[1]


def _refuse_unseen(row: CustomMethodology, seen: int, *, theirs: str, mine: str) -> None:
    if seen != row.revision:
        raise Stale(theirs=theirs, mine=mine, revision=row.revision, by=row.changed_by.name)


def _draft_words(mine: CustomMethodology) -> str:
    return _("the draft in its revision %(number)d") % {"number": mine.revision}


def _keep(mine: CustomMethodology, draft: Draft, act: str, key: str, *, by: User, at: datetime) -> CustomMethodology:
    before = mine.revision
    mine.draft, mine.revision, mine.changed_at, mine.changed_by = draft, before + 1, at, by
    mine.save(update_fields=["draft", "revision", "changed_at", "changed_by"])
    record(CHAIN, by, act, mine, at=at, before={"revision": before}, after={"revision": mine.revision, "step": key})
    return mine
