"""The fixed words of content files: phases, owners, the facts that expressions may read, the events that tick steps."""

PHASES = ("analysis", "design_develop", "test", "deploy", "operate")
BASES = frozenset({"E", "P"})  # evidence in the sources, or practice: our proposal
OWNER_ROLES = frozenset(
    {
        "project_manager",
        "sponsor",
        "customer",
        "business_owner",
        "functional_lead",
        "technical_lead",
        "project_architect",
        "fasttrack_architect",
        "fasttrack",
        "integration_lead",
        "security_lead",
        "infrastructure_lead",
        "data_migration_lead",
        "test_lead",
        "compliance_lead",
        "change_lead",
        "cutover_lead",
        "support_lead",
        "service_engineering",
    }
)
# What an expression may read of a project, here and in the checklist. An absent fact is one that is not known yet.
PROJECT_FACTS = frozenset(
    {
        "products",
        "engagement_type",
        "infrastructure",
        "scope",
        "user_count",
        "country_count",
        "has_customizations",
        "has_isv",
        "has_integrations",
        "integration_count",
        "integration_limit_per_hour",
        "has_dual_write",
        "has_database_copy",
        "has_architect",
        "has_partner",
        "upgrade_from",
        "onboarded",
        "primary_contact_count",
        "open_gate_phases",
        "has_active_estimate",
        "production_location",
        "sandbox_locations",
        "production_version",
        "uat_signed_version",
        "go_live_set_days_ahead",
        "go_live_notice_days",
    }
)
# The events that tick a step by themselves; a step that names another would never be ticked.
EVENTS = frozenset(
    {
        "onboarding.completed",
        "milestones.all_set",
        "sandbox.registered",
        "estimate.activated",
        "checklist.submitted",
        "clearance.granted",
        "request.signed_off",
        "production.deployed",
        "production.package_installed",
        "project.live",
        "project.graduated",
    }
)
