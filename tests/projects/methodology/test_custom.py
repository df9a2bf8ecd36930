"""Own methodologies: copied, edited step by step, published for new projects; what is fixed stays."""

import json
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.audit.models import AuditRow
from projects.methodology.actions.custom import (
    add_step,
    copy_methodology,
    edit_step,
    move_step,
    publish_methodology,
    remove_step,
    retire_methodology,
)
from projects.methodology.models.course import Step
from projects.methodology.models.custom import CustomMethodology, CustomVersion
from projects.methodology.queries.versions import texts_of
from projects.methodology.rules.catalogue import LATEST, methodology
from projects.methodology.rules.drafts import ASKED, fault_of, step_in, steps_of
from projects.portfolio.models.project import Project
from tests.builders import client_of, make_organisation, make_user
from tests.builders_projects import call, codes_of, start

pytestmark = pytest.mark.django_db
NOW = timezone.now
SAID = {"name": "Check the archive", "required": True, "owner": "sponsor", "requires": []}


@pytest.fixture
def admin():
    return make_user("Sigrid Aas", organisation=make_organisation("customer"), is_org_admin=True)


@pytest.fixture
def colleague(admin):
    return make_user("Jonas Lind", organisation=admin.organisation)


@pytest.fixture
def mine(admin):
    return copy_methodology(name="Ours", source=LATEST, by=admin, at=NOW())


def again(mine):
    return CustomMethodology.objects.get(pk=mine.pk)


def keys(mine, phase="analysis"):
    return [step["id"] for each, step in steps_of(again(mine).draft) if each["id"] == phase]


def page(user, path, **fields):
    return client_of(user).post(f"/methodologies/{path}", fields)


def put(user, mine, key, body, seen):
    path = f"methodologies/{mine.uid}/steps/{key}/"
    return call(user, "put", path, body, **{"If-Match": f'"{seen}"'})


# --- what is fixed -----------------------------------------------------------
FIXED = [step.id for step in methodology().steps if step.fixed]


@pytest.mark.parametrize("key", FIXED)
def test_a_fixed_step_is_neither_edited_nor_moved_nor_removed_by_either_door(admin, mine, key):
    at = f"{mine.uid}/steps/{key}/"
    body = {**SAID, "phase": "operate"}
    answers = [
        page(admin, at, **body, seen="0", asked_when="always"),
        page(admin, f"{at}up/", seen="0"),
        page(admin, f"{at}remove/", seen="0"),
        put(admin, mine, key, body, 0),
        call(admin, "delete", f"methodologies/{at}", **{"If-Match": '"0"'}),
        call(admin, "post", f"methodologies/{at}move/", {"way": "up"}, **{"If-Match": '"0"'}),
    ]

    assert [answer.status_code for answer in answers] == [409] * 6
    assert all("step_fixed" in codes_of(answer) for answer in answers[3:])
    assert (again(mine).revision, again(mine).draft) == (0, mine.draft)
    assert 'value="up"' not in client_of(admin).get(f"/methodologies/{at}").content.decode()


def test_a_copy_of_a_copy_keeps_what_is_fixed(admin, mine):
    version = publish_methodology(mine, seen=0, by=admin, at=NOW())

    second = copy_methodology(name="Ours, again", source=str(version.uid), by=admin, at=NOW())

    assert [step["id"] for _phase, step in steps_of(second.draft) if step.get("fixed")] == FIXED
    answer = put(admin, second, "A05", {**SAID, "phase": "analysis"}, 0)
    assert codes_of(answer) == ["step_fixed"]


