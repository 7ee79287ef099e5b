"""Which column of a file holds what: headings in Indonesian, in English, and of a peer's forms.

A heading is compared without case, accents, punctuation and brackets; HOPE's and Kobo's
decorations (``pp_…``, ``…_h_c``, ``group/…``) fall away.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# The name of each column as the template prints it, and what else it may be called.
ALIASES: dict[str, tuple[str, ...]] = {
    "number": (
        "nomor keluarga", "no keluarga", "nomor urut keluarga", "no urut keluarga",
        "nomor rumah tangga", "no rumah tangga", "no kk nomor keluarga", "id keluarga",
        "id rumah tangga", "household number", "household id", "household no", "household",
        "hh id", "hhid", "no ruta", "nomor ruta",
    ),
    "kk": (
        "nomor kk", "no kk", "nokk", "nkk", "nomor kartu keluarga", "no kartu keluarga",
        "family card", "family card number", "family card no", "kk",
    ),
    "rw": ("rw", "no rw", "nomor rw", "rukun warga"),
    "rt": ("rt", "no rt", "nomor rt", "rukun tetangga"),
    "rtrw": ("rt rw", "rtrw"),
    "address": ("alamat", "alamat rumah", "jalan", "address", "street"),
    "name": (
        "nama", "nama lengkap", "nama anggota", "nama anggota keluarga", "nama art",
        "name", "full name", "member name", "nama warga", "nama penduduk",
    ),
    "given_name": ("given name", "first name", "nama depan"),
    "middle_name": ("middle name", "middle names", "nama tengah"),
    "family_name": ("family name", "last name", "surname", "nama belakang"),
    "head_name": (
        "nama kepala keluarga", "kepala keluarga", "nama kk", "nama krt", "head name",
        "nama kepala rumah tangga", "kepala rumah tangga", "head of household name",
    ),
    "is_head": ("head of household", "is head"),
    "nik": (
        "nik", "no nik", "nomor nik", "nik ktp", "no ktp", "nomor ktp", "no ktp nik",
        "nomor induk kependudukan", "national identity number", "population number",
    ),
    "sex": ("jenis kelamin", "kelamin", "jk", "l p", "lp", "sex", "gender"),
    "born": (
        "tanggal lahir", "tgl lahir", "tgl lhr", "tanggal lahir umur", "lahir", "tahun lahir",
        "born", "birth date", "birthdate", "date of birth", "dob", "year of birth",
    ),
    "age": ("umur", "usia", "umur tahun", "age", "age in years"),
    "relation": (
        "hubungan", "hubungan keluarga", "hubungan dengan kepala keluarga", "hub keluarga",
        "shdk", "shdrt", "status hubungan", "status hubungan dalam keluarga", "status keluarga",
        "relation", "relationship", "relationship to head", "relation to head",
        "hubungan dengan kk", "hubungan dengan krt", "status dalam keluarga",
    ),
    "occupation": ("pekerjaan", "mata pencaharian", "occupation", "job", "work"),
    "education": (
        "pendidikan", "pendidikan terakhir", "education", "highest education",
        "ijazah tertinggi",
    ),
    "poor": ("miskin", "keluarga miskin", "status miskin", "gakin", "poor", "poor household"),
    "members": (
        "jumlah anggota", "jumlah anggota keluarga", "jml anggota", "jumlah jiwa", "jml jiwa",
        "jiwa", "jumlah art", "members", "number of members", "household size", "size",
        "family size",
    ),
    "ward": (
        "kode kelurahan", "kode desa", "kode desa kelurahan", "kode wilayah", "ward",
        "ward code", "village code",
    ),
    "area": ("admin1", "admin2", "admin3", "admin4"),
    "surveyed": (
        "tanggal pendataan", "tanggal sensus", "tgl pendataan", "first registration date",
        "census date", "survey date", "today", "submission time",
    ),
}  # fmt: skip

HOUSEHOLD_FIELDS = ("number", "kk", "rw", "rt", "address", "poor", "members", "ward")
LONGEST = 200  # signs of a heading that are read; what is longer is none
_BY_HEADING = {alias: field for field, names in ALIASES.items() for alias in names}
_BRACKETS = re.compile(r"[(\[{].*?[)\]}]")
_SIGNS = re.compile(r"[^a-z0-9]+")
_DECORATION = re.compile(r"^(?:pp )?(.*?)(?: [hi] [cf])?$")
_CODED = re.compile(r"(_[hi]_[cf]|household_id)$")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands: ``at["name"]`` is a position, ``headings`` the row as written."""

    at: dict[str, int]
    areas: tuple[int, ...]
    unknown: tuple[str, ...]
    headings: tuple[str, ...]
    twice: tuple[tuple[str, str], ...]

    def heading(self, field: str) -> str:
        """The heading of a field as the file writes it; the template's own where it is missing."""
        position = self.at.get(field)
        return self.headings[position] if position is not None else ALIASES[field][0]


