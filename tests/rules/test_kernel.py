"""Money, shares, dates, reasons: worked examples and properties."""

import subprocess
import sys
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.kernel import clock, ids
from pendamping.kernel.money import divide, format_rupiah, round_to, split_evenly, unbroken
from pendamping.kernel.period import Period, add_months, whole_months
from pendamping.kernel.refusal import Reason, Refusal, refuse, refuse_if, shown
from pendamping.kernel.share import Share

amounts = st.integers(0, 10**15)
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(amounts, st.integers(1, 400))
def test_parts_sum_to_the_whole_and_only_the_last_differs(total, parts):
    split = split_evenly(total, parts)
    assert sum(split) == total
    assert len(split) == parts
    assert set(split[:-1]) <= {total // parts}
    assert 0 <= split[-1] - total // parts < parts


@given(amounts, st.integers(1, 10**6), st.sampled_from(["down", "half-up", "half-even"]))
def test_rounding_is_within_half_a_unit_or_one_when_down(numerator, denominator, rounding):
    gap = Fraction(numerator, denominator) - divide(numerator, denominator, rounding)
    assert 0 <= gap < 1 if rounding == "down" else abs(gap) <= Fraction(1, 2)


@given(amounts, st.integers(1, 10**6))
def test_half_even_agrees_with_an_exact_fraction(numerator, denominator):
    assert divide(numerator, denominator, "half-even") == round(Fraction(numerator, denominator))


@given(amounts, st.integers(1, 10**5))
def test_rounding_to_a_step_gives_a_multiple(amount, step):
    assert round_to(amount, step) % step == 0
    assert 0 <= amount - round_to(amount, step) < step


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "Rp 0"),
        (999, "Rp 999"),
        (1000, "Rp 1.000"),
        (1500000, "Rp 1.500.000"),
        (-250, "-Rp 250"),
    ],
)
def test_rupiah_are_written_as_on_paper(amount, written):
    assert format_rupiah(amount) == written


@given(amounts, st.integers(0, 100))
def test_on_a_page_no_amount_and_no_share_can_be_broken_over_two_lines(amount, percent):
    text = f"Angsuran {format_rupiah(amount)}, jasa {percent} % sebulan."
    assert unbroken(text).split(" ") == [
        "Angsuran",
        format_rupiah(amount).replace(" ", "\u00a0") + ",",
        "jasa",
        f"{percent}\u00a0%",
        "sebulan.",
    ]


def test_the_poor_of_empang_are_eighteen_point_one_percent():
    share = Share(625, 3448)
    assert share.percent() == "18,1 %"
    assert share.as_json() == {"fraction": "625/3448", "value": 625 / 3448}


def test_a_share_of_nothing_does_not_apply():
    share = Share(0, 0)
    assert share.value is None
    assert share.percent() == "–"
    assert not share.at_least(0)


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 100))
def test_a_share_reaches_a_percentage_exactly(part, whole, percent):
    assert Share(part, whole).at_least(percent) == (Fraction(part, whole) * 100 >= percent)


@given(days, st.integers(0, 240))
def test_months_later_keep_the_day_or_take_the_last_of_a_shorter_month(start, months):
    later = add_months(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day == start.day or (later + timedelta(days=1)).day == 1
    assert whole_months(start, later) == months


@given(days, days, days)
def test_a_period_contains_what_it_overlaps(a, b, day):
    period = Period(min(a, b), max(a, b))
    assert period.contains(day) == period.overlaps(Period(day, day))


def test_a_refusal_says_every_reason_in_the_language_that_is_given():
    reasons = [
        Reason("groups.x.min_members", "{count} members are too few", {"count": 4}, {"group": "1"}),
        Reason("groups.x.pledge", "The pledge is missing"),
    ]
    with pytest.raises(Refusal) as caught:
        refuse_if(reasons)
    dictionary = {"{count} members are too few": "{count} anggota belum cukup"}
    said = [reason.say(lambda text: dictionary.get(text, text)) for reason in caught.value.reasons]
    assert said == ["4 anggota belum cukup", "The pledge is missing"]
    assert reasons[0].as_json()["where"] == {"group": "1"}


def test_days_and_thousands_in_a_reason_are_written_as_the_language_writes_them():
    reason = Reason(
        "a.b", "{day} and {count} in row {row} of {place}",
        {"day": "2005-05-25", "count": 3448, "row": 1200, "place": "05/02"},
    )  # fmt: skip
    words = {"May": "Mei", "3,448": "3.448"}
    assert reason.say(lambda text: words.get(text, text)) == (
        "25 Mei 2005 and 3.448 in row 1200 of 05/02"
    )
    assert reason.say(str) == "25 May 2005 and 3,448 in row 1200 of 05/02"
    assert "2005-05-25 and 3448" in reason.say()


@given(days)
def test_a_day_reads_the_same_as_date_and_in_iso_form(day):
    assert shown(day, str) == shown(day.isoformat(), str)
    assert str(day.year) in shown(day, str)


@given(st.integers(-(10**9), 10**9))
def test_grouping_a_number_keeps_its_digits(number):
    assert int(str(shown(number, str)).replace(",", "")) == number


def test_no_reasons_refuse_nothing_but_a_refusal_without_reasons_is_a_mistake():
    refuse_if([])
    with pytest.raises(ValueError, match="at least one reason"):
        Refusal([])
    assert isinstance(refuse("a.b", "No {what}", what="x"), Refusal)


def test_ids_sort_by_time_and_repeat_only_where_a_seed_is_set():
    def two(moment):
        with clock.at(moment), ids.seeded("test"):
            return [ids.new_id(), ids.new_id()]

    first, later = two(date(2004, 5, 12)), two(date(2004, 5, 13))
    assert first == two(date(2004, 5, 12))
    assert len(set(first)) == 2
    assert max(first) < min(later)
    assert ids.new_id() != ids.new_id()
    assert len(ids.new_id()) == 26


def test_the_clock_stands_only_within_its_block():
    with clock.at(date(2005, 5, 12)):
        assert clock.today() == date(2005, 5, 12)
        assert clock.wall().date() != date(2005, 5, 12)
    assert clock.today() != date(2005, 5, 12)


def test_ids_of_one_millisecond_sort_as_they_were_made_seeded_or_not():
    with clock.at(datetime(2005, 5, 12, 9, tzinfo=clock.JAKARTA)):
        found = [ids.new_id() for _ in range(500)]
        with ids.seeded("empang"):
            again = [ids.new_id() for _ in range(500)]
    assert found == sorted(set(found))
    assert again == sorted(set(again))


def test_processes_that_were_forked_do_not_go_on_with_each_others_ids():
    # one write per line: printed lines of two processes may run into each other
    with clock.at(datetime(2005, 5, 12, 9, tzinfo=clock.JAKARTA)):
        first = ids.new_id()
        run = "from pendamping.kernel import clock, ids; from datetime import datetime\n"
        run += "import os\n"
        run += "with clock.at(datetime(2005, 5, 12, 9, tzinfo=clock.JAKARTA)):\n"
        run += "    ids.new_id(); child = os.fork()\n"
        run += "    os.write(1, f'{ids.new_id()}\\n'.encode())\n"
        run += "    os.waitpid(child, 0) if child else os._exit(0)\n"
        done = subprocess.run(
            [sys.executable, "-c", run], capture_output=True, text=True, check=True
        )
    assert len({first, *done.stdout.split()}) == 3
