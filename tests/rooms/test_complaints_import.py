"""A register from elsewhere comes in whole: a city's real one, and a ward's own book."""

import csv
import io
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from openpyxl import Workbook, load_workbook

from pendamping.cli import site
from pendamping.cli.main import main
from pendamping.complaints import actions, facts, queries
from pendamping.complaints.importing import HEADINGS, own_map
from pendamping.complaints.models import Complaint, Step, Told
from pendamping.complaints.rules import figures
from pendamping.complaints.rules.mapping import read_map
from pendamping.complaints.workbook import template
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from tests.architecture.source import ROOT
from tests.conftest import DATA
from tests.rooms.test_ledger_attacks import attack

pytestmark = pytest.mark.django_db

REAL = DATA / "baltimore-311-requests" / "311_first_half.csv"
MAP = ROOT / "docs" / "complaints" / "baltimore-311-requests.toml"
AFTER = date(2019, 2, 20)
BOOK = own_map("Buku pengaduan")
TODAY = date(2005, 5, 12)
ROWS = [
    {"number": 1, "received_on": datetime(2004, 5, 3), "text": "Semen tidak sampai seluruhnya.",
     "name": "Warga Contoh Pelapor", "contact": "0812-0000-1234", "closed_on": datetime(2004, 5, 20),
     "answer": "Semen sudah dikirim.", "confirmed": "ya"},
    {"number": 2, "received_on": "10/5/2004", "text": "Uang iuran kurang.", "misuse": "ya",
     "amount": 250000, "recovered": "100.000", "due_on": "14/5/2004"},
    {"number": 3, "received_on": "4/1/2005", "text": "Kapan jalan dikerjakan?", "kind": "Informatif",
     "answered_on": "6/1/2005"},
]  # fmt: skip


def workbook(rows=ROWS, more=()):
    book = Workbook()
    sheet = book.active
    sheet.title = "Pengaduan"
    sheet.append(["Buku pengaduan BKM Contoh"])
    sheet.append([*HEADINGS.values(), *more])
    for row in rows:
        sheet.append([row.get(name) for name in HEADINGS] + [row.get(name) for name in more])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def on_that_day():
    with clock.at(TODAY):
        yield


def take_in(cast, content=None, by=None, mapping=BOOK):
    return actions.import_register(
        by=by or cast.facilitator, ward=cast.ward, content=content or workbook(), mapping=mapping
    )


def reasons(refused):
    return [(one.where.get("row"), one.where.get("column")) for one in refused.value.reasons]


def test_a_book_comes_in_with_its_days_and_those_of_its_entry(cast):
    take_in(cast)
    assert queries.check(cast.ward) == []
    first, second, third = Complaint.objects.order_by("received_on")
    assert [queries.number(one) for one in (first, second, third)] == [
        "PPM-2004-001", "PPM-2004-002", "PPM-2005-001",
    ]  # fmt: skip
    assert {one.entered_on for one in (first, second, third)} == {TODAY}
    assert (first.status, first.confirmed, first.closed_on) == ("closed", True, date(2004, 5, 20))
    assert (second.status, second.amount, second.recovered) == ("open", 250_000, 100_000)
    assert (third.status, third.answered_on) == ("answered", date(2005, 1, 6))
    kinds = [step.kind for step in first.steps.order_by("number")]
    assert kinds == ["received", "confirmed"]
    assert queries.steps(queries.complaint(cast.ward, first.id))[-1].text == "Semen sudah dikirim."
    events = trail.of_record(f"complaint:{first.id}")
    assert [(one.verb, one.on) for one in events] == [
        ("complaints.import_register", date(2004, 5, 3))
    ]


