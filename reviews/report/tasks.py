"""Making the file of a delivered report: rendered outside any transaction, stored once."""

from datetime import timedelta

from django.utils import timezone

from golive.core.failpoints import reach
from golive.core.pdf import PdfUnavailable, render
from golive.outbox.job import Job, Later
from reviews.report.actions import keep_report, store_file
from reviews.report.content import from_json
from reviews.report.document import STYLESHEETS, document
from reviews.report.models import ReportOrder


def make_report(job: Job) -> None:
    reach("report.before_render")
    order = ReportOrder.objects.select_related("review__project", "submission", "by").get(pk=job.payload["id"])
    try:
        held = render(document(from_json(order.content)), stylesheets=STYLESHEETS)
    except PdfUnavailable as error:  # nothing is wrong with the report: it waits for the machine, however long
        raise Later(str(error), wait=timedelta(minutes=5)) from error
    reach("report.after_render")
    digest = store_file(held)
    reach("report.after_store")
    with job.finishing():
        keep_report(order, digest=digest, size=len(held), at=timezone.now())
    reach("report.after_commit")
