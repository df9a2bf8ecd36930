"""Where somebody who looks at the list of projects may stand."""

from django.utils import timezone

from projects.portfolio.actions.saved_views import save_view
from projects.portfolio.rules.listing import Listing
from tests.journeys.situations import started
from tests.journeys.world import World


def views_kept() -> World:
    """Everybody keeps a view of the same name; the one of the owner is in hand."""
    world = started()
    for role, person in world.people.items():
        view = save_view(Listing(risk="4"), name="Worst", by=person, at=timezone.now())
        world.things |= {"view": view} if role == "owner" else {}
    return world
