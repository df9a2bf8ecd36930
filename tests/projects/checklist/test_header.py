"""The header: what the project knows is shown, what is typed is saved once a revision, and nothing is lost."""

import json
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.core.decision import Refused
from projects.checklist.actions.header import save_header
from projects.checklist.models.checklist import ChecklistHeader
from projects.checklist.queries.proof import false_counters
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.header import HeaderContent, RolloutLine, header_lacks, header_of
from projects.portfolio.models.project import Project
from tests import corpus
from tests.builders import client_of
from tests.builders_projects import HEADER, Cast, describe, fill_checklist, reload, submit

pytestmark = pytest.mark.django_db
TABLE = {"rollout-TOTAL_FORMS": "3", "rollout-INITIAL_FORMS": "1"}
TYPED = {
    "project_reference": "https://tracker.example/HD",
    "legacy_system": "Two ledgers",
    "revision": "0",
    "rollout-0-users": "120",
    "rollout-0-areas": "Finance",
    "rollout-0-places": "Norway",
    "rollout-1-on": "2027-03-01",
    "rollout-1-users": "40",
    "rollout-1-areas": "Warehouse",
    "rollout-1-places": "Sweden",
} | TABLE


def page(cast: Cast) -> str:
    return reverse("checklist", kwargs={"key": cast.key})


def post(cast: Cast, who, **fields: str) -> HttpResponse:
    return client_of(who).post(f"{page(cast)}header/", TYPED | fields)


def put(cast: Cast, who, body: object, revision: int | None = 0) -> HttpResponse:
    headers = {} if revision is None else {"If-Match": f'"{revision}"'}
    address = reverse("api_checklist_header", kwargs={"key": cast.key})
    raw = body if isinstance(body, bytes) else json.dumps(body)
    return client_of(who).put(address, raw, "application/json", headers=headers)


def row_of(cast: Cast) -> ChecklistHeader | None:
    return ChecklistHeader.objects.filter(checklist__project=cast.project).first()


@pytest.mark.once
def test_what_the_header_lacks_is_said_and_an_emptied_line_is_gone():
    later = RolloutLine(users=40)

    assert len(header_lacks(HeaderContent())) == 4
    assert header_lacks(HEADER) == ()
    assert header_lacks(header_of("HD", "", [*HEADER.rollouts, later])) == ("the dates of later rollouts",)
    assert header_of("HD", "", [RolloutLine(users=1), RolloutLine()]).rollouts == (RolloutLine(users=1),)


def test_what_the_project_knows_is_shown_with_where_it_is_changed(cast):
    describe(cast, vision="One set of books.")
    Project.objects.filter(pk=cast.project.pk).update(architect=cast.architect)

    body = client_of(cast.member).get(page(cast)).content.decode()

    names = (cast.owner.name, cast.partner_member.name, cast.architect.name)
    for known in (cast.project.customer.name, cast.project.partner.name, *names, "One set of books.", "Finance 120"):
        assert known in body
    for place in ("onboarding/licences/", "onboarding/overview/", "onboarding/partner/", "people/", "plan/"):
        assert f'href="/projects/{cast.key}/{place}"' in body
    assert f'value="{cast.key}"' in body  # offered as the reference


@pytest.mark.req("S1-44")
def test_the_header_is_typed_without_script_and_read_again(cast):
    response = post(cast, cast.member, completed_by=str(cast.member.uid))

    sheet = sheet_of(reload(cast.project), at=timezone.now())
    assert (response.status_code, response["Location"]) == (302, page(cast) + "#header")
    assert (sheet.completed_by, sheet.header_revision, sheet.header.rollouts[0].users) == (cast.member, 1, 120)
    assert [line.places for line in sheet.header.rollouts] == ["Norway", "Sweden"]
    body = client_of(cast.member).get(page(cast)).content.decode()
    for typed in ("https://tracker.example/HD", "Two ledgers", "Warehouse", 'value="2027-03-01"'):
        assert typed in body
    assert list(false_counters()) == []


def test_the_day_of_this_rollout_is_the_milestone_and_is_not_kept(cast):
    put(cast, cast.member, {"rollouts": [{"users": 5, "on": "2027-01-01"}]})

    assert row_of(cast).rollouts == [{"on": None, "users": 5, "areas": "", "places": ""}]


