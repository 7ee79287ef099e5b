"""The sheets of an opening workbook as rows of known fields, with every cell that is wrong named.

A sheet is known by its headings, whatever it is called. What is no row is passed over: blank rows, rows
that only count the columns, and sums below a list. Source: our own design.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pendamping.funds.upk.rules.opening import cells
from pendamping.funds.upk.rules.statement import plain
from pendamping.kernel.refusal import N_, Reason

AMONG = 25  # headings are looked for among so many first rows
_SUM = re.compile(
    r"(?:sub ?)?(?:jumlah|total|jml)(?: (?:se\w+|ke\w+an|akhir|saldo|rp|pinjaman|tabungan|simpanan))*[ :.]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as its file has it; ``rows`` from row 1 on."""

    name: str
    rows: Sequence[Sequence[Any]]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its heading in the template, how else lists call it, and how its cells are read."""

    key: str
    heading: str
    also: tuple[str, ...] = ()
    read: Callable[[object], Any] = cells.text
    needed: bool = False
    empty: Any = None
    down: bool = False  # an empty cell says the same as the one above
    most: int = 0  # letters that fit, where the record keeps the text; 0: it is only compared

    @property
    def names(self) -> tuple[str, ...]:
        """All headings that mean it, as they are compared."""
        return tuple(plain(name) for name in (self.heading, *self.also))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list: its fields, and those by whose headings it is known."""

    key: str
    title: str
    fields: tuple[Field, ...]
    known_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: where it stands, and its values by field."""

    sheet: str
    number: int
    values: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass(slots=True)
class Found:
    """What the sheets say: rows by kind, cells that are wrong, what was passed over, and sheets and
    columns of sums that no list of the template has.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    unread: list[Reason] = field(default_factory=list)


MONEY = cells.read_rupiah
_GROUP = Field(
    "group", "Nama KSM", ("ksm", "kelompok", "nama kelompok", "nama pokmas"), down=True, most=80
)
_NUMBER = Field(
    "number",
    "No. pinjaman",
    ("nomor pinjaman", "no kartu", "nomor kartu", "no sp2k", "no spk"),
    down=True,
    most=40,
)
_PLACE = (Field("rw", "RW", ("no rw",)), Field("rt", "RT", ("no rt",)))
_NAME = ("nama", "nama peminjam", "anggota", "nama lengkap", "nama penabung")


def _paid(part: str) -> tuple[str, ...]:
    """How lists call what was paid of a part."""
    before = ("angsuran {}", "jumlah angsuran {}", "{}", "total {}", "setoran {}")
    after = ("dibayar", "sudah dibayar", "yang dibayar", "yang sudah dibayar", "terbayar", "telah dibayar", "masuk")  # fmt: skip
    both = (f"{one.format(part)} {two}" for one in before for two in after)
    return (f"angsuran {part}", f"jumlah angsuran {part}", f"setoran {part}", *both)


