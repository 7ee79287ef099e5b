"""The demonstration's logins: one for each role, plainly fictional."""

from dataclasses import dataclass

from pendamping.access import queries as access
from pendamping.access.rules import ROLES
from pendamping.demo.steps import done
from pendamping.kernel.refusal import N_

WARD = "32.71.01.1003"
BOOK_KEEPER = "pembukuan"  # comes last: until then the treasurer keeps the books as well
PASSWORD = "empang-contoh-2005"  # noqa: S105 -- printed on the login page of a practice server


@dataclass(frozen=True)
class Login:
    """A user of the demonstration, and what to look at first."""

    username: str
    name: str
    role: str
    area: str
    begin: str
    password: str = PASSWORD

    @property
    def role_name(self) -> str:
        """The role as the screen names it, still to be translated."""
        return ROLES[self.role][0]


LOGINS = [
    Login("pendamping", "Contoh Pendamping", "facilitator", WARD,
          N_("today's work; the census; the poor list")),
    Login("kader", "Contoh Kader", "cadre", WARD, N_("upload a census; take a roll")),
    Login("bkm", "Contoh Koordinator", "board", WARD, N_("ratify the poor list; approve a loan")),
    Login("upk", "Contoh Bendahara", "treasurer", WARD,
          N_("who is due today; take an instalment; print its receipt; the journal")),
    Login(BOOK_KEEPER, "Contoh Pembukuan", "bookkeeper", WARD,
          N_("the books beside the cashier: the bank statement, the reserve, the close of the month")),
    Login("sekretariat", "Contoh Sekretariat BKM", "secretary", WARD,
          N_("the programme's grant: windows, tranches, works, the report")),
    Login("ksm", "Contoh Ketua KSM", "group_officer", WARD,
          N_("the group, its savings, its loan card")),
    Login("admin", "Contoh Sekretaris", "ward_admin", WARD,
          N_("invite somebody; print a slip for a new password")),
    Login("verifikator", "Contoh Verifikator", "verifier", "32.71",
          N_("the queue of the PJOK; decide on a dossier")),
    Login("pimpinan", "Contoh Pimpinan", "lead", "32.71", N_("reads; chooses locations")),
    Login("pusat", "Contoh Pusat", "administrator", "", N_("the server: wards, guidelines")),
]  # fmt: skip

# who sits in the offices above: they log in with the same password, and are not on the login page
OFFICERS = [
    Login("korkot", "Contoh Korkot", "verifier", "32.71", N_("the queue of the PJOK; decide on a dossier")),
    Login("ppk", "Contoh PPK", "verifier", "32.71", N_("the queue of the PJOK; decide on a dossier")),
    Login("satker", "Contoh Satker", "verifier", "32.71", N_("the queue of the PJOK; decide on a dossier")),
]  # fmt: skip


def loaded() -> bool:
    """Whether the demonstration is on this server: its own mark in the trail says so, no name does."""
    return done(WARD, "people")


def logins() -> list[Login]:
    """The logins that exist on this server (none where the demonstration is not loaded)."""
    if not loaded():
        return []
    there = access.names(login.username for login in LOGINS)
    return [login for login in LOGINS if login.username in there]
