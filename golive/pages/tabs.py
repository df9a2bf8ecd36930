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
        "checklist": _("Checklist"),
        "review": _("Review"),
        "production": _("Production"),
        "history": _("History"),
    }
    return [(name, label, url) for name, label in labels.items() if (url := url_or_none(name, key=key))]
