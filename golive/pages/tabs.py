"""The pages of one project, in the order a project lives them."""

from django.utils.translation import gettext as _

from golive.pages.context import url_or_none


def tabs_of(key: str) -> list[tuple[str, str, str]]:
    """(URL name, label, address) of every tab."""
    labels = {
        "project": _("Overview"),
        "plan": _("Plan"),
        "people": _("People"),
        "methodology": _("Methodology"),
        "evidence": _("Evidence"),
        "checklist": _("Checklist"),
        "review": _("Review"),
        "production": _("Production"),
        "history": _("History"),
        "project_settings": _("Settings"),
    }
    return [(name, label, url) for name, label in labels.items() if (url := url_or_none(name, key=key))]


def cure_words_of(name: str, *, fragment: str = "") -> str:
    """What the link to a cure says, by the page it leads to; a place on a page is shown, often on the same one."""
    if fragment:
        return _("Show it")
    words = {
        "project": _("Open overview"),
        "onboarding": _("Go on with onboarding"),
        "onboarding_step": _("Open this step"),
        "plan": _("Open plan"),
        "people": _("Open people"),
        "member_hand_over": _("Name a successor"),
        "methodology": _("Open methodology"),
        "checklist": _("Open checklist"),
        "review": _("Open review"),
        "production": _("Open production"),
        "service_request": _("Open request"),
        "project_settings": _("Open settings"),
    }
    return words.get(name, _("Open"))
