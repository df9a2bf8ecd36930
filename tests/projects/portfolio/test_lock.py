"""Whoever waited for a project reads what stands after the wait, not what stood before it."""

import threading
import time

import pytest
from django.db import transaction

from projects.portfolio.actions.projects import keep_project, know, lock, note
from tests.builders import make_organisation
from tests.builders_projects import make_project
from tests.races.crowd import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def test_who_waited_for_the_lock_reads_what_was_written_meanwhile():
    project, held = make_project().project, threading.Event()
    partner = make_organisation()

    def first() -> None:
        with transaction.atomic():
            mine = lock(project)
            held.set()
            time.sleep(0.5)  # the second asks for the lock now
            note(mine, answered=7)
            know(mine, user_count=4242)
            mine.partner = partner
            mine.save(update_fields=["partner"])
            keep_project(mine)

    def second() -> tuple:
        held.wait()
        with transaction.atomic():
            mine = lock(project)
            return mine.standing.answered, mine.facts.user_count, mine.partner

    assert all_at_once([first, second]) == [None, (7, 4242, partner)]
