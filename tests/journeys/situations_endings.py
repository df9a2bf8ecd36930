"""Projects that rest or are over, from every place where something was open."""

from golive.accounts.closing import disable_organisation
from golive.endings import archive_project, close_project, pause_project
from tests.builders import make_organisation
from tests.journeys import situations as s
from tests.journeys import situations_review as r
from tests.journeys.situations import NOW
from tests.journeys.world import World


def resting(world: World) -> World:
    pause_project(world.cast.project, because="Summer.", by=world.cast.owner, at=NOW())
    return world


def over(world: World) -> World:
    close_project(world.cast.project, reason="cancelled", by=world.cast.owner, at=NOW())
    return world


def paused() -> World:
    return resting(s.started())


def closed() -> World:
    return over(s.started())


def archived() -> World:
    world = closed()
    archive_project(world.cast.project, by=world.cast.owner, at=NOW())
    return world


def paused_analysis_done() -> World:
    return resting(s.analysis_done())


def closed_analysis_done() -> World:
    return over(s.analysis_done())


def paused_filled() -> World:
    return resting(s.filled())


def paused_submitted() -> World:
    return resting(s.submitted())


def paused_draft() -> World:
    return resting(s.draft(cleared=True))


def paused_sandbox() -> World:
    return resting(s.with_sandbox())


def paused_released() -> World:
    return resting(s.released())


def paused_failed() -> World:
    return resting(s.failed())


def paused_to_take() -> World:
    return resting(r.to_take())


def paused_whole() -> World:
    return resting(r.whole())


def paused_asked() -> World:
    return resting(r.asked())


def paused_planned() -> World:
    return resting(r.planned())


def paused_suspended() -> World:
    return resting(r.suspended())


def twins() -> World:
    """The customer exists twice, and there is a partner besides."""
    world = s.started()
    world.things["twin"] = make_organisation("customer", "Halden Dairy ASA")
    world.things["other_kind"] = make_organisation("partner")
    return world


def disabled_customer() -> World:
    world = twins()
    disable_organisation(world.cast.project.customer, by=world.people["administrator"], at=NOW())
    return world
