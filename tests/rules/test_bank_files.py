"""OFX and MT940: what a file says, held against another reader; what is wrong is named by its line."""

import io
import logging
import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.upk.bank import files
from pendamping.funds.upk.rules import bank_file, bank_mt940, bank_ofx, statement
from pendamping.kernel.refusal import Refusal
from tests.books.statements import LINES, mt940, ofx, ofx_xml

SHIPPED = {"ofx of the first kind": ofx(), "ofx of the second kind": ofx_xml(), "mt940": mt940()}


def read(content):
    return files.read(content.encode() if isinstance(content, str) else content)


def lines_of(file):
    header, *rows = file.rows
    return statement.read(rows, statement.guess(header))


def why(content):
    with pytest.raises(Refusal) as found:
        read(content)
    return [(one.clause, one.where.get("line")) for one in found.value.reasons]


@pytest.mark.parametrize("content", SHIPPED.values(), ids=SHIPPED)
def test_every_format_says_the_same_lines_and_balances(content):
    file = read(content)
    found = lines_of(file)
    assert (file.number, found.opening, found.closing, found.wrong) == (
        "0001112223", 0, 8_007_000, (),
    )  # fmt: skip
    assert [(one.on, one.amount) for one in found.lines] == [(on, sum_) for on, sum_, _ in LINES]
    assert [one.text for one in found.lines] == [text for _, _, text in LINES]


@pytest.mark.parametrize("content", [ofx(), ofx_xml()], ids=["sgml", "xml"])
def test_the_library_that_is_strict_about_ofx_reads_the_same(content):
    from ofxtools.Parser import OFXTree

    logging.getLogger("ofxtools").setLevel(logging.ERROR)
    tree = OFXTree()
    tree.parse(io.BytesIO(content.encode()))
    told = tree.convert().statements[0]
    found = lines_of(read(content))
    assert [(one.dtposted.date(), int(one.trnamt)) for one in told.transactions] == [
        (one.on, one.amount) for one in found.lines
    ]
    assert (told.account.acctid, int(told.ledgerbal.balamt)) == ("0001112223", found.closing)


def test_the_library_reads_the_same_of_a_whole_mt940():
    import mt940 as library

    told = library.parse(mt940())
    assert [int(one.data["amount"].amount) for one in told] == [sum_ for _, sum_, _ in LINES]
    assert int(told.data["final_closing_balance"].amount.amount) == 8_007_000


days = st.dates(date(2004, 1, 1), date(2004, 12, 31))
sums = st.integers(-(10**11), 10**11).filter(bool)
moved = st.lists(st.tuples(days, sums), min_size=1, max_size=12)


@given(moved, st.integers(0, 10**10), st.sampled_from([ofx, ofx_xml, mt940]))
def test_the_balances_are_those_of_the_lines_whatever_they_are(found, opening, write):
    told = [(on, sum_, f"baris {no}") for no, (on, sum_) in enumerate(sorted(found))]
    said = lines_of(read(write(told, opening=opening)))
    assert (said.opening, said.closing) == (opening, opening + sum(one for _, one in found))
    assert sorted((one.on, one.amount) for one in said.lines) == sorted(found)


def test_a_day_and_an_amount_that_cannot_be_read_are_named_by_their_lines():
    wrong = mt940().replace(":61:040520", ":61:040532").replace("C15000,00", "C1x,00")
    lines = wrong.split("\n")
    at = [no for no, line in enumerate(lines, start=1) if "040532" in line or "C1x" in line]
    assert why(wrong) == [("upk.bank.field", no) for no in at]
    wrong = ofx().replace("20040520", "20040532").replace("<TRNAMT>15000.00", "<TRNAMT>lima belas")
    at = [
        no for no, line in enumerate(wrong.split("\n"), start=1) if "0532" in line or "lima" in line
    ]
    assert why(wrong) == list(zip(("upk.bank.ofx_day", "upk.bank.ofx_amount"), at, strict=True))


def test_a_row_that_is_missing_or_doubled_parts_from_the_closing_balance():
    lines = mt940().split("\n")
    first = next(no for no, line in enumerate(lines) if line.startswith(":61:"))
    end = next(no for no, line in enumerate(lines, start=1) if line.startswith(":62F:"))
    doubled = lines[: first + 2] + lines[first : first + 2] + lines[first + 2 :]
    assert why("\n".join(doubled)) == [("upk.bank.repeats", first + 3), ("upk.bank.sum", end + 2)]
    assert why("\n".join(lines[:first] + lines[first + 2 :])) == [("upk.bank.sum", end - 2)]
    tags = ofx().split("<STMTTRN>")
    doubled = "<STMTTRN>".join([*tags[:2], *tags[1:]])
    assert [clause for clause, _ in why(doubled)] == ["upk.bank.repeats"]


