"""A list of people is taken over whole or not at all, after each row was told what comes of it."""

import io
import json

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.accounts.models import Organisation, User
from golive.audit.models import AuditRow
from golive.core.sheet_reader import read_sheet
from golive.letters.models import LetterRow
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from tests.builders import client_of, make_organisation, make_user
from tests.builders_projects import call, codes_of, make_project, start

pytestmark = pytest.mark.django_db
HEAD = ["E-mail address", "Name", "Access", "Job in the project", "Key stakeholder", "Primary contact"]


def book(*rows, head=HEAD):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate([head, *rows] if head else rows):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("people.xlsx", file.getvalue())


def page(cast, part=""):
    return f"/projects/{cast.key}/people/import/{part}"


def preview(cast, *rows, who=None, **fields):
    data = fields or {"file": book(*rows)}
    return client_of(who or cast.owner).post(page(cast), data)


def lines(answer):
    return [(one.row.number, one.outcome.value, one.text) for one, _access, _badge in answer.context["lines"]]


def hidden(answer):
    """The form of the preview as a browser sends it back."""
    return {name: value for name, value in answer.context["again"].initial.items() if value}


def api(cast, *rows, who=None, **more):
    body = {"rows": list(rows)} if rows else {}
    return call(who or cast.owner, "post", f"projects/{cast.key}/members/import/", body | more)


def colleagues(cast, count=1):
    return [make_user(f"Kari {n:02} Moe", organisation=cast.owner.organisation, password=None) for n in range(count)]


def members(cast):
    return set(Membership.objects.filter(project=cast.project).values_list("user__email", flat=True))


def test_a_workbook_is_looked_at_and_then_imported():
    cast = make_project()
    (new,) = colleagues(cast)
    rows = [[new.email.upper(), "", "Environment manager", "Cutover lead", "yes", "x"], [cast.member.email]]
    client, before = client_of(cast.owner), members(cast)

    seen = client.post(page(cast), {"file": book(*rows)})
    assert members(cast) == before
    answer = client.post(page(cast, "apply/"), hidden(seen))

    assert lines(seen) == [(2, "add", ""), (3, "there", "Stays as it is.")]
    assert "Environment manager" in seen.content.decode()
    assert "Every row can be taken." in seen.content.decode()
    assert answer.status_code == 302
    row = Membership.objects.get(project=cast.project, user=new)
    roles = (row.side, row.access, row.job, row.stakeholder, row.primary_contact)
    assert roles == ("customer", "environment_manager", "cutover_lead", True, True)
    assert Membership.objects.get(project=cast.project, user=cast.member).job == "test_lead"
    cast.project.facts.refresh_from_db()
    assert cast.project.facts.primary_contact_count == 1
    told = AuditRow.objects.get(chain=cast.project.chain, act="roster.imported").after
    assert told == {"add": 1, "there": 1}


BROKEN = [
    (["a@b.example", "Kari\u202e"], "direction of writing"),
    (["a@b.example", "Kari\x07Moe"], "cannot be stored"),
    (["a@b.example", "=1+1"], "like a formula"),
    (["a@b.example", "Kari", "king"], "no access we know"),
    (["a@b.example", "Kari", "", "", "perhaps"], "yes or no"),
    (["straße@b.example"], "plain letters"),
]


def test_every_row_that_cannot_be_taken_says_why_and_nothing_is_imported():
    cast = make_project()
    good, out = colleagues(cast, 2)
    Organisation.objects.filter(pk=cast.owner.organisation_id).update(domain="halden.example")
    User.objects.filter(pk=out.pk).update(disabled_at=timezone.now())
    before = members(cast)
    rows = [[good.email], ["nobody@elsewhere.example", "Nobody"], [cast.stranger.email], ["no address"], [good.email]]
    rows += [[out.email], *(row for row, _words in BROKEN)]

    seen = preview(cast, *rows)
    refused = api(cast, *({"email": row[0]} for row in rows[:5]))

    unknown = "Nobody of the customer or the partner has this address."
    found = lines(seen)
    assert found[:6] == [
        (2, "add", ""),
        (3, "unknown", unknown),
        (4, "unknown", unknown),
        (5, "refused", "This is no e-mail address."),
        (6, "refused", "The same address stands in row 2."),
        (7, "refused", "This person has been disabled."),
    ]
    assert [outcome for _number, outcome, _text in found[6:]] == ["refused"] * 6
    for (_number, _outcome, text), words in zip(
        found[6:],
        [words for _row, words in BROKEN],
        strict=True,
    ):
        assert words in text
    assert seen.context["again"] is None
    assert (refused.status_code, codes_of(refused)) == (409, ["row_refused"] * 4)
    assert refused.json()["reasons"][0]["text"] == f"Row 2: {unknown}"
    assert members(cast) == before


