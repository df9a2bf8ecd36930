"""Who was taken off a project, or disabled, is out at once: open sessions, tokens and letters that wait."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from golive.accounts.actions import disable_person, make_token
from golive.accounts.models import Organisation
from golive.letters.models import LetterRow
from golive.outbox.drain import drain
from projects.portfolio.actions.people import remove_member
from projects.portfolio.actions.projects import write_letter
from projects.portfolio.queries.people import team_of
from tests.builders import client_of, make_user
from tests.builders_projects import make_project

pytestmark = pytest.mark.django_db(transaction=True)


def doors(cast, user):
    """An open session and a token of this person, as functions that tell what the project answers."""
    _token, secret = make_token(user, name="removal", by=user, at=timezone.now())
    browser, program = client_of(user), Client(headers={"Authorization": f"Bearer {secret}"})
    return (
        lambda: browser.get(f"/projects/{cast.key}/").status_code,
        lambda: program.get(f"/api/v1/projects/{cast.key}/").status_code,
    )


def queue_letter(cast, user):
    cast.project.refresh_from_db()
    words = {"who": "Imke Voss", "until": "4 Dec 2026"}
    with transaction.atomic():
        write_letter(cast.project, "review_taken", to=[user], page="review", cycle="1", at=timezone.now(), **words)


def came_to(user):
    """What became of the letter that waited for this person."""
    drain()
    row = LetterRow.objects.get(recipient=user)
    return row.state, row.skipped_because


def test_a_removed_member_meets_a_404_by_session_and_token_and_gets_no_letter():
    cast = make_project()
    session, token = doors(cast, cast.member)
    queue_letter(cast, cast.member)
    assert (session(), token()) == (200, 200)

    remove_member(cast.project, user=cast.member, by=cast.owner, at=timezone.now())

    assert (session(), token()) == (404, 404)
    assert came_to(cast.member) == ("skipped", "not_on_project")


def test_who_stays_gets_the_letter():
    cast = make_project()
    queue_letter(cast, cast.member)

    assert came_to(cast.member) == ("sent", "")


def test_a_removed_administrator_of_the_organisation_still_sees_and_is_written_to_no_more():
    cast = make_project()
    admin = make_user("Liv Bakke", organisation=cast.owner.organisation, is_org_admin=True)
    session, _token = doors(cast, admin)
    queue_letter(cast, admin)

    assert session() == 200
    assert came_to(admin) == ("skipped", "not_on_project")


def test_an_architect_is_written_to_without_being_on_the_list():
    cast = make_project()
    queue_letter(cast, cast.architect)

    assert came_to(cast.architect) == ("sent", "")


@pytest.mark.parametrize("whole_organisation", [False, True])
def test_a_disabled_person_is_out_by_session_and_token_and_gets_no_letter(whole_organisation):
    cast = make_project()
    session, token = doors(cast, cast.member)
    queue_letter(cast, cast.member)

    if whole_organisation:
        Organisation.objects.filter(pk=cast.member.organisation_id).update(disabled_at=timezone.now())
    else:
        disable_person(cast.member, by=cast.owner, at=timezone.now())

    assert (session(), token()) == (302, 401)
    assert came_to(cast.member) == ("skipped", "inactive")
    assert cast.member not in team_of(cast.project)
