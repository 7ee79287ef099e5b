"""Closing, sharing, reading statements and matching them: properties of what is counted."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.upk.rules import closing, counting, reconcile, statement, year

AMOUNTS = st.integers(-(10**9), 10**9)
DAYS = st.dates(date(2004, 1, 1), date(2005, 12, 31))


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c", "d"]), AMOUNTS), max_size=8))
def test_both_entries_of_a_year_balance_and_leave_its_profit_in_prior_years(moved):
    first, second = year.closing_legs(moved)
    assert sum(amount for _, amount in first) == 0 or not second
    assert sum(amount for _, amount in second) == 0
    profit = -sum(amount for _, amount in moved)
    assert sum(-amount for account, amount in second if account == year.PRIOR_PROFIT) == profit
    assert sum(amount for account, amount in [*first, *second] if account == year.YEAR_PROFIT) == 0


@given(st.integers(0, 10**12), st.lists(st.integers(0, 100), min_size=1, max_size=6))
def test_shares_that_come_to_the_whole_share_out_every_rupiah(amount, percents):
    percents[0] = 100 - sum(percents[1:])
    parts = [year.Part(str(at), percent, "x") for at, percent in enumerate(percents)]
    if percents[0] < 0:
        found = year.split_problems(asked(parts))
        assert "upk.split.negative" in {one.clause for one in found}
        return
    shares = year.split(amount, parts)
    assert sum(shares.values()) == amount
    assert all(share >= 0 for share in shares.values())


def asked(parts, **changes):
    given = {
        "year": 2004, "on": date(2005, 1, 22), "today": date(2005, 1, 25), "closed": True,
        "shared": False, "profit": 100, "prior": 100, "parts": tuple(parts), **changes,
    }  # fmt: skip
    return year.Split(**given)


@given(AMOUNTS, AMOUNTS)
def test_no_more_is_shared_than_the_year_made_and_old_losses_left(profit, prior):
    shared = year.shareable(profit, prior)
    assert shared >= 0
    assert shared == 0 or shared <= profit
    assert shared == 0 or shared <= prior


def test_every_reason_against_a_split_is_said():
    parts = [year.Part("capital", 40, "x"), year.Part("social", 50, "y")]
    found = year.split_problems(asked(parts, closed=False, on=date(2004, 12, 1), reserve_missing=5))
    assert {one.clause for one in found} == {
        "upk.split.year", "upk.split.on", "upk.split.whole", "upk.split.capital",
        "upk.split.reserve",
    }  # fmt: skip


@given(st.dictionaries(st.sampled_from([100_000, 500, 25]), st.integers(0, 500)))
def test_a_count_is_what_its_pieces_come_to(pieces):
    total = counting.counted(pieces)
    known = [100_000, 500, 25]
    same = {"known": known, "why": "", "witnesses": "Contoh"}
    assert counting.count_problems(pieces, in_books=total, **same) == []
    found = counting.count_problems(pieces, in_books=total + 1, **same)
    assert [one.clause for one in found] == ["upk.count.difference"]
    alone = {**same, "witnesses": "contoh bendahara (UPK)", "counter": "Contoh Bendahara"}
    found = counting.count_problems(pieces, in_books=total, **alone)
    assert [one.clause for one in found] == ["upk.count.witness"]


@given(DAYS, st.integers(0, 40))
def test_months_follow_each_other_without_a_gap(opened, steps):
    closed = None
    for _ in range(steps):
        before, closed = closed, closing.next_month(opened, closed)
        assert before is None or closed.replace(day=1) == before + timedelta(days=1)
    if closed:
        months = (closed.year - opened.year) * 12 + closed.month - opened.month
        assert months == steps - 1


def test_what_need_not_hold_is_a_remark():
    month = closing.Month(date(2005, 4, 30), date(2005, 5, 3), date(2004, 2, 1), date(2005, 3, 31))
    lines = {one.key: one for one in closing.checklist(month, ["books"])}
    assert not lines["cash"].holds
    assert not lines["cash"].must
    assert closing.problems(month, ["books"]) == []
    assert [one.clause for one in closing.problems(month, ["cash"])] == ["upk.close.count"]


# --- statements ---------------------------------------------------------------------------------

SEN = st.integers(-(10**11), 10**11).filter(bool)


def written(sen):
    """As an Indonesian bank prints it."""
    text = f"{abs(sen) // 100:,}".replace(",", ".") + f",{abs(sen) % 100:02d}"
    return f"({text})" if sen < 0 else text


@given(SEN)
def test_an_amount_is_read_as_it_was_printed(sen):
    assert statement.read_sen(written(sen)) == sen
    english = f"{abs(sen) // 100:,}.{abs(sen) % 100:02d}"
    assert statement.read_sen(f"{english} {'DB' if sen < 0 else 'CR'}") == sen


@given(DAYS)
def test_a_day_is_read_as_it_was_printed(day):
    for text in (f"{day:%d/%m/%Y}", f"{day:%d-%m-%y}", day.isoformat(), f"{day:%d/%m}"):
        assert statement.read_day(text, date(day.year, 12, 31)) == day


@given(SEN, st.lists(st.tuples(DAYS, SEN), max_size=12), st.booleans())
def test_lines_in_whole_rupiah_lead_from_balance_to_balance(opening, moved, newest_first):
    moved.sort(key=lambda one: one[0])
    rows, running = [], opening
    for day, sen in moved:
        running += sen
        rows.append([day, "x", written(sen), written(running)])
    if newest_first and moved and moved[0][0] != moved[-1][0]:
        rows.reverse()
    columns = {"date": 0, "text": 1, "amount": 2, "balance": 3}
    found = statement.read(rows, columns, opening_sen=opening)
    assert found.wrong == ()
    assert (found.opening, found.closing) == (opening // 100, running // 100)
    assert found.opening + sum(one.amount for one in found.lines) == found.closing
    assert len({one.key for one in found.lines}) == len(found.lines)


ITEMS = st.lists(st.tuples(DAYS, st.integers(1, 3), st.sampled_from(["", "TRX-1", "TRX-2 x"])))


@given(ITEMS, ITEMS, st.integers(0, 10))
def test_pairs_have_one_amount_near_days_and_no_line_twice(bank, book, days):
    one = [reconcile.Item(f"b{at}", *item) for at, item in enumerate(bank)]
    two = [reconcile.Item(f"k{at}", *item) for at, item in enumerate(book)]
    pairs = reconcile.propose(one, two, days)
    lines = {item.id: item for item in [*one, *two]}
    assert len({key for pair in pairs for key in pair}) == 2 * len(pairs)
    for first, second in pairs:
        assert lines[first].amount == lines[second].amount
        assert abs((lines[first].on - lines[second].on).days) <= days
    left = [item for item in one if item.id not in dict(pairs)]
    used = {second for _, second in pairs}
    assert not [
        (item, other) for item in left for other in two
        if other.id not in used and other.amount == item.amount
        and abs((item.on - other.on).days) <= days
    ]  # fmt: skip


def test_a_shared_reference_comes_before_the_nearer_day():
    day = date(2005, 4, 4)
    bank = [reconcile.Item("b", day, 500, "TRX-77 setoran")]
    book = [
        reconcile.Item("near", day, 500, "setor"),
        reconcile.Item("named", day - timedelta(days=3), 500, "trx-77"),
    ]
    assert reconcile.propose(bank, book, 5) == [("b", "named")]