def test_what_its_limit_says_late_is_late_and_lies_with_the_level_above_from_today_on(cast):
    """By hand: due 14 May 2004, open: late from 15 May. It came in here on 12 May 2005: until the 11th it lay in
    the ward, since then in the sub-district. The first ended on 20 May; 7 working days from 3 May are the 12th."""
    assert take_in(cast).counts(TODAY)["past_their_day"] == 2
    first, second, third = [
        queries.complaint(cast.ward, one.id) for one in Complaint.objects.order_by("received_on")
    ]
    stands = queries.line(second, date(2004, 5, 14)).stands
    assert (stands.overdue, stands.level) == (False, "ward")
    stands = queries.line(second, date(2004, 5, 15)).stands
    assert (stands.overdue, stands.level, stands.due) == (True, "ward", date(2004, 5, 14))
    stands = queries.line(second, TODAY).stands
    assert (stands.overdue, stands.level, stands.since) == (True, "subdistrict", TODAY)
    assert [queries.line(one, TODAY).stands.overdue for one in (first, third)] == [True, False]


def test_nothing_of_a_person_comes_in_that_our_form_does_not_keep(cast):
    nik = "3271014505800001"
    take_in(cast, workbook([{**ROWS[0], "NIK": nik}], more=["NIK"]))
    one = Complaint.objects.get()
    told = queries.said(queries.complaint(cast.ward, one.id))
    assert told == {"text": "Semen tidak sampai seluruhnya."}
    for model in (Complaint, Told, Step):
        for row in model.objects.values():
            assert nik not in str(row)
            assert "Pelapor" not in str(row)


def test_wrong_cells_are_named_all_at_once_and_nothing_is_saved(cast):
    wrong = [
        {**ROWS[0], "received_on": "kapan"},
        {**ROWS[1], "amount": "banyak"},
        {**ROWS[2], "number": 2},
    ]
    with pytest.raises(Refusal) as refused:
        take_in(cast, workbook(wrong))
    assert reasons(refused) == [
        (3, "Tanggal diterima"), (4, "Nilai (Rp)"), (4, "Nilai (Rp)"), (4, "Kembali (Rp)"), (5, "Nomor"),
    ]  # fmt: skip
    assert not Complaint.objects.exists()


def test_a_book_that_is_sent_again_brings_what_is_new(cast):
    take_in(cast)
    with pytest.raises(Refusal) as refused:
        take_in(cast)
    assert refused.value.reasons[0].clause == "complaints.file"
    grown = [*ROWS, {"number": 4, "received_on": "5/5/2005", "text": "Papan belum diperbarui."}]
    grown[1] = {**ROWS[1], "closed_on": "1/5/2005"}
    found = take_in(cast, workbook(grown))
    assert [one.said["number"] for one in found.rows] == ["4"]
    assert [one.clause for one in found.notes] == ["complaints.differs"]
    assert Complaint.objects.count() == 4
    assert Complaint.objects.get(origin_number="2").status == "open"


@pytest.mark.parametrize("who", ["cadre", "treasurer", "verifier", "officer", "lead", "stranger"])
def test_who_does_not_keep_the_register_takes_none_in(cast, who):
    with pytest.raises(Refusal) as refused:
        take_in(cast, by=cast.players[who])
    assert refused.value.reasons[0].clause.startswith("access.")


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "file"),
        (b"PK\x03\x04broken", "workbook"),
        (b"a,b\n1,2\n", "file"),
        (b"\x00\x01\x02", "not_text"),
    ],
)
def test_a_file_that_is_no_register_says_why(cast, content, part):
    with pytest.raises(Refusal) as refused:
        take_in(cast, content or b" ")
    assert refused.value.reasons[0].clause.endswith(part)


