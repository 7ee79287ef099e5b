"""A treasurer's long list of postings, done step by step: ``python -m tests.journeys.busy STEP …``.

``work`` may be killed at any point. It writes the name of each step that was done to a file, and when it
is started again it repeats the last of them before it goes on, as people do who are not sure.
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pendamping.cli import site

DUE = date(2004, 8, 12)
COUNTED, HOUSEHOLDS = date(2003, 12, 15), 2_000
LOANS, REPEATED = 6, 8
PART, SAVED, SHEET_PART, SHEET_SAVED = 1_000, 700, 300, 200
STATEMENT = (("Bunga", 150), ("Biaya", -150))
Step = tuple[str, Callable[[], Any]]


def prepare() -> dict[str, Any]:
    """Six groups with a loan each, paid out on 12 May 2004."""
    from tests import cast as players
    from tests import lending

    cast = players.make_cast()
    lending.open_fund(cast)
    loans = [lending.lend(cast) for _ in range(LOANS)]
    members = [[one.person_id for one in loan.members.order_by("pk")] for loan in loans]
    return {
        "loans": [loan.id for loan in loans],
        "groups": [loan.group_id for loan in loans],
        "members": members,
    }


class Desk:
    """The treasurer's actions, each under a name that it keeps when it is done again."""

    def __init__(self, facts: dict[str, Any]) -> None:
        from pendamping.access import queries as access
        from tests.cast import WARD

        self.facts, self.ward = facts, WARD
        self.treasurer, self.chair = access.user("treasurer"), access.user("chair")
        self.told = {"by": self.treasurer, "ward": WARD}

    def steps(self) -> Iterator[Step]:
        """Day by day: parts of instalments, sheets, savings, what is taken back; each month's close."""
        for month in range(1, DUE.month):
            yield from self._close(date(DUE.year, month + 1, 1) - timedelta(days=1))
        day = DUE
        while True:
            yield from self._day(day)
            following = day + timedelta(days=1)
            if following.month != day.month:
                yield f"card {day}", lambda day=day: self._card(day)
                yield from self._close(day)
            day = following

    def _day(self, day: date) -> Iterator[Step]:
        if day.day % 5 == 0:
            yield f"statement {day}", lambda: self._statement(day)
            yield f"bank {day}", lambda: self._post_lines(day)
        for place in range(LOANS):
            turn = (day.toordinal() + place) % 6
            if turn == 0:
                yield f"sheet {place} {day}", lambda place=place: self._sheet(place, day)
                continue
            yield f"pay {place} {day}", lambda place=place: self._pay(place, day)
            if turn == 1:
                yield f"back {place} {day}", lambda place=place: self._back(place, day)
            elif turn == 2:
                yield f"save {place} {day}", lambda place=place: self._save(place, day)

    def _pay(self, place: int, day: date) -> None:
        from pendamping.funds.loans import actions

        actions.record_repayment(
            **self.told, loan_id=self.facts["loans"][place], on=day, amount=PART,
            request_id=f"pay {place} {day}",
        )  # fmt: skip

    def _back(self, place: int, day: date) -> None:
        from pendamping.funds.loans import actions, queries

        paid = queries.by_request(f"pay {place} {day}")
        if paid.reversed_on is None:
            actions.reverse_repayment(
                **self.told, repayment_id=paid.id, on=day, why="salah kelompok"
            )

    def _save(self, place: int, day: date) -> None:
        from pendamping.funds.savings import actions

        actions.record_deposit(
            **self.told, group_id=self.facts["groups"][place], on=day, amount=SAVED,
            request_id=f"save {place} {day}",
        )  # fmt: skip

    def _sheet(self, place: int, day: date) -> None:
        from pendamping.funds.loans import actions

        lines = [
            {"person": person, "paid": SHEET_PART, "saved": SHEET_SAVED, "covers": []}
            for person in self.facts["members"][place]
        ]
        actions.record_sheet(
            **self.told, on=day, groups=[{"loan": self.facts["loans"][place], "lines": lines}],
            request_id=f"sheet {place} {day}",
        )  # fmt: skip

    def _statement(self, day: date) -> None:
        """A statement of two lines is uploaded, in one of three formats, and taken in by its columns."""
        from pendamping.funds.upk import actions
        from pendamping.funds.upk.models import BankStatement
        from pendamping.funds.upk.rules.statement import guess
        from tests.books import statements

        lines = [(day, sum_, f"{text} {day}") for text, sum_ in STATEMENT]
        table = "".join(f"{on:%d/%m/%Y};{text};{sum_}\n" for on, sum_, text in lines)
        content = (
            f"Tanggal;Uraian;Jumlah\n{table}", statements.ofx(lines), statements.mt940(lines),
        )[day.day % 3]  # fmt: skip
        name = f"statement {day}"
        if BankStatement.objects.filter(filename=name, state="taken").exists():
            return
        made = actions.stage_statement(
            **self.told, account="bank", filename=name, content=content.encode()
        )
        actions.take_statement(
            **self.told, statement_id=made.id, header=0, columns=guess(made.cells[0])
        )

    def _post_lines(self, day: date) -> None:
        """What the statement tells and the book lacks is posted: a month is closed with its bank in order."""
        from pendamping.funds.upk import actions
        from pendamping.funds.upk.models import BankLine

        named = BankLine.objects.filter(statement__filename=f"statement {day}", match=None)
        for one in named.order_by("id"):
            item = "interest" if one.amount > 0 else "charge"
            actions.post_bank_line(**self.told, line_id=one.id, item=item)

    def _close(self, last: date) -> Iterator[Step]:
        """A month's close, and the year's."""
        yield f"reserve {last}", lambda: self._reserve(last)
        yield f"count {last}", lambda: self._count(last)
        yield f"close {last}", lambda: self._close_month(last)
        yield f"approve {last}", lambda: self._approve(last)
        if last.month == 12:
            yield f"year {last}", lambda: self._close_year(last)

    def _stands(self, last: date, *states: str) -> Any:
        from pendamping.funds.upk.closes.models import MonthClose

        return MonthClose.objects.filter(month=last, state__in=states).first()

    def _count(self, last: date) -> None:
        from tests import closing as stage

        if not self._stands(last, "closed", "approved"):
            stage.count(self, last)

    def _close_month(self, last: date) -> None:
        from pendamping.funds.upk import actions

        if not self._stands(last, "closed", "approved"):
            actions.close_month(**self.told, month=last)

    def _approve(self, last: date) -> None:
        from pendamping.funds.upk import actions

        if made := self._stands(last, "closed"):
            actions.approve_close(by=self.chair, ward=self.ward, close_id=made.id)

    def _close_year(self, last: date) -> None:
        from pendamping.funds.upk import actions, queries

        if queries.unclosed_year(self.ward, last + timedelta(days=1)):
            actions.close_year(**self.told, year=last.year)

    def _reserve(self, day: date) -> None:
        from pendamping.funds.loans import actions, queries

        if queries.lent_by(self.ward, day) and not self._stands(day, "closed", "approved"):
            actions.set_reserve_aside(**self.told, month=day)

    def _card(self, day: date) -> None:
        from pendamping.funds.upk import actions

        actions.record_card(**self.told, month=day)


