"""When a step may be marked or undone, and a phase completed or reopened."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.core.decision import Cure, Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_of_team


@dataclass(frozen=True)
class StepFacts:
    """One step among its neighbours, by key: `waits_for` those it requires that are open, `warns_of` those it should
    follow. `elsewhere`: what it stands for does not happen here, it counts as done."""

    key: str
    state: str
    phase_state: str
    phase_name: str
    auto: str = ""
    applies: bool = True
    elsewhere: bool = False
    waits_for: tuple[str, ...] = ()
    warns_of: tuple[str, ...] = ()
    project_state: str = "active"
    project_key: str = ""


@dataclass(frozen=True)
class PhaseFacts:
    """`open_required`: (key, name) of required steps in view that are not done; `open_earlier`: names of phases."""

    key: str
    name: str
    state: str
    open_required: tuple[tuple[str, str], ...] = ()
    open_earlier: tuple[str, ...] = ()
    open_optional: tuple[str, ...] = field(default=())
    project_state: str = "active"
    project_key: str = ""


def may_mark_step(person: Onlooker, facts: StepFacts) -> Decision:
    """The team marks a step of an open phase once what it requires is done; what the system ticks, it ticks itself."""
    return because(
        who=(not_of_team(person),),
        missing=(
            not_active(facts.project_state, facts.project_key),
            _not_asked(facts),
            _ticked_by_system(facts),
            _phase_complete(facts),
            _locked(facts),
            _already(facts, "done", _("%(step)s is done already.")),
        ),
    )


def may_undo_step(person: Onlooker, facts: StepFacts) -> Decision:
    """A mark can be taken back while the phase is open; what the system ticked stays."""
    return because(
        who=(not_of_team(person),),
        missing=(
            not_active(facts.project_state, facts.project_key),
            _not_asked(facts),
            _ticked_by_system(facts),
            _phase_complete(facts),
            _already(facts, "open", _("%(step)s is open already.")),
        ),
    )


def may_complete_phase(person: Onlooker, facts: PhaseFacts) -> Decision:
    """An owner or the project manager completes a phase when its required steps are done and earlier ones complete."""
    return because(
        who=(_leads_no_phase(person),),
        missing=(
            not_active(facts.project_state, facts.project_key),
            _complete_already(facts),
            _steps_open(facts),
            _earlier_open(facts),
        ),
    )


def may_reopen_phase(person: Onlooker, facts: PhaseFacts) -> Decision:
    """A complete phase can always be reopened by an owner or the project manager of a project that is not closed."""
    not_complete = facts.state != "complete"
    text = _("%(phase)s is open already.") % {"phase": facts.name}
    return because(
        who=(_leads_no_phase(person),),
        missing=(
            not_active(facts.project_state, facts.project_key),
            Reason("phase_open", text) if not_complete else None,
        ),
    )


def _leads_no_phase(person: Onlooker) -> Reason | None:
    if person.owns or person.leads_team:
        return None
    return Reason("not_phase_lead", _("Only an owner of the project or its project manager may do this."))


def _not_asked(facts: StepFacts) -> Reason | None:
    if not facts.applies:
        return Reason("step_hidden", _("%(step)s is not asked of this project.") % {"step": facts.key})
    if facts.elsewhere:
        text = _("%(step)s counts as done: this project makes no production request here.")
        return Reason("step_elsewhere", text % {"step": facts.key})
    return None


def _ticked_by_system(facts: StepFacts) -> Reason | None:
    if not facts.auto:
        return None
    text = _("%(step)s is ticked by the system when it happens; nobody marks it by hand.") % {"step": facts.key}
    return Reason("system_ticked", text)


def _phase_complete(facts: StepFacts) -> Reason | None:
    if facts.phase_state == "open":
        return None
    text = _("%(phase)s is complete. Reopen it first.") % {"phase": facts.phase_name}
    return Reason("phase_complete", text, Cure("methodology", {"key": facts.project_key}))


def _locked(facts: StepFacts) -> Reason | None:
    if not facts.waits_for:
        return None
    text = _("%(step)s unlocks when %(others)s is done.") % {"step": facts.key, "others": ", ".join(facts.waits_for)}
    return Reason("step_locked", text, Cure("methodology", {"key": facts.project_key}, fragment=facts.waits_for[0]))


def _already(facts: StepFacts, state: str, sentence: str) -> Reason | None:
    return Reason(f"step_{state}", sentence % {"step": facts.key}) if facts.state == state else None


def _complete_already(facts: PhaseFacts) -> Reason | None:
    text = _("%(phase)s is complete already.") % {"phase": facts.name}
    return Reason("phase_complete", text) if facts.state == "complete" else None


def _steps_open(facts: PhaseFacts) -> Reason | None:
    """To complete a phase, first do every required step in it; optional ones may stay open."""
    keys = [key for key, _name in facts.open_required]
    if not keys:
        return None
    text = ngettext("A required step is open: %(keys)s.", "Required steps are open: %(keys)s.", len(keys))
    cure = Cure("methodology", {"key": facts.project_key}, fragment=keys[0])
    return Reason("steps_open", text % {"keys": ", ".join(keys)}, cure)


def _earlier_open(facts: PhaseFacts) -> Reason | None:
    if not facts.open_earlier:
        return None
    text = _("Complete %(phases)s first.") % {"phases": ", ".join(facts.open_earlier)}
    return Reason("earlier_phase_open", text, Cure("methodology", {"key": facts.project_key}))
