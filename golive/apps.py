from django.apps import AppConfig

from golive.celery import app as celery_app  # the web process publishes hints through it

__all__ = ["celery_app"]


class GoliveConfig(AppConfig):
    name = "golive"
