"""Who is in the demo: six organisations, twelve people, and how they came in: invited, accepted, given their roles."""

from dataclasses import dataclass

from django.db import transaction

from golive.accounts.actions import accept_invitation, invite, make_organisation, set_roles
from golive.accounts.models import Organisation, OrganisationKind, User
from golive.audit.actions import record
from golive.scenes.clock import Clock

DAYS_AGO = 200  # when the programme began

ORGANISATIONS = {
    "halden": ("Halden Dairy Group", OrganisationKind.CUSTOMER),
    "brightwater": ("Brightwater Mills", OrganisationKind.CUSTOMER),
    "kvist": ("Kvist & Kjeldsen", OrganisationKind.PARTNER),
    "saltholm": ("Saltholm Consulting", OrganisationKind.PARTNER),
    "fasttrack": ("FastTrack North", OrganisationKind.FASTTRACK),
    "engineering": ("Service Engineering", OrganisationKind.ENGINEERING),
}


@dataclass(frozen=True)
class Player:
    """`part`: what one can see by signing in as this person. The password is printed: it protects nothing."""

    name: str
    organisation: str
    part: str
    password: str
    roles: frozenset[str] = frozenset()
    zone: str = "Europe/Oslo"

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@{self.organisation}.example"


ADMIN = frozenset({"org_admin"})
FIRST = "ada"
PLAYERS = {
    "ada": Player(
        "Ada Lindqvist", "fasttrack", "administrator", "amber-kettle-51", frozenset({"administrator"}), "Europe/London"
    ),
    "sigrid": Player("Sigrid Aas", "halden", "customer: owner, project manager", "birch-anchor-12", ADMIN),
    "jonas": Player("Jonas Lind", "halden", "customer: test lead", "cedar-lantern-34"),
    "erik": Player("Erik Halden", "halden", "customer: sponsor", "delta-orchard-56"),
    "amara": Player("Amara Osei", "brightwater", "customer: owner, project manager", "ember-harbour-78", ADMIN),
    "tomas": Player("Tomas Brandt", "brightwater", "customer: environment manager", "fjord-window-90"),
    "marta": Player("Marta Kjeldsen", "kvist", "partner: functional lead", "grove-thimble-23", ADMIN),
    "luis": Player("Luis Serra", "kvist", "partner: technical lead", "heron-marble-45"),
    "hanna": Player("Hanna Virtanen", "saltholm", "partner: functional lead", "inlet-saddle-67", ADMIN),
    "imke": Player(
        "Imke Voss", "fasttrack", "FastTrack architect", "juniper-cobalt-89", frozenset({"architect"}), "Europe/Berlin"
    ),
    "nadia": Player(
        "Nadia Rahal", "fasttrack", "FastTrack lead", "kestrel-walnut-13", frozenset({"lead"}), "Europe/London"
    ),
    "henrik": Player(
        "Henrik Dal", "engineering", "service engineer", "lumen-paddle-46", frozenset({"engineer"}), "Europe/Oslo"
    ),
}


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
    organisation = Organisation.objects.create(name=name, kind=kind, created_at=at)
    first = User.objects.create_user(
        player.email,
        player.password,
        name=player.name,
        organisation=organisation,
        time_zone=player.zone,
        is_administrator=True,
        joined_at=at,
    )
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
