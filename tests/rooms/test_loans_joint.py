"""Joint liability: one fails, others cover, the joint savings are drawn and refilled; books follow."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.savings import actions as savings
from pendamping.funds.savings import queries as cards
from pendamping.kernel import clock
from pendamping.trail import queries as trail
from tests import lending
from tests.lending import PAID_OUT, pay
from tests.rooms import test_loans_changes as changing
from tests.rooms.test_loans import DUES, fresh, refused
from tests.staging import staged

pytestmark = pytest.mark.django_db

OWN = [500_000, 500_000, 400_000, 300_000, 300_000]  # Siti, Wati, Rina, Ani, Dewi
FIRST = [57_500, 57_500, 46_000, 34_500, 34_500]  # of 230,000: a tenth and 1.5 % of each own part


@staged
def loan(fund):
    group = lending.form_group(fund)
    lending.prepare(fund, group)
    asked = [
        {**one, "amount": amount} for one, amount in zip(lending.asked(group), OWN, strict=True)
    ]
    return lending.lend(fund, group, members=asked)


def people(loan):
    return [one.person_id for one in loan.members.order_by("pk")]


def sheet(cast, loan, on=DUES[0], request_id="", **lines):
    """A sheet by the place of each member: ``_0={"paid": …}``; nobody else pays."""
    who = people(loan)
    given = []
    for place, person in enumerate(who):
        line = dict(lines.get(f"_{place}", {}))
        line["covers"] = [
            {"by": who[by] if isinstance(by, int) else by, "amount": amount}
            for by, amount in line.get("covers", [])
        ]
        given.append({"person": person, **line})
    return loans.record_sheet(
        by=cast.treasurer,
        ward=cast.ward,
        on=on,
        groups=[{"loan": loan.id, "lines": given}],
        request_id=request_id,
    )


def two_cover(cast, loan, on=DUES[0], **more):
    """Rina brings nothing; Siti covers 26,000 and Wati 20,000."""
    lines = {f"_{place}": {"paid": amount} for place, amount in enumerate(FIRST)}
    lines["_2"] = {"paid": 0, "covers": [(0, 26_000), (1, 20_000)]}
    return sheet(cast, loan, on, **lines, **more)


def debts(loan, on):
    who = people(loan)
    places = {person: place for place, person in enumerate(who)} | {"": "reserve"}
    return {
        (places[one.debtor], places[one.creditor]): one.amount
        for one in loan_book.member_cards(fresh(loan), on).debts
    }


def back(cast, loan, debtor, creditor, amount, on=DUES[1], **more):
    who = people(loan)
    return loans.pay_back(
        by=cast.treasurer,
        ward=cast.ward,
        loan_id=loan.id,
        debtor=who[debtor],
        creditor="" if creditor == "reserve" else who[creditor],
        on=on,
        amount=amount,
        **more,
    )


# --- one fails and two cover ---------------------------------------------------------------------


def test_each_members_part_of_an_instalment_follows_what_she_borrowed(loan):
    found = loan_book.member_cards(fresh(loan), DUES[0])
    assert [one.due for one in found.members] == FIRST
    assert [one.owed for one in found.members] == [575_000, 575_000, 460_000, 345_000, 345_000]
    assert found.total("due") == loan_book.card(loan.ward, loan.id, DUES[0]).due_now == 230_000


def test_one_fails_and_two_cover_the_group_is_current_and_she_owes_them(fund, loan):
    posted = two_cover(fund, loan)
    assert [one.amount for one in posted.repayments.all()] == [230_000]
    card = loan_book.card(loan.ward, loan.id, DUES[0])
    assert (card.due_now, card.paid.service, card.paid.principal) == (0, 30_000, 200_000)
    found = loan_book.member_cards(fresh(loan), DUES[0])
    rina = found.members[2]
    assert (rina.own, rina.others, rina.behind) == (0, 46_000, 0)
    assert debts(loan, DUES[0]) == {(2, 0): 26_000, (2, 1): 20_000}
    assert books.balance(fund.ward, "cash") == 50_000_000 + 100_000 - 2_000_000 + 230_000
    assert breaks(fund.ward) == []


def test_she_pays_them_back_and_no_money_passes_through_the_upk(fund, loan):
    two_cover(fund, loan)
    before = len(books.journal(fund.ward))
    back(fund, loan, 2, 0, 26_000)
    assert debts(loan, DUES[1]) == {(2, 1): 20_000}
    assert debts(loan, DUES[1] - timedelta(days=1)) == {(2, 0): 26_000, (2, 1): 20_000}
    assert len(books.journal(fund.ward)) == before
    assert refused(back, cast=fund, loan=loan, debtor=2, creditor=1, amount=20_001) == [
        "loans.pay_back.owed"
    ]
    assert refused(back, cast=fund, loan=loan, debtor=3, creditor=1, amount=1) == [
        "loans.pay_back.owed"
    ]
    assert refused(back, cast=fund, loan=loan, debtor=2, creditor=1, amount=0) == [
        "loans.pay_back.amount"
    ]


def test_what_was_paid_back_wrongly_is_taken_back(fund, loan):
    two_cover(fund, loan)
    wrong = back(fund, loan, 2, 1, 20_000)
    take = {"by": fund.treasurer, "ward": fund.ward, "paid_back_id": wrong.id, "on": DUES[1]}
    loans.take_back_paid_back(why="belum dibayar", **take)
    assert debts(loan, DUES[1])[2, 1] == 20_000
    assert refused(loans.take_back_paid_back, why="lagi", **take) == ["loans.repayment.reversed"]


def test_all_others_may_cover_alike(fund, loan):
    sheet(fund, loan, _2={"covers": [("others", 46_001)]})
    assert debts(loan, DUES[0]) == {(2, 0): 11_501, (2, 1): 11_500, (2, 3): 11_500, (2, 4): 11_500}


# --- the joint savings ----------------------------------------------------------------------------


def test_the_joint_savings_pay_for_her_without_cash_and_she_refills_them(fund, loan):
    group = loan.group_id
    cash = books.balance(fund.ward, "cash")
    sheet(fund, loan, _2={"covers": [("reserve", 46_000)]})
    assert books.balance(fund.ward, "cash") == cash
    assert cards.balance(group, DUES[0]) == 54_000
    assert -books.balance(fund.ward, "savings") == 54_000
    assert loan_book.card(loan.ward, loan.id, DUES[0]).due_now == 230_000 - 46_000
    assert debts(loan, DUES[0]) == {(2, "reserve"): 46_000}
    back(fund, loan, 2, "reserve", 40_000)
    assert debts(loan, DUES[1]) == {(2, "reserve"): 6_000}
    assert cards.balance(group) == 94_000
    assert books.balance(fund.ward, "cash") == cash + 40_000
    assert DUES[1] not in cards.saved_on(group, DUES[1])  # paying back is no saving
    assert breaks(fund.ward) == []


def test_no_more_is_drawn_than_there_is_on_any_day_since(fund, loan):
    draw = {"_2": {"covers": [("reserve", 100_001)]}}
    assert refused(sheet, cast=fund, loan=loan, **draw) == ["loans.sheet.reserve"]
    lending.take_out(fund, loan.group_id, DUES[3], 60_000)
    draw = {"_2": {"covers": [("reserve", 46_000)]}}
    assert refused(sheet, cast=fund, loan=loan, **draw) == ["loans.sheet.reserve"]
    draw["_0"] = {"paid": 57_500, "saved": 6_000}  # what is put by today may be drawn today
    sheet(fund, loan, **draw)
    assert cards.balance(loan.group_id) == 0
    assert breaks(fund.ward) == []


def test_a_draw_that_is_taken_back_returns_to_the_savings_and_only_there(fund, loan):
    posted = sheet(fund, loan, _2={"covers": [("reserve", 46_000)]})
    [payment] = posted.repayments.all()
    movement = {"by": fund.treasurer, "ward": fund.ward, "movement_id": payment.draw_id}
    assert refused(savings.reverse_movement, on=DUES[0], why="salah", **movement) == [
        "savings.elsewhere"
    ]
    loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=payment.id, on=DUES[1], why="salah"
    )
    assert cards.balance(loan.group_id) == 100_000
    assert debts(loan, DUES[1]) == {}
    assert debts(loan, DUES[0]) == {(2, "reserve"): 46_000}
    assert breaks(fund.ward) == []


# --- the sheet as a whole -------------------------------------------------------------------------


def test_a_sheet_sent_twice_posts_once(fund, loan):
    first = two_cover(fund, loan, request_id="form-1")
    again = two_cover(fund, loan, request_id="form-1")
    assert (first.id, first.code) == (again.id, f"LS-0001/{clock.today().year}")
    assert books.balance(fund.ward, "loans") == 1_800_000
    other = {"cast": fund, "loan": loan, "on": DUES[1], "request_id": "form-1"}
    assert refused(two_cover, **other) == ["loans.sheet.request"]
    more = {"cast": fund, "loan": loan, "request_id": "form-1"}
    lines = {f"_{place}": {"paid": amount} for place, amount in enumerate(FIRST)}
    for changed in (
        {"_2": {"paid": 0, "covers": [(0, 46_000)]}, "_0": {"paid": 1_000}},
        {"_2": {"paid": 0, "saved": 5_000, "covers": [(0, 26_000), (1, 20_000)]}},
        {"_2": {"paid": 0, "covers": [(0, 26_000), ("reserve", 20_000)]}},
    ):
        assert refused(sheet, **more, **{**lines, **changed}) == ["loans.sheet.request"]


def test_the_same_sheet_from_another_form_is_refused_and_names_the_one_that_stands(fund, loan):
    first = two_cover(fund, loan, request_id="form-1")
    assert refused(two_cover, cast=fund, loan=loan, request_id="form-2") == ["loans.sheet.posted"]
    loans.reverse_sheet(
        by=fund.treasurer, ward=fund.ward, sheet_id=first.id, on=DUES[0], why="salah kelompok"
    )
    two_cover(fund, loan, request_id="form-2")
    assert breaks(fund.ward) == []


def test_a_wrong_line_is_named_and_nothing_is_posted(fund, loan):
    before = len(books.journal(fund.ward))
    wrong = {
        "_0": {"paid": 57_500, "covers": [(0, 5)]},
        "_1": {"paid": -1},
        "_2": {"covers": [("", 46_000)]},
        "_3": {"covers": [("nobody", 100), (0, 0)]},
        "_4": {"paid": 300_000, "covers": [(0, 45_001)]},
    }
    clauses = refused(sheet, cast=fund, loan=loan, **wrong)
    assert clauses == [
        f"loans.sheet.{key}"
        for key in ("cover_self", "amount", "cover_by", "cover_member", "cover_amount", "too_much")
    ]
    assert refused(sheet, cast=fund, loan=loan) == ["loans.sheet.empty"]
    assert len(books.journal(fund.ward)) == before
    assert fresh(loan).repayments.count() == 0


def test_what_one_pays_beyond_all_that_she_owes_is_said_for_whom_while_others_owe(fund, loan):
    owed = [state.left for state in loan_book.member_cards(fresh(loan), DUES[0]).members]
    assert refused(sheet, cast=fund, loan=loan, _0={"paid": owed[0] + 1})[0] == "loans.sheet.beyond"
    sheet(fund, loan, _0={"paid": owed[0]}, _2={"covers": [(0, 1_000)]})
    left = [0, owed[1] + 500, owed[2] - 1_000, *owed[3:]]  # with 500 that belong to the group
    lines = {f"_{place}": {"paid": amount} for place, amount in enumerate(left) if amount}
    sheet(fund, loan, DUES[1], **lines)
    assert fresh(loan).status == "closed"


def test_a_sheet_of_several_groups_is_one_transaction(fund, loan):
    other = lending.lend(fund)
    groups = [
        {"loan": loan.id, "lines": [{"person": people(loan)[0], "paid": 57_500}]},
        {"loan": other.id, "lines": [{"person": people(other)[0], "paid": 57_500, "saved": 5_000}]},
    ]
    arguments = {"by": fund.treasurer, "ward": fund.ward, "on": DUES[0]}
    both = [groups[0], {**groups[1], "lines": [{"person": people(loan)[0], "paid": 1}]}]
    assert refused(loans.record_sheet, groups=both, **arguments) == ["loans.sheet.member"]
    posted = loans.record_sheet(groups=groups, **arguments)
    assert sorted(one.loan_id for one in posted.repayments.all()) == sorted([loan.id, other.id])
    assert cards.balance(other.group_id) == 105_000
    again = refused(loans.record_sheet, groups=[groups[0], groups[0]], **arguments)
    assert again == ["loans.sheet.posted"] * 2
    assert breaks(fund.ward) == []


def test_a_sheet_that_is_taken_back_restores_every_figure(fund, loan):
    def picture():
        day = DUES[1]
        return (
            [books.balance(fund.ward, key, day) for key in ("cash", "loans", "savings", "debt")],
            loan_book.member_cards(fresh(loan), day).members,
            debts(loan, day),
            cards.balance(loan.group_id, day),
        )

    before = picture()
    posted = sheet(
        fund,
        loan,
        _0={"paid": 57_500, "saved": 5_000},
        _2={"covers": [("reserve", 46_000), (0, 1_000)]},
    )
    assert picture() != before
    take = {"by": fund.treasurer, "ward": fund.ward, "sheet_id": posted.id, "why": "salah"}
    loans.reverse_sheet(on=DUES[1], **take)
    assert picture() == before
    assert refused(loans.reverse_sheet, on=DUES[1], **take) == ["loans.repayment.reversed"]
    assert len(trail.of_record(f"loan:{loan.id}")) == 6
    assert breaks(fund.ward) == []


def test_a_sheet_waits_for_its_day_and_for_the_money(fund, loan):
    tomorrow = clock.today() + timedelta(days=1)
    assert refused(two_cover, cast=fund, loan=loan, on=tomorrow) == ["loans.date"]
    early = PAID_OUT - timedelta(days=1)
    assert "loans.sheet.date" in refused(two_cover, cast=fund, loan=loan, on=early)
    asked = lending.apply(fund)
    line = [{"loan": asked.id, "lines": [{"person": people(asked)[0], "paid": 1}]}]
    clauses = refused(
        loans.record_sheet, by=fund.treasurer, ward=fund.ward, on=DUES[0], groups=line
    )
    assert clauses[0] == "loans.state"


@pytest.mark.parametrize("who", ["chair", "cadre", "officer", "verifier", "stranger"])
def test_only_the_treasurer_takes_money(fund, loan, who):
    asked = {"by": getattr(fund, who), "ward": fund.ward, "on": DUES[0], "groups": []}
    assert refused(loans.record_sheet, **asked) == ["access.permission"]


# --- whatever the order of entry ------------------------------------------------------------------


class Undone(Exception):
    pass


def test_any_order_of_entry_gives_the_same_members_and_the_same_books(fund, loan):
    def steps():
        return [
            lambda: two_cover(fund, loan),
            lambda: sheet(
                fund, loan, DUES[1], _0={"paid": 57_500}, _1={"covers": [("reserve", 9_000)]}
            ),
            lambda: pay(fund, loan, DUES[2], 333_333),
            lambda: sheet(fund, loan, DUES[3], _3={"paid": 99_000, "covers": [("others", 1_001)]}),
        ]

    seen = []
    for seed in range(5):
        order = steps()
        random.Random(seed).shuffle(order)
        try:
            with transaction.atomic():
                for step in order:
                    step()
                assert breaks(fund.ward) == []
                seen.append(
                    [
                        (
                            day,
                            loan_book.member_cards(fresh(loan), day).members,
                            debts(loan, day),
                            [
                                books.balance(fund.ward, key, day)
                                for key in ("cash", "loans", "savings")
                            ],
                        )
                        for day in [*DUES[:5], date(2005, 6, 1)]
                    ]
                )
                raise Undone
        except Undone:
            pass
    assert len(seen) == 5
    assert all(one == seen[0] for one in seen)


def test_a_new_schedule_is_shared_out_by_what_each_member_still_owes(fund, loan):
    sheet(fund, loan, DUES[0], _0={"paid": 575_000})  # all that she will ever owe
    changing.reschedule(fund, fresh(loan))
    day = changing.NEW_FROM
    group = loan_book.card(loan.ward, loan.id, day)
    found = loan_book.member_cards(fresh(loan), day)
    assert found.members[0].left == found.members[0].behind == 0
    assert sum(one.left - one.over for one in found.members) == group.left
    assert [
        sum(one.dues[place].total for one in found.members) for place in range(len(group.rows))
    ] == [row.row.total for row in group.rows]
    early = {"cast": fund, "loan": loan, "on": DUES[1], "_1": {"paid": 100}}
    assert "loans.repayment.changed" in refused(sheet, **early)
    assert breaks(fund.ward) == []


def test_the_check_names_parts_that_part_from_the_payment(fund, loan):
    from pendamping.funds.loans.models import RepaymentPart
    from pendamping.trail.actions import record
    from pendamping.trail.writing import action

    two_cover(fund, loan)

    @action
    def slip(*, by, ward):
        record(by=by, ward=ward, record="x")
        part = RepaymentPart.objects.filter(person=people(loan)[2], amount=20_000).first()
        part.pk, part.amount = None, 1
        part.save(force_insert=True)

    slip(by=fund.treasurer, ward=fund.ward)
    [broken] = breaks(fund.ward)
    assert broken.clause == "loans.parts"
