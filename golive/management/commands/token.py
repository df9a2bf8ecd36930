"""`manage.py token EMAIL`: makes a token of the API and prints it, this once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from golive.accounts.actions import make_token
from golive.accounts.backends import may_enter
from golive.accounts.models import User
from golive.core.decision import Refused


class Command(BaseCommand):
    help = "Makes a token of the API for a person and prints it, this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="command line")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        user = User.objects.select_related("organisation").filter(email=email.lower()).first()
        if user is None or not may_enter(user):
            raise CommandError(f"Nobody who may sign in has the address {email}.")
        try:
            _token, secret = make_token(user, name=name[:80], by=None, at=timezone.now())
        except Refused as refused:
            raise CommandError(refused.decision.reasons[0].text) from refused
        self.stdout.write(secret)
