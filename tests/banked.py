"""A stage for tests of bank statements: a bank account that moved in May, and a statement that tells of it."""

from datetime import date

import pytest

from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk.bank import reading
from pendamping.funds.upk.rules import statement as rules
from pendamping.kernel import clock
from tests.staging import staged

MAY, ENTERED = date(2004, 5, 31), date(2004, 6, 2)
PLAIN = """PT Bank Contoh;;;;
Rekening 000-111;;;;
Tanggal;Uraian;Debet;Kredit;Saldo
12/05/2004;Setoran tunai UPK;;10.000.000,00;10.000.000,00
20/05/2004;Penarikan tunai;2.000.000,00;;8.000.000,00
31/05/2004;Bunga tabungan;;15.000,00;8.015.000,00
31/05/2004;Pajak bunga;3.000,00;;8.012.000,00
31/05/2004;Biaya administrasi;5.000,00;;8.007.000,00
Jumlah;;2.008.000,00;10.015.000,00;
"""


@staged
def banked(fund):
    """Ten million taken to the bank on 12 May, two fetched on 19 May."""
    move(fund, date(2004, 5, 12), "bank", "cash", 10_000_000)
    move(fund, date(2004, 5, 19), "cash", "bank", 2_000_000)
    return fund


@pytest.fixture
def unit(banked):
    with clock.at(ENTERED):
        yield banked


def move(cast, on, debit, credit, amount):
    ledger.record_voucher(
        by=cast.treasurer, ward=cast.ward, on=on, kind="transfer", debit=debit, credit=credit,
        amount=amount, narration="Setor bank",
    )  # fmt: skip


def upload(cast, content, account="bank", name="mei.csv"):
    given = content.encode() if isinstance(content, str) else content
    return upk.stage_statement(
        by=cast.treasurer, ward=cast.ward, account=account, filename=name, content=given
    )


def take(cast, content, **more):
    draft = upload(cast, content)
    header = more.pop("header", rules.header_row(draft.cells))
    columns = more.pop("columns", None) or rules.guess(draft.cells[header])
    return upk.take_statement(
        by=cast.treasurer, ward=cast.ward, statement_id=draft.id, header=header, columns=columns,
        **more,
    )  # fmt: skip


def state(cast, on=MAY):
    return reading.balances(cast.ward, books.account(cast.ward, "bank"), on)


def open_lines(cast):
    return {one.text: one.id for one in reading.open_bank(cast.ward, "bank")}
