"""`manage.py walkthrough`: the journey through the HTTP doors, on a scratch database that leaves nothing behind."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from golive.accounts.actions import make_token
from golive.audit.models import AuditRow
from golive.core.pdf import available
from golive.scenes.clock import Clock
from golive.scenes.deploying import shorten_deployment
from golive.scenes.doors import Api, Browser
from golive.scenes.journey import journey, sign_everybody_in
from golive.scenes.people import Crew, gather
from golive.scenes.stage import MARK, StageFailed, scratch, server
from golive.scenes.walk import Surprise, Walk

BY_PAGE = ("sigrid", "imke", "ada")
KINDS = {"self_service": "Self-service infrastructure", "microsoft_managed": "Microsoft-managed infrastructure"}


class Command(BaseCommand):
    help = "Walks the journey for both kinds of infrastructure; ends with an error at the first unexpected answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pdf", type=Path, help="where the delivered report is written")

    def handle(self, *args: Any, pdf: Path | None = None, **options: Any) -> None:
        if os.environ.get(MARK) != str(settings.VAR):
            self.begin_anew(pdf)
            return
        try:
            self.walk(pdf)
        except (Surprise, StageFailed) as error:
            raise CommandError(str(error)) from error

    def begin_anew(self, pdf: Path | None) -> None:
        """The same command in a process whose database, files and letters are in a folder of their own."""
        command = [sys.executable, "manage.py", "walkthrough"]
        command += ["--pdf", str(pdf.resolve())] if pdf else []
        with scratch() as environment:
            self.stdout.write("-- Preparing a scratch database (some seconds)")
            self.stdout.flush()
            ended = subprocess.run(command, cwd=settings.BASE_DIR, env=environment)
        if ended.returncode:
            raise CommandError("The walk met a surprise.", returncode=ended.returncode)

    def walk(self, pdf: Path | None) -> None:
        crew = self.prepare()
        with server() as address:
            walk = Walk({}, {who: Browser(address) for who in BY_PAGE}, self.say)
            sign_everybody_in(walk)
            shorten_deployment(walk)
            for kind, words in KINDS.items():
                self.say(f"\n-- {words}")
                walk.apis = programs(crew, address)
                report = journey(walk, kind, timezone.now().date())
            self.keep(walk, report, pdf)
        self.prove(walk)

    def prepare(self) -> Crew:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        clock = Clock(timezone.now())
        with clock.for_everybody():
            return gather(clock)

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def keep(self, walk: Walk, report: str, pdf: Path | None) -> None:
        if why := available():
            self.say(f"\n-- No report was made, so the walk ends before the sign-off: {why}")
        elif pdf:
            held = walk.apis["imke"].call("GET", report).content
            pdf.parent.mkdir(parents=True, exist_ok=True)
            pdf.write_bytes(held)
            self.say(f"\n-- The report of the last journey: {pdf} ({len(held)} bytes)")

    def prove(self, walk: Walk) -> None:
        noted = AuditRow.objects.filter(act="denied").count()
        self.say(f"\n-- {walk.steps} steps, {walk.denied} refused, {noted} refusals noted in the history")
        call_command("verify", stdout=self.stdout)
        if noted != walk.denied:
            raise Surprise("The history does not hold each refusal once.")


def programs(crew: Crew, address: str) -> dict[str, Api]:
    """A new token for everybody, so that each journey begins without a proof of who it is."""
    at = timezone.now()
    tokens = {who: make_token(person, name="walk", by=None, at=at)[1] for who, person in crew.people.items()}
    return {who: Api(address, token) for who, token in tokens.items()}
