"""Proves that what must not change has not: `manage.py verify`, nightly and after every restore."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from golive.accounts.queries import false_words
from golive.audit.queries import verify_all
from golive.core.guards import drift
from golive.proofs import false_standing
from projects.evidence.queries.proof import damaged_files


def broken_chains() -> Iterator[str]:
    return (broken.sentence for broken in verify_all())


def drifted_guards() -> list[str]:
    return drift(connection)


PROOFS: dict[str, Callable[[], Iterable[str]]] = {
    "chains": broken_chains,
    "guards": drifted_guards,
    "standing": false_standing,
    "people": false_words,
}

# Asked for by name: it reads every stored file, which may take an hour.
FILES: dict[str, Callable[[], Iterable[str]]] = {"files": damaged_files}


class Command(BaseCommand):
    help = (
        "Checks the history's chains, the database's guards, and every kept column and counter against the rows that "
        "it sums up; names what is wrong and ends with an error."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--files", action="store_true", help="Also read every stored file and compare its hash.")

    def handle(self, *args: Any, **options: Any) -> None:
        proofs = PROOFS | FILES if options["files"] else PROOFS
        wrong = sum(self.prove(name, proof) for name, proof in proofs.items())
        if wrong:
            raise CommandError(f"{wrong} found wrong.")

    def prove(self, name: str, proof: Callable[[], Iterable[str]]) -> int:
        sentences = list(proof())
        self.stdout.write(f"{name}: {len(sentences)} wrong" if sentences else f"{name}: ok")
        for sentence in sentences:
            self.stdout.write(f"  {sentence}")
        return len(sentences)
