"""The hearers of the product, but for the report: it is stored without being drawn."""

from hashlib import sha256

from django.utils import timezone

from golive.handlers import HANDLERS as ALL
from golive.outbox.job import Job
from reviews.report.actions import keep_report
from reviews.report.models import ReportOrder


def store_undrawn(job: Job) -> None:
    order = ReportOrder.objects.select_related("review__project", "submission", "by").get(pk=job.payload["id"])
    drawn = order.content.encode()
    with job.finishing():
        keep_report(order, digest=sha256(drawn).hexdigest(), size=len(drawn), at=timezone.now())


HANDLERS = {**ALL, "report.ordered": (store_undrawn,)}