# --- editing -----------------------------------------------------------------
def test_a_step_is_added_edited_moved_and_removed_by_page(admin, mine):
    at = f"{mine.uid}/"
    fields = {"name": "Check the archive", "phase": "analysis", "owner": "sponsor", "asked_when": "customised"}

    added = page(admin, f"{at}add/", **fields, requires="A06, a08", hint="Ten years.", seen="0")
    edited = page(admin, f"{at}steps/A16/", **fields | {"name": "Check all archives"}, seen="1", required="on")
    moved = page(admin, f"{at}steps/A16/up/", seen="2")
    between = step_in(again(mine).draft, "A16")[1]
    order = keys(mine)
    removed = page(admin, f"{at}steps/A16/remove/", seen="3")

    assert [answer.status_code for answer in (added, edited, moved, removed)] == [302] * 4
    assert between == {
        "id": "A16",
        "basis": "P",
        "name": "Check all archives",
        "required": True,
        "owner": "sponsor",
        "applies_when": "project.has_customizations",
    }
    assert order[-2:] == ["A16", "A15"]
    assert (again(mine).revision, again(mine).draft) == (4, mine.draft)


def test_a_step_is_added_edited_moved_and_removed_by_the_api(admin, mine):
    path = f"methodologies/{mine.uid}/steps/"
    body = SAID | {"phase": "test", "requires": ["T02"], "asked_when": "integrated"}

    added = call(admin, "post", path, body, **{"If-Match": '"0"'})
    edited = put(admin, mine, "T16", body | {"phase": "deploy", "name": "Elsewhere"}, 1)
    moved = call(admin, "post", f"{path}T16/move/", {"way": "up"}, **{"If-Match": '"2"'})
    shown = call(admin, "get", f"{path}T16/")
    removed = call(admin, "delete", f"{path}T16/", **{"If-Match": '"3"'})

    assert (added.status_code, added.json()["step"], added["ETag"]) == (201, "T16", '"1"')
    assert (edited.status_code, moved.status_code, removed.status_code) == (200, 200, 200)
    assert shown.json()["phase"] == "deploy"
    assert shown.json()["asked_when"] == "integrated"
    assert shown["ETag"] == '"3"'
    assert keys(mine, "deploy") == [step.id for step in methodology().phase("deploy").steps]


def test_a_supplied_step_keeps_what_ticks_it_when_it_is_edited(admin, mine):
    edit_step(mine, "D02", "design_develop", SAID, seen=0, by=admin, at=NOW())

    step = step_in(again(mine).draft, "D02")[1]
    assert (step["name"], step["auto"]) == ("Check the archive", "sandbox.registered")


@pytest.mark.parametrize(
    ("key", "requires", "code"),
    [
        ("A06", ["A08"], "requires_circle"),  # A08 requires A06
        ("A06", ["A06"], "requires_circle"),
        ("A02", ["P05"], "requires_later"),  # else Analysis waits for production, which waits for Analysis
    ],
)
def test_locks_neither_go_round_in_a_circle_nor_wait_for_a_later_phase(admin, mine, key, requires, code):
    body = {**SAID, "phase": "analysis", "requires": requires}

    api = put(admin, mine, key, body, 0)
    web = page(admin, f"{mine.uid}/steps/{key}/", **body | {"requires": requires[0]}, asked_when="always", seen="0")

    assert (codes_of(api), web.status_code) == ([code], 409)
    assert api.json()["reasons"][0]["text"] in web.content.decode().replace("&gt;", ">")
    assert again(mine).revision == 0


def test_moving_a_step_behind_what_requires_it_is_refused(admin, mine):
    answer = put(admin, mine, "A06", {**SAID, "phase": "test"}, 0)  # A08 of Analysis requires it

    assert codes_of(answer) == ["requires_later"]


def test_the_supplied_version_itself_breaks_no_rule_and_asks_nothing_that_cannot_be_chosen(mine):
    conditions = {step.get("applies_when", "") for _phase, step in steps_of(mine.draft)}

    assert fault_of(mine.draft) is None
    assert conditions == {expression for expression, _words in ASKED.values()}


@pytest.mark.parametrize("key", ["T02", "T01", "D01", "A08"])
def test_a_step_that_others_need_is_not_removed(admin, mine, key):
    answer = call(admin, "delete", f"methodologies/{mine.uid}/steps/{key}/", **{"If-Match": '"0"'})

    assert codes_of(answer) == ["step_needed"]


