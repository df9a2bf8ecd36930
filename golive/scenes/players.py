"""Who is in the demo: six organisations and twelve people, with the passwords that are printed. Words only."""

from dataclasses import dataclass

ORGANISATIONS = {
    "halden": ("Halden Dairy Group", "customer"),
    "brightwater": ("Brightwater Mills", "customer"),
    "kvist": ("Kvist & Kjeldsen", "partner"),
    "saltholm": ("Saltholm Consulting", "partner"),
    "fasttrack": ("FastTrack North", "fasttrack"),
    "engineering": ("Service Engineering", "engineering"),
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
