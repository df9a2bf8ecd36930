from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from golive.audit.models import AuditRow
from golive.letters.models import LetterRow
from golive.outbox.models import Outbox
from tests.builders import make_organisation, make_user
from tests.letters.conftest import GUIDANCE, MORNING, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.REDIS_URL = ""
    cache.clear()


def client_of(**flags) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(make_user(**flags), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def backends(settings):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]


@pytest.fixture
def administrator(backends):
    return client_of(name="Ada", is_administrator=True)


def dead(count: int = 1) -> list[Outbox]:
    rows = []
    for n in range(count):
        row = Outbox.objects.create(kind="letter.queued", dedupe_key=f"dead:{n}", payload={"id": 0}, not_before=MORNING)
        leased = {"lease_until": MORNING + timedelta(minutes=2), "lease_token": "t", "attempts": 5}
        Outbox.objects.filter(pk=row.pk).update(state="leased", **leased)
        gone = {"state": "dead", "lease_until": None, "lease_token": "", "ended_at": MORNING}
        Outbox.objects.filter(pk=row.pk).update(**gone, last_error=f"Broken (row {n}) <b>")
        rows.append(row)
    return rows


def doubtful(count: int = 1) -> list[LetterRow]:
    rows = []
    for n in range(count):
        row = LetterRow.objects.create(
            letter=GUIDANCE,
            matter=f"project:HALD-{n}",
            address=f"mara{n}@example.com",
            words=words_of(GUIDANCE),
            message_id=f"<{n}@go.example>",
            delivery_class="guidance",
        )
        LetterRow.objects.filter(pk=row.pk).update(state="unknown", reason=f"Silent server {n}")
        rows.append(row)
    return rows


def test_an_administrator_sees_what_was_given_up_and_why(administrator):
    [work], [letter] = dead(), doubtful()

    body = administrator.get(reverse("dead_letters")).content.decode()

    assert "Broken (row 0) &lt;b&gt;" in body
    assert "Silent server 0" in body
    assert reverse("settle_work", args=[work.pk, "again"]) in body
    assert reverse("settle_letter", args=[letter.uid, "leave"]) in body
    assert body.count("csrfmiddlewaretoken") >= 4


def test_nothing_given_up_is_said(administrator):
    body = administrator.get(reverse("dead_letters")).content.decode()

    assert "No work was given up." in body
    assert "No letter is in doubt." in body


def test_work_is_tried_again_by_one_click_and_history_says_so(administrator):
    [work] = dead()

    answer = administrator.post(reverse("settle_work", args=[work.pk, "again"]))

    work.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, reverse("dead_letters"))
    assert (work.state, work.attempts) == ("ready", 0)
    assert AuditRow.objects.get(chain="site").act == "outbox.retried"


def test_a_doubtful_letter_is_left_or_sent_again(administrator):
    left, again = doubtful(2)

    administrator.post(reverse("settle_letter", args=[left.uid, "leave"]))
    administrator.post(reverse("settle_letter", args=[again.uid, "again"]))

    left.refresh_from_db()
    again.refresh_from_db()
    assert (left.state, left.settled_at is not None, again.state) == ("unknown", True, "queued")
    assert [row.act for row in AuditRow.objects.filter(chain="site")] == ["letter.left", "letter.sent_again"]


def test_a_second_click_is_told_that_nothing_is_left_to_decide(administrator):
    [work] = dead()
    administrator.post(reverse("settle_work", args=[work.pk, "leave"]))

    answer = administrator.post(reverse("settle_work", args=[work.pk, "again"]))

    assert answer.status_code == 409
    assert "no longer waiting" in answer.content.decode()


@pytest.mark.parametrize("flags", [{}, {"is_lead": True, "is_architect": True}, {"is_org_admin": True}])
def test_nobody_else_sees_or_decides(backends, flags):
    [work], [letter], client = dead(), doubtful(), client_of(name="Mallory", **flags)

    answers = [
        client.get(reverse("dead_letters")),
        client.post(reverse("settle_work", args=[work.pk, "again"])),
        client.post(reverse("settle_letter", args=[letter.uid, "again"])),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert not any(b"Silent server" in answer.content for answer in answers)
    assert Outbox.objects.get(pk=work.pk).state == "dead"
    assert LetterRow.objects.get(pk=letter.pk).state == "unknown"


def test_an_unknown_verb_or_row_is_not_found_and_a_get_decides_nothing(administrator):
    [work] = dead()

    assert administrator.post(reverse("settle_work", args=[work.pk, "explode"])).status_code == 404
    assert administrator.post(reverse("settle_work", args=[work.pk + 99, "again"])).status_code == 404
    assert administrator.get(reverse("settle_work", args=[work.pk, "again"])).status_code == 405


def test_fifty_rows_cost_no_more_queries_than_one(administrator, django_assert_max_num_queries):
    dead(50)
    doubtful(50)

    with django_assert_max_num_queries(12):
        body = administrator.get(reverse("dead_letters")).content.decode()

    assert all(f"(row {n})" in body and f"Silent server {n}" in body for n in range(50))


def test_a_stranger_is_asked_to_sign_in():
    make_organisation()

    assert Client().get(reverse("dead_letters")).status_code == 302
