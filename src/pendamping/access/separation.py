"""Which duties nobody holds together, and what goes over to a book-keeper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pendamping.access.terms import Held, overlap
from pendamping.kernel.refusal import N_, Reason


@dataclass(frozen=True, slots=True)
class Apart:
    """Two duties that one person does not hold together: the clause, both roles, and why."""

    clause: str
    roles: frozenset[str]
    why: str

    def reason(self, name: str) -> Reason:
        """Why this person cannot have both, at the field that asks for the role."""
        return Reason(self.clause, self.why, {"name": name}, {"field": "role"})


# Source: handbook 2.4; the clauses of the guideline's section "separation" that are about two people
# who log in. The room lies below the guidelines, so the table stands here, and a test holds it to them.
APART = (
    Apart(
        "separation.board_not_unit",
        frozenset({"board", "treasurer"}),
        N_(
            "{name} cannot be both: a member of the board is no officer of the finance unit. Who "
            "approves a loan does not pay it out"
        ),
    ),
    Apart(
        "separation.board_not_unit",
        frozenset({"board", "bookkeeper"}),
        N_(
            "{name} cannot be both: a member of the board is no officer of the finance unit. Who "
            "approves the close of a month does not keep its books"
        ),
    ),
    Apart(
        "separation.cashier_not_bookkeeper",
        frozenset({"treasurer", "bookkeeper"}),
        N_(
            "{name} cannot be both: who takes the cash does not keep the books. One officer alone holds "
            "the treasurer's role and does both until a second one comes"
        ),
    ),
    Apart(
        "separation.officer_not_verifier",
        frozenset({"group_officer", "verifier"}),
        N_("{name} cannot be both: an officer of a group does not verify what the group hands in"),
    ),
    *(
        Apart(
            "separation.officer_not_unit",
            frozenset({"group_officer", unit}),
            N_(
                "{name} cannot be both: an officer of a group is no officer of the finance unit. Who "
                "borrows does not manage the loan"
            ),
        )
        for unit in ("treasurer", "bookkeeper")
    ),
    *(
        Apart(
            "separation.secretariat_not_unit",
            frozenset({"secretary", unit}),
            N_(
                "{name} cannot be both: the secretariat is no officer of the finance unit. Different "
                "people hold the board's money and the unit's"
            ),
        )
        for unit in ("treasurer", "bookkeeper")
    ),
)


# What the treasurer does as long as nobody else keeps the books of the ward, and leaves to the book-keeper
# from then on (handbook 2.4): who takes the cash neither compares it with the bank nor closes its month.
BOOK_KEEPING = frozenset({
    "upk.stage_statement", "upk.take_statement", "upk.discard_statement", "upk.match_lines",
    "upk.post_bank_line", "upk.unmatch_line", "upk.close_month", "upk.close_year",
    "upk.depreciate_month", "loans.set_reserve_aside",
})  # fmt: skip


def kept_apart(held: Iterable[Held], new: Held) -> list[Apart]:
    """What stands against one more role: the duties apart of which it would bring both together."""
    beside = {one.role for one in held if overlap(one, new)} - {new.role}
    return [pair for pair in APART if new.role in pair.roles and beside & (pair.roles - {new.role})]


def conflicts(held: Iterable[Held], on: date) -> list[Apart]:
    """The duties apart that somebody holds together on a day or from a later day on: to be mended."""
    running = [one for one in held if one.until is None or one.until >= on]
    together = {
        pair for index, one in enumerate(running) for pair in kept_apart(running[:index], one)
    }
    return [pair for pair in APART if pair in together]
