"""The whole checklist for tests that need no database: a project that has everything, and good answers to all of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from projects.checklist.rules.answers import AnswerContent
from projects.checklist.rules.catalogue import catalogue
from projects.checklist.rules.questions import Catalogue, Question
from projects.checklist.rules.risks import Judge, PredictedRisk, RiskFacts

VERSION = "2026-2"
TODAY = date(2026, 11, 30)
LIVE = date(2027, 1, 20)
MILESTONES = {
    "analysis_end": date(2026, 6, 30),
    "design_develop_end": date(2026, 9, 30),
    "test_end": date(2026, 11, 27),
    "production_needed": date(2027, 1, 11),
    "go_live": LIVE,
}
PROJECT: dict[str, Any] = {
    "products": ["fo", "ce"],
    "engagement_type": "self_service",
    "infrastructure": "self_service",
    "scope": ["dual_write"],
    "user_count": 120,
    "country_count": 2,
    "has_customizations": True,
    "has_isv": True,
    "has_integrations": True,
    "integration_count": 6,
    "integration_limit_per_hour": 72_000,
    "has_dual_write": True,
    "has_database_copy": True,
    "has_architect": False,
    "has_partner": True,
    "upgrade_from": "ax2012",
    "onboarded": True,
    "primary_contact_count": 2,
    "open_gate_phases": [],
    "has_active_estimate": True,
    "production_location": "North Europe",
    "sandbox_locations": ["North Europe"],
    "production_version": "10.0.41",
    "uat_signed_version": "10.0.41",
    "go_live_set_days_ahead": 90,
    "go_live_notice_days": 60,
}
FACTS = RiskFacts(TODAY, MILESTONES, PROJECT)
LAST_DAYS = replace(FACTS, today=LIVE - timedelta(days=9))  # in which CM-13 is asked
OTHER_GOOD: dict[str, Any] = {
    "GR-01": LIVE,
    "GR-02": date(2027, 1, 11),
    "GR-03": 3.0,
    "CU-03": 40.0,
    "CU-04": 30.0,
    "CU-05": 2.0,
    "CU-12": "nobody",
    "SC-03": "none",
    "SC-05": "phased",
    "SA-03": 0.0,
    "SA-04": date(2027, 1, 8),
    "SA-06": 0.0,
    "UA-01": date(2026, 10, 12),
    "UA-02": date(2026, 11, 20),
    "UA-11": "none_open",
    "PF-03": date(2026, 11, 13),
    "PF-06": 60.0,
    "PF-10": 0.0,
    "SI-01": date(2026, 10, 9),
    "SI-07": 5_000.0,
    "DM-02": 3.0,
    "DM-03": 20.0,
    "DM-09": 250_000.0,
    "CM-01": date(2026, 11, 10),
    "CM-03": date(2027, 1, 8),
    "PE-04": "nothing",
    "PE-06": "no",
    **dict.fromkeys(("UA-07", "PF-04", "SI-10"), "shared_sandbox_tier2_plus"),
}
BY_KIND: dict[str, Any] = {
    "multi": ("none",),
    "percent": 100.0,
    "text": "As planned.",
    "file_or_text": "As planned.",
    **dict.fromkeys(("yn", "ynp", "ynpa"), "yes"),
}


def predict(
    found: Catalogue, answers: Mapping[str, AnswerContent], facts: RiskFacts = FACTS
) -> tuple[PredictedRisk, ...]:
    return Judge(found, facts).hear(answers).risks()


def whole() -> Catalogue:
    return catalogue(VERSION)


def good(question: Question) -> Any:
    return OTHER_GOOD[question.id] if question.id in OTHER_GOOD else BY_KIND[question.answer]


def good_answers(changes: Mapping[str, Any] | None = None) -> dict[str, AnswerContent]:
    """A good answer to every question, but for these; None leaves one blank."""
    values = {one.id: good(one) for one in whole().questions.values()} | dict(changes or {})
    return {key: AnswerContent(value=value) for key, value in values.items()}


def with_project(facts: RiskFacts = FACTS, **changes: Any) -> RiskFacts:
    """The same project with other facts; None is one that is not known."""
    return replace(facts, project={**facts.project, **changes})


def with_milestones(facts: RiskFacts = FACTS, **changes: date | None) -> RiskFacts:
    return replace(facts, milestones={**facts.milestones, **changes})


def raised(changes: Mapping[str, Any] | None = None, facts: RiskFacts = FACTS) -> dict[str, str]:
    """The rules that fire on good answers with these changes, with their severities; praise left out."""
    found = predict(whole(), good_answers(changes), facts)
    return {one.rule: one.severity for one in found if one.kind != "assertion"}
