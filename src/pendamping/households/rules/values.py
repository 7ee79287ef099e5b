"""One cell to one value: a sex, a date, a relation, a number. ``None`` is an empty cell.

Each reader gives a value or raises :class:`Wrong` with its reason; nothing is guessed.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from unicodedata import combining

from pendamping.households.rules.columns import plain
from pendamping.kernel.refusal import Reason


class Wrong(Exception):
    """A cell that cannot be read; carries its reason."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.text)


EMPTY = frozenset({"", "-", "--", "—", "nan", "n/a", "none", "null", "tidak ada", "belum ada"})

SEXES: Mapping[str, str] = {
    **dict.fromkeys(["l", "lk", "laki", "laki laki", "lelaki", "pria", "male", "m", "1"], "L"),
    **dict.fromkeys(["p", "pr", "perempuan", "wanita", "w", "female", "f", "2"], "P"),
}

RELATIONS: Mapping[str, str] = {
    alias: relation
    for relation, aliases in {
        "head": "kepala keluarga;kepala rumah tangga;kepala;kk;krt;head;head of household",
        "spouse": "istri;isteri;suami;istri suami;suami istri;pasangan;wife;husband;spouse;wife husband",
        "child": "anak;anak kandung;anak tiri;anak angkat;child;son;daughter;son daughter",
        "child_in_law": "menantu;child in law;daughterinlaw soninlaw",
        "grandchild": "cucu;grandchild;grandson granddaughter",
        "parent": "orang tua;orangtua;ayah;ibu;parent;mother father",
        "parent_in_law": "mertua;parent in law;motherinlaw fatherinlaw",
        "relative": "famili;famili lain;family lain;saudara;kerabat;keponakan;adik;kakak;kakek;nenek;"
        "relative;other relative;brother sister;nephew niece;cousin;aunt uncle;"
        "grandmother grandfather;sisterinlaw brotherinlaw;grandaughter grandson",
        "helper": "pembantu;pembantu rumah tangga;sopir;helper;domestic worker",
        "other": "lainnya;lain lain;lain;other;unknown;foster child;not related;tidak ada hubungan",
    }.items()
    for alias in aliases.split(";")
}
OUTSIDERS = frozenset({"non beneficiary", "bukan anggota"})

YES = frozenset({"ya", "y", "yes", "true", "1", "miskin", "x", "v"})
NO = frozenset({"tidak", "tdk", "t", "no", "n", "false", "0", "tidak miskin", "bukan"})

_DAY_FIRST = re.compile(r"^(\d{1,2})[ ./-](\d{1,2}|[a-z]{3,9})[ ./-](\d{4})(?:[ t]\d.*)?$")
_YEAR_FIRST = re.compile(r"^(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?:[ t]\d.*)?$")
_MONTH_NAMES = (
    "jan januari january;feb februari pebruari february;mar maret march;apr april;mei may;"
    "jun juni june;jul juli july;agu ags agustus aug august;sep sept september;"
    "okt oktober oct october;nov november nopember;des desember dec december"
)
_MONTHS = {
    name: number
    for number, names in enumerate(_MONTH_NAMES.split(";"), start=1)
    for name in names.split()
}
_WHOLE = re.compile(r"^\d+(?:[.,]0+)?$")
_SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?e\+?\d+$", re.IGNORECASE)
_DASHES = {0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2212: "-"}


def text(cell: object) -> str:
    """A cell as text: numbers without a needless ``.0``, leading apostrophe and spaces dropped."""
    if type(cell) is str and cell.isprintable() and "  " not in cell:  # most cells by far
        value = cell.strip()
        return value[1:].lstrip() if value[:1] == "'" else value
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    value = " ".join(str(cell).split())
    return value[1:].lstrip() if value.startswith("'") else value


def is_empty(cell: object) -> bool:
    """Whether a cell says nothing: blank, a dash, "belum ada"."""
    return cell is None or text(cell).lower() in EMPTY


def read_sex(cell: object) -> str:
    """``L`` (male) or ``P`` (female), as on every Indonesian paper."""
    found = SEXES.get(plain(text(cell)))
    if found is None:
        raise Wrong(
            Reason("households.census.sex", "Write L for a man or a boy, P for a woman or a girl.")
        )
    return found


def read_relation(cell: object) -> str:
    """The relation to the head; ``outsider`` for a row that is no member of a household."""
    key = plain(text(cell))
    if key in OUTSIDERS:
        return "outsider"
    found = RELATIONS.get(key)
    if found is None:
        raise Wrong(
            Reason(
                "households.census.relation",
                "This relation is not known. Choose one from the list, for example "
                "kepala keluarga, istri, anak.",
            )
        )
    return found


def read_yes_no(cell: object) -> bool:
    """Yes or no."""
    key = text(cell).lower()
    if key in YES or key in NO:
        return key in YES
    raise Wrong(Reason("households.census.yes_no", "Write ya or tidak."))


def read_area_number(cell: object) -> str:
    """An RW or RT: one to three digits, kept as two (``"3"`` and ``"003"`` are ``"03"``)."""
    key = plain(text(cell)).removeprefix("rw").removeprefix("rt").strip()
    if not key.isdecimal() or not 0 < int(key) <= 999:
        raise Wrong(
            Reason("households.census.rw_rt", "RW and RT are numbers from 1 to 999, such as 03.")
        )
    return f"{int(key):02d}"


