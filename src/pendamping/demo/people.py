"""The demonstration's logins: one for each role, plainly fictional."""

from dataclasses import dataclass

from pendamping.access import queries as access
from pendamping.demo.steps import done

WARD = "32.71.01.1003"
PASSWORD = "empang-contoh-2005"  # noqa: S105 -- printed on the login page of a practice server


@dataclass(frozen=True)
class Login:
    """A user of the demonstration."""

    username: str
    name: str
    role: str
    area: str
    password: str = PASSWORD


LOGINS = [
    Login("pusat", "Contoh Pusat", "administrator", ""),
    Login("admin", "Contoh Sekretaris", "ward_admin", WARD),
    Login("pendamping", "Contoh Pendamping", "facilitator", WARD),
    Login("kader", "Contoh Kader", "cadre", WARD),
    Login("bkm", "Contoh Koordinator", "board", WARD),
    Login("upk", "Contoh Bendahara", "treasurer", WARD),
    Login("ksm", "Contoh Ketua KSM", "group_officer", WARD),
    Login("verifikator", "Contoh Verifikator", "verifier", "32.71"),
    Login("pimpinan", "Contoh Pimpinan", "lead", "32.71"),
]


def loaded() -> bool:
    """Whether the demonstration is on this server: its own mark in the trail says so, no name does."""
    return done(WARD, "people")


def logins() -> list[Login]:
    """The logins that exist on this server (none where the demonstration is not loaded)."""
    if not loaded():
        return []
    there = access.names(login.username for login in LOGINS)
    return [login for login in LOGINS if login.username in there]
