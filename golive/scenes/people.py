"""How the players came in: their organisations made, each invited, accepted, and given their roles."""

from dataclasses import dataclass

from django.db import transaction

from golive.accounts.actions import accept_invitation, invite, keep_words, make_organisation, set_roles
from golive.accounts.models import Organisation, User
from golive.audit.actions import record
from golive.core.folding import name_key
from golive.scenes.clock import Clock
from golive.scenes.players import ADMIN, FIRST, ORGANISATIONS, PLAYERS, Player

DAYS_AGO = 200  # when the programme began


@dataclass(frozen=True)
class Crew:
    organisations: dict[str, Organisation]
    people: dict[str, User]

    def __getitem__(self, name: str) -> User:
        return self.people[name]


def gather(clock: Clock) -> Crew:
    clock.set_back(DAYS_AGO)
    first = let_first_in(clock)
    organisations = {PLAYERS[FIRST].organisation: first.organisation}
    for key, (name, kind) in ORGANISATIONS.items():
        if key not in organisations:
            organisations[key] = make_organisation(name, kind=kind, by=first, at=clock.tick())
    people = {FIRST: first}
    for key, player in PLAYERS.items():
        if key != FIRST:
            people[key] = let_in(player, organisations[player.organisation], first, clock)
    return Crew(organisations, people)


@transaction.atomic
def let_first_in(clock: Clock) -> User:
    """Nobody can invite the first one: these are the only rows that no action makes."""
    player, at = PLAYERS[FIRST], clock.tick()
    name, kind = ORGANISATIONS[player.organisation]
    organisation = Organisation.objects.create(name=name, kind=kind, name_key=name_key(name), created_at=at)
    first = User.objects.create_user(
        player.email,
        player.password,
        name=player.name,
        organisation=organisation,
        time_zone=player.zone,
        is_administrator=True,
        joined_at=at,
    )
    keep_words(first)
    record("site", None, "person.joined", first, at=at)
    return first


def let_in(player: Player, organisation: Organisation, by: User, clock: Clock) -> User:
    leads = "org_admin" in player.roles
    invitation = invite(
        player.email, name=player.name, organisation=organisation, by=by, at=clock.tick(), is_org_admin=leads
    )
    clock.settle()  # the letter goes out while its link is good
    user = accept_invitation(
        invitation, name=player.name, password=player.password, time_zone=player.zone, at=clock.tick()
    )
    if player.roles - ADMIN:
        set_roles(user, roles=player.roles, by=by, at=clock.tick())
        user.refresh_from_db()
    return user
