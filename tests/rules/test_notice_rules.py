"""Rules of the public board: what is hidden cannot be worked out; names and numbers of persons stay away."""

import zlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.complaints.rules import published_until
from pendamping.notice.rules import (
    LONGEST_LINE,
    candidates,
    hidden_groups,
    line_of,
    masked,
    plain_photo,
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
    assert len(line.splitlines()) <= 1
    assert bool(line) == any(part.strip() for part in parts)


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


PLACE_AND_TIME = b"GPS 6.61 S 106.79 E 2004:09:20 08:15"


def segment(marker, body):
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2) + body


def exif(turned):
    """An Exif segment that says how the picture is turned, and where and when it was taken."""
    entry = b"\x12\x01\x03\x00\x01\x00\x00\x00" + bytes([turned, 0, 0, 0])
    note = b"\x86\x92\x07\x00" + len(PLACE_AND_TIME).to_bytes(4, "little") + b"\x26\x00\x00\x00"
    head = b"II*\x00\x08\x00\x00\x00\x02\x00" + entry + note + b"\x00\x00\x00\x00"
    return segment(0xE1, b"Exif\x00\x00" + head + PLACE_AND_TIME)


SCAN = b"\x12\xff\x00\x34\xff\xd0\x56"  # data with a stuffed byte and a restart
PICTURE = (
    segment(0xDB, b"\x00" * 65)
    + segment(0xC2, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00")
    + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
    + SCAN
    + segment(0xC4, b"\x00" * 20)
    + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
    + SCAN
)
JPEG = (
    b"\xff\xd8" + segment(0xE0, b"JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00") + exif(6)
    + segment(0xED, b"Photoshop " + PLACE_AND_TIME) + segment(0xFE, PLACE_AND_TIME) + PICTURE + b"\xff\xd9"
    + b"\xff\xd8" + exif(1) + PICTURE + b"\xff\xd9"  # a second picture that the phone hangs on
)  # fmt: skip


def chunk(name, body):
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)


def test_a_photograph_keeps_its_picture_and_how_it_is_turned_and_nothing_else():
    kind, plain = plain_photo(JPEG)
    assert kind == "jpeg"
    assert PICTURE in plain
    assert plain.count(b"\xff\xd8") == 1
    assert PLACE_AND_TIME not in plain
    assert b"JFIF" in plain
    turned = plain.split(b"Exif\x00\x00")[1]
    assert turned.startswith(
        b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06"
    )
    assert plain_photo(plain) == (kind, plain)


def test_a_drawing_keeps_its_picture_and_loses_what_is_written_beside_it():
    whole = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\x00" * 13) + chunk(b"gAMA", b"\x00\x00\xb1\x8f")
    )
    texts = chunk(b"tEXt", b"Comment\x00" + PLACE_AND_TIME) + chunk(b"eXIf", PLACE_AND_TIME)
    rest = chunk(b"IDAT", b"picture") + chunk(b"IEND", b"")
    assert plain_photo(whole + texts + rest + PLACE_AND_TIME) == ("png", whole + rest)


@given(st.integers(0, len(JPEG) - len(PICTURE) - 60))
def test_a_photograph_that_is_cut_short_is_none(cut):
    short = JPEG[:cut]
    if b"\xff\xd9" not in short:
        assert plain_photo(short) is None


@pytest.mark.parametrize(
    "frame", [b"\xff\xd8\xff\xd9", b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0IEND\xaeB`\x82"]
)
def test_a_frame_without_a_picture_is_none(frame):
    assert plain_photo(frame) is None


@given(st.binary(max_size=80))
def test_anything_else_is_no_photograph(content):
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        found = plain_photo(start + content)
        assert found is None or found[1].startswith(start[:2])
