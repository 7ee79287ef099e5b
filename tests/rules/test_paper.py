"""PDF from data: what is in the data is on the paper, as text and nothing else."""

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from pendamping import paper
from pendamping.kernel import clock
from pendamping.paper import printing

TEMPLATE = printing.PACKAGE / "funds" / "loans" / "papers" / "receipt.typ"


def receipt(**changed):
    data = {
        "title": "Kuitansi", "ward": "Empang", "number": "2004/1", "day": "12 Agustus 2004",
        "from_label": "Diterima dari", "payer": "KSM Mawar", "group": "KSM Mawar", "loan": "Pinjaman 1",
        "lines": [["Jasa", "Rp 75.000"], ["Pokok", "Rp 500.000"]], "total_label": "Jumlah",
        "total": "Rp 575.000", "words": "lima ratus tujuh puluh lima ribu rupiah", "by_label": "Diterima oleh",
        "by": "Contoh Bendahara", "payer_label": "Penyetor", "reversed": "", "qr": paper.qr_svg("http://x/1"),
        "address": "http://x/1", "told": [["Sisa pokok", "Rp 2.000.000"]], "stamp": "", "why": "",
        "anew": [], "dated": "",
    }  # fmt: skip
    return paper.render(TEMPLATE, {**data, **changed})


def text_of(pdf):
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def test_a_receipt_of_a_payment_entered_later_says_both_days():
    both = "Dibayar tanggal 14 Desember 2004, dicatat tanggal 12 Mei 2005"
    assert both in text_of(receipt(dated=both))


def test_a_receipt_says_what_its_data_say():
    text = text_of(receipt())
    for part in ("Kuitansi", "KSM Mawar", "Rp 500.000", "Rp 575.000", "12 Agustus 2004"):
        assert part in text


@pytest.mark.parametrize(
    "name", ["#panic()", "$x$ *Ani*", '"] #read("/etc/passwd")', "Ani \\ Budi", "<b>"]
)
def test_markup_in_a_name_is_printed_as_it_is(name):
    assert " ".join(name.split()) in text_of(receipt(payer=name))


def test_the_same_data_gives_the_same_bytes_whatever_came_between():
    first = receipt()
    assert receipt(payer="KSM Melati") != first
    assert receipt() == first


def test_a_code_is_svg_that_a_page_may_carry():
    svg = paper.qr_svg("http://127.0.0.1:8000/w/32.71.01.1003/")
    assert svg.startswith("<svg")
    assert "style=" not in svg


def test_every_template_lies_inside_the_package():
    templates = [path for path in printing.PACKAGE.rglob("*.typ")]
    assert TEMPLATE in templates
    assert all(isinstance(path, Path) and printing.PACKAGE in path.parents for path in templates)


def test_every_paper_of_a_practice_wards_day_is_marked_also_the_second_and_the_third():
    with clock.practice(date(2005, 5, 12)):
        marked = [text_of(receipt(number=f"2005/{number}")) for number in (1, 2, 3)]
    assert [("LATIHAN" in text, f"2005/{n}" in text) for n, text in enumerate(marked, 1)] == [
        (True, True)
    ] * 3
    assert "LATIHAN" not in text_of(receipt())
