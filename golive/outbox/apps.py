from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "golive.outbox"
    label = "outbox"