def work(facts: str, done: str, most: str = "0") -> dict[str, Any]:
    """Go on with the list where it stands; ``most``: stop after so many steps, 0: never."""
    from pendamping.desk.oversight import breaks
    from tests.cast import WARD

    path = Path(done)
    before = path.read_text().splitlines() if path.exists() else []
    found = [reason.clause for reason in breaks(WARD)]
    assert not found, found
    with path.open("a") as log:
        for place, (name, act) in enumerate(Desk(json.loads(facts)).steps()):
            if place < len(before) - REPEATED:
                continue
            if place == len(before):
                print("ready", file=sys.stderr, flush=True)
            act()
            if place >= len(before):
                log.write(f"{name}\n")
                log.flush()
            if int(most) and place + 1 - len(before) == int(most):
                return {"steps": place + 1}
    return {}


def look() -> dict[str, Any]:
    """What stands in the books, by the names of the steps."""
    from pendamping.desk.oversight import breaks
    from pendamping.funds.ledger import queries as books
    from pendamping.funds.loans.models import Repayment, Sheet
    from pendamping.funds.savings.models import Movement
    from pendamping.funds.upk import queries as upk
    from pendamping.funds.upk.models import BankStatement, MonthClose
    from pendamping.trail import queries as trail
    from tests.cast import WARD

    paid = list(Repayment.objects.exclude(request_id=None))
    return {
        "pay": sorted(one.request_id for one in paid),
        "back": sorted(f"back{one.request_id[3:]}" for one in paid if one.reversed_on),
        "sheet": sorted(Sheet.objects.values_list("request_id", flat=True)),
        "save": sorted(
            Movement.objects.filter(request_id__startswith="save").values_list(
                "request_id", flat=True
            )
        ),
        "card": sorted(f"card {one.month}" for one in upk.months(WARD)),
        "approve": sorted(
            f"approve {one.month}" for one in MonthClose.objects.filter(state="approved")
        ),
        "statement": sorted(
            one.filename
            for one in BankStatement.objects.filter(state="taken")
            if one.lines.count() == len(STATEMENT)
        ),
        "bank": sorted(
            f"bank{one.filename.removeprefix('statement')}"
            for one in BankStatement.objects.filter(state="taken")
            if not one.lines.filter(match=None).exists()
        ),
        "cash": books.balance(WARD, "cash"),
        "breaks": [reason.clause for reason in breaks(WARD)],
        "seals": [reason.clause for reason in trail.check_all()],
    }


