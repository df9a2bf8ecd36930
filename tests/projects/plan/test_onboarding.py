"""Onboarding: its steps are saved in any order, and it is completed when nothing is lacking, by page and by API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.methodology.models.course import Step
from projects.plan.models.onboarding import Onboarding
from projects.plan.states import OnboardingStep
from tests.builders import client_of, make_organisation
from tests.builders_projects import call, codes_of, describe, make_project, onboard, plan_dates, reload
from tests.journeys.situations import NOTHING_SAID

pytestmark = pytest.mark.django_db

ASKED = {
    "overview": {"vision": "One set of books."},
    "partner": {"partner_choice": "named"},
    "licences": {"user_count": "120", "licence_finance": "80", "licence_device": "0"},
    "scope": {
        "products": ["fo", "ce"],
        "scope": ["warehouse", "dual_write"],
        "country_count": "3",
        "has_customizations": "no",
        "has_isv": "yes",
        "isv_names": "Nordic Labels",
        "has_integrations": "yes",
        "integration_count": "6",
        "has_database_copy": "no",
        "upgrade_from": "ax2012",
    },
    "tracking": {"tracking_choice": "linked", "work_tracking": "https://tracking.example/1"},
    "contacts": {"contact_choice": "primary"},
}


def row_of(cast):
    return Onboarding.objects.get(project=cast.project)


def post(cast, step, form, user=None):
    return client_of(user or cast.owner).post(f"/projects/{cast.key}/onboarding/{step}/", form)


def page(cast, step, user=None):
    return client_of(user or cast.owner).get(f"/projects/{cast.key}/onboarding/{step}/")


def put(cast, body, user=None):
    return call(user or cast.owner, "put", f"projects/{cast.key}/onboarding/", body)


# --- every step by itself -----------------------------------------------------------------------------------------
def test_what_is_saved_stays_and_is_shown_again():
    cast = make_project()

    answer = post(cast, "overview", {"vision": "One\nset <b>"})

    assert (answer.status_code, answer.url) == (302, f"/projects/{cast.key}/onboarding/partner/")
    assert row_of(cast).vision == "One\nset <b>"
    assert "set &lt;b&gt;" in page(cast, "overview").content.decode()


def test_all_steps_say_everything():
    cast = make_project()
    plan_dates(cast)

    for step, form in ASKED.items():
        assert post(cast, step, form).status_code == 302

    row = row_of(cast)
    assert row.licences == [{"type": "finance", "count": 80}, {"type": "device", "count": 0}]
    assert (row.products, row.scope, row.has_dual_write) == (["ce", "fo"], ["dual_write", "warehouse"], True)
    assert (row.has_isv, row.has_customizations, row.integration_count) == (True, False, 6)
    assert (row.partner_choice, row.contact_choice, row.upgrade_from) == ("named", "primary", "ax2012")
    assert call(cast.owner, "get", f"projects/{cast.key}/onboarding/").json()["actions"]["complete"]["allowed"]


@pytest.mark.parametrize("step", ASKED)
def test_a_step_may_be_left_open(step):
    cast = make_project()

    assert post(cast, step, {}).status_code == 302


@pytest.mark.parametrize(
    ("to", "next_one"), [("", "licences"), ("stay", "partner"), ("back", "overview"), ("elsewhere", "licences")]
)
def test_each_button_saves_and_leads_on_back_or_nowhere(to, next_one):
    cast = make_project()

    answer = post(cast, "partner", {"partner_choice": "named", "partner_reference": "4711", "to": to})

    assert answer.url == f"/projects/{cast.key}/onboarding/{next_one}/"
    assert row_of(cast).partner_reference == "4711"


def test_the_way_in_leads_to_the_first_step_that_lacks_something():
    cast = make_project()
    first = client_of(cast.owner).get(f"/projects/{cast.key}/onboarding/")
    post(cast, "overview", ASKED["overview"])
    second = client_of(cast.owner).get(f"/projects/{cast.key}/onboarding/")
    describe(cast)
    plan_dates(cast)

    last = client_of(cast.owner).get(f"/projects/{cast.key}/onboarding/")

    steps = [answer.url.split("/")[-2] for answer in (first, second, last)]
    assert steps == ["overview", "licences", "finish"]


def test_every_step_is_picked_freely_and_bears_an_asterisk_while_it_lacks_something():
    cast = make_project()
    post(cast, "overview", ASKED["overview"])

    body = page(cast, "finish").content.decode()

    lacking = [each.split('">')[0] for each in body.split(f'<a href="/projects/{cast.key}/onboarding/')[1:]]
    assert {each.split("/")[0] for each in lacking} == set(OnboardingStep.values)
    assert body.count('<b aria-hidden="true">*</b>') == 5  # licences, scope, milestones, tracking, contacts


def test_what_cannot_be_read_is_shown_again_with_all_that_was_typed():
    cast = make_project()

    answer = post(cast, "licences", {"user_count": "many", "licence_finance": "80"})

    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="many"' in body
    assert 'value="80"' in body
    assert row_of(cast).licences == []


def test_an_unknown_step_is_not_there_and_the_team_is_not_posted():
    cast = make_project()

    assert page(cast, "welcome").status_code == 404
    assert [post(cast, step, {}).status_code for step in ("team", "finish")] == [405, 405]


def test_the_team_is_counted_by_side_and_a_side_without_a_primary_contact_is_warned_of():
    cast = make_project()
    call(cast.owner, "post", f"projects/{cast.key}/members/", {"email": cast.member.email, "primary_contact": True})

    body = page(cast, "team").content.decode()

    assert "Nobody of the partner is a primary contact." in body
    assert "Nobody of the customer is a primary contact." not in body
    assert f'href="/projects/{cast.key}/people/"' in body


def test_who_may_not_change_it_reads_it_in_words():
    cast = make_project()
    describe(cast, country_count=4)

    body = page(cast, "scope", cast.viewer).content.decode()

    assert "Nordic Labels" in body
    assert "Finance and operations" in body
    assert 'name="isv_names"' not in body
    assert "Only an owner of the project may do this." in body


QUERIES = {"team": 8, "milestones": 11, "finish": 8}


@pytest.mark.parametrize("step", OnboardingStep.values)
def test_a_step_costs_few_queries(step):
    cast = make_project()
    plan_dates(cast)
    onboard(cast)
    client = client_of(cast.owner)
    page(cast, step)  # the numbers of the programme are read once

    with CaptureQueriesContext(connection) as seen:
        client.get(f"/projects/{cast.key}/onboarding/{step}/")

    assert len(seen) == QUERIES.get(step, 7)


# --- dates --------------------------------------------------------------------------------------------------------
def test_dates_are_set_in_the_wizard():
    cast = make_project()
    days = plan_dates(cast)
    later = days["go_live"].replace(day=1)

    form = {f"initial-{key}_day": day for key, day in days.items()}
    form |= {f"{key}_day": day for key, day in days.items()} | {"revision": 4, "hypercare_end_day": later}
    answer = post(cast, "milestones", form)

    assert (answer.status_code, answer.url) == (302, f"/projects/{cast.key}/onboarding/tracking/")
    assert "hypercare_end" in [row["milestone"] for row in milestones(cast) if row["day"]]


def milestones(cast):
    return call(cast.owner, "get", f"projects/{cast.key}/milestones/").json()["results"]


def test_a_date_that_somebody_moved_first_is_not_overwritten():
    cast = make_project()
    days = plan_dates(cast)

    answer = post(cast, "milestones", {"revision": 0, "go_live_day": days["go_live"].replace(day=1)})

    assert answer.status_code == 409
    assert "Not saved: somebody changed a date first" in answer.content.decode()
    assert reload(cast.project).standing.go_live_on == days["go_live"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "soon", "2026-02-30"])
def test_a_day_no_plan_can_mean_is_refused(day):
    cast = make_project()

    answer = post(cast, "milestones", {"revision": 0, "go_live_day": day})

    assert answer.status_code == 422
    assert reload(cast.project).standing.go_live_on is None


# --- the partner --------------------------------------------------------------------------------------------------
def test_a_partner_is_named_later_by_both_doors():
    for door in ("page", "api"):
        cast, partner = make_project(), make_organisation(name=f"Kvist {door}")
        call(cast.owner, "delete", f"projects/{cast.key}/members/{cast.partner_member.uid}/")

        if door == "page":
            answer = post(cast, "partner", {"partner_choice": "named", "partner": partner.name.upper()})
        else:
            answer = put(cast, {"partner": partner.name})

        assert answer.status_code in {200, 302}
        assert reload(cast.project).standing.partner == partner


@pytest.mark.parametrize("choice", ["none", "not_known"])
def test_a_project_without_partner_says_so(choice):
    cast = make_project()
    call(cast.owner, "delete", f"projects/{cast.key}/members/{cast.partner_member.uid}/")

    post(cast, "partner", {"partner_choice": choice, "partner": cast.project.partner.name})

    assert (row_of(cast).partner_choice, reload(cast.project).partner) == (choice, None)


def test_a_partner_that_nobody_knows_is_refused_by_both_doors():
    cast = make_project()

    form = post(cast, "partner", {"partner_choice": "named", "partner": cast.owner.organisation.name})
    api = put(cast, {"partner": cast.owner.organisation.name})
    both = put(cast, {"partner": cast.project.partner.name, "partner_choice": "none"})

    assert (form.status_code, api.status_code, both.status_code) == (422, 400, 400)
    assert "No such partner is known here." in form.content.decode()
    assert reload(cast.project).partner == cast.project.partner


# --- bad input ----------------------------------------------------------------------------------------------------
LONG = "https://tracking.example/" + "x" * 300
BAD = [
    ({"user_count": -1}, "licences", {"user_count": "-1"}),
    ({"user_count": 1_000_001}, "licences", {"user_count": "1000001"}),
    ({"licences": [{"type": "finance", "count": -1}]}, "licences", {"licence_finance": "-1"}),
    ({"country_count": 70_000}, "scope", {"country_count": "70000"}),
    ({"integration_count": 10**30}, "scope", {"integration_count": "9" * 5000}),
    ({"isv_names": "x" * 501}, "scope", {"isv_names": "x" * 501}),
    ({"isv_names": "Nordic\u202eLabels"}, "scope", {"isv_names": "Nordic\u202eLabels"}),
    ({"scope": ["everything"]}, "scope", {"scope": ["everything"]}),
    ({"upgrade_from": "r3"}, "scope", {"upgrade_from": "r3"}),
    ({"vision": "One\0set"}, "overview", {"vision": "One\0set"}),
    ({"contact_choice": "nobody"}, "contacts", {"contact_choice": "nobody"}),
    ({"work_tracking": "javascript:alert(1)"}, "tracking", {"work_tracking": "javascript:alert(1)"}),
    ({"work_tracking": "ftp://example.com/x"}, "tracking", {"work_tracking": "ftp://example.com/x"}),
    ({"work_tracking": "data:text/html,x"}, "tracking", {"work_tracking": "data:text/html,x"}),
    ({"work_tracking": LONG}, "tracking", {"work_tracking": LONG}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "step", "form"), BAD)
def test_bad_input_is_refused_by_both_doors_and_nothing_is_kept(body, step, form):
    cast = make_project()
    before = Onboarding.objects.values().get(project=cast.project)

    answers = (post(cast, step, form).status_code, put(cast, body).status_code)

    assert answers[0] in {400, 422}
    assert answers[1] == 400
    assert Onboarding.objects.values().get(project=cast.project) == before


@pytest.mark.parametrize(
    "licences",
    [
        [{"type": "finance", "count": 1}, {"type": "finance", "count": 2}],
        [{"type": "finance", "count": 1}] * 5000,
        [{"type": "gold", "count": 1}],
        [{"type": "finance", "count": 1, "price": 3}],
        [{"type": "finance"}],
        "finance",
    ],
)
def test_a_list_of_licences_that_is_none_is_refused(licences):
    cast = make_project()

    assert put(cast, {"licences": licences}).status_code == 400
    assert row_of(cast).licences == []


# --- the API ------------------------------------------------------------------------------------------------------
def test_the_api_changes_what_it_names_and_leaves_the_rest():
    cast = make_project()
    put(cast, {"vision": "One set of books.", "has_isv": True})

    answer = put(cast, {"user_count": 0, "has_isv": None}).json()

    assert (answer["vision"], answer["user_count"], answer["has_isv"]) == ("One set of books.", 0, None)


def test_the_api_says_of_each_step_what_it_lacks():
    cast = make_project()

    told = call(cast.owner, "get", f"projects/{cast.key}/onboarding/").json()

    assert [each["step"] for each in told["steps"]] == OnboardingStep.values
    assert [code for each in told["steps"] for code in each["missing"]] == NOTHING_SAID
    assert told["partner"] == str(cast.project.partner.uid)


# --- its end ------------------------------------------------------------------------------------------------------
def test_complete_is_refused_with_every_reason_by_both_doors():
    cast = make_project()

    form = client_of(cast.owner).post(f"/projects/{cast.key}/onboarding/complete/")
    api = call(cast.owner, "post", f"projects/{cast.key}/onboarding/complete/")
    shown = call(cast.owner, "get", f"projects/{cast.key}/onboarding/").json()["actions"]["complete"]

    assert (form.status_code, api.status_code, codes_of(api)) == (409, 409, NOTHING_SAID)
    assert [reason["code"] for reason in shown["reasons"]] == NOTHING_SAID
    assert row_of(cast).completed_at is None


@pytest.mark.parametrize("step", ["overview", "team", "finish"])
def test_each_page_lists_what_is_lacking_beside_the_disabled_button_each_with_its_step(step):
    cast = make_project()

    body = page(cast, step).content.decode()

    assert 'aria-disabled="true"' in body
    reasons = body.partition('id="complete-act-reasons"')[2].partition("</ol>")[0]
    assert "Choose at least one product." in reasons
    steps = [each.partition("/")[0] for each in reasons.split(f'href="/projects/{cast.key}/onboarding/')[1:]]
    assert steps == ["overview", "licences", "licences", "scope", "scope", "milestones", "tracking", "contacts"]


@pytest.mark.parametrize(
    ("turned_on", "lacks"),
    [
        ({"has_isv": True, "isv_names": ""}, "no_isv_names"),
        ({"has_integrations": True, "integration_count": None}, "no_integration_count"),
        ({"has_integrations": True, "integration_count": 0}, "no_integration_count"),
        ({"tracking_choice": "linked", "work_tracking": ""}, "no_tracking_link"),
        ({"partner_choice": ""}, "no_partner_choice"),
        ({"upgrade_from": ""}, "scope_unsaid"),
    ],
)
def test_what_is_turned_on_makes_what_belongs_to_it_a_must(turned_on, lacks):
    cast = make_project()
    plan_dates(cast)
    describe(cast, **turned_on)

    answer = call(cast.owner, "post", f"projects/{cast.key}/onboarding/complete/")

    assert codes_of(answer) == [lacks]


def test_a_partner_that_is_meant_and_not_named_is_lacking():
    cast = make_project()
    plan_dates(cast)
    call(cast.owner, "delete", f"projects/{cast.key}/members/{cast.partner_member.uid}/")
    describe(cast, partner_choice="named", partner=None)

    assert codes_of(call(cast.owner, "post", f"projects/{cast.key}/onboarding/complete/")) == ["no_partner"]


def test_none_is_an_answer():
    cast = make_project()
    plan_dates(cast)
    nothing = {"has_isv": False, "isv_names": "", "has_integrations": False, "integration_count": None}
    describe(cast, user_count=0, licences=[{"type": "finance", "count": 0}], **nothing)

    assert call(cast.owner, "post", f"projects/{cast.key}/onboarding/complete/").status_code == 200


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_whole_onboarding_is_completed_and_ticks_its_step(door):
    cast = make_project()
    plan_dates(cast)
    describe(cast)

    if door == "page":
        answer = client_of(cast.owner).post(f"/projects/{cast.key}/onboarding/complete/")
    else:
        answer = call(cast.owner, "post", f"projects/{cast.key}/onboarding/complete/")

    assert answer.status_code == (302 if door == "page" else 200)
    assert row_of(cast).completed_by == cast.owner
    assert Step.objects.get(project=cast.project, key="A01").state == "done"


def test_it_is_completed_once():
    cast = onboarded()
    done = row_of(cast).completed_at

    form = client_of(cast.owner).post(f"/projects/{cast.key}/onboarding/complete/")
    api = call(cast.owner, "post", f"projects/{cast.key}/onboarding/complete/")

    assert (form.status_code, api.status_code, codes_of(api)) == (409, 409, ["onboarded"])
    assert row_of(cast).completed_at == done


def test_it_says_which_address_guidance_comes_from_as_configured(settings):
    settings.GUIDANCE_FROM = "Fjord guidance <hello@fjord.example>"

    body = page(make_project(), "contacts").content.decode()

    assert "Fjord guidance &lt;hello@fjord.example&gt;" in body
    assert "safe senders" in body


@pytest.mark.parametrize("who", ["member", "viewer", "partner_member", "architect"])
def test_only_an_owner_writes_it(who):
    cast = make_project()
    plan_dates(cast)
    user = getattr(cast, who)

    form = post(cast, "overview", ASKED["overview"], user)
    dates = post(cast, "milestones", {"revision": 0}, user)
    api = put(cast, {"vision": "Mine"}, user)
    done = call(user, "post", f"projects/{cast.key}/onboarding/complete/")

    assert [answer.status_code for answer in (form, dates, api, done)] == [403] * 4
    assert codes_of(api) == ["not_owner"]
    assert row_of(cast).vision == ""


# --- afterwards ---------------------------------------------------------------------------------------------------
def onboarded():
    cast = make_project()
    plan_dates(cast)
    onboard(cast)
    return cast


def test_it_stays_editable_afterwards():
    cast = onboarded()

    answer = post(cast, "licences", {"user_count": "300", "licence_finance": "300"})

    assert answer.status_code == 302
    assert row_of(cast).user_count == 300
    assert row_of(cast).completed_at


def test_what_is_complete_is_changed_and_not_taken_back():
    cast = onboarded()

    form = post(cast, "scope", ASKED["scope"] | {"isv_names": "", "country_count": "7"})
    api = put(cast, {"vision": ""})

    body = form.content.decode()
    assert (form.status_code, api.status_code, codes_of(api)) == (422, 409, ["no_vision"])
    assert "Name the solutions of other vendors." in body
    assert 'value="7"' in body
    assert (row_of(cast).vision, row_of(cast).country_count) == ("One set of books.", 1)


def test_it_says_who_completed_it_and_offers_it_no_more():
    cast = onboarded()

    body = page(cast, "finish").content.decode()

    assert "Onboarding was completed on" in body
    assert "Sigrid Aas" in body
    assert "onboarding/complete/" not in body
