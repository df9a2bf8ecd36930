"""Keeping the list of sandboxes. The step that waits for one is ticked by it; the facts of the project follow."""

from datetime import datetime
from typing import Any

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from golive.programme.queries import number
from projects.methodology.actions.steps import cease, tick
from projects.portfolio.actions.projects import know, lock, tell_of_facts
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.production.models.sandbox import Sandbox
from projects.production.queries.sandboxes import acceptance_of, known_of, sandbox_facts, sandboxes_of
from projects.production.rules.sandboxes import may_keep_sandboxes

EVENT = "sandbox.registered"


@transaction.atomic
def register_sandbox(project: Project, *, by: User, at: datetime, **said: Any) -> Sandbox:
    project = lock(project)
    require(may_keep_sandboxes(onlooker(by, project), sandbox_facts(project, name=said["name"])), on=project)
    sandbox = Sandbox.objects.create(project=project, registered_at=at, registered_by=by, **said)
    changed = _follow(project, at=at)
    told = {"tier": sandbox.tier, "purpose": sandbox.purpose}
    row = record(project.chain, by, "sandbox.registered", sandbox, at=at, after=told)
    tell_of_facts(project, changed, after=row)
    return sandbox


@transaction.atomic
def change_sandbox(sandbox: Sandbox, *, by: User, at: datetime, **said: Any) -> Sandbox:
    project = lock(sandbox.project)
    sandbox = Sandbox.objects.get(pk=sandbox.pk)
    facts = sandbox_facts(project, name=said["name"], sandbox=sandbox)
    require(may_keep_sandboxes(onlooker(by, project), facts), on=project)
    fields = sorted(name for name, value in said.items() if getattr(sandbox, name) != value)
    for name in fields:
        setattr(sandbox, name, said[name])
    sandbox.save(update_fields=fields)
    changed = _follow(project, at=at)
    row = record(project.chain, by, "sandbox.changed", sandbox, at=at, after={"fields": fields})
    tell_of_facts(project, changed, after=row)
    return sandbox


@transaction.atomic
def retire_sandbox(sandbox: Sandbox, *, by: User, at: datetime) -> Sandbox:
    project = lock(sandbox.project)
    sandbox = Sandbox.objects.get(pk=sandbox.pk)
    require(may_keep_sandboxes(onlooker(by, project), sandbox_facts(project, sandbox=sandbox)), on=project)
    sandbox.retired_at = at
    sandbox.save(update_fields=["retired_at"])
    changed = _follow(project, at=at)
    row = record(project.chain, by, "sandbox.retired", sandbox, at=at)
    tell_of_facts(project, changed, after=row)
    return sandbox


def _follow(project: Project, *, at: datetime) -> bool:
    sandboxes, least = sandboxes_of(project), number("acceptance_tier")
    (tick if acceptance_of(sandboxes, least=least) else cease)(project, EVENT, at=at)
    return know(project, **known_of(sandboxes, least=least))
