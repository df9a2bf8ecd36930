"""What expressions in content files may read of a project. A fact that is not known yet is absent."""

from typing import Any

from projects.portfolio.models.project import Project

PLAIN = (
    "scope", "has_customizations", "has_isv", "has_integrations", "has_dual_write", "has_database_copy",
    "onboarded", "open_gate_phases", "has_active_estimate", "sandbox_locations",
)  # fmt: skip
NUMBERS = ("user_count", "country_count", "integration_count", "primary_contact_count", "go_live_set_days_ahead")
BLANK_IS_KNOWN = ("production_location", "production_version", "uat_signed_version")


def known_facts(project: Project) -> dict[str, Any]:
    """Under the names of checklist-rules; numbers as doubles, since expressions compare nothing else with decimals."""
    row = project.facts
    found = {
        "products": row.products or None,
        "infrastructure": project.infrastructure,
        "engagement_type": project.engagement_type,
        "has_partner": project.partner_id is not None,
        "has_architect": project.architect_id is not None,
        **{name: getattr(row, name) for name in PLAIN},
        **{name: float(value) for name in NUMBERS if (value := getattr(row, name)) is not None},
        **{name: getattr(row, name) for name in BLANK_IS_KNOWN},
        "upgrade_from": row.upgrade_from or None,
    }
    return {name: value for name, value in found.items() if value is not None}
