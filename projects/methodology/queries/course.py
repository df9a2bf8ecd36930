"""The phases and steps of one project with their texts, and the facts that their rules take."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from projects.methodology.models.course import Phase, PhaseReopening, Step
from projects.methodology.queries.versions import texts_of
from projects.methodology.rules.catalogue import Methodology, PhaseText, StepText
from projects.methodology.rules.course import DEPLOYED, has_no_gate
from projects.methodology.rules.steps import PhaseFacts, StepFacts
from projects.methodology.states import StepState
from projects.portfolio.models.project import Project


@dataclass
class Course:
    """All phases and steps of one project, read in two queries; every question about them is answered from here."""

    project: Project
    phases: list[Phase]
    steps: list[Step]

    @cached_property
    def texts(self) -> Methodology:
        return texts_of(self.phases[0].catalogue)

    def phase(self, key: str) -> Phase:
        return next(phase for phase in self.phases if phase.key == key)

    def step(self, key: str) -> Step:
        return next(step for step in self.steps if step.key == key)

    def steps_in(self, phase: Phase) -> list[Step]:
        return [step for step in self.steps if step.phase_id == phase.pk and step.applies]

    def text_of(self, phase: Phase) -> PhaseText:
        return self.texts.phase(phase.key)

    def step_text(self, step: Step) -> StepText:
        return self.texts.step(step.key)

    @cached_property
    def without_gate(self) -> bool:
        return has_no_gate(self.project.facts.products)

    def is_elsewhere(self, step: Step) -> bool:
        """Production of a project without a gate is deployed elsewhere: the step counts as done."""
        return self.without_gate and self.step_text(step).auto == DEPLOYED

    def counts(self, step: Step) -> bool:
        """Nothing waits for it: it is done, not asked of this project, or done elsewhere."""
        return step.state == StepState.DONE or not step.applies or self.is_elsewhere(step)

    def open_gate_phases(self) -> list[str]:
        return [phase.key for phase in self.phases if phase.gate and phase.state != "complete"]

    def current_phase(self) -> str:
        """The first phase that is not complete; when all are, the last."""
        return next((phase.key for phase in self.phases if phase.state != "complete"), self.phases[-1].key)

    def facts_of_step(self, step: Step) -> StepFacts:
        phase = next(phase for phase in self.phases if phase.pk == step.phase_id)
        text, elsewhere = self.step_text(step), self.is_elsewhere(step)
        return StepFacts(
            key=step.key,
            state=step.state,
            phase_state=phase.state,
            phase_name=self.text_of(phase).name,
            auto=step.auto,
            applies=step.applies,
            elsewhere=elsewhere,
            waits_for=() if elsewhere else self._open_among(text.requires),
            warns_of=self._open_among(text.warn_while_open),
            project_state=self.project.state,
            project_key=self.project.key,
        )

    def _open_among(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(step.key for step in self.steps if step.key in keys and not self.counts(step))

    def facts_of_phase(self, phase: Phase) -> PhaseFacts:
        undone = [step for step in self.steps_in(phase) if not self.counts(step)]
        earlier = [p for p in self.phases if p.position < phase.position and p.state != "complete"]
        return PhaseFacts(
            key=phase.key,
            name=self.text_of(phase).name,
            state=phase.state,
            open_required=tuple((s.key, self.step_text(s).name) for s in undone if s.required),
            open_optional=tuple(s.key for s in undone if not s.required),
            open_earlier=tuple(self.text_of(p).name for p in earlier),
            project_state=self.project.state,
            project_key=self.project.key,
        )


def course_of(project: Project) -> Course:
    phases = list(Phase.objects.filter(project=project).select_related("completed_by"))
    steps = list(Step.objects.filter(project=project).select_related("done_by"))
    return Course(project, phases, steps)


def reopenings_of(project: Project, *, size: int = 20) -> list[PhaseReopening]:
    rows = PhaseReopening.objects.filter(phase__project=project).select_related("phase", "by")
    return list(rows[:size])
