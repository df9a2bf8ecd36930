"""Who gets through which door: one row for every URL of ours. A new URL without a row fails tests/architecture.

The rows say who may open the door at all; what may be done behind it is said by rules and tested in test_doors_agree.
"""

from dataclasses import dataclass

# Everybody, also without signing in.
ANYBODY = frozenset({"anonymous", "member", "viewer", "stranger", "architect", "lead", "engineer", "administrator"})
SIGNED_IN = ANYBODY - {"anonymous"}
ADMINISTRATORS = frozenset({"administrator"})
# Who sees a project: its people and FastTrack; engineers only those with a service request.
PROJECT = frozenset({"member", "viewer", "architect", "lead", "engineer"})


@dataclass(frozen=True)
class Door:
    """`methods` as one word list; `who` gets something else than 404, 401 or the sign-in page; the rest does not."""

    methods: str
    who: frozenset[str]


DOORS: dict[str, Door] = {
    # accounts
    "account": Door("GET", SIGNED_IN),
    "account_profile": Door("POST", SIGNED_IN),
    "account_reauthenticate": Door("GET POST", SIGNED_IN),
    "account_token_make": Door("POST", SIGNED_IN),
    "account_token_revoke": Door("POST", SIGNED_IN),
    "api_organisations": Door("GET POST", SIGNED_IN),
    "api_step_up": Door("POST", SIGNED_IN),
    "demo_become": Door("POST", ANYBODY),  # in a demo only, else a 404
    "demo_switch": Door("POST", ANYBODY),
    "invitation": Door("GET", ANYBODY),
    "invitation_accept": Door("POST", ANYBODY),
    "organisation_make": Door("POST", SIGNED_IN),
    "people_and_organisations": Door("GET", SIGNED_IN),
    "person": Door("GET POST", ADMINISTRATORS),
    "person_disable": Door("POST", SIGNED_IN),
    "person_invite": Door("POST", SIGNED_IN),
    # checklist
    "checklist": Door("GET", PROJECT),
    "checklist_answer": Door("POST", PROJECT),
    "checklist_header": Door("POST", PROJECT),
    "checklist_panel": Door("GET", PROJECT),
    "checklist_reopen": Door("GET POST", PROJECT),
    "checklist_round": Door("GET", PROJECT),
    "checklist_submit": Door("GET POST", PROJECT),
    "checklist_withdraw": Door("GET POST", PROJECT),
    "api_checklist": Door("GET", PROJECT),
    "api_checklist_answer": Door("PUT", PROJECT),
    "api_checklist_header": Door("PUT", PROJECT),
    "api_checklist_reopen": Door("POST", PROJECT),
    "api_checklist_round": Door("GET", PROJECT),
    "api_checklist_submit": Door("POST", PROJECT),
    "api_checklist_withdraw": Door("POST", PROJECT),
    # the roof
    "api_schema": Door("GET", ANYBODY),
    "api_docs": Door("GET", ANYBODY),
    "healthz": Door("GET", ANYBODY),
    "readyz": Door("GET", ANYBODY),
    "dead_letters": Door("GET", SIGNED_IN),  # 403 with a sentence for all but administrators
    "numbers": Door("GET POST", SIGNED_IN),
    "settle_letter": Door("POST", SIGNED_IN),
    "settle_work": Door("POST", SIGNED_IN),
    # projects: production
    "production": Door("GET", PROJECT),
    "production_configure": Door("POST", PROJECT),
    "production_sign_off": Door("GET POST", PROJECT),
    "production_clear_sign_off": Door("GET POST", PROJECT),
    "production_withdraw": Door("GET POST", PROJECT),
    "estimate_add": Door("POST", PROJECT),
    "estimate_act": Door("POST", PROJECT),
    "sandbox_add": Door("POST", PROJECT),
    "sandbox_change": Door("GET POST", PROJECT),
    "sandbox_retire": Door("POST", PROJECT),
    "api_sandboxes": Door("GET POST", PROJECT),
    "api_sandbox": Door("GET PUT", PROJECT),
    "api_sandbox_retire": Door("POST", PROJECT),
    "service_requests": Door("GET", SIGNED_IN),
    "service_request": Door("GET", PROJECT),
    "service_request_comment": Door("POST", PROJECT),
    "service_request_act": Door("GET POST", PROJECT),
    "api_estimates": Door("GET POST", PROJECT),
    "api_estimate_activate": Door("POST", PROJECT),
    "api_estimate_deactivate": Door("POST", PROJECT),
    "api_production": Door("GET", PROJECT),
    "api_production_configure": Door("PUT POST", PROJECT),
    "api_production_sign_off": Door("POST", PROJECT),
    "api_production_clear_sign_off": Door("POST", PROJECT),
    "api_production_withdraw": Door("POST", PROJECT),
    "api_service_requests": Door("GET", SIGNED_IN),
    "api_service_request": Door("GET", PROJECT),
    "api_request_comments": Door("POST", PROJECT),
    "api_service_request_act": Door("POST", PROJECT),
    # projects: portfolio, plan and methodology
    "portfolio": Door("GET", SIGNED_IN),
    "people": Door("GET", PROJECT),
    "member": Door("GET POST", PROJECT),
    "member_add": Door("POST", PROJECT),
    "member_invite": Door("POST", PROJECT),
    "member_remove": Door("GET POST", PROJECT),
    "member_hand_over": Door("GET POST", PROJECT),
    "api_member_hand_over": Door("GET POST", PROJECT),
    "become_owner": Door("POST", PROJECT),
    "roster_check": Door("POST", PROJECT),
    "api_roster_check": Door("POST", PROJECT),
    "project_new": Door("GET POST", SIGNED_IN),
    "onboarding": Door("GET POST", PROJECT),
    "onboarding_complete": Door("POST", PROJECT),
    "plan": Door("GET POST", PROJECT),
    "planner": Door("GET", PROJECT),
    "methodology": Door("GET", PROJECT),
    "methodology_history": Door("GET", PROJECT),
    "api_methodology_history": Door("GET", PROJECT),
    "step_mark": Door("POST", PROJECT),
    "step_undo": Door("POST", PROJECT),
    "phase_complete": Door("POST", PROJECT),
    "phase_reopen": Door("POST", PROJECT),
    "api_projects": Door("GET POST", SIGNED_IN),
    "api_project": Door("GET", PROJECT),
    "api_members": Door("GET POST", PROJECT),
    "api_member": Door("GET DELETE", PROJECT),
    "api_become_owner": Door("POST", PROJECT),
    "api_onboarding": Door("GET PUT", PROJECT),
    "api_onboarding_complete": Door("POST", PROJECT),
    "api_milestones": Door("GET", PROJECT),
    "api_milestone": Door("GET PUT", PROJECT),
    "api_planner": Door("GET", PROJECT),
    "api_phases": Door("GET", PROJECT),
    "api_phase": Door("GET", PROJECT),
    "api_phase_complete": Door("POST", PROJECT),
    "api_phase_reopen": Door("POST", PROJECT),
    "api_step": Door("GET", PROJECT),
    "api_step_complete": Door("POST", PROJECT),
    "api_step_undo": Door("POST", PROJECT),
    # the roof: pages of several slices
    "home": Door("GET", SIGNED_IN),
    "search": Door("GET", SIGNED_IN),
    "api_search": Door("GET", SIGNED_IN),
    "project": Door("GET", PROJECT),
    "history": Door("GET", PROJECT),
    "what_if": Door("POST", PROJECT),
    "calendar_feed": Door("GET", ANYBODY),  # who knows the address; its own tests open it
    "calendar_feeds": Door("GET", SIGNED_IN),
    "calendar_feed_make": Door("POST", SIGNED_IN),
    "calendar_feed_revoke": Door("POST", SIGNED_IN),
    "project_feed_make": Door("POST", PROJECT),
    "history_export": Door("GET", PROJECT),
    "api_my_work": Door("GET", SIGNED_IN),
    "api_history": Door("GET", PROJECT),
    "api_what_if": Door("POST", PROJECT),
    "api_calendar_feeds": Door("GET POST", SIGNED_IN),
    "api_calendar_feed": Door("DELETE", SIGNED_IN),
    # reviews
    "review": Door("GET", PROJECT),
    "review_assign": Door("GET POST", PROJECT),
    "review_withdraw": Door("GET POST", PROJECT),
    "review_sign_off": Door("GET POST", PROJECT),
    "review_not_ready": Door("GET POST", PROJECT),
    "review_reconfirm": Door("GET POST", PROJECT),
    "open_drafts": Door("POST", PROJECT),
    "finding_add": Door("GET POST", PROJECT),
    "finding_edit": Door("GET POST", PROJECT),
    "finding_act": Door("GET POST", PROJECT),
    "report_deliver": Door("GET POST", PROJECT),
    "reports": Door("GET", PROJECT),
    "report_pdf": Door("GET", PROJECT),
    "desk": Door("GET", SIGNED_IN),  # 403 with a sentence for those who do not review
    "review_take": Door("POST", PROJECT),
    "api_reviews": Door("GET POST", SIGNED_IN),
    "api_review": Door("GET", PROJECT),
    "api_review_assign": Door("POST", PROJECT),
    "api_review_withdraw": Door("POST", PROJECT),
    "api_review_conclude": Door("POST", PROJECT),
    "api_review_reconfirm": Door("POST", PROJECT),
    "api_report_deliver": Door("POST", PROJECT),
    "api_reports": Door("GET", PROJECT),
    "api_report_pdf": Door("GET", PROJECT),
    "api_findings": Door("GET POST", PROJECT),
    "api_finding": Door("GET PUT", PROJECT),
    "api_finding_act": Door("POST", PROJECT),
}
