"""An outside witness: beancount's own checker reads the export."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from tests.staging import staged

pytestmark = pytest.mark.django_db

CHECKER = Path(sys.executable).with_name("bean-check")


def check(text: str, folder: Path) -> subprocess.CompletedProcess:
    path = folder / "books.beancount"
    path.write_text(text)
    return subprocess.run([CHECKER, path], capture_output=True, text=True, check=False)


@staged
def journal(cast):
    ledger.open_books(by=cast.treasurer, ward=cast.ward, on=date(2004, 2, 1))
    vouchers = [
        ("in", "cash", "programme_capital", 100_000_000, 'Modal "BLM" \\ tahap 1'),
        ("transfer", "bank", "cash", 60_000_000, "Setor ke bank"),
        ("out", "stationery", "cash", 45_500, "Alat tulis"),
    ]
    entries = [
        ledger.record_voucher(
            by=cast.treasurer,
            ward=cast.ward,
            on=date(2004, 5, 10 + number),
            kind=kind,
            debit=debit,
            credit=credit,
            amount=amount,
            narration=narration,
        )
        for number, (kind, debit, credit, amount, narration) in enumerate(vouchers)
    ]
    ledger.reverse(
        by=cast.treasurer,
        ward=cast.ward,
        entry_id=entries[-1].id,
        on=date(2004, 5, 13),
        why="nota ganda",
    )
    return books.beancount(cast.ward)


def test_beancount_accepts_the_export(journal, tmp_path):
    found = check(journal, tmp_path)
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize(
    "wrong", [("  45500 IDR", "  45501 IDR"), ("  60000000 IDR", "  60000001 IDR")]
)
def test_beancount_refuses_the_export_with_one_rupiah_off(journal, tmp_path, wrong):
    changed = journal.replace(*wrong, 1)
    assert changed != journal
    assert check(changed, tmp_path).returncode == 1


def test_beancount_refuses_the_export_with_one_entry_left_out(journal, tmp_path):
    parts = journal.split("\n\n")
    assert check("\n\n".join(parts[:-2] + parts[-1:]), tmp_path).returncode == 1
