from datetime import timedelta

import pytest
from django.utils import timezone

from golive.accounts.actions import invite
from golive.accounts.models import Invitation
from golive.accounts.tasks import invitation_stands, recipient_may_enter
from golive.letters.models import LetterRow
from tests.builders import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    admin = make_user(is_org_admin=True)
    invite("jonas@example.com", name="Jonas", organisation=admin.organisation, by=admin, at=timezone.now())
    return LetterRow.objects.get(letter="invitation")


@pytest.mark.parametrize("change", ["nothing", "revoked_at", "accepted_at", "expires_at"])
def test_an_invitation_is_written_while_it_stands(letter, change):
    at = timezone.now() - timedelta(seconds=1)
    if change != "nothing":
        Invitation.objects.update(**{change: at})

    assert invitation_stands(letter) == ("" if change == "nothing" else "invitation_over")


def test_a_disabled_person_is_not_written_to(letter):
    assert recipient_may_enter(letter) == ""

    letter.recipient.disabled_at = timezone.now()

    assert recipient_may_enter(letter) == "inactive"
