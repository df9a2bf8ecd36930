"""How a project rests, goes on and ends, as in verbs.py."""

from tests.journeys.verbs import OWNERS, only, verb

OR_LEAD = {*OWNERS, "lead"}
CLOSED = {"reason": "cancelled", "because": "The budget went."}
ENDINGS = [
    verb("pause", only(OR_LEAD, "not_owner_nor_lead"), "settings/pause/", {"because": "Summer."}, at="pause/"),
    verb("resume", only(OWNERS, "not_owner"), "settings/resume/", at="resume/"),
    verb("close", only(OR_LEAD, "not_owner_nor_lead"), "settings/close/", CLOSED, at="close/"),
    verb("archive", only(OWNERS, "not_owner"), "settings/archive/", at="archive/"),
    verb("bring back", only(OWNERS, "not_owner"), "settings/unarchive/", at="unarchive/"),
    verb("save the settings", only(OWNERS, "not_owner"), "settings/",
         {"name": "Halden Farm", "time_zone": "Europe/Oslo"}, method="PUT"),
]  # fmt: skip
ENDING_VERBS = {each.name: each for each in ENDINGS}
