"""What people do with the list of projects itself: everybody may, each with their own."""

from tests.journeys.verbs import OWNERS, Verb
from tests.journeys.world import ROLES

LIST = [
    Verb(
        "take the list along",
        {},
        lambda world: ("/projects/export/csv/", {"query": "state=active"}),
        lambda world: ("GET", "/api/v1/projects/export/csv/?state=active", {}),
        of_project=False,
    ),
    Verb(
        "keep a view",
        {},
        lambda world: ("/projects/views/make/", {"name": "Worst", "query": "risk=4"}),
        lambda world: ("POST", "/api/v1/projects/views/", {"name": "Worst", "filter": {"risk": "4"}}),
        of_project=False,
    ),
    Verb(
        "rename a view",
        {},
        lambda world: (
            f"/projects/views/{world.things['view'].pk}/rename/",
            {f"{world.things['view'].pk}-name": "Worse"},
        ),
        lambda world: ("PUT", f"/api/v1/projects/views/{world.things['view'].pk}/", {"name": "Worse"}),
        hidden=frozenset(ROLES) - OWNERS,
    ),
    Verb(
        "delete a view",
        {},
        lambda world: (f"/projects/views/{world.things['view'].pk}/delete/", {}),
        lambda world: ("DELETE", f"/api/v1/projects/views/{world.things['view'].pk}/", {}),
        hidden=frozenset(ROLES) - OWNERS,
    ),
]
LIST_VERBS = {each.name: each for each in LIST}
