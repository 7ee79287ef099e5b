"""A row of another register as a complaint: by worked example, by fault and by property."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.complaints.rules import ABOUT, Turn, read_rule, standing
from pendamping.complaints.rules.incoming import Words, incoming, read_rows
from pendamping.complaints.rules.mapping import Meant, RegisterMap, read_map
from pendamping.kernel.refusal import Refusal

LEVELS = {"ward": {"order": 1, "days": 7}, "city": {"order": 2, "days": 14}}
RULE = read_rule({}, LEVELS, "p2kp2")
TODAY = date(2005, 5, 12)
KNOWN = {
    "channel": {"book": "book", "buku pengaduan": "book", "telepon": "phone"},
    "kind": {"problem": "problem", "masalah": "problem"},
    "scope": {"administrative": "administrative", "financial": "financial"},
    "level": {"ward": "ward", "city": "city"},
    "about": {key: key for key in ABOUT},
}
WORDS = Words(KNOWN, RULE, TODAY)
COLUMNS = (
    "number", "received_on", "due_on", "answered_on", "closed_on", "channel", "text", "name", "misuse",
    "amount", "recovered", "confirmed", "sex",
)  # fmt: skip
MAP = RegisterMap("Buku", {name: Meant(column=name) for name in COLUMNS})
ROW = {"number": "7", "received_on": "3/5/2004", "text": "Semen tidak sampai."}


def read(**cells):
    return incoming(MAP, "Pengaduan", 4, {**ROW, **cells}, WORDS)


def columns(one):
    return [reason.where["column"] for reason in one.reasons]


def test_a_row_by_hand():
    one = read(
        channel="Telepon", closed_on="14/05/2004", misuse="ya", amount="Rp 1.500.000", recovered=500000.0,
        confirmed="Ya", sex="perempuan",
    )  # fmt: skip
    assert one.reasons == []
    assert (one.state, one.sex, one.keys["channel"], one.keys["scope"]) == ("closed", "P", "phone", "financial")  # fmt: skip
    assert one.days["closed_on"] == date(2004, 5, 14)
    assert one.sums == {"amount": 1_500_000, "recovered": 500_000}


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"number": ""}, "number"),
        ({"text": " "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "a\u202eb"}, "text"),
        ({"received_on": ""}, "received_on"),
        ({"received_on": "31/02/2004"}, "received_on"),
        ({"received_on": "1/6/2005"}, "received_on"),
        ({"closed_on": "1/5/2004"}, "closed_on"),
        ({"answered_on": "14/5/2004", "closed_on": "10/5/2004"}, "closed_on"),
        ({"channel": "merpati pos"}, "channel"),
        ({"misuse": "ya"}, "amount"),
        ({"misuse": "mungkin"}, "misuse"),
        ({"amount": "banyak"}, "amount"),
        ({"amount": "1000", "recovered": "2000"}, "recovered"),
        ({"confirmed": "ya"}, "confirmed"),
        ({"sex": "x"}, "sex"),
    ],
)
def test_a_wrong_cell_is_named_by_its_place(cells, column):
    one = read(**cells)
    assert columns(one) == [column]
    assert one.reasons[0].where["row"] == 4


def test_a_number_that_stands_twice_is_refused_and_rows_that_say_the_same_are_named():
    rows = [(2, {**ROW, "name": "Warga Contoh"}), (3, {**ROW, "name": "Warga Contoh"})]
    found = read_rows(MAP, "Pengaduan", rows, WORDS)
    assert [reason.where["row"] for reason in found.reasons] == [3]
    rows[1][1]["number"] = "8"
    found = read_rows(MAP, "Pengaduan", rows, WORDS)
    assert (found.reasons, found.doubles) == ([], [("7", "8")])


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("[source]\nname = 'x'", None),
        ("= 3", None),
        ("[source]\nname='x'\n[complaints]\nnumber='A'\ntext='B'", "received_on"),
        ("[source]\nname='x'\n[complaints]\nnumber='A'\ntext='B'\nreceived_on='C'\nnik='D'", "nik"),
        ("[source]\nname='x'\n[complaints]\nnumber='A'\ntext='B'\nreceived_on={value='1',column='C'}", "received_on"),
        ("[source]\nname='x'\n[complaints]\nnumber='A'\ntext='B'\nreceived_on='C'\nstate={value='gone'}", "state"),
        ("[source]\n[complaints]\nnumber='A'\ntext='B'\nreceived_on='C'", "name"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_says_which_field(text, field):
    with pytest.raises(Refusal) as refused:
        read_map(text)
    assert refused.value.reasons[0].where.get("field") == field


def test_a_word_without_a_meaning_is_a_wrong_cell_and_one_to_leave_is_left():
    text = """[source]\nname='x'\n[complaints]\nnumber='A'\ntext='B'\nreceived_on='C'
    [complaints.state]\ncolumn='D'\nvalues={ Open='open', Test='leave' }"""
    mapping = read_map(text)
    rows = [{"A": str(at), "B": "Contoh", "C": "3/5/2004", "D": word} for at, word in enumerate(("open", "Test", "Odd"))]  # fmt: skip
    found = read_rows(mapping, "CSV", enumerate(rows, start=2), WORDS)
    assert (len(found.rows), found.left) == (2, 1)
    assert [(one.where["row"], one.where["column"]) for one in found.reasons] == [(4, "D")]


days = st.dates(date(2004, 1, 1), date(2005, 5, 12))


@given(days, st.integers(0, 90), st.none() | st.integers(0, 200), st.integers(0, 400), st.integers(0, 400))  # fmt: skip
def test_what_lay_elsewhere_is_late_by_its_own_limit_and_climbs_only_here(begun, limit, took, came, looked):  # fmt: skip
    """While it lies elsewhere it stays at its level, whatever day one looks at."""
    due = begun + timedelta(days=limit)
    ended = None if took is None else begun + timedelta(days=took)
    elsewhere = begun + timedelta(days=came)
    on = begun + timedelta(days=looked)
    end = None if ended is None or ended > on else ended
    found = standing([Turn(begun, "ward", end, due, elsewhere)], RULE, on)
    assert found.overdue == ((end or on) > due)
    if (end or on) <= elsewhere:
        assert (found.level, found.climbs) == ("ward", 0)
    for before, after in zip(found.stays, found.stays[1:], strict=False):
        assert after.since == before.ended + timedelta(days=1)