def test_who_belongs_elsewhere_cannot_be_told_from_who_does_not_exist():
    cast = make_project()

    Organisation.objects.filter(pk=cast.owner.organisation_id).update(domain="halden.example")
    texts = [lines(preview(cast, [email]))[0][1:] for email in (cast.stranger.email, "nobody@example.com")]

    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("name", "email"),
    [("Lind, Jonas", "other@example.com"), ("JONAS  LIND", "other@example.com"), ("J. L.", None)],
)
def test_another_spelling_of_somebody_on_the_list_is_pointed_out_and_taken_only_with_a_tick(name, email):
    cast = make_project()
    local, _at, domain = cast.member.email.partition("@")
    email = email or f"{local.replace('.', '')}+golive@{domain}"
    twin = make_user(name, organisation=cast.owner.organisation, email=email)

    seen = preview(cast, [email])
    refused, taken = api(cast, {"email": email}), api(cast, {"email": email}, although_alike=True)

    assert lines(seen) == [(2, "alike", "Is this Jonas Lind, under another spelling?")]
    assert (refused.status_code, codes_of(refused)) == (409, ["row_refused"])
    assert taken.status_code == 201
    assert twin.email in members(cast)


def test_two_spellings_in_one_list_are_seen():
    cast = make_project()
    for email in ("kari.moe@example.com", "moe@example.com"):
        make_user("Kari Moe", organisation=cast.owner.organisation, email=email)

    assert [outcome for _n, outcome, _t in lines(preview(cast, ["kari.moe@example.com"], ["moe@example.com"]))] == [
        "add",
        "alike",
    ]


def test_an_administrator_of_the_organisation_invites_unknown_ones_of_the_own_domain():
    cast = make_project()
    Organisation.objects.filter(pk=cast.owner.organisation_id).update(domain="halden.example")
    cast.owner.organisation.refresh_from_db()
    client = client_of(cast.owner)

    seen = client.post(page(cast), {"file": book(["new@halden.example", "Kari Moe"])})
    without = client.post(page(cast, "apply/"), hidden(seen))
    answer = client.post(page(cast, "apply/"), hidden(seen) | {"invite": "on"})

    assert lines(seen) == [(2, "unknown", "Nobody has this address yet. With a name, they can be invited.")]
    assert "Invite the unknown ones of my own organisation" in seen.content.decode()
    assert (without.status_code, answer.status_code) == (409, 302)
    assert User.objects.get(email="new@halden.example").organisation_id == cast.owner.organisation_id
    assert "new@halden.example" in members(cast)
    assert LetterRow.objects.filter(letter="invitation", address="new@halden.example").exists()


def test_more_invitations_than_an_hour_allows_import_nobody():
    cast = make_project()
    Organisation.objects.filter(pk=cast.owner.organisation_id).update(domain="halden.example")
    rows = [{"email": f"p{n}@halden.example", "name": f"Person P{n}"} for n in range(21)]

    answer = api(cast, *rows, invite=True)

    assert answer.status_code == 429
    assert not User.objects.filter(email__endswith="@halden.example").exists()


def test_nobody_else_is_offered_to_invite():
    cast = make_project()
    User.objects.filter(pk=cast.owner.pk).update(is_org_admin=False)
    Organisation.objects.filter(pk=cast.owner.organisation_id).update(domain="halden.example")

    answer = api(cast, {"email": "new@halden.example", "name": "Kari"}, invite=True)

    assert codes_of(answer) == ["row_refused"]
    assert not User.objects.filter(email="new@halden.example").exists()


def test_the_people_of_another_project_are_taken_over_and_who_is_on_no_side_stops_it():
    cast, other = make_project(), make_project("Brightwater", owner=None)
    second = start("Halden Farm", owner=cast.owner, partner=other.partner_member.organisation)
    client = client_of(cast.owner)

    seen = client.post(f"/projects/{second.key}/people/import/", {"project": cast.key})
    third = start("Halden Mill", owner=cast.owner, partner=cast.partner_member.organisation)
    taken = call(cast.owner, "post", f"projects/{third.key}/members/import/", {"from_project": cast.key})

    told = {one.row.email: (one.outcome.value, one.text) for one, _access, _badge in seen.context["lines"]}
    assert told[cast.partner_member.email] == ("elsewhere", "Belongs neither to the customer nor to the partner.")
    assert told[cast.owner.email] == ("there", "Stays as it is.")
    assert told[cast.member.email] == ("add", "")
    assert taken.status_code == 201
    assert set(Membership.objects.filter(project=third).values_list("user__email", flat=True)) == members(cast)


