from django.apps import AppConfig
from django.core.checks import Tags, register

from golive.celery import app as celery_app  # the web process publishes hints through it
from golive.pages.checks import checklist_is_known, no_demo

__all__ = ["celery_app"]


class GoliveConfig(AppConfig):
    name = "golive"

    def ready(self) -> None:
        register(checklist_is_known)
        register(no_demo, Tags.security, deploy=True)
