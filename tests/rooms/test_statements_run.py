"""Plain statements of an open action, on either database: all of them or none, of any size."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.ledger.models import Lock, Turn
from pendamping.trail import statements
from pendamping.trail.models import Event
from pendamping.trail.statements import insert, read, run, update
from pendamping.trail.writing import WriteOutsideAction, migrating

pytestmark = pytest.mark.django_db
WARD = "32.71.01.1003"
FIELDS = ("ward", "seq", "verb", "actor", "record", "on", "entered_at", "data", "previous", "seal")


def turns(*desks):
    return insert(Turn, ("ward", "desk"), [(WARD, desk) for desk in desks])


def desks():
    return read("SELECT desk FROM ledger_turn WHERE ward = %s ORDER BY desk", WARD)


def event(number, data):
    moment = datetime(2005, 6, 1, 2, 3, 4, 567, tzinfo=UTC)
    return (WARD, number, "uji.uji", "", f"uji:{number}", date(2005, 6, 1), moment, data, "", "")


def test_each_statement_sees_what_those_before_it_wrote():
    with migrating(), transaction.atomic():
        assert run(desks(), turns("a"), desks(), turns("b", "c"), desks()) == [
            [],
            [],
            [("a",)],
            [],
            [("a",), ("b",), ("c",)],
        ]


def test_after_an_error_nothing_has_happened_and_the_connection_goes_on():
    for _ in range(2):  # the second time the statements are known to the server
        with migrating():
            with pytest.raises(IntegrityError), transaction.atomic():
                run(turns("a"), desks(), turns("b", "b"), turns("c"))
            with transaction.atomic():
                assert run(desks()) == [[]]


def test_values_of_any_size_and_kind_come_through():
    rows = [event(number, "ü%s" * chars) for number, chars in enumerate((0, 1, 90_000), start=1)]
    rows += [event(number, "x" * 3_000) for number in range(4, 304)]
    with migrating(), transaction.atomic():
        run(insert(Event, FIELDS, rows))
        stored = Event.objects.filter(ward=WARD, seq__lte=303).order_by("seq").values_list(*FIELDS)
        assert list(stored) == rows


SAID = ["", " ", "NULL", "null", '"', "\\", '\\"', "{a,b}", "a,b", "'", "%s", "ä\n\tz", "}{", " x "]


def test_texts_that_look_like_parts_of_a_list_stay_as_they_are():
    rows = [event(number, said) for number, said in enumerate(SAID, start=1)]
    with migrating(), transaction.atomic():
        run(insert(Event, FIELDS, rows))
        stored = Event.objects.filter(ward=WARD).order_by("seq").values_list("data", flat=True)
        assert list(stored) == SAID


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=9)
)
def test_any_text_comes_through_many_at_once(said):
    rows = [event(number, one) for number, one in enumerate(said, start=1)]
    with migrating(), transaction.atomic():
        run(insert(Event, FIELDS, rows))
        stored = Event.objects.filter(ward=WARD).order_by("seq").values_list("data", flat=True)
        assert list(stored) == said
        transaction.set_rollback(True)


def test_nothing_and_a_day_stand_beside_each_other():
    rows = [(f"{WARD}-{at}", until) for at, until in enumerate((None, date(2005, 4, 30)))]
    with migrating(), transaction.atomic():
        run(insert(Lock, ("ward", "until"), rows))
        assert list(Lock.objects.order_by("ward").values_list("until", flat=True)) == [
            None,
            date(2005, 4, 30),
        ]


def test_a_value_that_no_list_can_hold_is_refused():
    with pytest.raises(TypeError, match="float"):
        statements._array([1, 1.5])


def test_whole_numbers_of_any_length_fit_one_statement():
    numbers = (1, 40_000, 3_000_000_000, 9_000_000_000_000)
    with migrating(), transaction.atomic():
        for number in numbers:
            run(insert(Event, FIELDS, [event(number, "{}")]))
        asked = "SELECT seq FROM trail_event WHERE ward = %s AND seq >= %s ORDER BY seq"
        found = run(*(read(asked, WARD, number) for number in numbers))
        assert [len(rows) for rows in found] == [4, 3, 2, 1]


def test_outside_an_action_nothing_runs():
    with pytest.raises(WriteOutsideAction):
        run(update(Turn, ("desk",), [("b", 1)]))
