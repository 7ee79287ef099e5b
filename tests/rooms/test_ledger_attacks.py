"""Attacks on the books that the database itself refuses, whoever makes them."""

import pytest
from django.db import DatabaseError, connection, transaction

from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.models import Account, Entry, Line
from pendamping.kernel.ids import new_id
from pendamping.trail.actions import record
from pendamping.trail.writing import WriteOutsideAction, action, migrating
from tests.cast import OTHER
from tests.rooms.test_ledger import PAID_IN, capital, opened, undo

pytestmark = pytest.mark.django_db
__all__ = ["capital", "opened"]  # the stage of the room's own tests


@action
def attack(*, by, sql):
    record(by=by, ward="", record="sql")
    with connection.cursor() as cursor:
        for statement in sql:
            cursor.execute(statement)


@action
def unbalance(*, by, ward, amounts, entry_ward=None):
    """Write lines and an entry by the models, past every rule of the room."""
    record(by=by, ward=ward, record="test")
    entry = Entry(
        ward=entry_ward or ward,
        on=PAID_IN,
        entered_on=PAID_IN,
        entered_at="2004-05-10T09:00:00+07:00",
        kind="attack",
    )
    account = books.account(ward, "cash")
    Line.objects.bulk_create(
        Line(entry_id=entry.id, no=no, account=account, amount=amount)
        for no, amount in enumerate(amounts, start=1)
    )
    entry.save(force_insert=True)


@pytest.mark.parametrize(
    ("amounts", "message"),
    [
        ([100, -99], "balances"),
        ([100], "at least two lines"),
        ([], "at least two lines"),
        ([2**62, 2**62], "balances|overflow"),
    ],
)
def test_the_database_refuses_an_entry_that_is_not_whole(opened, amounts, message):
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        unbalance(by=opened.treasurer, ward=opened.ward, amounts=amounts)
    assert books.journal(opened.ward) == []


def test_the_database_refuses_a_line_of_nothing(opened):
    with pytest.raises(DatabaseError, match="ledger_line_amount"), transaction.atomic():
        unbalance(by=opened.treasurer, ward=opened.ward, amounts=[0, 0])


@pytest.mark.parametrize("amounts", [("0.5", "-0.5"), ("'abc'", "'def'")])
def test_the_database_refuses_an_amount_that_is_no_whole_number(opened, amounts):
    account = books.account(opened.ward, "cash")
    fresh = new_id()
    lines = "INSERT INTO ledger_line (entry_id, no, account_id, amount) VALUES "
    lines += ", ".join(
        f"('{fresh}', {no}, '{account.id}', {amount})" for no, amount in enumerate(amounts, 1)
    )
    if connection.vendor == "postgresql" and amounts[0] == "0.5":
        pytest.skip("PostgreSQL rounds a fraction as it takes it in")
    with pytest.raises(DatabaseError), transaction.atomic():
        attack(by=opened.system, sql=[lines])
    assert Line.objects.count() == 0


def test_the_database_looks_at_the_books_whatever_temporary_table_has_their_name(opened):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no search path")
    account = books.account(opened.ward, "cash")
    fresh = new_id()
    sql = [
        "CREATE TEMP TABLE ledger_line (id int, entry_id text, amount int, account_id text)",
        "INSERT INTO pg_temp.ledger_line VALUES "
        f"(1, '{fresh}', 5, '{account.id}'), (2, '{fresh}', -5, '{account.id}')",
        "INSERT INTO public.ledger_line (entry_id, no, account_id, amount) VALUES "
        f"('{fresh}', 1, '{account.id}', 777)",
        'INSERT INTO public.ledger_entry (id, ward, "on", entered_on, entered_at, kind, ref,'
        f" narration) VALUES ('{fresh}', '{opened.ward}', '2004-05-10', '2004-05-10',"
        " '2004-05-10', 'voucher-in', '', '')",
    ]
    with pytest.raises(DatabaseError, match="at least two lines"), transaction.atomic():
        attack(by=opened.system, sql=sql)
    assert Entry.objects.count() == 0


def test_the_database_refuses_an_entry_in_the_accounts_of_another_ward(opened):
    with pytest.raises(DatabaseError, match="within its ward"), transaction.atomic():
        unbalance(by=opened.treasurer, ward=opened.ward, amounts=[5, -5], entry_ward=OTHER)


def test_the_database_refuses_lines_whose_entry_never_comes(opened):
    account = books.account(opened.ward, "cash")
    lines = "INSERT INTO ledger_line (entry_id, no, account_id, amount) VALUES "
    lines += f"('nobody', 1, '{account.id}', 5), ('nobody', 2, '{account.id}', -5)"
    with pytest.raises(DatabaseError), transaction.atomic():
        attack(by=opened.system, sql=[lines])
        connection.check_constraints()  # what a commit does