def test_a_step_moves_no_further_than_its_phase(admin, mine):
    move_step(mine, "A02", -1, seen=0, by=admin, at=NOW())

    answer = page(admin, f"{mine.uid}/steps/A02/up/", seen="1")

    assert keys(mine)[:2] == ["A02", "A01"]
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "Right\u202eto left"),
        ("name", "Nul\x00"),
        ("owner", "boss"),
        ("phase", "party"),
        ("phase", ""),
        ("hint", "two\nlines"),
        ("requires", ["Z99"]),
        ("requires", ["A" * 500]),
        ("requires", ["A02"] * 99),
        ("asked_when", "project.has_customizations || true"),
        ("applies_when", "true"),
        ("auto", "project.live"),
        ("fixed", True),
        ("id", "A01"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_changes_nothing(admin, mine, field, value):
    body = {**SAID, "phase": "analysis"} | {field: value}

    api = put(admin, mine, "A02", body, 0)

    assert api.status_code == 400
    if field in {"name", "owner", "phase", "hint", "asked_when"} and value != "two\nlines":
        web = page(admin, f"{mine.uid}/steps/A02/", **{"asked_when": "always"} | body | {"requires": ""}, seen="0")
        assert web.status_code == 422
    assert again(mine).revision == 0


# --- two who edit at once ----------------------------------------------------
def test_what_somebody_saved_first_is_not_overwritten_and_both_texts_are_told(admin, mine):
    other = make_user("Erik Halden", organisation=admin.organisation, is_org_admin=True)
    edit_step(mine, "A02", "analysis", SAID | {"name": "Theirs"}, seen=0, by=other, at=NOW())
    body = {**SAID, "phase": "analysis", "name": "Mine"}

    api = put(admin, mine, "A02", body, 0)
    web = page(admin, f"{mine.uid}/steps/A02/", **body | {"requires": ""}, asked_when="always", seen="0")

    assert api.status_code == 412
    assert (api.json()["theirs"], api.json()["mine"]) == ("A02 Theirs · sponsor", "A02 Mine · sponsor")
    assert (api.json()["revision"], api.json()["by"]) == (1, "Erik Halden")
    assert web.status_code == 409
    assert "A02 Theirs" in web.content.decode()
    assert "A02 Mine" in web.content.decode()


def test_nothing_is_published_moved_or_removed_unseen(admin, mine):
    add_step(mine, "analysis", SAID, seen=0, by=admin, at=NOW())
    seen = {"If-Match": '"0"'}

    answers = [
        call(admin, "post", f"methodologies/{mine.uid}/publish/", {}, **seen),
        call(admin, "delete", f"methodologies/{mine.uid}/steps/A16/", **seen),
        call(admin, "post", f"methodologies/{mine.uid}/steps/A16/move/", {"way": "up"}, **seen),
        call(admin, "post", f"methodologies/{mine.uid}/steps/", SAID | {"phase": "test"}, **seen),
    ]

    assert [answer.status_code for answer in answers] == [412] * 4
    assert call(admin, "post", f"methodologies/{mine.uid}/publish/", {}).status_code == 428
    assert page(admin, f"{mine.uid}/publish/").status_code == 409
    assert again(mine).revision == 1


def test_a_step_that_was_removed_a_moment_ago_is_a_conflict(admin, mine):
    remove_step(mine, "A07", seen=0, by=admin, at=NOW())

    assert page(admin, f"{mine.uid}/steps/A07/remove/", seen="0").status_code == 404
    with pytest.raises(Exception, match="revision 1 is newer"):
        edit_step(mine, "A07", "analysis", SAID, seen=0, by=admin, at=NOW())


# --- published, used, retired ------------------------------------------------
def test_a_new_project_starts_with_what_was_published_and_keeps_it(admin, mine):
    add_step(mine, "analysis", SAID, seen=0, by=admin, at=NOW())
    version = publish_methodology(again(mine), seen=1, by=admin, at=NOW())
    project = start("Halden Farm", owner=admin, methodology=str(version.uid))

    remove_step(again(mine), "A16", seen=1, by=admin, at=NOW())
    second = publish_methodology(again(mine), seen=2, by=admin, at=NOW())

    assert Step.objects.filter(project=project, key="A16").exists()
    assert texts_of(str(version.uid)).step("A16").name == "Check the archive"
    assert (second.number, len(texts_of(str(second.uid)).steps)) == (2, 70)


def test_a_published_version_cannot_be_changed(admin, mine):
    version = publish_methodology(mine, seen=0, by=admin, at=NOW())

    with pytest.raises(IntegrityError), transaction.atomic():
        CustomVersion.objects.filter(pk=version.pk).update(content="{}")


def test_the_same_is_not_published_twice(admin, mine):
    publish_methodology(mine, seen=0, by=admin, at=NOW())

    answer = call(admin, "post", f"methodologies/{mine.uid}/publish/", {}, **{"If-Match": '"0"'})

    assert codes_of(answer) == ["nothing_new"]


NEW = {"name": "Halden Farm", "infrastructure": "self_service", "time_zone": "UTC"}


def test_both_doors_offer_and_take_a_published_version(admin, mine):
    version = str(publish_methodology(mine, seen=0, by=admin, at=NOW()).uid)

    offered = client_of(admin).get("/projects/new/").content.decode()
    web = client_of(admin).post("/projects/new/", NEW | {"methodology": version})
    api = call(admin, "post", "projects/", NEW | {"methodology": version})
    plain = call(admin, "post", "projects/", NEW)

    assert "Ours, version 1" in offered
    assert "Supplied, 2026-1" in offered
    assert (web.status_code, api.status_code, plain.status_code) == (302, 201, 201)
    used = sorted(set(Project.objects.values_list("phases__catalogue", flat=True)))
    assert used == sorted([version, LATEST])


@pytest.mark.parametrize("which", ["foreign", "retired", "unknown", "no version at all"])
def test_a_project_starts_with_no_other(admin, mine, which):
    version = str(publish_methodology(mine, seen=0, by=admin, at=NOW()).uid)
    if which == "retired":
        retire_methodology(mine, by=admin, at=NOW())
    foreign = make_user("Olaf", organisation=make_organisation("customer"), is_org_admin=True)
    who = foreign if which == "foreign" else admin
    asked = {"unknown": str(uuid4()), "no version at all": "2020-1"}.get(which, version)

    web = client_of(who).post("/projects/new/", NEW | {"methodology": asked})
    api = call(who, "post", "projects/", NEW | {"methodology": asked})

    code = "methodology_retired" if which == "retired" else "unknown_methodology"
    assert (web.status_code, api.status_code, codes_of(api)) == (422, 409, [code])
    assert not Project.objects.exists()


def test_a_foreign_version_is_not_copied_either_not_even_a_retired_one(admin, mine):
    version = str(publish_methodology(mine, seen=0, by=admin, at=NOW()).uid)
    foreign = make_user("Olaf", organisation=make_organisation("customer"), is_org_admin=True)
    before = call(foreign, "post", "methodologies/", {"name": "Taken", "source": version})
    retire_methodology(mine, by=admin, at=NOW())
    after = call(foreign, "post", "methodologies/", {"name": "Taken", "source": version})

    assert (codes_of(before), codes_of(after)) == (["unknown_methodology"],) * 2


def test_what_is_retired_is_read_and_copied_but_not_changed(admin, mine):
    version = publish_methodology(mine, seen=0, by=admin, at=NOW())
    retire_methodology(mine, by=admin, at=NOW())
    at = f"methodologies/{mine.uid}/"

    answers = [
        put(admin, mine, "A02", {**SAID, "phase": "analysis"}, 0),
        call(admin, "post", f"{at}retire/", {}),
        call(admin, "post", f"{at}steps/", SAID | {"phase": "test"}, **{"If-Match": '"0"'}),
    ]
    copied = call(admin, "post", "methodologies/", {"name": "Ours, again", "source": str(version.uid)})

    assert [codes_of(answer) for answer in answers] == [["methodology_retired"]] * 3
    assert copied.status_code == 201


def test_a_name_is_taken_once_however_it_is_written(admin, mine):
    web = page(admin, "copy/", name="OURS", source=LATEST)
    api = call(admin, "post", "methodologies/", {"name": "ours", "source": LATEST})

    assert (web.status_code, codes_of(api)) == (409, ["methodology_name_taken"])


# --- who ---------------------------------------------------------------------
def test_a_colleague_reads_and_a_stranger_does_not_know_of_it(admin, colleague, mine):
    publish_methodology(mine, seen=0, by=admin, at=NOW())
    stranger = make_user("Olaf", organisation=make_organisation("customer"), is_org_admin=True)
    doors = ["", "steps/A02/", "versions/1/"]

    assert [client_of(colleague).get(f"/methodologies/{mine.uid}/{door}").status_code for door in doors] == [200] * 3
    assert [client_of(stranger).get(f"/methodologies/{mine.uid}/{door}").status_code for door in doors] == [404] * 3
    assert "Ours" not in client_of(stranger).get("/methodologies/").content.decode()
    assert call(stranger, "get", "methodologies/").json()["results"] == []


def test_only_an_administrator_of_a_customer_or_partner_keeps_them(colleague, mine):
    lead = make_user("Nadia", organisation=make_organisation("fasttrack"), is_lead=True, is_org_admin=True)
    at = f"methodologies/{mine.uid}/"
    seen = {"If-Match": '"0"'}

    refused = [
        call(lead, "post", "methodologies/", {"name": "Taken", "source": LATEST}),
        call(colleague, "post", "methodologies/", {"name": "Taken", "source": LATEST}),
        put(colleague, mine, "A02", {**SAID, "phase": "analysis"}, 0),
        call(colleague, "delete", f"{at}steps/A07/", **seen),
        call(colleague, "post", f"{at}steps/A07/move/", {"way": "up"}, **seen),
        call(colleague, "post", f"{at}publish/", {}, **seen),
        call(colleague, "post", f"{at}retire/", {}),
    ]

    assert [(answer.status_code, codes_of(answer)) for answer in refused] == [(403, ["not_org_admin"])] * 7


def test_every_act_is_kept(admin, mine):
    add_step(mine, "analysis", SAID, seen=0, by=admin, at=NOW())
    publish_methodology(again(mine), seen=1, by=admin, at=NOW())
    retire_methodology(mine, by=admin, at=NOW())

    acts = AuditRow.objects.filter(object=f"custommethodology:{mine.uid}").order_by("seq").values_list("act", flat=True)
    assert list(acts) == [
        "methodology.copied",
        "methodology.step_added",
        "methodology.published",
        "methodology.retired",
    ]


def test_what_is_published_is_the_draft_word_for_word(admin, mine):
    version = publish_methodology(mine, seen=0, by=admin, at=NOW())

    assert json.loads(version.content) == mine.draft


@pytest.mark.parametrize("rows", [1, 40])
def test_the_list_costs_the_same_for_one_and_forty(admin, rows):
    for number in range(rows):
        copy_methodology(name=f"Way {number:02}", source=LATEST, by=admin, at=NOW())
    client = client_of(admin)

    with CaptureQueriesContext(connection) as queries:
        body = client.get("/methodologies/").content.decode()

    assert len(queries) == 6
    assert all(f"Way {number:02}" in body for number in range(rows))


def test_the_draft_costs_little(admin, mine):
    client = client_of(admin)

    with CaptureQueriesContext(connection) as queries:
        body = client.get(f"/methodologies/{mine.uid}/").content.decode()

    assert len(queries) == 5
    assert all(f'<tr id="{step.id}">' in body for step in methodology().steps)
