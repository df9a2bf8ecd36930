"""What the checklist hears: its own submission, which letters tell of, facts that moved; and who still reads talk."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from golive.letters.actions import golive_mailbox, send_letter
from golive.letters.models import LetterRow
from golive.outbox.job import Job
from projects.checklist.actions.answering import judge_again
from projects.checklist.models.submission import Submission
from projects.checklist.models.talking import AnswerComment
from projects.checklist.queries.rounds import first_report_due, told_of_submission
from projects.checklist.queries.talking import still_on_side
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import go_live_of


def tell_of_submission(job: Job) -> None:
    """The reviewers and their mailbox have work, the team knows that it arrived, its named stakeholders are copied."""
    related = ("project__architect", "round", "submitted_by")
    submission = Submission.objects.select_related(*related).get(pk=job.payload["id"])
    project = submission.project
    place = {"key": project.key, "number": submission.round.number}
    about: dict[str, Any] = {
        "matter": project.chain,
        "cycle": f"round {submission.round.number}",
        "url": settings.SITE_URL + reverse("checklist_round", kwargs=place),
        "at": job.now,
    }
    with job.finishing():
        copied = [row.user for row in submission.stakeholders.select_related("user") if row.user.is_active]
        words = words_of(submission)
        send_letter("submission_received", to=[*told_of_submission(project), *copied], words=words, **about)
        named = words | {"stakeholders": ", ".join(str(person) for person in copied) or "–"}
        send_letter("checklist_received", to=[golive_mailbox()], words=named, **about)


def still_reads(row: LetterRow) -> str:
    """A mention is told only to who still reads what it stands in."""
    comment = AnswerComment.objects.filter(uid=row.cycle.removeprefix("comment ")).select_related("thread").first()
    project = Project.objects.get(key=row.matter.removeprefix("project:"))
    reads = comment and row.recipient and still_on_side(project, row.recipient, comment.thread.audience)
    return "" if reads else "not_a_reader"


def words_of(submission: Submission) -> dict[str, str]:
    project, go_live = submission.project, go_live_of(submission.project)
    sent = localtime(submission.submitted_at, ZoneInfo(project.time_zone))
    return {
        "project": project.name,
        "who": str(submission.submitted_by),
        "when": date_format(sent, "j M Y, H:i"),
        "round": str(submission.round.number),
        "until": date_format(first_report_due(submission.submitted_at), "j M Y"),
        "go_live": date_format(go_live, "j M Y") if go_live else "",
    }


def judge_again_on_move(job: Job) -> None:
    """A milestone or a fact of the project moved: what the answers predict may be another thing now."""
    with job.finishing():
        judge_again(lock(Project.objects.get(key=job.payload["project"])), at=job.now)
