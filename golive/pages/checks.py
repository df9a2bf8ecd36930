"""What `manage.py check --deploy` finds beside Django's own checks."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def no_demo(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """In a demo anybody may sign in as anybody else."""
    if not settings.DEMO:
        return []
    return [Error("GOLIVE_DEMO is set: the switcher between people is for demos.", id="golive.pages.E001")]
