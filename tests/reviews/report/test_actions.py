"""Delivering a report, storing it once, and giving out nothing but what was stored."""

import inspect
import re

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.core.decision import Refused
from golive.letters.models import LetterRow
from golive.outbox.models import Outbox
from reviews.report import tasks
from reviews.report.actions import deliver_report, keep_report, open_report, store_file
from reviews.report.models import Report, ReportOrder
from tests.reviews.ways import PDF, again, delivered, found, taken

pytestmark = pytest.mark.django_db


def test_a_report_is_refused_while_a_draft_is_undecided():
    cast, review = taken()
    found(cast, review, "low", opened=False)

    with pytest.raises(Refused) as refused:
        deliver_report(review, by=cast.architect, at=timezone.now())

    assert refused.value.decision.codes == ["drafts_undecided"]
    assert not ReportOrder.objects.exists()


def test_delivering_freezes_the_content_and_orders_the_file():
    cast, review = taken()
    row = found(cast, review, "high")

    order = deliver_report(again(review), by=cast.architect, at=timezone.now())

    assert row.title in order.content
    assert again(review).state == "report_delivered"
    assert Outbox.objects.filter(kind="report.ordered", payload__id=order.pk).count() == 1


def test_a_report_is_kept_once_however_often_it_is_made():
    cast, review = taken()
    order = deliver_report(review, by=cast.architect, at=timezone.now())

    rows = [keep_report(order, digest=store_file(PDF), size=len(PDF), at=timezone.now()) for _ in range(2)]

    assert rows[0] == rows[1] == Report.objects.get()
    letters = LetterRow.objects.filter(letter="report_delivered")
    assert letters.count() == letters.values("address").distinct().count() > 0
    assert len(default_storage.listdir(f"reports/{rows[0].sha256[:2]}")[1]) == 1


def test_a_download_is_hashed_again_and_recorded():
    cast, review = taken()
    report = delivered(cast, review)

    assert open_report(report, by=cast.member, at=timezone.now()) == PDF

    row = AuditRow.objects.filter(chain=cast.project.chain).latest("seq")
    assert (row.act, row.actor) == ("report.downloaded", cast.member)


@pytest.mark.parametrize("damage", ["missing", "flipped", "cut"])
def test_a_file_that_is_not_what_was_stored_is_never_given_out(damage):
    cast, review = taken()
    report = delivered(cast, review)
    default_storage.delete(report.path)
    if damage != "missing":
        with default_storage.open(report.path, "wb") as file:
            file.write(PDF[:-1] if damage == "cut" else b"X" + PDF[1:])

    assert open_report(report, by=cast.member, at=timezone.now()) is None

    assert AuditRow.objects.filter(chain=cast.project.chain).latest("seq").act == "report.damaged"


def test_a_process_can_be_killed_at_each_place_of_the_making():
    reached = re.findall(r'reach\("([a-z_.]+)"\)', inspect.getsource(tasks))

    assert reached == ["report.before_render", "report.after_render", "report.after_store", "report.after_commit"]
