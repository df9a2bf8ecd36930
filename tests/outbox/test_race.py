import threading

import pytest
from django.db import connection

from golive.outbox.drain import drain
from golive.outbox.models import Outbox
from tests.outbox.conftest import NOON
from tests.outbox.hearers import seen

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def in_parallel(count: int, work) -> list[BaseException]:
    errors: list[BaseException] = []
    gate = threading.Barrier(count)

    def one() -> None:
        try:
            gate.wait()
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_parallel_drains_run_each_piece_once(say):
    for n in range(40):
        say("test.note", n=n)

    errors = in_parallel(4, lambda: drain(now=NOON))

    assert errors == []
    assert sorted(payload["n"] for _kind, payload in seen) == list(range(40))
    assert set(Outbox.objects.values_list("state", "attempts")) == {("done", 1)}


def test_parallel_announcements_of_the_same_are_one_row(say):
    errors = in_parallel(4, lambda: say("test.note", after="the same"))

    assert errors == []
    assert Outbox.objects.count() == 1
