"""The quick way of posting a plain collection sheet leaves exactly what the general way leaves."""

import random
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger.models import Entry, Line
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans.actions import collecting_quick
from pendamping.funds.loans.models import Loan, Repayment, RepaymentPart, Sheet, SheetLine
from pendamping.kernel import clock, ids
from pendamping.trail import queries as trail
from pendamping.trail.models import Event
from tests.lending import lend, pay
from tests.rooms.test_loans import DUES, EACH, refused
from tests.rooms.test_loans_joint import people
from tests.staging import staged

pytestmark = pytest.mark.django_db
TODAY = date(2005, 8, 1)


@staged
def lent(fund):
    """Three running loans; the second one has paid an instalment."""
    found = [lend(fund) for _ in range(3)]
    pay(fund, found[1], DUES[0], EACH)
    return found


@pytest.fixture
def ways(monkeypatch):
    """Which way each sheet took."""
    took = []
    take = collecting_quick.take

    def watched(*arguments):
        made = take(*arguments)
        took.append("quick" if made else "general")
        return made

    monkeypatch.setattr(collecting_quick, "take", watched)
    return took


class Undone(Exception):
    pass


def everything():
    """All that a sheet can have written; ids of payments and entries as what they stand for."""
    payments = {one.id: f"{one.year}/{one.number}" for one in Repayment.objects.all()}
    entries = {
        one["id"]: {**one, "id": "", "ref": payments.get(one["ref"].split(":")[-1], one["ref"])}
        for one in Entry.objects.values()
    }
    lines = Line.objects.order_by("no").values_list("entry_id", "account_id", "amount")
    parts = RepaymentPart.objects.order_by("pk").values_list(
        "repayment_id", "payer_id", "person_id", "amount"
    )
    rows = SheetLine.objects.order_by("pk").values()
    return {
        "loans": list(Loan.objects.order_by("id").values()),
        "sheets": list(Sheet.objects.order_by("id").values()),
        "sheet lines": [{**row, "id": ""} for row in rows],
        "repayments": [
            {**row, "id": ""} for row in Repayment.objects.order_by("year", "number").values()
        ],
        "parts": [(payments[part[0]], *part[1:]) for part in parts],
        "entries": sorted(map(str, entries.values())),
        "lines": sorted(str((entries[line[0]]["ref"], *line[1:])) for line in lines),
        "events": [{**row, "id": ""} for row in Event.objects.order_by("ward", "seq").values()],
    }


def sheet(fund, groups, on, request_id="a form"):
    return loans.record_sheet(
        by=fund.treasurer, ward=fund.ward, on=on, groups=groups, request_id=request_id
    )


def written(chance, lent):
    """A group brings cash: some for themselves, some for others, some nothing at all."""
    groups = []
    for loan in chance.sample(lent, chance.randint(1, 3)):
        who = people(loan)
        lines = [
            {"person": one, "paid": chance.choice([0, 1, 37_500, 57_500, 100_000])} for one in who
        ]
        lines[0]["paid"] = 57_500
        if chance.random() < 0.5:
            by = chance.choice([who[0], "others"])
            lines[2] = {"person": who[2], "paid": 0, "covers": [{"by": by, "amount": 46_001}]}
        groups.append({"loan": loan.id, "lines": lines})
    return groups


def entered(fund, sheets):
    """What stands after some sheets, which are then undone."""
    found = {}
    try:
        with transaction.atomic(), clock.at(TODAY), ids.seeded("the same ids"):
            for on, groups in sheets:
                with ids.seeded(f"the same ids {on}"):
                    sheet(fund, groups, on, f"form {on}")
            assert breaks(fund.ward) == []
            assert trail.check(fund.ward) is None
            found = everything()
            raise Undone
    except Undone:
        return found


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_leave_the_same_rows_in_every_table(fund, lent, monkeypatch, ways, seed):
    chance = random.Random(seed)
    sheets = [(on, written(chance, lent)) for on in DUES[1:5]]
    quickly = entered(fund, sheets)
    assert ways == ["quick"] * 4
    assert len(quickly["sheets"]) == 4
    monkeypatch.setattr(collecting_quick, "take", lambda *_: None)
    assert quickly == entered(fund, sheets)
    assert ways == ["quick"] * 4


def plain(loan):
    return {"loan": loan.id, "lines": [{"person": people(loan)[0], "paid": 57_500}]}


@pytest.mark.parametrize(
    "line",
    [
        {"paid": 57_500, "saved": 5_000},
        {"paid": 1, "covers": [{"by": "reserve", "amount": 40_000}]},
        {"saved": 5_000},
        {},
    ],
)
def test_what_is_saved_drawn_or_missing_goes_the_general_way(fund, lent, ways, line):
    other = {"loan": lent[1].id, "lines": [{"person": people(lent[1])[0], **line}]}
    posted = sheet(fund, [plain(lent[0]), other], DUES[1])
    assert ways == ["general"]
    assert {one.loan_id for one in posted.lines.all()} == {lent[0].id, lent[1].id}
    assert breaks(fund.ward) == []


def test_a_day_on_which_something_happened_goes_the_general_way(fund, lent, ways):
    sheet(fund, [plain(lent[0]), plain(lent[1])], DUES[0])
    assert ways == ["general"]
    assert breaks(fund.ward) == []


def test_every_check_holds_on_either_way(fund, lent, ways):
    wrong = {"loan": lent[1].id, "lines": [{"person": people(lent[0])[0], "paid": 1}]}
    assert refused(sheet, fund=fund, groups=[plain(lent[0]), wrong], on=DUES[1]) == [
        "loans.sheet.member"
    ]
    early = refused(sheet, fund=fund, groups=[plain(lent[0])], on=date(2004, 5, 1))
    assert "loans.sheet.date" in early
    assert (ways, Sheet.objects.count()) == (["general", "general"], 0)
    sheet(fund, [plain(lent[0])], DUES[1])
    again = refused(sheet, fund=fund, groups=[plain(lent[0])], on=DUES[1], request_id="b")
    assert again == ["loans.sheet.posted"]
    assert ways[2:] == ["quick", "general"]
    assert Sheet.objects.count() == 1


def test_more_groups_ask_no_more_questions(fund, lent):
    """Reading stays the same handful of queries for one group and for three."""
    sheet(fund, [plain(loan) for loan in lent], DUES[1], "form 0")
    counts = []
    for number, on in ((1, DUES[2]), (3, DUES[3])):
        groups = [plain(loan) for loan in lent[:number]]
        with CaptureQueriesContext(connection) as asked:
            sheet(fund, groups, on, f"form {number}")
        counts.append(len(asked))
    assert counts[0] == counts[1]
