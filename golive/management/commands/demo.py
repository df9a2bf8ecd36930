"""`manage.py demo`: a believable programme in an empty database, served; one that is filled is served as it is."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from golive.accounts.models import User
from golive.core.pdf import available
from golive.scenes.clock import Clock
from golive.scenes.players import ORGANISATIONS, PLAYERS
from golive.scenes.stories import STORIES, tell_all

HOST = "127.0.0.1"
SERVER = ["-m", "gunicorn", "-c", "golive/gunicorn.py", "golive.wsgi"]


class Command(BaseCommand):
    help = "Fills an empty database with a programme of eight projects, and serves it with printed passwords."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="only fill it")
        parser.add_argument("--port", type=int, help="on 127.0.0.1; without it what GOLIVE_BIND says, else 8000")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.LOCAL):
            raise CommandError("A demo has printed passwords: it runs on localhost, or where GOLIVE_DEMO is set.")
        self.fill()
        self.tell_people()
        if not options["no_serve"]:
            self.serve(options["port"])

    def fill(self) -> None:
        if self.is_filled():
            self.stdout.write("-- The database is filled already: it is left as it is")
            return
        counts = f"{len(ORGANISATIONS)} organisations, {len(PLAYERS)} people, {len(STORIES)} projects"
        self.stdout.write(f"-- Filling: {counts}")
        if why := available():
            self.stdout.write(f"-- No reports, and nothing that needs one: {why}")
        else:
            self.stdout.write("-- It waits for three reports to be rendered (about half a minute)")
        self.stdout.flush()
        tell_all(Clock(timezone.now()))
        self.stdout.write(f"-- Filled. Letters lie in {os.path.relpath(settings.EMAIL_FILE_PATH)}")

    def is_filled(self) -> bool:
        try:
            return User.objects.exists()
        except (OperationalError, ProgrammingError) as error:
            raise CommandError("There are no tables yet. First: manage.py migrate") from error

    def tell_people(self) -> None:
        here = set(
            User.objects.filter(email__in=[one.email for one in PLAYERS.values()]).values_list("email", flat=True)
        )
        lines = [(one.name, one.part, one.email, one.password) for one in PLAYERS.values() if one.email in here]
        if not lines:
            self.stdout.write("-- Nobody of the demo is in it: sign in as yourself")
            return
        widths = [max(len(line[column]) for line in lines) for column in range(4)]
        self.stdout.write("")
        for line in lines:
            self.stdout.write("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
        self.stdout.write("")
        self.stdout.write(f"API: manage.py token {PLAYERS['sigrid'].email} prints a bearer token, this once;")
        self.stdout.write("     its map is at /api/docs/")

    def serve(self, port: int | None) -> None:
        bind = f"{HOST}:{port}" if port else os.environ.get("GOLIVE_BIND", f"{HOST}:8000")
        self.stdout.write(f"-- Serving on http://{bind} (Ctrl+C ends it)")
        self.stdout.flush()
        environment = os.environ | {"GOLIVE_DEMO": "1", "GOLIVE_BIND": bind}
        os.chdir(settings.BASE_DIR)
        # The process becomes the server: Ctrl+C reaches it, and nothing of the command stays behind.
        os.execve(sys.executable, [sys.executable, *SERVER], environment)  # noqa: S606
