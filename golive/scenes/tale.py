"""One project on its way: each verb is an act of the product, done by somebody of the crew at the clock's moment."""

from datetime import date, timedelta
from typing import Any

from golive.accounts.models import User
from golive.scenes.answers import good_answers, proof_of
from golive.scenes.clock import Clock
from golive.scenes.people import Crew
from projects.checklist.actions.answering import save_answer
from projects.checklist.actions.evidence import attach_anew
from projects.checklist.actions.header import save_header
from projects.checklist.actions.rounds import submit_checklist
from projects.checklist.models.submission import Submission
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.answers import read_answer
from projects.checklist.rules.header import RolloutLine, header_of
from projects.methodology.actions.phases import complete_phase
from projects.methodology.actions.steps import mark_step
from projects.methodology.queries.course import course_of
from projects.plan.actions.milestones import set_milestones
from projects.plan.actions.onboarding import complete_onboarding, save_onboarding
from projects.plan.actions.starting import start_project
from projects.portfolio.actions.people import add_member
from projects.portfolio.models.project import Project
from projects.production.actions.clearing import activate_estimate, add_estimate
from projects.production.actions.requesting import configure_production
from projects.production.actions.sandboxes import register_sandbox
from reviews.assessment.actions.mitigating import dismiss_finding, open_finding
from reviews.assessment.actions.reviewing import take_submission
from reviews.assessment.models import Finding, Review
from reviews.conclusion.actions import conclude_review
from reviews.conclusion.queries import seal_of
from reviews.report.actions import deliver_report

# Days from each milestone to go-live.
BEFORE_GO_LIVE = {
    "analysis_end": 112,
    "design_develop_end": 63,
    "test_end": 28,
    "production_needed": 21,
    "go_live": 0,
    "hypercare_end": -30,
}
# What onboarding asks, but for the vision and the number of users.
ONBOARDING: dict[str, Any] = {
    "partner_choice": "named",
    "products": ["fo"],
    "scope": ["warehouse", "manufacturing"],
    "country_count": 3,
    "has_customizations": True,
    "has_isv": True,
    "isv_names": "Nordic Labels",
    "has_integrations": True,
    "integration_count": 6,
    "has_database_copy": True,
    "upgrade_from": "ax2012",
    "tracking_choice": "linked",
    "work_tracking": "https://tracking.example/golive",
    "contact_choice": "primary",
}


