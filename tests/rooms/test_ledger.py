"""The books: balanced, whole and unchangeable, by the database itself, whoever asks."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.models import Account, Entry, Line
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from pendamping.trail.actions import record
from pendamping.trail.writing import WriteOutsideAction, action
from tests.cast import OTHER

pytestmark = pytest.mark.django_db

OPENED = date(2004, 2, 1)
PAID_IN = date(2004, 5, 10)


@action
def attack(*, by, sql):
    record(by=by, ward="", record="sql")
    with connection.cursor() as cursor:
        for statement in sql:
            cursor.execute(statement)


@action
def post(*, by, ward, **entry):
    """Stands for an action of a room above that posts."""
    record(by=by, ward=ward, record="test")
    return ledger.post(by=by, ward=ward, **entry)


@action
def undo(*, by, ward, **entry):
    record(by=by, ward=ward, record="test")
    return ledger.undo(by=by, ward=ward, **entry)


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


@pytest.fixture
def opened(cast):
    ledger.open_books(by=cast.treasurer, ward=cast.ward, on=OPENED)
    return cast


@pytest.fixture
def capital(opened):
    return ledger.record_voucher(
        by=opened.treasurer,
        ward=opened.ward,
        on=PAID_IN,
        kind="in",
        debit="11010",
        credit="31020",
        amount=100_000_000,
        narration="Modal dana bergulir",
    )


def refused(call, **arguments):
    with pytest.raises(Refusal) as refusal:
        call(**arguments)
    return [reason.clause for reason in refusal.value.reasons]


# --- what the room does ---------------------------------------------------------------------


def test_opening_the_books_takes_the_accounts_of_the_guideline_and_leaves_a_trail(opened):
    codes = {account.code: account.key for account in books.accounts(opened.ward)}
    assert codes["11010"] == "cash"
    assert codes["11030"] == "loans"
    assert codes["21020"] == "savings"
    assert trail.happened("ledger.open_books", opened.ward)


def test_it_refuses_to_open_books_twice_and_in_the_future(opened):
    again = {"by": opened.treasurer, "ward": opened.ward}
    assert refused(ledger.open_books, on=OPENED, **again) == ["ledger.opened"]
    assert refused(ledger.open_books, on=date(2999, 1, 1), **again) == ["ledger.date"]


def test_a_voucher_moves_both_accounts_and_the_trial_balance_adds_up(opened, capital):
    assert books.balance(opened.ward, "11010") == 100_000_000
    assert books.balance(opened.ward, "programme_capital") == -100_000_000
    assert books.balance(opened.ward, "cash", on=date(2004, 5, 9)) == 0
    rows = books.trial_balance(opened.ward, PAID_IN)
    assert sum(row.debit for row in rows) == sum(row.credit for row in rows) == 100_000_000
    assert books.check(opened.ward) == []


@pytest.mark.parametrize(
    ("kind", "debit", "credit", "clause"),
    [
        ("in", "cash", "loans", "ledger.control"),
        ("out", "savings", "cash", "ledger.control"),
        ("transfer", "cash", "cash", "ledger.same_account"),
        ("in", "transport", "cash", "ledger.voucher"),
        ("out", "cash", "programme_capital", "ledger.voucher"),
        ("gift", "cash", "programme_capital", "ledger.voucher"),
    ],
)
def test_it_refuses_a_voucher_whose_accounts_do_not_fit(opened, kind, debit, credit, clause):
    clauses = refused(
        ledger.record_voucher,
        by=opened.treasurer,
        ward=opened.ward,
        on=PAID_IN,
        kind=kind,
        debit=debit,
        credit=credit,
        amount=1000,
        narration="percobaan",
    )
    assert clause in clauses
    assert books.journal(opened.ward) == []


def test_no_more_leaves_the_cash_than_is_there_on_the_day_and_after_it(opened, capital):
    out = {"kind": "out", "debit": "transport", "credit": "cash", "narration": "bensin"}

    def spend(on, amount):
        return ledger.record_voucher(
            by=opened.treasurer, ward=opened.ward, on=on, amount=amount, **out
        )

    assert refused(spend, on=date(2004, 5, 9), amount=1) == ["ledger.below_zero"]  # not there yet
    spend(date(2004, 5, 20), 99_999_000)
    assert refused(spend, on=date(2004, 5, 12), amount=1_001) == ["ledger.below_zero"]
    spend(date(2004, 5, 12), 1_000)
    assert books.lowest(opened.ward, "cash", date(2004, 5, 1)) == 0
    assert refused(
        ledger.reverse,
        by=opened.treasurer,
        ward=opened.ward,
        entry_id=capital.id,
        on=date(2004, 5, 21),
        why="keliru",
    ) == ["ledger.below_zero"]


def test_it_lists_everything_that_is_wrong_with_an_entry_at_once(opened):
    clauses = refused(
        post,
        by=opened.treasurer,
        ward=opened.ward,
        on=date(2999, 1, 1),
        kind="test",
        ref="",
        lines=[("11010", 5), ("99999", 0), ("41010", -4)],
    )
    assert set(clauses) == {
        "ledger.date",
        "ledger.account",
        "ledger.amount",
        "ledger.balance",
    }


def test_it_refuses_to_post_where_the_books_are_not_open(cast):
    lines = [("11010", 5), ("41010", -5)]
    clauses = refused(
        post, by=cast.treasurer, ward=cast.ward, on=PAID_IN, kind="t", ref="", lines=lines
    )
    assert clauses == ["ledger.open"]


def test_posting_outside_an_action_is_refused(opened):
    with pytest.raises(WriteOutsideAction):
        ledger.post(
            by=opened.treasurer,
            ward=opened.ward,
            on=PAID_IN,
            kind="t",
            ref="",
            lines=[("11010", 5), ("41010", -5)],
        )


def test_a_correction_is_a_reversal_and_only_one(opened, capital):
    undone = {"by": opened.treasurer, "ward": opened.ward, "entry_id": capital.id}
    reversal = ledger.reverse(on=date(2004, 5, 11), why="salah ketik", **undone)
    assert reversal.reversal_of_id == capital.id
    assert books.balance(opened.ward, "cash", on=PAID_IN) == 100_000_000
    assert books.balance(opened.ward, "cash") == 0
    again = refused(ledger.reverse, on=date(2004, 5, 11), why="lagi", **undone)
    assert again == ["ledger.reversed"]
    undone["entry_id"] = reversal.id
    assert "ledger.reverse_there" in refused(ledger.reverse, on=PAID_IN, why="balik", **undone)
    assert books.check(opened.ward) == []


def test_what_another_room_posted_is_not_reversed_by_hand(opened):
    entry = post(
        by=opened.treasurer,
        ward=opened.ward,
        on=PAID_IN,
        kind="repayment",
        ref="repayment:1",
        lines=[("cash", 575_000), ("service_income", -575_000)],
    )
    clauses = refused(
        ledger.reverse,
        by=opened.treasurer,
        ward=opened.ward,
        entry_id=entry.id,
        on=PAID_IN,
        why="",
    )
    assert clauses == ["ledger.reverse_there", "ledger.why"]


def test_a_reversal_lies_between_its_entry_and_today(opened, capital):
    arguments = {"by": opened.treasurer, "ward": opened.ward, "entry_id": capital.id, "why": "x"}
    for day in (date(2004, 5, 9), date(2999, 1, 1)):
        assert refused(ledger.reverse, on=day, **arguments) == ["ledger.date"]


OTHERS = [
    "administrator", "ward_admin", "facilitator", "cadre", "chair", "officer", "verifier", "lead",
    "stranger",
]  # fmt: skip


@pytest.mark.parametrize("who", OTHERS)
def test_it_refuses_every_role_but_the_treasurer_of_the_ward(opened, capital, who):
    player = {"by": getattr(opened, who), "ward": opened.ward, "on": PAID_IN}
    voucher = {"kind": "in", "debit": "cash", "credit": "31020", "amount": 1, "narration": "x"}
    assert refused(ledger.open_books, **player) == ["access.permission"]
    assert refused(ledger.record_voucher, **player, **voucher) == ["access.permission"]
    reversal = {"entry_id": capital.id, "why": "x"}
    assert refused(ledger.reverse, **player, **reversal) == ["access.permission"]


# --- attacks on the database ------------------------------------------------------------------


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
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
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
    with connection.cursor() as cursor:
        cursor.execute(drop)
    attack(by=opened.system, sql=["UPDATE ledger_line SET amount = amount + 1 WHERE no = 1"])
    broken = books.check(opened.ward)
    assert [reason.clause for reason in broken] == ["ledger.balance"]
    assert broken[0].where == {"ward": opened.ward, "entry": capital.id}