def test_who_came_second_sees_both_and_saving_keeps_theirs_or_ours(cast):
    post(cast, cast.owner, legacy_system="The first word")

    second = post(cast, cast.member, legacy_system="The second word")

    body = second.content.decode()
    assert second.status_code == 409
    for shown in ("The first word", "The second word", cast.owner.name, 'name="revision" value="1"'):
        assert shown in body
    assert row_of(cast).legacy_system == "The first word"
    assert post(cast, cast.member, legacy_system="The second word", revision="1").status_code == 302
    assert (row_of(cast).legacy_system, row_of(cast).revision) == ("The second word", 2)


def test_the_api_puts_on_the_revision_that_was_seen(cast):
    first = put(cast, cast.owner, {"project_reference": "HD-1"})
    again = put(cast, cast.owner, {"project_reference": "HD-1"})
    stale = put(cast, cast.member, {"project_reference": "HD-2"})

    assert (first.status_code, first["ETag"], again.status_code, again["ETag"]) == (200, '"1"', 200, '"1"')
    assert (stale.status_code, stale["ETag"], stale.json()["code"]) == (412, '"1"', "stale")
    told = stale.json()
    assert (told["theirs"]["project_reference"], told["mine"]["project_reference"]) == ("HD-1", "HD-2")
    assert put(cast, cast.member, {}, None).status_code == 428
    shown = client_of(cast.viewer).get(reverse("api_checklist", kwargs={"key": cast.key})).json()["header"]
    assert (shown["project_reference"], shown["revision"]) == ("HD-1", 1)
    assert shown["known"]["customer"] == cast.project.customer.name


def test_bad_input_keeps_everything_typed(cast):
    response = post(cast, cast.member, **{"rollout-0-users": "many", "rollout-1-on": "0001-01-01"})

    body = response.content.decode()
    assert response.status_code == 422
    for typed in ("many", "0001-01-01", "Two ledgers", "Warehouse", "five years"):
        assert typed in body
    assert row_of(cast) is None


def test_no_hostile_value_is_our_fault(cast):
    client = client_of(cast.member)
    for value in corpus.NO_TEXT + corpus.BIDI[:2] + corpus.INERT + corpus.NO_DAY:
        sent = dict.fromkeys([*TYPED, "completed_by"], value) | TABLE | {"revision": "0"}
        raw = urlencode(sent, errors="surrogatepass")
        response = client.post(f"{page(cast)}header/", raw, "application/x-www-form-urlencoded")
        assert response.status_code in {302, 400, 409, 422}, ascii(value)
    for fields in ({"rollout-TOTAL_FORMS": "9" * 30}, {"rollout-TOTAL_FORMS": "-1"}, {"revision": "9" * 30}):
        assert post(cast, cast.member, **fields).status_code in {302, 409, 422}
    for body in [*corpus.NO_BODY, *corpus.bodies_with("legacy_system", corpus.NOT_TEXT[:6] + corpus.NO_TEXT[:6])]:
        assert put(cast, cast.member, body).status_code in {200, 400, 412, 413}, ascii(body)


def test_only_the_team_types_and_only_the_team_is_named(cast):
    foreign = [put(cast, cast.owner, {"completed_by": str(one.uid)}) for one in (cast.stranger, cast.viewer)]

    assert [one.status_code for one in foreign] == [400, 400]
    assert foreign[0].json()["errors"] == foreign[1].json()["errors"]
    assert post(cast, cast.member, completed_by=str(cast.viewer.uid)).status_code == 422
    assert [post(cast, who).status_code for who in (cast.viewer, cast.architect)] == [403, 403]
    assert post(cast, cast.stranger).status_code == 404
    for other in (cast.viewer, cast.stranger):
        with pytest.raises(Refused) as refused:
            save_header(cast.project, HEADER, completed_by=other, revision=0, by=cast.owner, at=timezone.now())
        assert refused.value.decision.codes == ["named_not_of_team"]


def test_a_submitted_header_is_read_only(cast):
    fill_checklist(cast)
    submit(cast)

    body = client_of(cast.owner).get(page(cast)).content.decode()

    assert post(cast, cast.owner, revision="1").status_code == 409
    assert "Save the header" not in body
    for typed in (HEADER.project_reference, HEADER.rollouts[0].places):
        assert typed in body


def test_a_save_is_in_the_history_without_its_words(cast):
    post(cast, cast.member, completed_by=str(cast.member.uid))

    rows = AuditRow.objects.filter(chain=cast.project.chain, act__startswith="checklist").order_by("pk")
    assert [row.act for row in rows] == ["checklist.header_saved", "checklist.completed_by_named"]
    assert "ledgers" not in rows[0].body
