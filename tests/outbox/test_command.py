import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from tests.outbox.conftest import NOON

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("drain", *args, stdout=out)
    return out.getvalue()


def test_it_drains_until_empty_and_says_what_waits_for_a_person(say, drain_for_days):
    poisoned = say("test.poison")
    drain_for_days()
    say("test.note")
    say("test.note")
    say("test.new", not_before=NOON - timedelta(days=1))

    said = run().splitlines()

    assert said[0] == "2 done or tried; the oldest due waits 0 s"
    assert said[1].startswith(f"dead: test.poison {poisoned.pk}, 5 tries: ValueError")
    assert said[2].startswith("left for a newer version: test.new")
    assert len(said) == 3


def test_once_is_once(say):
    say("test.note")
    say("test.note")

    assert run("--once").startswith("1 done or tried")
    assert run().startswith("1 done or tried")
    assert run().startswith("0 done or tried")
