"""What the questions about findings say before an act, and after it."""

from django.utils.translation import gettext as _

from projects.production.document.page import names_of
from reviews.assessment.actions.reviewing import people_told
from reviews.assessment.models import Finding, Review

LETTERS = {"request-mitigation", "accept-plan", "return"}  # to the team; a plan's goes to the reviewer


def labels() -> dict[str, str]:
    return {
        "open": _("Open finding"),
        "dismiss": _("Dismiss finding"),
        "request-mitigation": _("Ask for a plan"),
        "submit-plan": _("Submit plan"),
        "accept-plan": _("Accept plan"),
        "return": _("Return plan"),
        "confirm-done": _("Confirm done"),
        "accept-risk": _("Accept risk"),
    }


def questions() -> dict[str, str]:
    return {
        "open": _("Open %(label)s?"),
        "dismiss": _("Dismiss %(label)s?"),
        "request-mitigation": _("Ask the team for a plan for %(label)s"),
        "submit-plan": _("Your plan for %(label)s"),
        "accept-plan": _("Accept the plan for %(label)s?"),
        "return": _("Return the plan for %(label)s"),
        "confirm-done": _("Is the work of %(label)s done?"),
        "accept-risk": _("Accept the risk of %(label)s?"),
    }


def effects(verb: str, review: Review) -> list[tuple[str, str]]:
    words = {
        "open": _("The team sees it with the next report."),
        "dismiss": _("It is closed and does not come back; the reason is kept."),
        "request-mitigation": _("It is the team's turn until the plan is there."),
        "submit-plan": _("The reviewer accepts it, or returns it with what is missing."),
        "accept-plan": _("The finding no longer holds the sign-off if it is high; a critical one needs the work done."),
        "return": _("The next round begins with what you write here."),
        "confirm-done": _("The finding is closed as mitigated."),
        "accept-risk": _("You accept for the customer; the finding no longer holds the sign-off."),
    }
    to = names_of(people_told(review)) if verb in LETTERS else review.reviewer.name if verb == "submit-plan" else ""
    return [(_("What happens"), words[verb]), *([(_("Letter goes to"), to)] if to else [])]


def said(verb: str, finding: Finding) -> str:
    words = {
        "open": _("%(label)s is open."),
        "dismiss": _("%(label)s is dismissed."),
        "request-mitigation": _("The team is asked for a plan for %(label)s."),
        "submit-plan": _("Your plan for %(label)s is with the reviewer."),
        "accept-plan": _("The plan for %(label)s is accepted."),
        "return": _("The plan for %(label)s is returned."),
        "confirm-done": _("%(label)s is mitigated."),
        "accept-risk": _("The risk of %(label)s is accepted."),
    }
    return words[verb] % {"label": finding.label}