BALANCES = Kind(
    "balances",
    "Saldo",
    (
        Field("code", "Kode", ("kode perkiraan", "no perkiraan", "kode akun", "rekening"), needed=True),
        Field("name", "Perkiraan", ("nama perkiraan", "nama akun", "uraian")),
        Field("amount", "Saldo", ("saldo rp", "jumlah", "saldo awal", "nilai"), MONEY, empty=0),
    ),
    frozenset({"code", "amount"}),
)  # fmt: skip
LOANS = Kind(
    "loans",
    "Pinjaman",
    (
        Field("number", "No. pinjaman", _NUMBER.also, most=40),
        Field("group", "Nama KSM", _GROUP.also, needed=True, most=80),
        Field("disbursed", "Tanggal cair", ("tgl cair", "tanggal pencairan", "tgl pencairan", "tanggal realisasi", "tgl realisasi"), cells.read_when, needed=True),
        Field("principal", "Pokok pinjaman", ("pokok", "plafon", "jumlah pinjaman", "besar pinjaman"), MONEY, needed=True),
        Field("rate", "Jasa per bulan (%)", ("jasa", "jasa per bulan", "suku jasa", "bunga"), cells.read_rate, needed=True),
        Field("instalments", "Kali angsuran", ("angsuran", "jumlah angsuran", "jangka waktu", "lama angsuran", "lama", "lama pinjaman", "jangka waktu pinjaman", "banyak angsuran", "tenor"), cells.read_count, needed=True),
        Field("grace", "Tenggang (bulan)", ("tenggang", "masa tenggang", "grace"), cells.read_count, empty=0),
        Field("paid_principal", "Pokok sudah dibayar", (*_paid("pokok"),), MONEY, empty=0),
        Field("paid_service", "Jasa sudah dibayar", (*_paid("jasa"), "bunga dibayar", "angsuran bunga"), MONEY, empty=0),
        Field("balance", "Sisa pokok", ("saldo pinjaman", "sisa pinjaman", "saldo pokok", "sisa pokok pinjaman", "saldo pokok pinjaman", "baki debet", "saldo", "sisa"), MONEY),
        Field("overpaid", "Kelebihan bayar", ("lebih bayar", "kelebihan"), MONEY, empty=0),
        Field("cycle", "Pinjaman ke", ("ke", "pinjaman ke-"), cells.read_count, empty=1),
    ),
    frozenset({"group", "disbursed", "principal"}),
)  # fmt: skip
MEMBERS = Kind(
    "members",
    "Anggota",
    (
        _NUMBER,
        _GROUP,
        Field("name", "Nama anggota", _NAME, needed=True),
        *_PLACE,
        Field("amount", "Bagian pokok", ("pokok", "bagian", "pinjaman", "jumlah pinjaman", "pokok pinjaman"), MONEY, needed=True),
    ),
    frozenset({"name", "amount"}),
)  # fmt: skip
SAVINGS = Kind(
    "savings",
    "Tabungan",
    (
        _GROUP,
        Field("name", "Nama anggota", _NAME),
        *_PLACE,
        Field("amount", "Saldo tabungan", ("tabungan", "jumlah tabungan", "simpanan"), MONEY, needed=True),
    ),
    frozenset({"group", "amount"}),
)  # fmt: skip
THINGS = Kind(
    "things",
    "Inventaris",
    (
        Field("name", "Nama barang", ("barang", "inventaris"), needed=True, most=120),
        Field("bought", "Tanggal beli", ("tgl beli", "tanggal perolehan", "tgl perolehan"), cells.read_when, needed=True),
        Field("cost", "Harga beli", ("harga", "harga perolehan"), MONEY, needed=True),
        Field("residue", "Nilai sisa", ("residu",), MONEY, empty=0),
        Field("life", "Umur (bulan)", ("umur", "umur ekonomis"), cells.read_count, needed=True),
        Field("taken", "Sudah disusutkan", ("penyusutan", "akumulasi penyusutan"), MONEY, empty=0),
    ),
    frozenset({"name", "bought", "cost"}),
)  # fmt: skip
KINDS = (LOANS, THINGS, MEMBERS, SAVINGS, BALANCES)
"""In the order in which a sheet's headings are tried: those with the most of their own first."""


def read(sheets: Iterable[Sheet]) -> Found:
    """Every list of a workbook; a hidden sheet, and one without a known list, is named and not read."""
    found = Found()
    for sheet in sheets:
        if not any(_says(row) for row in sheet.rows):
            continue
        if sheet.hidden:
            found.unread.append(_note(sheet.name, N_("The sheet is hidden and was not read.")))
            continue
        known = _known(sheet)
        if known is None:
            text = N_("The sheet was not read: its headings name no list of the template.")
            found.unread.append(_note(sheet.name, text))
            continue
        kind, head, columns = known
        if kind.key in found.rows:
            text = N_("There are two sheets with this list; put them into one.")
            found.faults.append(_note(sheet.name, text))
        found.faults += _missing(sheet, kind, head, columns)
        found.unread += unread(sheet, head, columns)
        found.rows.setdefault(kind.key, []).extend(_rows(sheet, kind, head, columns, found))
    return found


