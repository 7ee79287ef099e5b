"""Rules of the public board: what is hidden cannot be worked out; names and numbers of persons stay away."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pendamping.complaints.rules import published_until
from pendamping.notice.rules import (
    LONGEST_LINE,
    candidates,
    hidden_groups,
    line_of,
    masked,
    shown_part,
)

SIZES = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 12), max_size=9)
LEAST = st.integers(2, 8)


@given(SIZES, LEAST)
def test_no_small_group_is_shown_and_what_is_hidden_is_never_one_group_nor_a_few_persons(
    sizes, least
):
    found = hidden_groups(sizes, least)
    assert {key for key, size in sizes.items() if size < least} <= found.groups
    if found.groups and not found.totals:
        assert len(found.groups) > 1
        assert sum(sizes[key] for key in found.groups) >= least
    if not found.groups:
        assert not found.totals


@given(SIZES, LEAST)
def test_no_group_is_hidden_without_need(sizes, least):
    found = hidden_groups(sizes, least)
    large = {key for key in found.groups if sizes[key] >= least}
    if len(large) > 1:  # one may be there to make it two; more only where persons are lacking
        last = max(large, key=lambda key: (sizes[key], key))
        rest = found.groups - {last}
        assert len(rest) < 2 or sum(sizes[key] for key in rest) < least


@given(st.integers(0, 60), st.integers(0, 60), LEAST)
def test_neither_a_part_of_those_who_came_nor_its_rest_is_a_few(part, rest, least):
    shown = shown_part(part, part + rest, least)
    if shown is not None:
        assert shown == part
        assert not 0 < part < least
        assert not 0 < rest < least


@given(st.lists(st.integers(0, 9), min_size=2, max_size=12), LEAST)
def test_what_a_later_page_of_complaints_adds_is_nothing_or_not_few(counts, least):
    months = [date(2004, number + 1, 1) for number in range(len(counts))]
    received = dict(zip(months, counts, strict=True))
    said = []
    for upto in range(1, len(months) + 1):
        until = published_until(received, months[:upto], least)
        said.append(sum(received[month] for month in months if until and month <= until))
    for before, after in zip([0, *said], said, strict=False):
        assert after == before or after - before >= least


@given(st.lists(st.text(min_size=1, max_size=90), min_size=1, max_size=4))
def test_a_line_fits_the_form_that_it_is_asked_in(parts):
    line = line_of(*parts)
    assert len(line) <= LONGEST_LINE
    assert "\n" not in line


def test_a_long_title_ends_at_a_word():
    line = line_of("Rencana", "Perbaikan saluran pembuangan air hujan " * 4, "Rp 12.000.000")
    assert len(line) <= LONGEST_LINE
    assert line.endswith(" …") is False
    assert line.endswith("…")


def test_a_resident_is_not_named_however_their_name_is_typed():
    text = "Bantuan untuk Warga Contoh Satu (NIK 3271 0141 0765 0001), telepon 0812-0000-1234."
    names = {"Warga Contoh Satu"}
    assert names <= candidates([text])
    assert masked(text, names) == "Bantuan untuk … (NIK …), telepon …."
    assert masked("BANTUAN UNTUK WARGA CONTOH SATU", names) == "BANTUAN UNTUK …"


def test_sums_dates_and_contracts_stay_as_they_are():
    text = "SP3/01/BKM/2004: Rp 110.000.000, 12-05-2004 sampai 31-07-2004"
    assert masked(text, ()) == text
