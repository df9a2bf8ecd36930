"""A canary in every text of one project is met by its people, and by nobody else at any door.

The doors are the generated list of URLs: what a colleague adds is walked from the next run on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from projects.portfolio.models.standing import ProjectStanding
from tests.builders import client_of, make_user
from tests.builders_projects import Cast, make_project, plan_dates
from tests.journeys.asking import Ask, Ids, answer, lists, parameters_of, reading, said, seeking, told, writing
from tests.journeys.canary import Canaries, begun, laid, name_of, rows_of, sow, texts_of, walked
from tests.scale import DEEP

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HASHES = ("sha256", "hash", "digest", "password")
# Codes of a catalogue or of ours, and what is worked out from other columns: nothing that anybody typed.
CODES = {
    "Answer.question", "AnswerEvidence.question", "AnswerPresence.question", "AnswerThread.question",
    "Checklist.attached", "Checklist.catalogue", "ChecklistAssignment.question", "ChecklistAssignment.topic",
    "Clearance.because", "Conclusion.conditions", "ContradictionStand.contradiction", "ContradictionStand.seen",
    "CustomMethodology.based_on",
    "EvidenceFile.media_type", "Finding.label", "Finding.owner", "Finding.question", "Finding.rule", "Finding.topic",
    "IdempotencyKey.key", "IdempotencyKey.route", "LetterRow.cycle", "LetterRow.letter", "LetterRow.matter",
    "LetterRow.message_id", "LetterRow.skipped_because", "LetterRow.url", "Onboarding.products", "Onboarding.scope",
    "Phase.catalogue", "Phase.key", "Project.key", "Project.time_zone", "ProjectFacts.open_gate_phases",
    "QualityGateTopic.topic",
    "ProjectFacts.products", "ProjectFacts.scope", "ProjectFacts.upgrade_from", "ProjectStanding.checklist_state",
    "ProjectStanding.clearance_state", "ProjectStanding.engagement_type", "ProjectStanding.infrastructure",
    "ProjectStanding.phase", "ProjectStanding.request_state", "ProjectStanding.review_state", "ProjectStanding.state",
    "ProjectStanding.turn", "ProjectStanding.waits_for", "Report.audience", "ReviewSuspension.because", "Step.auto",
    "Step.key", "User.time_zone",
}  # fmt: skip
# Read back as JSON by our own code: they carry canaries because the walk wrote them.
FROZEN = {"CustomVersion.content", "CustomMethodology.draft", "Submission.frozen", "ReportOrder.content"}

THOROUGH = ("owner", "engineer")
SOME = 12  # of what is wrong: a test runner compares long lists for minutes
OF_THE_MACHINE = {"healthz", "readyz"}  # says how long its work waits, whosever it is
# What its people do meet at these doors, at least: else a stranger who meets nothing would prove nothing.
SHOWN = {
    "Answer.content", "AnswerComment.text", "Estimate.name",
    "Evidence.title", "Finding.title", "Finding.detail", "MilestoneMove.because", "Onboarding.vision",
    "Organisation.name", "PhaseReopening.because", "Project.name", "RequestComment.text", "Sandbox.location",
    "Sandbox.name", "Step.note", "User.email", "User.name",
}  # fmt: skip


def is_left_out(field: Any) -> bool:
    return name_of(field) in CODES or field.name.endswith(HASHES)


@dataclass
class Scene:
    cast: Cast
    canaries: Canaries
    secret: str  # of a private address
    ids: Ids

    def leaks(self, text: str) -> set[str]:
        found = self.canaries.met_in(text)
        return found | ({"CalendarFeed.secret"} if self.secret in text else set())


@pytest.fixture
def scene(unguarded) -> Scene:
    canaries = Canaries()
    cast = begun(canaries)
    walked(cast, canaries)
    secret = laid(cast, canaries)
    left_out = {name_of(field) for model, _rows in rows_of(cast) for field in texts_of(model) if is_left_out(field)}
    sow(cast, canaries, left_out | FROZEN, unguarded)
    return Scene(cast, canaries, secret, Ids(cast.key, uids_of(cast)))


def uids_of(cast: Cast) -> list[str]:
    """One of each kind of thing that is known by its uid."""
    known = [rows for model, rows in rows_of(cast) if any(field.name == "uid" for field in model._meta.concrete_fields)]
    return [str(uid) for rows in known for uid in rows.order_by("pk").values_list("uid", flat=True)[:1]]


@pytest.fixture
def strangers() -> dict[str, Client]:
    """People with a project of their own, so that their lists are not empty, and somebody who is nobody."""
    cast = make_project("Elsewhere")
    plan_dates(cast)
    people = {name: getattr(cast, name) for name in ("owner", "member", "viewer", "engineer")}
    people["partner_admin"] = make_user("Paula", organisation=cast.partner_member.organisation, is_org_admin=True)
    people = {name: person for name, person in people.items() if DEEP or name in THOROUGH}
    return {name: client_of(person) for name, person in people.items()} | {"anonymous": Client()}


def nothing() -> Ids:
    return Ids("NONE-9ZZ", [str(uuid4())])


def alike(ask: Ask) -> tuple[str, ...]:
    """The same way through the same door, whatever it is about."""
    url = ask.url
    for one in ask.ids:
        url = url.replace(one, "ID")
    return ask.door, ask.method, url, *(f"{name}:{value}" for name, value in ask.headers if name != "Idempotency-Key")


def test_every_text_of_the_project_carries_a_canary(scene):
    bare = []
    for model, rows in rows_of(scene.cast):
        values = list(rows.values_list("pk", *(field.name for field in texts_of(model))))
        for place, field in enumerate(texts_of(model), start=1):
            texts = [str(row[place]) for row in values]
            if not is_left_out(field) and not any(scene.canaries.met_in(text) for text in texts):
                bare.append(name_of(field))

    assert bare == []


def test_a_stranger_reads_at_every_door_what_is_read_where_the_project_never_was(strangers, request):
    asked = list(asked_by(strangers, reading(nothing())))
    never = {(who, alike(ask)): told(said(answer(strangers[who], ask)), ask) for who, ask in asked}
    scene = request.getfixturevalue("scene")
    asks, met = found_by_its_people(scene)
    ProjectStanding.objects.filter(project=scene.cast.project).update(request_state="")  # no engineer is let in

    leaks, unlike = set(), set()
    for who, ask in asked_by(strangers, asks):
        text = said(answer(strangers[who], ask))
        leaks |= {(who, ask.url, column) for column in scene.leaks(text)}
        unlike |= {(who, ask.url)} if told(text, ask) != never[who, alike(ask)] else set()

    assert SHOWN - met == set()  # the same doors do tell them to somebody
    assert (sorted(leaks)[:SOME], sorted(unlike)[:SOME]) == ([], [])


def found_by_its_people(scene: Scene) -> tuple[list[Ask], set[str]]:
    """Of the many ids that an address could name those that it does name, and which canaries are met there."""
    asks, there, met = list(reading(scene.ids)), set(), set()
    insiders = [client_of(scene.cast.owner), client_of(scene.cast.lead)]
    for ask in asks:
        answers = [] if ask.headers else [answer(client, ask) for client in insiders]
        met |= {column for response in answers for column in scene.leaks(said(response))}
        there |= {ask.url for response in answers if not ask.ids or response.status_code != 404}
    known = {ask.door for ask in asks if ask.url in there}
    return [ask for ask in asks if ask.url in there or ask.door not in known], met


def asked_by(clients: dict[str, Client], asks: Iterable[Ask]) -> Iterator[tuple[str, Ask]]:
    """Parts and JSON by two of them: the others are told apart by the same queries."""
    asks = list(asks)
    for who in clients:
        yield from (
            (who, ask) for ask in asks if (not ask.headers or who in THOROUGH) and ask.door not in OF_THE_MACHINE
        )


def test_a_stranger_finds_nothing_by_asking_for_it_and_acts_on_nothing(strangers, scene):
    client, leaks, unlike = strangers["owner"], set(), set()
    names = {name: parameters_of(name, said(client.get(reverse(name)))) for name in lists()}
    hidden = [scene.cast.key, "zqx", str(scene.cast.member.uid), str(scene.cast.partner_member.organisation.uid)]
    nowhere = nothing()
    pairs = zip(seeking(names, hidden), seeking(names, [nowhere.key, "qqq", *nowhere.uids, str(uuid4())]), strict=True)
    acts = {alike(ask): ask for ask in writing(nowhere) if ask.ids}
    pairs = [*pairs, *((ask, acts[alike(ask)]) for ask in writing(scene.ids) if ask.ids)]

    for real, never in pairs if DEEP else pairs[::4]:
        text, other = said(answer(client, real)), said(answer(client, never))
        leaks |= {(real.url, column) for column in scene.leaks(text)}
        unlike |= {real.url} if told(text, real) != told(other, never) else set()

    assert len(pairs) > 500
    assert (sorted(leaks)[:SOME], sorted(unlike)[:SOME]) == ([], [])


def test_a_colleague_who_is_not_on_the_project_meets_what_is_the_organisations_alone(scene):
    colleague = client_of(make_user("Kaja", organisation=scene.cast.owner.organisation))
    asks = [ask for ask in reading(scene.ids) if not ask.headers and len(ask.ids) < 2]

    met = {column for ask in asks for column in scene.leaks(said(answer(colleague, ask)))}

    own = {
        "Organisation.name",
        "Organisation.domain",
        "User.name",
        "User.email",
        "CustomMethodology.name",
        "CustomVersion.content",
    }
    assert met - own == set()
