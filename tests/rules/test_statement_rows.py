"""A row of a bank statement is taken, passed over for a reason, or named: no sum goes without a word."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.upk.rules import statement
from pendamping.funds.upk.rules.opening import cells

COLUMNS = {"date": 0, "text": 1, "debit": 2, "credit": 3}
WITH_BALANCE = {**COLUMNS, "balance": 4}


def wrong(rows, columns=None, **more):
    found = statement.read(rows, columns or COLUMNS, **more)
    return [(one.clause, one.where["row"]) for one in found.wrong]


def test_an_amount_with_a_letter_in_it_is_named_also_where_the_other_side_says_zero():
    rows = [
        ["12/05/2004", "Setoran", "0,00", "1.00O.000,00"],
        ["13/05/2004", "Tarik", "2.000,00", "-"],
    ]
    assert wrong(rows) == [("upk.bank.amount", 2)]


def test_as_the_last_row_of_a_file_with_balances_too():
    rows = [
        ["12/05/2004", "Setoran", "", "5.000,00", "5.000,00"],
        ["13/05/2004", "Setoran", "0,00", "1.00O.000,00", "1.005.000,00"],
    ]
    assert wrong(rows, WITH_BALANCE) == [("upk.bank.amount", 3)]


def test_a_balance_that_moves_without_an_amount_is_named():
    rows = [
        ["12/05/2004", "Setoran", "", "5.000,00", "5.000,00"],
        ["13/05/2004", "Setoran", "0,00", "0,00", "1.005.000,00"],
    ]
    assert wrong(rows, WITH_BALANCE) == [("upk.bank.balance", 3)]


def test_an_amount_without_a_day_is_named_and_a_total_is_not():
    rows = [
        ["12/05/2004", "Setoran", "", "5.000,00"],
        ["", "Setoran kedua", "", "7.000,00"],
        ["", "", "", "5.000,00"],
        ["Jumlah", "", "", "5.000,00"],
        ["", "Saldo akhir", "", "5.000,00"],
        ["Tanggal", "Uraian", "Debet", "Kredit"],
    ]
    assert wrong(rows) == [("upk.bank.undated", 3)]


def test_a_row_whose_day_and_amount_are_both_spoiled_is_named():
    assert wrong([["3l/05/2004", "Setoran", "", "1.00O"]]) == [("upk.bank.day", 2)]


def test_what_spreadsheets_show_for_nothing_is_nothing():
    rows = [["12/05/2004", "Setoran", " Rp -   ", "5.000,00"], ["12/05/2004", "Tarik", "1", "–"]]
    found = statement.read(rows, COLUMNS)
    assert ([one.amount for one in found.lines], found.wrong) == ([5000, -1], ())


@pytest.mark.parametrize(
    "said",
    ["1.500,000", "12.345.6", "1,500.000", "1.50.000", "1500.000", "0.500", "1.500.00", "1..5"],
)
def test_separators_that_do_not_fit_are_no_amount(said):
    assert statement.read_sen(said) is None


@given(
    st.integers(0, 10**13),
    st.sampled_from([(".", ","), (",", "."), ("", ","), ("", ".")]),
    st.integers(0, 2),
)
def test_every_amount_that_is_written_whole_is_read_back(sen, signs, places):
    sen -= sen % 10 ** (2 - places)
    whole, rest = divmod(sen, 100)
    text = f"{whole:,}".replace(",", signs[0])
    text += (signs[1] + f"{rest:02}"[:places]) if places else ""
    assert statement.read_sen(text) == sen


ROW = st.tuples(st.integers(0, 300), st.booleans(), st.integers(1, 10**9))


@given(st.lists(ROW, min_size=1, max_size=8), st.data())
def test_a_digit_that_became_a_letter_is_named_with_its_row(made, data):
    begin = date(2004, 1, 1)
    rows = []
    for after, comes, amount in sorted(made):
        sides = ["0,00", f"{amount:,}".replace(",", ".")]
        day = f"{begin + timedelta(days=after):%d/%m/%Y}"
        rows.append([day, "Mutasi", *(sides if comes else sides[::-1])])
    assert sum(one.amount for one in statement.read(rows, COLUMNS).lines) == sum(
        amount if comes else -amount for _, comes, amount in made
    )
    at = data.draw(st.integers(0, len(rows) - 1))
    column = 3 if rows[at][2] == "0,00" else 2
    digits = [place for place, sign in enumerate(rows[at][column]) if sign.isdigit()]
    place = data.draw(st.sampled_from(digits))
    rows[at][column] = rows[at][column][:place] + "O" + rows[at][column][place + 1 :]
    assert wrong(rows) == [("upk.bank.amount", at + 2)]


def test_a_day_without_a_year_is_the_last_one_before_the_file_was_there():
    rows = [["20/12", "Setoran", "", "5.000"], ["02/01", "Tarik", "1.000", ""]]
    found = statement.read(rows, COLUMNS, until=date(2005, 1, 3))
    assert [one.on for one in found.lines] == [date(2004, 12, 20), date(2005, 1, 2)]


@given(st.dates(date(2004, 1, 1), date(2008, 12, 31)), st.integers(0, 360))
def test_no_day_without_a_year_lies_after_the_file(until, back):
    day = until - timedelta(days=back)
    assert statement.read_day(f"{day:%d/%m}", until) == day or (day.month, day.day) == (2, 29)


def test_a_day_that_is_still_to_come_is_named():
    rows = [["01/06/2004", "Setoran", "", "5.000"], ["20/12/2030", "Setoran", "", "5.000"]]
    assert wrong(rows, until=date(2004, 6, 2)) == [("upk.bank.to_come", 3)]


def test_months_are_read_as_they_are_shortened_by_hand():
    said = ["5 Agt 2026", "5 Agust 2026", "5 Nop 2026", "5 Peb 2026", "5 Sept 2026", "5 Des 26"]
    assert [statement.read_day(one).month for one in said] == [8, 8, 11, 2, 9, 12]


@pytest.mark.parametrize("said", ["12 Mei", "12/05", "12-5"])
def test_a_list_of_loans_is_never_given_a_year(said):
    with pytest.raises(cells.Wrong):
        cells.read_when(said)
