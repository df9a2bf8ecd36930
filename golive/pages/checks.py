"""What `manage.py check` finds beside Django's own checks."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from projects.checklist.rules.catalogue import begun_with, versions


def no_demo(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """In a demo anybody may sign in as anybody else."""
    if not settings.DEMO:
        return []
    return [Error("GOLIVE_DEMO is set: the switcher between people is for demos.", id="golive.pages.E001")]


def checklist_is_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A version that nobody published would be met by the first answer."""
    if begun_with() in versions():
        return []
    text = "CHECKLIST_CATALOGUE names %s, which is no published version of the checklist."
    return [Error(text % begun_with(), hint="Leave it empty for the newest.", id="golive.pages.E002")]