def test_statements_of_single_days_follow_each_other_and_a_missing_one_is_named():
    pages, running = [], 0
    for on, sum_, text in LINES:
        pages.append(mt940([(on, sum_, text)], opening=running))
        running += sum_
    assert lines_of(read("\n".join(pages))).closing == 8_007_000
    assert lines_of(read("\n".join(pages[::-1]))).opening == 0
    found = why("\n".join([pages[0], *pages[2:]]))
    assert [clause for clause, _ in found] == ["upk.bank.page"]


def test_other_accounts_and_other_money_are_named():
    other = mt940().replace("0001112223", "0009998887")
    assert why(mt940() + "\n" + other)[0][0] == "upk.bank.two_accounts"
    assert {clause for clause, _ in why(mt940().replace("IDR", "USD"))} == {"upk.bank.currency"}
    assert [clause for clause, _ in why(ofx().replace("IDR", "USD"))] == ["upk.bank.currency"]


def test_a_file_without_an_end_or_with_lines_outside_is_refused():
    cut = mt940()[: mt940().index(":62F:")]
    assert [clause for clause, _ in why(cut)] == ["upk.bank.ends"]
    loose = mt940() + "\n:61:0406010601C1,00NMSCX"
    assert [clause for clause, _ in why(loose)] == ["upk.bank.field"]


def test_broken_writing_is_named_by_its_line():
    tags = (
        ofx().replace("CHARSET:1252", "CHARSET:NONE").replace("ENCODING:USASCII", "ENCODING:UTF-8")
    )
    line = next(no for no, one in enumerate(tags.split("\n"), start=1) if "Bunga" in one)
    broken = tags.encode().replace(b"Bunga", b"B\xfcnga")
    assert why(broken) == [("upk.bank.sign", line)]
    assert "Bünga" in str(read(ofx().encode().replace(b"Bunga", b"B\xfcnga")).rows)
    control = mt940().replace("Bunga", "Bu\x00nga")
    assert [clause for clause, _ in why(control)] == ["upk.bank.sign"]
    assert lines_of(read(ofx().encode("utf-16"))).closing == 8_007_000
    assert lines_of(read(mt940().replace("\n", "\r\n").encode("utf-8-sig"))).closing == 8_007_000


BOMBS = {
    "entities": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><OFX>&b;</OFX>',
    "tags without end": "OFXHEADER:100\n\n<OFX>" + "<STMTTRN>" * 400_000,
    "one endless field": "OFXHEADER:100\n\n<OFX><STMTTRN><NAME>" + "a" * 4_000_000,
    "transactions without end": mt940([(date(2004, 5, 1), 1, "x")] * 6_000),
    "an endless line": ":20:A\n:25:1\n:60F:C040501IDR0,00\n:61:" + "0" * 4_000_000,
    "spaces": ":20:A\n:25:1\n:60F:C040501IDR0,00\n:61:0405010501C1,00N" + " " * 1_900 + "\n",
}


@pytest.mark.parametrize("content", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused(content):
    with pytest.raises(Refusal) as found:
        read(content)
    assert 0 < len(found.value.reasons) <= bank_file.MOST_NAMED


def test_no_soiled_file_ends_in_anything_but_lines_or_reasons():
    chance = random.Random(7)
    for _ in range(600):
        content = bytearray(chance.choice([ofx(), ofx_xml(), mt940()]).encode())
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(content))
            piece = bytes(
                chance.choice(b"<>:?/,.0-9AZ\x00\xff\n") for _ in range(chance.randint(0, 4))
            )
            content[at : at + chance.randint(0, 30)] = piece
        try:
            file = files.read(bytes(content))
        except Refusal:
            continue
        assert all(len(row) >= 1 for row in file.rows)


def test_a_taken_back_credit_leaves_and_the_day_of_entry_counts_over_the_year():
    text = (
        ":20:A\n:25:014/000-111\n:60F:C041231IDR1000,00\n"
        ":61:0412310103RC400,00NTRFNONREF//77\nsalah kirim\n:86:batal\n:62F:C050103IDR600,00\n-"
    )
    found = bank_mt940.read(text.split("\n"))
    assert [(one.on, one.sen, one.text, one.reference) for one in found.entries] == [
        (date(2005, 1, 3), -40_000, "batal", "77")
    ]
    assert found.number == "000111"


def test_leaves_keep_their_lines():
    found = list(bank_ofx.leaves(["<A>", "<B>x", "", "<C>&amp;y</C>"]))
    assert [(one.tag, one.text, one.line) for one in found if not one.end] == [
        ("A", "", 1), ("B", "x", 2), ("C", "&y", 4),
    ]  # fmt: skip