def _known(sheet: Sheet) -> tuple[Kind, int, dict[str, int]] | None:
    for head, row in enumerate(sheet.rows[:AMONG]):
        said = [plain(cell) for cell in row]
        for kind in KINDS:
            columns = _columns(kind, said)
            if kind.known_by <= columns.keys():
                return kind, head, columns
    return None


def kind_of(sheet: Sheet) -> str:
    """Which list a sheet is; empty where it is none."""
    known = _known(sheet)
    return known[0].key if known else ""


def places(sheet: Sheet) -> dict[str, int]:
    """The columns of a sheet's fields, from 0."""
    known = _known(sheet)
    return known[2] if known else {}


def _columns(kind: Kind, said: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for exact in (True, False):  # the template's own headings first
        for one in kind.fields:
            names = one.names[:1] if exact else one.names
            at = next((said.index(name) for name in names if name in said), None)
            if one.key not in found and at is not None and at not in found.values():
                found[one.key] = at
    return found


def _missing(sheet: Sheet, kind: Kind, head: int, columns: Mapping[str, int]) -> list[Reason]:
    return [
        _fault(sheet.name, head + 1, one.heading, "", N_("This column is missing."))
        for one in kind.fields
        if one.needed and one.key not in columns
    ]


def _rows(
    sheet: Sheet, kind: Kind, head: int, columns: Mapping[str, int], found: Found
) -> Iterator[Row]:
    above: dict[str, Any] = {}
    ends, gap = _last(sheet, kind, head, columns), False
    for number, row in enumerate(sheet.rows[head + 1 :], start=head + 2):
        read = {key: row[at] for key, at in columns.items() if at < len(row)}
        if _passed_over(kind, row, read):
            gap = gap or number > ends
            continue
        if number > ends and _below(kind, row, read, gap):
            found.notes.append(_words(sheet.name, number, row))
            continue
        values = {}
        for one in kind.fields:
            cell = read.get(one.key)
            if one.down and cells.is_empty(cell):
                cell = above.get(one.key)
            values[one.key] = _value(sheet.name, number, one, cell, found, one.key in columns)
            if one.down:
                above[one.key] = cell
        yield Row(sheet.name, number, values)


def _last(sheet: Sheet, kind: Kind, head: int, columns: Mapping[str, int]) -> int:
    """The number of the last row of a list that holds a sum."""
    places = [columns[one.key] for one in kind.fields if one.read is MONEY and one.key in columns]
    found = head + 1
    for number, row in enumerate(sheet.rows[head + 1 :], start=head + 2):
        if any(at < len(row) and _is_sum(row[at]) for at in places):
            found = number
    return found


def _below(kind: Kind, row: Sequence[Any], read: Mapping[str, Any], gap: bool) -> bool:
    """Whether a row below a list's last sum is a place, a day or a name for signing, and no row of it:
    at most three cells, all words, none of which could be a sum with a slip in it. ``gap``: an empty row
    or a sum stands between; else it is one cell alone.
    """
    said = [cells.text(cell) for cell in row if not cells.is_empty(cell)]
    sums = [cells.text(read.get(one.key)) for one in kind.fields if one.read is MONEY]
    if len(said) > (3 if gap else 1) or any(_SPELLED.search(one) for one in sums):
        return False
    return all(2 * sum(map(str.isalpha, one)) > len(one.replace(" ", "")) for one in said)


def _is_sum(cell: object) -> bool:
    if cells.is_empty(cell):
        return False
    try:
        cells.read_rupiah(cell)
    except cells.Wrong:
        return False
    return True


def _words(sheet: str, number: int, row: Sequence[Any]) -> Reason:
    said = " ".join(cells.text(cell) for cell in row if not cells.is_empty(cell))
    text = N_("Words below the list; the row was not read.")
    where = {"sheet": sheet, "row": number, "value": said[:80]}
    return Reason("upk.opening.row", text, {}, where)


_SPELLED = re.compile(r"juta|ribu|rupiah|\b(?:rp|rb|jt)\b", re.IGNORECASE)
_COUNTED = (
    "no",
    "nomor",
    "nik",
    "kk",
    "telp",
    "telepon",
    "hp",
    "wa",
    "tahun",
    "tgl",
    "tanggal",
    "id",
    "kode",
)
LEAST_SUM = 1_000
"""A column that no list has is named where it holds a number of at least so much."""


def unread(sheet: Sheet, head: int, columns: Mapping[str, int]) -> list[Reason]:
    """Columns of a list that are none of the template's and hold sums, each with what they come to."""
    rows = sheet.rows[head + 1 :]
    found = []
    for at, heading in enumerate(sheet.rows[head]):
        words = plain(heading).split()
        if at in columns.values() or any(word in _COUNTED for word in words):
            continue
        below = [row[at] for row in rows if at < len(row) and _is_sum(row[at])]
        sums = [abs(cells.read_rupiah(cell)) for cell in below]
        if max(sums, default=0) >= LEAST_SUM:
            found.append(_column(sheet.name, head + 1, at, cells.text(heading)))
    return found


def _column(sheet: str, row: int, at: int, heading: str) -> Reason:
    letter = (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)
    text = N_("Column {column} holds sums and was not read: its heading is none of the template's.")
    where = {"sheet": sheet, "row": row, "value": heading[:80]}
    return Reason("upk.opening.column", text, {"column": letter}, where)


def _passed_over(kind: Kind, row: Sequence[Any], read: Mapping[str, Any]) -> bool:
    """Whether a row is none of the list: nothing in a column that counts, a sum, the columns' numbers."""
    sums = [one for one in kind.fields if one.read is MONEY]
    told = [one for one in kind.fields if one.read is not MONEY and not one.down]
    if all(cells.is_empty(read.get(one.key)) for one in (*sums, *told)):
        return True
    if any(_SUM.fullmatch(cells.text(cell)) for cell in row if isinstance(cell, str)):
        names = [cells.text(read.get(one.key)) for one in kind.fields if one.needed and one in told]
        return not any(name and not _SUM.fullmatch(name) for name in names) or not names
    said = [cells.text(cell).strip("()") for cell in row if not cells.is_empty(cell)]
    return len(said) > 2 and said == [str(at) for at in range(1, len(said) + 1)]


def _value(
    sheet: str, number: int, one: Field, cell: object, found: Found, there: bool = True
) -> Any:
    """A cell as its field reads it; ``there``: the list has such a column, else it was said once."""
    if cells.is_empty(cell):
        if one.needed and there:
            text = N_("This cell is empty.")
            found.faults.append(_fault(sheet, number, one.heading, "", text))
        return one.empty
    try:
        value = one.read(cell)
        if one.most and len(value) > one.most:
            raise cells.Wrong(N_("This text is too long for its place. Shorten it."))
        return value
    except cells.Wrong as wrong:
        found.faults.append(_fault(sheet, number, one.heading, cells.text(cell), wrong.text))
        return None


def _says(row: Sequence[Any]) -> bool:
    return any(not cells.is_empty(cell) for cell in row)


def _note(sheet: str, text: str) -> Reason:
    return Reason("upk.opening.sheet", text, {"sheet": sheet}, {"sheet": sheet})


def _fault(sheet: str, row: int, column: str, value: str, text: str) -> Reason:
    where = {"sheet": sheet, "row": row, "column": column, "value": value[:80]}
    return Reason("upk.opening.cell", text, {}, where)


def fault(row: Row, heading: str, value: object, text: str, **values: Any) -> Reason:
    """A reason against a cell of a row that was read."""
    where = {"sheet": row.sheet, "row": row.number, "column": heading, "value": str(value)[:80]}
    return Reason("upk.opening.cell", text, values, where)
