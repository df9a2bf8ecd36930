"""Where a review may stand: each is reached by its legal acts; the stored report is a few bytes instead of a PDF."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from reviews.assessment.actions.mitigating import (
    accept_plan,
    add_finding,
    dismiss_finding,
    open_finding,
    request_mitigation,
    submit_plan,
)
from reviews.assessment.actions.reviewing import take_submission
from reviews.assessment.models import Finding, Review
from reviews.conclusion.actions import conclude_review
from reviews.conclusion.queries import seal_of
from reviews.report.actions import deliver_report, keep_report, store_file
from tests.builders_projects import complete_header, fill_checklist, submit
from tests.journeys.situations import NOW, onboarded
from tests.journeys.world import World

HELD = b"%PDF-1.7 as good as any here"


def to_take() -> World:
    """Submitted, with one high risk in it."""
    world = onboarded()
    fill_checklist(world.cast, UA_10="no")
    complete_header(world.cast, world.cast.owner)
    world.things["submission"] = submit(world.cast)
    return world


def in_review() -> World:
    """Taken; what the rules raised are drafts, `finding` is the high one."""
    world = to_take()
    world.things["review"] = take_submission(world.things["submission"], by=world.cast.architect, at=NOW())
    world.things["finding"] = Finding.objects.get(severity="high")
    return world


def decided() -> World:
    world = in_review()
    for finding in Finding.objects.filter(state="draft"):
        act(world, open_finding, finding)
    return world


def dismissed() -> World:
    world = decided()
    act(world, dismiss_finding, world.things["finding"], because="It is signed by now.")
    return world


def reported() -> World:
    """Delivered; its file is not made yet."""
    world = decided()
    world.things["order"] = act(world, deliver_report, world.things["review"])
    return world


def asked() -> World:
    world = reported()
    act(world, request_mitigation, world.things["finding"], ask="Who signs?")
    return world


def planned() -> World:
    world = asked()
    due = timezone.localdate() + timedelta(days=9)
    plan = {"what": "The last two cases are run.", "owner": "Jonas", "due_on": due}
    submit_plan(world.things["finding"], by=world.cast.member, at=NOW(), **plan)
    return world


def accepted() -> World:
    world = planned()
    act(world, accept_plan, world.things["finding"])
    return world


def whole() -> World:
    """Nothing holds it, the report is stored; `seen` is what a sign-off binds."""
    world = accepted()
    keep_report(world.things["order"], digest=store_file(HELD), size=len(HELD), at=NOW())
    world.things["seen"] = seal_of(fresh(world)).review_hash
    return world


def concluded() -> World:
    world = whole()
    act(world, conclude_review, fresh(world), seen=world.things["seen"], passed=True)
    return world


def suspended() -> World:
    """A finding was added after the sign-off, and dismissed again: it waits to be confirmed."""
    world = concluded()
    words = {"kind": "risk", "severity": "low", "topic": "CU", "question": "", "title": "One more."}
    added = act(world, add_finding, fresh(world), detail="", mitigation="", owner="project_manager", **words)
    act(world, dismiss_finding, added, because="A slip.")
    world.things["seen"] = seal_of(fresh(world)).review_hash
    return world


def fresh(world: World) -> Review:
    return Review.objects.select_related("project", "submission").get(pk=world.things["review"].pk)


def act(world: World, does: Any, *args: Any, **words: Any) -> Any:
    return does(*args, by=world.cast.architect, at=NOW(), **words)
