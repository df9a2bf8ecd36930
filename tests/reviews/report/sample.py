"""One realistic report, in any size, for tests and for looking at."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from reviews.report import content as c

TOPICS = (
    ("GR", "Go-live readiness"), ("CU", "Cutover"), ("SC", "Solution scope"), ("SA", "Solution acceptance"),
    ("UA", "User acceptance test"), ("PF", "Performance test"), ("SI", "System integration test"),
    ("DM", "Data migration"), ("EX", "External dependencies"), ("CM", "Change readiness"),
    ("OS", "Operational support"), ("PE", "Production environment readiness"),
    ("FO", "Finance and operations specifics"), ("CE", "Customer engagement specifics"),
)  # fmt: skip
HARM = (
    ("I-01", "issue", "critical", "SA", "mitigated", "Two defects would have stopped go-live"),
    ("I-02", "issue", "critical", "SC", "accepted_by_customer", "Rebate settlement is not part of this rollout"),
    ("I-03", "issue", "high", "FO", "plan_accepted", "Production would run a version that nobody has tested"),
    ("R-01", "risk", "high", "CU", "plan_accepted", "Rollback is described, but nobody has timed it"),
    ("R-02", "risk", "high", "PF", "mitigated", "Planning runs drive the database to its limit"),
    ("R-03", "risk", "medium", "CM", "plan_submitted", "One user in five is not trained yet"),
    ("R-04", "risk", "medium", "DM", "mitigation_requested", "Opening balances agree for eight of ten companies"),
    ("R-05", "risk", "low", "OS", "open", "Hypercare has an end date but no exit test"),
)
NOW = datetime(2026, 12, 9, 14, 20, tzinfo=UTC)
PEOPLE = (
    c.Participant("Marit Solheim", "Norvane Cold Chain", "Customer stakeholder", "customer", True),
    c.Participant("Teo Lindqvist", "Tern & Calloway", "Partner stakeholder", "partner", True),
    c.Participant("Idris Valk", "Review desk", "Reviewer", "fasttrack", True, NOW),
    c.Participant("Anneke Brandt", "Tern & Calloway", "Cutover lead", "partner"),
    c.Participant("Rafael Osei", "Tern & Calloway", "Technical lead", "partner"),
)  # fmt: skip
MILESTONES = (
    c.Milestone("Analysis", date(2026, 8, 14), True), c.Milestone("Design and develop", date(2026, 10, 9), True),
    c.Milestone("Test", date(2026, 11, 20), True), c.Milestone("Production needed", date(2026, 12, 14)),
    c.Milestone("Go-live", date(2027, 1, 11)), c.Milestone("Hypercare end", None),
)  # fmt: skip
FIRST_DUE = date(2026, 12, 16)


def report(*, findings: int = 12, answers: int = 28, words: str = "", **changes) -> c.ReportContent:
    content = c.ReportContent(
        project_key="POLA-7Q2", project="Polar Route", customer="Norvane Cold Chain", partner="Tern & Calloway",
        infrastructure="self_service", go_live_on=date(2027, 1, 11), version=3, final=True,
        made_at=NOW, submission_number=2,
        submitted_at=datetime(2026, 11, 27, 9, 12, tzinfo=UTC), content_hash="7c41e09ab52f83d6" * 4,
        verify_code="K7RM-4XQD-92TB", verify_address="golive.example/verify", advice="ready_with_conditions",
        topics=_topics(answers, words), findings=_findings(findings), milestones=MILESTONES, participants=PEOPLE,
        audit=c.AuditHead("project:POLA-7Q2", 1482, "e2915bc07d44a86f" * 4, NOW),
    )  # fmt: skip
    return replace(content, **changes)


def _topics(answers: int, words: str) -> tuple[c.Topic, ...]:
    share, extra = divmod(answers, len(TOPICS))
    return tuple(
        c.Topic(
            key, name,
            good="An ordered, timed, owned and rehearsed plan that fits the window and ends in a signed-off go/no-go.",
            if_missed="The switch overruns the window, or cannot be undone when it fails.",
            way_back="Complete the plan task by task, rehearse it, measure, correct, rehearse again.",
            learn_more=("Plan the cutover", "Go-live checklist"),
            answers=tuple(_answer(key, n, words) for n in range(1, share + (place < extra) + 1)),
        )
        for place, (key, name) in enumerate(TOPICS)
    )  # fmt: skip


def _answer(key: str, number: int, words: str) -> c.Answer:
    wording = "Is there a plan in which every task has an order, a duration, an owner, a stand-in and a check?"
    text = words or ("Yes. Plan version 9, 214 tasks" if number % 3 else "Partly. Written, not timed; Anneke, 21 Dec")
    nature = "required" if number % 2 else "advised"
    return c.Answer(f"{key}-{number:02}", wording, text, nature, evidence=("plan-9.xlsx",) if number == 1 else ())


def _findings(number: int) -> tuple[c.ReportFinding, ...]:
    fixed = [_strength(1), _strength(2), *(_harm(*row, place) for place, row in enumerate(HARM)), *_written()]
    more = [
        _harm(f"R-{n:02}", "risk", ("medium", "low", "high")[n % 3], TOPICS[n % 14][0],
              ("plan_submitted", "open", "plan_accepted")[n % 3], "Some testers had more rights than they will have", n)
        for n in range(6, 6 + number - len(fixed))
    ]  # fmt: skip
    return tuple(fixed + more)


def _strength(number: int) -> c.ReportFinding:
    return c.ReportFinding(
        f"S-{number:02}", "assertion", "", "CU", "The cutover plan names every task and who does it", "open", False,
        question=f"CU-{number:02}", nature="required",
        evidence="214 tasks, each with order, duration, owner, stand-in, instruction and check.",
    )  # fmt: skip


def _written() -> list[c.ReportFinding]:
    return [
        c.ReportFinding("BP-01", "best_practice", "", "CU", "Rehearse the way back as often as the way on.",
                        "open", True),
        c.ReportFinding("RE-01", "recommendation", "", "EX", "Name one person at the carrier for the night.",
                        "open", True,
                  mitigation="The desk has a list of such contacts from earlier projects."),
    ]  # fmt: skip


def _harm(number: str, kind: str, severity: str, topic: str, state: str, title: str, place: int) -> c.ReportFinding:
    plans: tuple[c.Plan, ...] = ()
    if state not in ("open", "mitigation_requested"):
        decision = "submitted" if state == "plan_submitted" else "accepted"
        due = FIRST_DUE + timedelta(days=place % 20)
        plans = (
            c.Plan(1, "Estimate the restore from vendor figures.", "Anneke Brandt", date(2026, 12, 11), "returned",
                   date(2026, 12, 4), "an estimate is not a test."),
            c.Plan(2, f"Run the full rollback of {number} in rehearsal 3 and record every step.", "Anneke Brandt", due,
                   decision, date(2026, 12, 8) if decision == "accepted" else None),
        )[0 if place % 2 else 1 :]  # fmt: skip
    acceptance = c.RiskAcceptance(
        "Marit Solheim", "Norvane Cold Chain", date(2026, 12, 8), "Fourteen customers, one settlement run, by hand.",
        date(2027, 2, 26),
    )  # fmt: skip
    return c.ReportFinding(
        number, kind, severity, topic, title, state, state not in ("mitigated", "accepted_by_customer"),
        question=f"{topic}-01", nature="required", owner_role="Cutover lead", plans=plans,
        evidence="The plan has 17 rollback tasks and a last point on Sunday at 14:00. No rehearsal has run them.",
        mitigation="Run the rollback in the third rehearsal with a stopwatch, then move the last point to fit.",
        acceptance=acceptance if state == "accepted_by_customer" else None,
    )  # fmt: skip
