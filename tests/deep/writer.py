"""A process that saves answers until it is killed; what was acknowledged it has written down and flushed to disk."""

import os
import sys
from pathlib import Path

from tests.faults.outbox_worker import over_the_tests_database


def main(key: str, ledger: str) -> None:
    over_the_tests_database()
    from django.utils import timezone

    from projects.checklist.actions.answering import save_answer
    from projects.checklist.models.answers import Answer
    from projects.checklist.rules.answers import read_answer
    from projects.checklist.rules.catalogue import catalogue
    from projects.portfolio.models.project import Project

    project, question = Project.objects.get(key=key), catalogue().question("PF-12")
    row = Answer.objects.filter(checklist__project=project, question="PF-12").first()
    revision = row.revision if row else 0
    with Path(ledger).open("a") as book:
        while True:
            content = read_answer(question, {"value": str(revision % 100)}, today=timezone.localdate())
            by = project.created_by
            revision = save_answer(project, "PF-12", content, revision=revision, by=by, at=timezone.now()).revision
            book.write(f"{revision}\n")
            book.flush()
            os.fsync(book.fileno())


if __name__ == "__main__":
    main(*sys.argv[1:])