class Tale:
    """`owner` also leads the project; `partner` is who works on it from the other side."""

    def __init__(self, clock: Clock, crew: Crew, *, owner: str, partner: str) -> None:
        self.clock, self.crew = clock, crew
        self.owner, self.partner = crew[owner], crew[partner]
        self.project: Project
        self.submission: Submission
        self.review: Review

    def days_ago(self, days: int) -> None:
        self.clock.settle()
        self.clock.set_back(days)

    def act(self, does: Any, *args: Any, by: User | str | None = None, **words: Any) -> Any:
        who = self.crew[by] if isinstance(by, str) else by or self.owner
        return does(*args, by=who, at=self.clock.tick(), **words)

    def start(self, name: str, infrastructure: str, *, team: dict[str, dict[str, Any]]) -> None:
        self.project = self.act(
            start_project,
            name=name,
            infrastructure=infrastructure,
            customer=self.owner.organisation,
            partner=self.partner.organisation,
            time_zone=self.owner.time_zone,
            job="project_manager",
        )
        lead: dict[str, Any] = {
            "access": "owner",
            "job": "project_manager",
            "stakeholder": True,
            "primary_contact": True,
        }
        self.act(add_member, self.project, user=self.owner, **lead)
        for name, roles in team.items():
            self.act(add_member, self.project, user=self.crew[name], **roles)

    def plan(self, *, go_live_in: int, because: str = "") -> None:
        go_live = self.clock.today + timedelta(days=go_live_in)
        days = {key: go_live - timedelta(days=back) for key, back in BEFORE_GO_LIVE.items()}
        self.act(set_milestones, self.project, days, because=because)

    def describe(self, vision: str, **answers: Any) -> None:
        self.act(save_onboarding, self.project, vision=vision, **answers)

    def onboard(self, vision: str, users: int) -> None:
        licences = [{"type": "finance", "count": users // 3}, {"type": "supply_chain", "count": users - users // 3}]
        self.describe(vision, **ONBOARDING, user_count=users, licences=licences)
        self.act(complete_onboarding, self.project)

    def steps(self, *keys: str, by: User | str | None = None, note: str = "") -> None:
        for key in keys:
            self.act(mark_step, self.project, key, by=by or self.partner, note=note)

    def phase(self, key: str) -> None:
        """Every required step that people mark, then the phase itself."""
        course = course_of(self.project)
        todo = [step for step in course.steps_in(course.phase(key)) if step.required and not step.auto]
        self.steps(*(step.key for step in todo if step.state == "open"))
        self.act(complete_phase, self.project, key)

    def sandbox(self, name: str) -> None:
        said = {"tier": 2, "purpose": "acceptance", "location": "North Europe", "version": "10.0.42"}
        self.act(register_sandbox, self.project, name=name, **said)

    def estimate(self, name: str, users: int, *, active: bool = True) -> None:
        estimate = self.act(add_estimate, self.project, name=name, user_count=users)
        if active:
            self.act(activate_estimate, estimate)

    def sheet(self) -> Sheet:
        project = Project.objects.select_related("standing", "facts").get(pk=self.project.pk)
        return sheet_of(project, at=self.clock.moment)

    def answer(self, *, by: User | str | None = None, **values: Any) -> None:
        """Question ids with `_` for `-`; a value, or a whole answer with its details."""
        sheet = self.sheet()
        for name, raw in values.items():
            question = sheet.catalogue.question(name.replace("_", "-"))
            said = raw if isinstance(raw, dict) else {"value": raw}
            content = read_answer(question, said, today=self.clock.moment.date())
            row = sheet.rows.get(question.id)
            revision = row.revision if row else 0
            self.act(save_answer, self.project, question.id, content, revision=revision, by=by or self.partner)

    def answer_topics(self, *topics: str, by: User | str | None = None, **different: Any) -> None:
        """Good answers to every question of these topics, but for what is different."""
        questions = [question for question in self.sheet().questions if question.topic in topics]
        said = good_answers(questions, today=self.clock.moment.date(), go_live=date.fromisoformat(self.go_live))
        self.answer(by=by, **{key.replace("-", "_"): value for key, value in said.items()} | different)

    def answer_all(self, **different: Any) -> None:
        self.answer_topics(*(topic.id for topic in self.sheet().catalogue.topics), **different)
        self.prove()
        self.head()

    def head(self) -> None:
        """The header, completed by the owner."""
        revision = self.sheet().header_revision
        said = header_of(self.project.key, "", [RolloutLine(users=100, areas="Finance, supply chain", places="Norway")])
        self.act(save_header, self.project, said, completed_by=self.owner, revision=revision)

    def prove(self) -> None:
        """What Submit asks proof of, as answered now."""
        for question in self.sheet().without_evidence:
            self.act(attach_anew, self.project, question, by=self.partner, **proof_of(question))

    @property
    def go_live(self) -> str:
        self.project.standing.refresh_from_db()
        day = self.project.standing.go_live_on
        assert day is not None  # the tale planned before it answers
        return day.isoformat()

    def submit(self) -> None:
        self.submission = self.act(submit_checklist, self.project)

    def take(self, by: str) -> None:
        self.review = self.act(take_submission, self.submission, by=by)

    def findings(self, **filters: Any) -> list[Finding]:
        return list(Finding.objects.filter(review=self.review, **filters).order_by("number"))

    def decide_drafts(self, *, dismissed: dict[str, str], by: str) -> None:
        """Opens what the rules raised; `dismissed`: question to the reason why its draft is not a finding."""
        for finding in self.findings(state="draft"):
            if because := dismissed.get(finding.question):
                self.act(dismiss_finding, finding, because=because, by=by)
            else:
                self.act(open_finding, finding, by=by)

    def deliver(self, by: str) -> None:
        self.act(deliver_report, self.review, by=by)
        self.clock.settle()

    def sign_off_review(self, by: str) -> None:
        self.review.refresh_from_db()
        self.act(conclude_review, self.review, seen=seal_of(self.review).review_hash, passed=True, by=by)
        self.clock.settle()

    def configure(self, **values: str) -> None:
        self.act(configure_production, self.project, values)
