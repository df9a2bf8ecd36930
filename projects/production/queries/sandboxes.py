"""The sandboxes of a project, and what rules of other slices know of them."""

from typing import Any

from projects.portfolio.models.project import Project
from projects.production.models.sandbox import Sandbox
from projects.production.rules.sandboxes import SandboxFacts, serves_acceptance
from projects.production.states import SandboxPurpose


def sandboxes_of(project: Project) -> list[Sandbox]:
    """Those in use, by name."""
    return list(Sandbox.objects.filter(project=project, retired_at=None).select_related("registered_by"))


def sandbox_facts(project: Project, *, name: str = "", sandbox: Sandbox | None = None) -> SandboxFacts:
    others = Sandbox.objects.filter(project=project, retired_at=None, name__iexact=name)
    return SandboxFacts(
        project_key=project.key,
        project_state=project.state,
        retired=bool(sandbox and sandbox.retired_at),
        name_taken=bool(name) and (others.exclude(pk=sandbox.pk) if sandbox else others).exists(),
    )


def acceptance_of(sandboxes: list[Sandbox], *, least: float) -> Sandbox | None:
    """The one acceptance is tested in: named so, and of a tier that counts; else the first of such a tier."""
    serve = [one for one in sandboxes if serves_acceptance(one.tier, least=least)]
    named = [one for one in serve if one.purpose == SandboxPurpose.ACCEPTANCE]
    return next(iter(named or serve), None)


def known_of(sandboxes: list[Sandbox], *, least: float) -> dict[str, Any]:
    """The facts that follow from the list; `least`: the tier that counts."""
    accepted = acceptance_of(sandboxes, least=least)
    return {
        "sandbox_locations": sorted({one.location for one in sandboxes}),
        "acceptance_version": accepted.version if accepted else "",
    }
