"""Run what the outbox holds: by hand, from cron, or after an outage."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from golive.outbox.drain import drain
from golive.outbox.queries import lag, stuck, unheard


class Command(BaseCommand):
    help = "Does the work that is due until none is left, and says what waits for a person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one piece of work only")

    def handle(self, *args: Any, **options: Any) -> None:
        count = drain(limit=1) if options["once"] else self.until_empty()
        self.stdout.write(f"{count} done or tried; the oldest due waits {lag(timezone.now()).total_seconds():.0f} s")
        for row in stuck():
            self.stdout.write(f"{row.state}: {row.kind} {row.pk}, {row.attempts} tries: {row.last_error}")
        for row in unheard(timezone.now()):
            self.stdout.write(f"left for a newer version: {row.kind} {row.pk}")

    def until_empty(self) -> int:
        count = 0
        while done := drain():
            count += done
        return count
