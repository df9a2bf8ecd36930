import threading

import pytest
from django.db import connections
from django.utils import timezone

from golive.accounts.actions import accept_invitation, invite, set_roles
from golive.accounts.models import User
from golive.core.decision import Refused
from tests.builders import make_organisation, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def at_once(*calls):
    """All of them together; tells what each came to."""
    start, answers = threading.Barrier(len(calls)), []

    def run(call):
        start.wait()
        try:
            call()
            answers.append("done")
        except Refused as refused:
            answers.extend(refused.decision.codes)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(answers)


def test_one_invitation_lets_one_in():
    admin = make_user(is_org_admin=True)
    at = timezone.now()
    invitation = invite("jonas@example.com", name="Jonas", organisation=admin.organisation, by=admin, at=at)

    answers = at_once(
        *(
            lambda number=number: accept_invitation(
                invitation, name=f"J{number}", password="a-long-new-phrase", time_zone="UTC", at=at
            )
            for number in range(4)
        )
    )

    assert answers == ["done"] + ["invitation_used"] * 3


def test_two_administrators_cannot_both_take_the_role_from_each_other():
    organisation = make_organisation("fasttrack")
    first, second = (make_user(organisation=organisation, is_administrator=True) for _who in range(2))
    at = timezone.now()

    answers = at_once(
        lambda: set_roles(second, roles=frozenset(), by=first, at=at),
        lambda: set_roles(first, roles=frozenset(), by=second, at=at),
    )

    assert answers == ["done", "last_administrator"]
    assert User.objects.filter(is_administrator=True).count() == 1