def test_a_project_one_is_not_on_is_no_source():
    cast, other = make_project(), make_project("Canary")

    page_answer = preview(cast, project=other.key)
    answer = api(cast, from_project=other.key)

    assert (page_answer.status_code, answer.status_code) == (422, 400)
    assert "Canary" not in client_of(cast.owner).get(page(cast)).content.decode()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("a.xlsx", b"name,email"), "This is no workbook (.xlsx) that can be read."),
        (book(head=["Name"]), "Row 1 must name the column E-mail address"),
        (book(head=["E-mail address", "Salary"]), "Row 1 names a column that is not known: Salary"),
        (book(head=["email", "E-mail address"]), "each column once"),
        (book(), "There is no row in it."),
        (book(*([f"p{n}@b.example"] for n in range(201))), "At most 200 people are imported at once."),
        (None, "Choose a workbook, or another project."),
    ],
)
def test_a_file_that_is_no_list_of_people_is_said_to_be_none(file, sentence):
    cast = make_project()
    if file:
        file.seek(0)

    answer = client_of(cast.owner).post(page(cast), {"file": file} if file else {})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    "rows",
    ["", "[]", "{}", "[1]", '[{"email": 1}]', '[{"user": "x"}]', "[[[[", "nan", '[{"email": "\\ud800"}]', "[null]"],
)
def test_rows_that_are_not_ours_are_refused_with_a_sentence(rows):
    cast = make_project()

    assert client_of(cast.owner).post(page(cast, "apply/"), {"rows": rows}).status_code == 422


@pytest.mark.parametrize(
    "body",
    [{}, {"rows": []}, {"rows": [{}]}, {"rows": [{"email": {}}]}, {"rows": "x"}, {"rows": [{"email": "a", "uid": "b"}]},
     {"rows": [{"email": "a@b.example"}], "from_project": "X"}, {"from_project": "x" * 30}],
)  # fmt: skip
def test_a_body_that_is_no_list_is_a_400(body):
    cast = make_project()

    assert call(cast.owner, "post", f"projects/{cast.key}/members/import/", body).status_code == 400


@pytest.mark.parametrize("who", ["member", "viewer", "architect"])
def test_only_an_owner_imports_and_only_an_owner_learns_what_would_come_of_it(who):
    cast = make_project()
    (new,) = colleagues(cast)
    user = getattr(cast, who)

    seen = preview(cast, [new.email], who=user)
    applied = client_of(user).post(page(cast, "apply/"), {"rows": json.dumps([{"email": new.email}])})
    told = api(cast, {"email": new.email}, who=user, preview=True)

    assert (seen.status_code, applied.status_code, told.status_code, codes_of(told)) == (403, 403, 403, ["not_owner"])
    assert new.email not in seen.content.decode()


def test_a_preview_by_the_api_changes_nothing_and_says_whether_it_could():
    cast = make_project()
    (new,) = colleagues(cast)
    before = members(cast)

    answer = api(cast, {"email": new.email}, {"email": "no"}, preview=True)

    assert answer.status_code == 200
    assert [row["outcome"] for row in answer.json()["results"]] == ["add", "refused"]
    assert answer.json()["actions"]["import"]["allowed"] is False
    assert members(cast) == before


def test_nothing_is_imported_into_a_paused_project():
    cast = make_project()
    (new,) = colleagues(cast)
    Project.objects.filter(pk=cast.project.pk).update(state="paused")

    assert codes_of(api(cast, {"email": new.email})) == ["project_not_active"]


def test_the_blank_list_can_be_filled_in_and_read():
    cast = make_project()

    answer = client_of(cast.owner).get(page(cast, "sheet/"))

    assert answer["Content-Disposition"] == f'attachment; filename="{cast.key}-people.xlsx"'
    assert read_sheet(answer.content) == [HEAD]
    sent = SimpleUploadedFile("people.xlsx", answer.content)
    assert "There is no row in it." in client_of(cast.owner).post(page(cast), {"file": sent}).content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_a_preview_costs_the_same_for_one_and_for_fifty(rows):
    cast = make_project()
    people = colleagues(cast, rows)
    client, file = client_of(cast.owner), book(*([one.email] for one in people))

    with CaptureQueriesContext(connection) as queries:
        body = client.post(page(cast), {"file": file}).content.decode()

    assert len(queries) == 8
    assert all(one.email in body for one in people)


def test_hostile_words_are_text():
    cast = make_project()
    make_organisation()

    body = preview(cast, ["a@b.example", "<b>Kari</b>"]).content.decode()

    assert "<b>Kari" not in body
    assert "&lt;b&gt;Kari" in body