def old_book() -> dict[str, Any]:
    """An old book that the unit has handed in and the board has agreed to; the board's meeting."""
    from pendamping.funds.upk import actions as upk
    from pendamping.kernel import clock
    from tests import cast as players
    from tests import opening
    from tests.gatherings import board_decides

    cast = players.make_cast()
    with clock.at(opening.TODAY):
        names = [name for _, name in opening.people(cast)]
        found = opening.stage(cast, opening.workbook(opening.rows(names)))
        upk.propose_opening(by=cast.treasurer, ward=cast.ward)
        return {"meeting": board_decides(cast, f"upk.confirm_opening:{found.id}", on=opening.TODAY)}


def begin(meeting: str) -> dict[str, Any]:
    """The chair lets the books begin; may be killed at any point."""
    from pendamping.access import queries as access
    from pendamping.funds.upk import actions as upk
    from pendamping.kernel import clock
    from tests import opening
    from tests.cast import WARD

    chair = access.user("chair")
    print("ready", file=sys.stderr, flush=True)
    with clock.at(opening.TODAY):
        upk.confirm_opening(by=chair, ward=WARD, meeting_id=meeting)
    return {}


def begun() -> dict[str, Any]:
    """How much of an old book stands here."""
    from pendamping.desk.oversight import breaks
    from pendamping.funds.ledger.models import Entry
    from pendamping.funds.loans.models import Loan, LoanMember
    from pendamping.funds.savings.models import Movement
    from pendamping.funds.upk.models import Item, Opening
    from pendamping.institutions.models import Group
    from tests.cast import WARD

    kinds = (Entry, Loan, LoanMember, Movement, Item, Group)
    return {
        "state": Opening.objects.get().state,
        "rows": [kind.objects.count() for kind in kinds],
        "breaks": [reason.clause for reason in breaks(WARD)],
    }


def census() -> dict[str, Any]:
    """A census of two thousand households that waits to be stored; its upload."""
    from pendamping.households import actions
    from pendamping.kernel import clock
    from tests import cast as players
    from tests.census_files.small import many

    cast = players.make_cast()
    with clock.at(COUNTED):
        made = actions.stage_upload(
            by=cast.cadre, ward=cast.ward, filename="sensus.csv", content=many(HOUSEHOLDS),
            on=COUNTED,
        )  # fmt: skip
        return {"upload": made.id, "errors": made.errors, "rows": made.rows}


def store(upload: str) -> dict[str, Any]:
    """The cadre stores it; may be killed at any point."""
    from pendamping.access import queries as access
    from pendamping.households import actions
    from pendamping.kernel import clock
    from tests.cast import WARD

    cadre = access.user("cadre")
    print("ready", file=sys.stderr, flush=True)
    with clock.at(COUNTED):
        actions.confirm_import(by=cadre, ward=WARD, upload_id=upload)
    return {}


def stored() -> dict[str, Any]:
    """How much of a census stands here."""
    from pendamping.households import staging
    from pendamping.households.models import (
        CensusUpload,
        Figure,
        Household,
        Membership,
        NameWord,
        Person,
    )
    from pendamping.trail import queries as trail

    kinds = (Household, Person, Membership, NameWord, Figure)
    [upload] = CensusUpload.objects.all()
    return {
        "state": upload.status,
        "rows": [kind.objects.count() for kind in kinds],
        "kept": staging.folder(upload.id).exists(),
        "seals": [reason.clause for reason in trail.check_all()],
    }


STEPS = {
    "prepare": prepare, "work": work, "look": look, "old_book": old_book, "begin": begin, "begun": begun,
    "census": census, "store": store, "stored": stored,
}  # fmt: skip


def main(step: str, *arguments: str) -> None:
    site.start(migrate=step in ("prepare", "old_book", "census"))
    json.dump(STEPS[step](*arguments), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
