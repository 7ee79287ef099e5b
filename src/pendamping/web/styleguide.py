"""The living style page: every part in every state, with made-up figures of a made-up ward.

The sample words are Indonesian in both languages of the site: they stand for what people type.
"""

from datetime import date
from typing import Any

import segno
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pendamping.kernel.refusal import Reason
from pendamping.kernel.share import Share

QR = segno.make("https://pendamping.example/r/0142", error="m").svg_data_uri(scale=2, border=1)


def style(request: HttpRequest) -> HttpResponse:
    """The style page, for whoever builds or judges a page."""
    return render(request, "web/style.html", sample())


class LoanForm(forms.Form):
    """A form with every kind of field."""

    group = forms.CharField(
        label="Nama kelompok", help_text="Seperti tertulis di berita acara.", max_length=60
    )
    amount = forms.IntegerField(label="Pinjaman per anggota", widget=forms.TextInput)
    rate = forms.CharField(label="Jasa per bulan", required=False)
    handed = forms.DateField(
        label="Tanggal pencairan", widget=forms.DateInput(attrs={"type": "date"})
    )
    purpose = forms.ChoiceField(
        label="Jenis usaha",
        choices=[
            ("", "Pilih …"),
            ("warung", "Warung"),
            ("jahit", "Menjahit"),
            ("ternak", "Ternak"),
        ],
    )
    rhythm = forms.ChoiceField(
        label="Angsuran",
        widget=forms.RadioSelect,
        choices=[("month", "Tiap bulan"), ("week", "Tiap minggu")],
    )
    papers = forms.MultipleChoiceField(
        label="Berkas yang dibawa",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("pledge", "Pernyataan tanggung renteng"),
            ("book", "Buku tabungan kelompok"),
            ("roll", "Daftar hadir pelatihan"),
        ],
    )
    note = forms.CharField(label="Catatan rapat", required=False, widget=forms.Textarea)
    sheet = forms.FileField(
        label="Foto berita acara", required=False, help_text="JPG atau PDF, paling besar 5 MB."
    )
    agreed = forms.BooleanField(label="Semua anggota setuju dan menandatangani.")


def filled() -> LoanForm:
    """As it comes back with mistakes."""
    typed = {
        "group": "Melati 2",
        "amount": "750 ribu",
        "handed": "2004-05-12",
        "purpose": "warung",
    }
    form = LoanForm({f"wrong-{name}": value for name, value in typed.items()}, prefix="wrong")
    form.is_valid()
    form.errors["amount"] = form.error_class(
        ["Tulis angka saja, misalnya 500000.", "Pinjaman pertama paling besar Rp 500.000."]
    )
    form.errors["rhythm"] = form.error_class(["Pilih salah satu."])
    form.errors["agreed"] = form.error_class(["Centang setelah semua menandatangani."])
    return form


def reasons() -> list[Reason]:
    """A refusal as a rule gives it."""
    return [
        Reason(
            "loans.p2kp2.first_loan_max",
            "A first loan is at most {most} for each member; {group} asks for {asked}.",
            {"most": "Rp 500.000", "asked": "Rp 750.000", "group": "Kelompok Melati"},
        ),
        Reason(
            "loans.p2kp2.saving_months",
            "The group has saved for {months} months; {needed} months in a row are needed.",
            {"months": 2, "needed": 3},
        ),
        Reason(
            "loans.p2kp2.training",
            "{who} has not taken the business training.",
            {"who": "Ibu Contoh"},
        ),
    ]


LOANS = [
    ("Melati", "RW 03", 2_500_000, 750_000, date(2005, 5, 12), 1),
    ("Sumber Rejeki", "RW 07", 3_500_000, 1_925_000, date(2005, 5, 12), 2),
    ("Cempaka", "RW 01", 2_500_000, 2_000_000, date(2005, 2, 12), 3),
    ("Harapan Jaya", "RW 11", 5_000_000, 5_000_000, date(2004, 10, 12), 4),
]


def loans() -> list[dict[str, Any]]:
    """Rows of a loan list."""
    return [
        {"group": group, "rw": rw, "lent": lent, "rest": rest, "due": due, "number": number,
         "url": "#tables", "class": "is-warn" if number == 4 else ""}
        for group, rw, lent, rest, due, number in LOANS
    ]  # fmt: skip


WRONG_CELLS = [
    {"sheet": "Rumah tangga", "row": 14, "column": "NIK", "value": "327101440552",
     "reason": "NIK punya 16 angka; di sini 12."},
    {"sheet": "Rumah tangga", "row": 31, "column": "Jumlah jiwa", "value": "lima",
     "reason": "Tulis angka, misalnya 5."},
    {"sheet": "Anggota", "row": 88, "column": "Tanggal lahir", "value": "31/02/1970",
     "reason": "Tanggal ini tidak ada."},
]  # fmt: skip