def read_count(cell: object, most: int = 60) -> int:
    """A number of people."""
    value = text(cell)
    if not _WHOLE.match(value) or not 0 < int(re.split("[.,]", value)[0]) <= most:
        raise Wrong(
            Reason(
                "households.census.count",
                "Write the number of people in digits, from 1 to {most}.",
                {"most": most},
            )
        )
    return int(re.split("[.,]", value)[0])


def read_age(cell: object) -> int:
    """Whole years, 0 to 120; a baby's "0" is allowed."""
    value = re.sub(r"\s*(th|thn|tahun|years?)\.?$", "", text(cell).lower())
    if not _WHOLE.match(value) or int(re.split("[.,]", value)[0]) > 120:
        raise Wrong(Reason("households.census.age", "Write the age in whole years, from 0 to 120."))
    return int(re.split("[.,]", value)[0])


def read_date(cell: object) -> tuple[date, str]:
    """A date and its precision, ``day`` or ``year``; Excel serial numbers are understood.

    >>> read_date("12/05/2004"), read_date("1975")[1]
    ((datetime.date(2004, 5, 12), 'day'), 'year')
    """
    if isinstance(cell, datetime):
        return cell.date(), "day"
    if isinstance(cell, date):
        return cell, "day"
    value = text(cell).lower().translate(_DASHES).replace(",", "")
    if value.isdecimal() and len(value) <= 6:
        return _from_number(int(value))
    try:
        return _from_words(value), "day"
    except (ValueError, KeyError):
        raise Wrong(
            Reason(
                "households.census.date",
                "This is not a date. Write day/month/year, such as 12/05/1975, or only the year.",
            )
        ) from None


def _from_words(value: str) -> date:
    if found := _DAY_FIRST.match(value):
        day, month, year = found.groups()
        number = int(month) if month.isdigit() else _MONTHS[month]
        return date(int(year), number, int(day))
    if found := _YEAR_FIRST.match(value):
        year, month, day = found.groups()
        return date(int(year), int(month), int(day))
    raise ValueError(value)


def _from_number(number: int) -> tuple[date, str]:
    if 1850 <= number <= 2200:
        return date(number, 1, 1), "year"
    if 366 <= number <= 80_000:
        return date(1899, 12, 30) + timedelta(days=number), "day"
    raise Wrong(
        Reason(
            "households.census.date",
            "This is not a date. Write day/month/year, such as 12/05/1975, or only the year.",
        )
    )


def check_born(born: date, today: date) -> None:
    """A birth lies between 120 years ago and today."""
    if born > today:
        raise Wrong(
            Reason("households.census.born_future", "The date of birth lies in the future.")
        )
    if born.year < today.year - 120:
        raise Wrong(
            Reason("households.census.born_old", "The date of birth is more than 120 years ago.")
        )


_NO_NAME_HAS = frozenset("<>{}|\\^~=@#$%*+")


LONGEST_ADDRESS = 200
LONGEST_NUMBER = 40


def fits(value: str, most: int) -> str:
    """The text; refused where it is longer than its place."""
    if len(value) > most:
        raise Wrong(
            Reason(
                "households.census.long",
                "This text has {length} signs, at most {most} fit here. Shorten it.",
                {"length": len(value), "most": most},
            )
        )
    return value


def read_address(cell: object) -> str:
    """Where a household lives, in words."""
    return fits(text(cell), LONGEST_ADDRESS)


def read_name(cell: object) -> str:
    """A person's name: letters, at most 120 signs, none of those that no name has."""
    value = text(cell)
    letters = any(map(str.isalpha, value[:121]))
    fits = letters and len(value) <= 120 and value.isprintable()
    if not fits or not _NO_NAME_HAS.isdisjoint(value):
        raise Wrong(
            Reason(
                "households.census.name",
                "This is not a name: write letters, at most 120 signs.",
            )
        )
    return value


_NAME_SIGNS = frozenset(" .,'’‘`-/()")


def read_written_name(cell: object) -> str:
    """A name typed by hand: letters and the signs that names have; no digits, no other signs."""
    value = read_name(cell)
    if all(sign.isalpha() or combining(sign) or sign in _NAME_SIGNS for sign in value):
        return value
    raise Wrong(
        Reason(
            "households.life.name",
            "Write the name in letters only, without digits or signs such as < and >.",
        )
    )


def looks_scientific(value: str) -> bool:
    """Whether a spreadsheet has turned a long number into ``3.27E+15``."""
    return bool(_SCIENTIFIC.match(value.replace(" ", "")))


def read_area_code(cell: object) -> str:
    """A code of an area: official digits (with or without points), or letters and digits (P-code)."""
    value = text(cell).upper()
    if re.fullmatch(r"\d{2}(\.?\d{2}(\.?\d{2}(\.?\d{3,4})?)?)?|\d{7}|[A-Z]{2,3}\d{2,10}", value):
        return value
    raise Wrong(
        Reason(
            "households.census.area_code",
            "This is not the code of an area, such as 32.71.01.1003.",
        )
    )