def plain(text: object) -> str:
    """A heading without case, accents and punctuation.

    >>> plain("No. KK"), plain("Tgl_Lahir*"), plain("Jenis kelamin (L/P)")
    ('no kk', 'tgl lahir', 'jenis kelamin l p')
    """
    flat = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode().lower()
    return _SIGNS.sub(" ", flat).strip()


def field_of(heading: object) -> str | None:
    """The field that a heading means, or ``None``.

    >>> field_of("Jenis Kelamin (L/P)"), field_of("pp_birth_date_i_c"), field_of("Motor")
    ('sex', 'born', None)
    """
    text = str(heading)[:LONGEST]
    text = text.rsplit("/", 1)[-1] if text.count("_") else text
    for candidate in (plain(text), plain(_BRACKETS.sub(" ", text))):
        undecorated = _DECORATION.match(candidate)
        for name in (candidate, undecorated.group(1) if undecorated else candidate):
            if name in _BY_HEADING:
                return _BY_HEADING[name]
    return None


def match(headings: Sequence[object]) -> Columns:
    """Find the fields in a row of headings; the first column of a field counts."""
    at: dict[str, int] = {}
    areas: list[int] = []
    unknown: list[str] = []
    twice: list[tuple[str, str]] = []
    written = tuple(str(heading)[:LONGEST].strip() for heading in headings)
    for position, heading in enumerate(written):
        field = field_of(heading)
        if field == "area":
            areas.append(position)
        elif field is None:
            unknown.append(heading)
        elif field in at:
            twice.append((written[at[field]], heading))
            unknown.append(heading)
        else:
            at[field] = position
    unknown = [heading for heading in unknown if heading]
    return Columns(at, tuple(areas), tuple(unknown), written, tuple(twice))


def find_header(rows: Sequence[Sequence[object]], among: int = 25) -> int | None:
    """The position of the row of headings among the first ones: the one that names most fields."""
    best, most = None, 1
    for position, row in enumerate(rows[:among]):
        known = {field_of(cell) for cell in row if isinstance(cell, str) and cell.strip()} - {None}
        if len(known) > most:
            best, most = position, len(known)
    return best


def complete(
    headings: Sequence[object], other: Sequence[object], *, above: bool = False
) -> list[object] | None:
    """Headings that stand in two rows, as merged cells make them, put together; ``None`` where the
    other row adds nothing.

    ``other`` is the row below, or the one above. A row of people is never taken for headings: below a
    column that is known already nothing may stand.

    >>> complete(["Nama", "Tempat tinggal", ""], ["", "RW", "RT"])
    ['Nama', 'RW', 'RT']
    >>> complete(["Nama", "RW"], ["Contoh", "05"])
    """
    wide = max(len(headings), len(other))
    own, more = ([*row, *[""] * (wide - len(row))] for row in (headings, other))
    known = {field_of(cell) for cell in own} - {None}
    added = [
        at
        for at, cell in enumerate(more)
        if field_of(own[at]) is None and field_of(cell) not in {None, *known}
        if not above or not str(own[at] or "").strip()
    ]
    said = any(str(more[at] or "").strip() for at in range(wide) if field_of(own[at]) is not None)
    if not added or (said and not above):
        return None
    return [more[at] if at in added else cell for at, cell in enumerate(own)]


def is_label_row(headings: Sequence[str], row: Sequence[object]) -> bool:
    """Whether a row under coded headings only explains them, as HOPE's workbooks do."""
    if not any(_CODED.search(heading) for heading in headings):
        return False
    for heading, cell in zip(headings, row, strict=False):
        text = str(cell).strip()
        if heading.removeprefix("pp_") == "household_id" and text:
            return plain(text).startswith("household id")
    return sum(bool(re.search(r" - [A-Z_]{4,}|- ?required", str(cell))) for cell in row) >= 2
