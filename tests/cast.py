"""One cast for all tests: chair, treasurer, facilitator, cadre, verifier, lead, stranger …

All are plainly fictional. ``resident`` has no account.
"""

from dataclasses import dataclass, field
from datetime import date

from pendamping.access import actions as access
from pendamping.access import queries
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.territory import actions as territory

WARD = "32.71.01.1003"  # Empang
OTHER = "32.71.01.1001"  # Batu Tulis, next door
PASSWORD = "sandi-untuk-uji-coba"
START = date(2003, 11, 13)

PARTS = {
    # who: (role, area)
    "administrator": ("administrator", ""),
    "ward_admin": ("ward_admin", WARD),
    "facilitator": ("facilitator", WARD),
    "cadre": ("cadre", WARD),
    "chair": ("board", WARD),
    "treasurer": ("treasurer", WARD),
    "secretary": ("secretary", WARD),
    "officer": ("group_officer", WARD),
    "verifier": ("verifier", "32.71"),
    "lead": ("lead", "32.71"),
    "stranger": ("treasurer", OTHER),  # holds a role, but elsewhere
}


@dataclass
class Cast:
    """The players by name: ``cast.treasurer``; ``cast.system`` is the server itself."""

    ward: str
    system: User
    players: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        if name.startswith("__") or name not in self.players:
            raise AttributeError(name)
        return self.players[name]


def make_cast(ward: str = WARD, *, practice_today: date | None = None) -> Cast:
    """Open two wards and give everybody their role from the programme's first day on."""
    system = queries.system()
    cast = Cast(ward=ward, system=system)
    with clock.at(START):
        for code in (WARD, OTHER):
            territory.open_ward(
                by=system, code=code, programme_start=START, practice_today=practice_today
            )
        for who, (role, area) in PARTS.items():
            user, _code = access.invite(
                by=system,
                ward=area,
                username=who.replace("_", "-"),
                name=f"Contoh {who}",
                role=role,
            )
            cast.players[who] = user
    return cast


def give_passwords(cast: Cast, *who: str) -> None:
    """Let everybody (or those named) log in with ``PASSWORD``: slow by design, only where a test does."""
    for user in [cast.players[name] for name in who] or cast.players.values():
        access.set_password(by=cast.system, username=user.username, password=PASSWORD)