def test_where_a_complaint_came_from_never_changes(cast):
    take_in(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        attack(by=cast.system, sql=["UPDATE complaints_complaint SET due_on = '2009-01-01'"])


def test_the_page_shows_what_it_will_do_and_takes_it_in_on_the_second_word(client, cast):
    client.force_login(cast.facilitator)
    address = f"/w/{cast.ward}/complaints/import/"
    assert client.get(f"{address}template.xlsx").content[:2] == b"PK"
    sent = {"origin": "Buku pengaduan", "file": io.BytesIO(workbook([{**ROWS[0], "text": ""}]))}
    sent["file"].name = "buku.xlsx"
    wrong = client.post(address, sent)
    assert wrong.status_code == 409
    assert "Isi pengaduan" in wrong.content.decode()
    file = io.BytesIO(workbook())
    file.name = "buku.xlsx"
    looked = client.post(address, {"origin": "Buku pengaduan", "file": file})
    assert looked.status_code == 200
    assert not Complaint.objects.exists()
    [waiting] = re.findall(r'name="waiting" value="(\w+)"', looked.content.decode())
    assert "Warga Contoh Pelapor" not in looked.content.decode()
    done = client.post(address, {"waiting": waiting})
    assert (done.status_code, Complaint.objects.count()) == (302, 3)
    again = client.post(address, {"waiting": waiting})
    assert (again.status_code, Complaint.objects.count()) == (409, 3)
    assert client.post(address, {"waiting": "none"}).status_code == 409


def test_the_empty_workbook_is_one_that_comes_in(cast):
    book = load_workbook(io.BytesIO(template(str)))
    sheet = book["Pengaduan"]
    for at, name in enumerate(HEADINGS, start=1):
        sheet.cell(2, at, ROWS[0].get(name))
    out = io.BytesIO()
    book.save(out)
    assert len(take_in(cast, out.getvalue()).rows) == 1


@pytest.mark.skipif(not REAL.exists(), reason=f"no {REAL}")
def test_a_citys_real_register_comes_in_whole_and_its_overdue_are_found(cast):
    """Counted again from the raw file, in another way: against the file's own limit, or where it has none against
    seven weekdays by the calendar."""
    with clock.at(AFTER):
        found = take_in(cast, REAL.read_bytes(), mapping=read_map(MAP.read_text()))
        assert (len(found.rows), found.reasons) == (4999, [])
        told = figures(queries.rows(cast.ward, date(2014, 1, 1), AFTER))
    every = list(Complaint.objects.prefetch_related("steps"))
    for on in (date(2016, 7, 1), date(2018, 12, 31), AFTER):
        there = [one for one in every if one.received_on <= on]
        ours = {one.origin_number for one in there if facts.stands(one, on).overdue}
        assert ours == set(_overdue(on))
    assert (told.received, told.closed, told.overdue) == (4999, 4888, len(ours))
    assert queries.check(cast.ward) == []


def _overdue(on):
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            created, due, closed = (
                _day(row[name]) for name in ("CreatedDate", "DueDate", "CloseDate")
            )
            if created > on:
                continue
            end = min(closed or on, on)
            late = end > due if due else _weekdays(created, end) > 7
            if late:
                yield row["ServiceRequestNum"]


def _day(text):
    return datetime.strptime(text[:10], "%m/%d/%Y").date() if text else None


def _weekdays(first, last):
    """Whole weeks times five, and what is left day by day."""
    weeks, rest = divmod((last - first).days, 7)
    return weeks * 5 + sum((last - timedelta(days=one)).isoweekday() < 6 for one in range(rest))


@pytest.mark.skipif(not REAL.exists(), reason=f"no {REAL}")
def test_the_command_looks_first_and_names_each_wrong_cell(cast, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(site, "start", lambda: None)
    file = Path(tmp_path) / "dirty.csv"
    head, first, *_rest = REAL.read_text(encoding="utf-8-sig").splitlines()
    file.write_text("\n".join([head, first, first.replace("04/12/2018", "99/12/2018", 1)]))
    with clock.at(AFTER):
        asked = ["complaints", "check", str(file), "--ward", cast.ward, "--map", str(MAP), "--json"]
        assert main(asked) == 1
        said = capsys.readouterr().out
        assert '"CreatedDate"' in said
        assert main(["complaints", "import", *asked[2:]]) == 1
    assert not Complaint.objects.exists()
