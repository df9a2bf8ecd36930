"""What is said about one question: by audience, with who reads it; below the question with script, else a page."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from golive.core.decision import require
from golive.core.htmx import asks_for_part, part
from projects.checklist.actions.talking import comment_on_answer, place_of, resolve_thread
from projects.checklist.forms.talking import AudienceForm, TalkForm
from projects.checklist.models.talking import AnswerComment
from projects.checklist.queries.talking import chip_of, comments_of, readers_of, talk_facts, talk_lines, thread_of
from projects.checklist.rules.questions import Question
from projects.checklist.rules.talking import audiences_of, may_comment, may_resolve
from projects.checklist.states import Audience
from projects.checklist.views.evidence import asked_of
from projects.checklist.views.workbench import frame
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_comments(request: HttpRequest, key: str, question: str) -> HttpResponse:
    (project, asked), at = asked_of(request, key, question), timezone.now()
    if request.method != "POST":
        return talk(request, project, asked, request.GET.get("audience", ""), at)
    chosen = audience_sent(request)
    form = TalkForm(request.POST, readers=others(request, project, chosen), auto_id=f"{asked.id}-%s")
    if not form.is_valid():
        facts = talk_facts(project, chosen, thread_of(project, asked.id, chosen))
        require(may_comment(onlooker(request.user, project), facts), on=place_of(project, chosen))
        return talk(request, project, asked, chosen, at, status=422, form=form)
    said = {"audience": chosen, "text": form.cleaned_data["text"], "mentions": form.named}
    comment_on_answer(project, asked.id, **said, by=request.user, at=at)
    return after(request, project, asked, chosen, at, _("Sent."))


@login_required
@require_POST
def answer_talk_resolve(request: HttpRequest, key: str, question: str) -> HttpResponse:
    (project, asked), at = asked_of(request, key, question), timezone.now()
    chosen = audience_sent(request)
    resolve_thread(project, asked.id, audience=chosen, by=request.user, at=at)
    return after(request, project, asked, chosen, at, _("Resolved. The next comment opens it again."))


def audience_sent(request: HttpRequest) -> str:
    """What is no audience is the whole team's."""
    form = AudienceForm(request.POST)
    return form.cleaned_data["audience"] if form.is_valid() else Audience.TEAM.value


def others(request: HttpRequest, project: Project, audience: str) -> list[Any]:
    return [person for person in readers_of(project, audience) if person.pk != request.user.pk]


def after(
    request: HttpRequest, project: Project, asked: Question, chosen: str, at: datetime, said: str
) -> HttpResponse:
    if asks_for_part(request):
        return talk(request, project, asked, chosen, at)
    messages.success(request, said)
    there = reverse("answer_comments", kwargs={"key": project.key, "question": asked.id})
    return redirect(f"{there}?audience={chosen}")


def talk(
    request: HttpRequest,
    project: Project,
    asked: Question,
    wanted: str,
    at: datetime,
    *,
    status: int = 200,
    form: TalkForm | None = None,
) -> HttpResponse:
    """One audience of those that the reader belongs to: the one that was asked for, or the first."""
    person = onlooker(request.user, project)
    mine = audiences_of(person, has_partner=project.partner_id is not None)
    context: dict[str, Any] = {"question": asked, "key": project.key, "audiences": mine}
    if mine:
        chosen = wanted if wanted in mine else mine[0]
        thread, readers = thread_of(project, asked.id, chosen), readers_of(project, chosen)
        facts = talk_facts(project, chosen, thread)
        fresh = TalkForm(
            initial={"audience": chosen},
            readers=[reader for reader in readers if reader.pk != request.user.pk],
            auto_id=f"{asked.id}-%s",
        )
        context |= {
            "tabs": [(value, str(Audience(value).label), value == chosen) for value in mine],
            "thread": thread,
            "entries": [entry_of(comment) for comment in comments_of(thread)],
            "chip": chip_of(project, chosen, readers),
            "form": form or fresh,
            "chosen": chosen,
            "comment": may_comment(person, facts),
            "resolve": may_resolve(person, facts),
            "line": talk_lines(project, person).get(asked.id),
        }
    if asks_for_part(request):
        response = part(request, "projects/checklist/_talk.html", context, status)
        response["HX-Retarget"], response["HX-Reswap"] = f"#c-{asked.id}", "innerHTML"
        return response
    return part(request, "projects/checklist/talk.html", context | frame(project, at), status)


def entry_of(comment: AnswerComment) -> dict[str, Any]:
    named = ", ".join(mention.user.name for mention in comment.mentions.all())
    side = _("to %(names)s") % {"names": named} if named else ""
    return {"by": comment.by.name, "side": side, "at": comment.at, "text": comment.text}
