"""Running balances and the balance sheet: whatever is posted, both sides are one."""

from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.upk.rules.statements import Standing, balance_sheet, running

TYPES = ("asset", "liability", "equity", "income", "expense")
amounts = st.integers(-(10**12), 10**12)


@given(amounts, st.lists(amounts))
def test_a_running_balance_ends_at_the_opening_and_all_that_moved(opening, moved):
    found = running(opening, moved)
    assert len(found) == len(moved)
    assert (found or [opening])[-1] == opening + sum(moved)


@given(st.lists(st.tuples(st.sampled_from(TYPES), amounts), min_size=1))
def test_of_balanced_books_the_balance_sheet_balances(legs):
    legs.append(("equity", -sum(amount for _, amount in legs)))
    accounts = [Standing(str(no), "Uji", kind, amount) for no, (kind, amount) in enumerate(legs)]
    sheet = balance_sheet(accounts)
    assert sheet.total_assets == sheet.total_liabilities + sheet.total_equity


def test_an_empty_account_is_left_out_and_a_contra_account_takes_away():
    sheet = balance_sheet(
        [
            Standing("11010", "Kas", "asset", 4_025_000),
            Standing("11030", "Pinjaman KSM", "asset", 1_000_000),
            Standing("12010", "Cadangan", "asset", -10_000),
            Standing("12020", "Inventaris", "asset", 0),
            Standing("31020", "Modal", "equity", -5_000_000),
            Standing("41010", "Jasa", "income", -25_000),
            Standing("51080", "Biaya cadangan", "expense", 10_000),
        ]
    )
    assert [code for code, _, _ in sheet.assets] == ["11010", "11030", "12010"]
    assert (sheet.total_assets, sheet.profit, sheet.total_equity) == (5_015_000, 15_000, 5_015_000)