TIMELINE = [
    {"day": date(2003, 11, 20), "title": "Rembug Kesiapan Masyarakat", "state": "done",
     "text": "112 orang hadir; warga menerima program."},
    {"day": date(2004, 2, 14), "title": "Pemetaan Swadaya", "state": "done",
     "text": "625 keluarga disahkan dalam daftar."},
    {"day": date(2004, 4, 30), "title": "PJM Pronangkis", "state": "late",
     "text": "Direncanakan empat bulan, berjalan enam bulan."},
    {"day": date(2005, 5, 12), "title": "Angsuran kesepuluh", "state": "now", "text": ""},
    {"day": date(2005, 6, 1), "title": "Serah terima ke BKM", "state": "", "text": ""},
]  # fmt: skip

CHANGES = [
    {"clause": "loans.first_loan_max", "old": "Rp 1.000.000", "new": "Rp 500.000"},
    {"clause": "groups.members_min", "old": None, "new": "5 orang"},
    {"clause": "meetings.rkm.quorum", "old": "Menurut tata tertib warga", "new": None},
]

BY_RW = [("RW 01", 61), ("RW 02", 48), ("RW 03", 92), ("RW 04", 35), ("RW 05", 74), ("RW 06", 27)]
BY_CLASS = [(41_200_000, 38), (12_650_000, 11), (6_400_000, 5), (2_750_000, 3), (1_500_000, 2)]
BY_MONTH = [
    ("Agu", 4_150_000), ("Sep", 4_900_000), ("Okt", 4_725_000), ("Nov", 3_300_000),
    ("Des", 3_950_000), ("Jan", 4_480_000), ("Feb", 4_100_000), ("Mar", 5_200_000),
    ("Apr", 4_650_000), ("Mei", 2_375_000),
]  # fmt: skip


def charts() -> dict[str, Any]:
    """Figures of the charts."""
    return {
        "by_rw": [{"label": rw, "value": n, "hot": n > 90} for rw, n in BY_RW],
        "by_class": [
            {"number": number, "value": value, "count": count}
            for number, (value, count) in enumerate(BY_CLASS, 1)
        ],
        "stages": STAGES,
        "by_month": [{"label": m, "value": v, "hot": v < 2_500_000} for m, v in BY_MONTH],
    }


def _stage(
    name: str, state: tuple[str, str, str], note: str, **bars: tuple[float, float]
) -> dict[str, Any]:
    """A row of the picture of the cycle: its bars as (at, wide) in percent of the width."""
    word, tone, icon = state
    places = {key: {"at": at, "wide": wide} for key, (at, wide) in bars.items()}
    said = {
        "planned_said": "13 Nov 2003 – 31 Des 2003",
        "ran_said": note,
        "expected_said": "–",
        "late_said": "–",
    }
    late = tone == "warn"
    return {
        "name": name,
        "state": word,
        "tone": tone,
        "icon": icon,
        "note": note,
        "late": late,
        **said,
        **places,
    }


STAGES = {
    "today": 72,
    "today_said": "12 Mei 2004",
    "marks": [{"at": 0, "said": "Nov 2003"}, {"at": 33, "said": "Jan 2004"}, {"at": 66, "said": "Mar 2004"}],
    "rows": [
        _stage("0 · Orientasi", ("selesai", "good", "check"), "20 Nov – 1 Des 2003", planned=(4, 24), actual=(8, 6)),
        _stage("1 · Rembug Kesiapan", ("berjalan", "warn", "clock"), "terlambat 13 hari", planned=(28, 20), actual=(30, 42)),
        _stage("2 · Refleksi", ("menunggu", "plain", "clock"), "rencana 29 Jan 2004", planned=(48, 20), ahead=(72, 20)),
    ],
}  # fmt: skip


def sample() -> dict[str, Any]:
    """Everything that the style page shows."""
    return {
        "form": LoanForm(),
        "wrong": filled(),
        "reasons": reasons(),
        "loans": loans(),
        "cells": WRONG_CELLS,
        "timeline": TIMELINE,
        "changes": CHANGES,
        "poor_share": Share(625, 3448),
        "women_share": Share(22, 56),
        "behind_share": Share(10, 59),
        "days": [date(2005, 5, 9), date(2005, 5, 12), date(2005, 5, 20), date(2005, 5, 2)],
        "qr": QR,
        **charts(),
    }
