from django.apps import AppConfig
from django.core.checks import Tags, register

from golive.outbox.checks import no_failpoint


class OutboxConfig(AppConfig):
    name = "golive.outbox"
    label = "outbox"

    def ready(self) -> None:
        register(no_failpoint, Tags.security, deploy=True)
