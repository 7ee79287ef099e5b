"""One made-up login for each role of a practice ward, and what to begin with as each.

Nobody knows a password: the ward's administrator prints a slip for whoever is to practise. Begun anew, the
same logins come along, so that a slip that was used once stays good.
"""

from dataclasses import dataclass

from pendamping.access import actions as access
from pendamping.access import queries
from pendamping.access.models import User
from pendamping.access.rules import ROLES
from pendamping.kernel.refusal import N_
from pendamping.territory.rules import real_code


@dataclass(frozen=True, slots=True)
class Login:
    """A role to practise: the word in its user name, the person's name, what to begin with."""

    role: str
    word: str
    name: str
    begin: str

    @property
    def role_name(self) -> str:
        """The role as the screen names it, still to be translated."""
        return ROLES[self.role][0]

    def username(self, ward: str) -> str:
        """``latihan-upk-3271011003``: the same for every practice ward of a ward."""
        return f"latihan-{self.word}-{real_code(ward).replace('.', '')}"


BOOK_KEEPER = Login("bookkeeper", "pembukuan", "Latihan Pembukuan",
                    N_("look through the closed months; close the next one when it ends"))  # fmt: skip
LOGINS = (
    Login("facilitator", "pendamping", "Latihan Pendamping",
          N_("move or hold the meeting that is called; look at the two groups")),
    Login("cadre", "kader", "Latihan Kader",
          N_("upload the census file below, mend what it names, take it in")),
    Login("board", "bkm", "Latihan Koordinator BKM",
          N_("decide on the loan once Teratai has applied; look at the board and its term")),
    Login("treasurer", "upk", "Latihan Bendahara UPK",
          N_("take today's instalment of Melati and print its receipt; enter Teratai's application")),
    BOOK_KEEPER,
    Login("secretary", "sekretariat", "Latihan Sekretariat BKM",
          N_("begin the programme's grant: what the ward may get, and its windows")),
    Login("group_officer", "ksm", "Latihan Ketua KSM",
          N_("see what Melati owes today, its savings and its loan card")),
    Login("verifier", "verifikator", "Latihan Verifikator",
          N_("see the queue; it fills when the board hands in the grant's first papers")),
)  # fmt: skip


def of(ward: str) -> list[Login]:
    """The logins that a practice ward has: a book-keeper only beside a real one, for whom the close is
    theirs (handbook 2.4)."""
    apart = bool(queries.book_keepers(real_code(ward)))
    return [one for one in LOGINS if one is not BOOK_KEEPER or apart]


def invite_all(by: User, ward: str) -> dict[str, User]:
    """Each login with its role in the practice ward; by role."""
    found = {}
    for one in of(ward):
        name = one.username(ward)
        if (known := queries.user(name)) is None:
            known, _code = access.invite(
                by=by, ward=ward, username=name, name=one.name, role=one.role
            )
        else:
            access.give_role(by=by, ward=ward, username=name, role=one.role)
        found[one.role] = known
    return found