ATTACKS = {
    "an edited line": "UPDATE ledger_line SET amount = amount + 1",
    "two legs edited alike": "UPDATE ledger_line SET amount = amount * 2",
    "a deleted line": "DELETE FROM ledger_line",
    "an edited entry": "UPDATE ledger_entry SET narration = 'changed'",
    "a deleted entry": "DELETE FROM ledger_entry",
    "an edited account": "UPDATE ledger_account SET code = '99999' WHERE code = '11010'",
    "a deleted account": "DELETE FROM ledger_account",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_database_refuses_a_change_even_inside_an_action(opened, capital, name):
    before = list(Line.objects.values_list("id", "account", "amount"))
    account = "account" in name  # its opening day may go back; all else of it is final
    refusal = "ledger_account: what is final stays" if account else "append-only"
    with (
        pytest.raises(DatabaseError, match=refusal),
        transaction.atomic(),
    ):
        attack(by=opened.system, sql=[ATTACKS[name]])
    assert list(Line.objects.values_list("id", "account", "amount")) == before


def test_the_database_refuses_a_line_added_to_an_entry_that_stands(opened, capital):
    cash, other = (books.account(opened.ward, key).id for key in ("cash", "transport"))
    added = "INSERT INTO ledger_line (entry_id, no, account_id, amount) VALUES "
    added += f"('{capital.id}', 3, '{cash}', 5), ('{capital.id}', 4, '{other}', -5)"
    with pytest.raises(DatabaseError, match="no line is added"), transaction.atomic():
        attack(by=opened.system, sql=[added])
    assert Line.objects.filter(entry=capital).count() == 2


def test_the_database_refuses_to_replace_and_to_empty(opened, capital):
    line = Line.objects.filter(entry=capital).first()
    if connection.vendor == "sqlite":
        attacks = [
            f"INSERT OR REPLACE INTO ledger_line (id, entry_id, no, account_id, amount)"
            f" VALUES ({line.id}, '{new_id()}', 1, '{line.account_id}', 7)",
            f"INSERT OR REPLACE INTO ledger_account SELECT id, ward, key, '99999', type, contra,"
            f" control_of, name_id, name_en, opened_on FROM ledger_account"
            f" WHERE id = '{line.account_id}'",
        ]
    else:
        attacks = ["TRUNCATE ledger_line", "TRUNCATE ledger_entry CASCADE"]
    for sql in attacks:
        with pytest.raises(DatabaseError), transaction.atomic():
            attack(by=opened.system, sql=[sql])
    assert Line.objects.filter(entry=capital).count() == 2
    assert Account.objects.filter(code="99999").count() == 0


def test_only_one_reversal_of_an_entry_can_stand(opened, capital):
    undo(by=opened.treasurer, ward=opened.ward, entry_id=capital.id)
    fresh = new_id()
    cash, other = (books.account(opened.ward, key).id for key in ("cash", "31020"))
    sql = [
        "INSERT INTO ledger_line (entry_id, no, account_id, amount) VALUES "
        f"('{fresh}', 1, '{cash}', -100000000), ('{fresh}', 2, '{other}', 100000000)",
        'INSERT INTO ledger_entry (id, ward, "on", entered_on, entered_at, kind, ref, narration,'
        f" reversal_of_id) VALUES ('{fresh}', '{opened.ward}', '2004-05-10', '2004-05-10',"
        f" '2004-05-10', 'reversal', '', '', '{capital.id}')",
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        attack(by=opened.system, sql=sql)
    assert Entry.objects.filter(reversal_of=capital).count() == 1


def test_raw_writes_outside_an_action_are_refused_before_the_database_is_asked(opened):
    with pytest.raises(WriteOutsideAction), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_line")


def test_the_check_names_what_was_done_behind_the_databases_back(opened, capital):
    drop = {
        "sqlite": "DROP TRIGGER ledger_line_no_update",
        "postgresql": "DROP TRIGGER ledger_line_no_change ON ledger_line",
    }[connection.vendor]
    connection.check_constraints()
    with migrating(), connection.cursor() as cursor:
        cursor.execute(drop)
    attack(by=opened.system, sql=["UPDATE ledger_line SET amount = amount + 1 WHERE no = 1"])
    broken = books.check(opened.ward)
    assert [reason.clause for reason in broken] == ["ledger.balance", "ledger.said"]
    assert broken[0].where == {"ward": opened.ward, "entry": capital.id}
