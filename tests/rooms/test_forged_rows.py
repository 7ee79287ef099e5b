"""A row that no action wrote is named by the look over the books, beside what the trail knows."""

from datetime import date

import pytest
from django.db import transaction

from pendamping.desk import oversight
from pendamping.funds.loans import actions as loans
from pendamping.kernel import clock
from tests.rooms.test_final import closed, rows
from tests.rooms.test_ledger_attacks import attack

pytestmark = pytest.mark.django_db
__all__ = ["closed"]  # the stage of a closed month

STOP = (
    "INSERT INTO loans_lendingstop (id, ward, since, month, findings, clause, guideline_version, "
    "entered_by_id, entered_on, entered_at, lifted_on, lifted_at) SELECT 'x', '{ward}', '2004-06-05', "
    "'2004-05-31', '[]', 'x', 'x', id, '2004-06-05', '2004-06-05 09:00:00+07:00', {lifted} "
    "FROM access_user LIMIT 1"
)


def looked(cast):
    """The breaks of the ward: clause and record, each with its sentence's values."""
    return [
        (one.clause, one.where.get("record"), dict(one.values))
        for one in oversight.breaks(cast.ward)
    ]


def forged(cast, sql):
    """What the look finds after this statement, which then never happened; before it, nothing."""
    assert looked(cast) == []
    with transaction.atomic():
        attack(by=cast.system, sql=[sql])
        found = looked(cast)
        transaction.set_rollback(True)
    return found


def test_a_step_of_a_group_that_nobody_entered_is_named(fund, loan):
    group = loan.group_id
    found = forged(
        fund,
        'INSERT INTO institutions_groupstep (id, group_id, kind, module, "on", entered_on, evidence) '
        f"VALUES ('x', '{group}', 'books', '', '2004-04-02', '2004-04-02', '')",
    )
    ((clause, record, values),) = found
    assert (clause, record) == ("institutions.said", f"group:{group}")
    assert (values["on"], values["count"], values["said"]) == ("2004-04-02", 1, 0)
    columns = 'group_id, kind, module, "on", entered_on, evidence'
    again = f"SELECT 'x', {columns} FROM institutions_groupstep LIMIT 1"
    found = forged(fund, f"INSERT INTO institutions_groupstep (id, {columns}) {again}")
    assert [(clause, values["count"], values["said"]) for clause, _record, values in found] == [
        ("institutions.said", 2, 1)
    ]


def test_a_stop_on_lending_that_no_card_made_is_named_and_so_is_one_that_only_counts_as_lifted(
    fund, loan
):
    named = ("loans.said", "stop:x", {"month": "2004-05-31"})
    assert forged(fund, STOP.format(ward=fund.ward, lifted="NULL, ''")) == [named]
    assert forged(fund, STOP.format(ward=fund.ward, lifted="'2004-06-06', 'x'")) == [named, named]
    finding = {"key": "lar", "short": "LAR", "part": 1, "whole": 2}
    with clock.at(date(2004, 6, 5)):
        stop = loans.suspend_lending(
            by=fund.system, ward=fund.ward, on=date(2004, 6, 5), month=date(2004, 5, 31),
            findings=[finding],
        )  # fmt: skip
    lifted = (
        f"UPDATE loans_lendingstop SET lifted_on = since, lifted_at = 'x' WHERE id = '{stop.id}'"
    )
    assert forged(fund, lifted) == [("loans.said", f"stop:{stop.id}", {"month": "2004-05-31"})]


def test_a_count_of_the_cash_that_nobody_entered_is_named(cast, closed):
    assert rows("upk_cashcount")
    columns = (
        "ward, pieces, counted, in_books, why, witnesses, entered_by_id, entered_on, entered_at"
    )
    found = forged(
        cast,
        f'INSERT INTO upk_cashcount (id, "on", {columns}) '
        f"SELECT 'x', '2004-01-30', {columns} FROM upk_cashcount LIMIT 1",
    )
    ((clause, record, values),) = found
    assert (clause, record, values["on"]) == ("upk.count.said", "cash_count:x", "2004-01-30")
