"""The sixteen digits of NIK and KK: what they say, and when they say nothing.

NIK: six digits of the district of registration, day (women +40), month and year of birth, four
serial digits. A placeholder ("0000000000000000", "belum ada") is a missing number, never a match.
"""

import re
from dataclasses import dataclass
from datetime import date

from pendamping.households.rules.values import Wrong, is_empty, looks_scientific, text
from pendamping.kernel.refusal import Reason

_SAME_DIGIT = re.compile(r"^(\d)\1*$")
_WORDS = re.compile(r"^[a-z /.\-]+$", re.IGNORECASE)
_COUNTING = "01234567890123456789"


@dataclass(frozen=True, slots=True)
class Number:
    """A number of 16 digits, or nothing; ``doubt`` says why a value was not taken as one."""

    digits: str = ""
    doubt: Reason | None = None


def read_number(cell: object) -> Number:
    """Read a NIK or KK number; placeholders come back empty with a doubt.

    Raises ``Wrong`` for what is neither 16 digits nor a known way to say "none yet".
    """
    if type(cell) is str and len(cell) == 16 and cell.isascii() and cell.isdigit():
        if not _is_placeholder(cell, cell):
            return Number(cell)
    elif is_empty(cell):
        return Number()
    value = text(cell)
    _refuse_damaged(cell, value)
    digits = re.sub(r"[ .\-_]", "", value)
    if _is_placeholder(digits, value):
        return Number(
            doubt=Reason(
                "households.census.number_placeholder",
                "This stands for a number that is not known yet; it is stored as missing.",
            )
        )
    if not digits.isdigit() or len(digits) != 16 or not digits.isascii():
        raise Wrong(
            Reason(
                "households.census.number_digits",
                "NIK and KK have 16 digits, this has {count}. Leave the cell empty where the "
                "number is not known.",
                {"count": sum(sign.isdigit() for sign in digits)},
            )
        )
    return Number(digits)


def _refuse_damaged(cell: object, value: str) -> None:
    if looks_scientific(value) or (isinstance(cell, str) and looks_scientific(cell.strip())):
        raise Wrong(
            Reason(
                "households.census.number_scientific",
                "The spreadsheet has shortened this number and lost its last digits. Format the "
                "column as text and type all 16 digits again.",
            )
        )
    if isinstance(cell, float | int) and len(value) == 16 and value.endswith("0"):
        raise Wrong(
            Reason(
                "households.census.number_rounded",
                "Stored as a number, the spreadsheet keeps 15 digits and puts 0 for the last. "
                "Format the column as text and type all 16 digits again.",
            )
        )


def _is_placeholder(digits: str, value: str) -> bool:
    if _WORDS.match(value):
        return True
    if not digits.isdigit():
        return False
    if _SAME_DIGIT.match(digits):
        return True
    counting = digits in _COUNTING or digits in _COUNTING[::-1]
    return len(digits) == 16 and (counting or digits[12:] == "0000")


@dataclass(frozen=True, slots=True)
class Said:
    """What a NIK says: district code, sex, day and month and two digits of the year of birth."""

    region: str
    sex: str
    day: int
    month: int
    year: int

    def agrees_with(self, born: date, precision: str) -> bool:
        """Whether a date of birth is the one in the NIK."""
        if born.year % 100 != self.year:
            return False
        return precision == "year" or (born.month, born.day) == (self.month, self.day)

    def born(self, today: date) -> date:
        """The date of birth, taking the latest century that is not in the future."""
        year = today.year - today.year % 100 + self.year
        try:
            found = date(year, self.month, self.day)
        except ValueError:  # 29 February, in a century year that has none
            return date(year - 100, self.month, self.day)
        return found if found <= today else date(year - 100, self.month, self.day)


def what_nik_says(digits: str) -> Said:
    """Take a NIK apart; raises ``Wrong`` where its region or its date cannot be."""
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    sex = "P" if day > 40 else "L"
    day -= 40 if day > 40 else 0
    if not _day_exists(day, month, year) or not _region_exists(digits[:6]):
        raise Wrong(
            Reason(
                "households.census.nik_content",
                "No NIK is made like this: its first six digits are a district, the next six the "
                "day (women plus 40), month and year of birth. Correct it, or leave the cell empty.",
            )
        )
    return Said(digits[:6], sex, day, month, year)


def _day_exists(day: int, month: int, year: int) -> bool:
    try:
        date(2000 + year if year else 2000, month, day)
    except ValueError:
        if (day, month) != (29, 2):
            return False
        return (1900 + year) % 4 == 0
    return True


def _region_exists(code: str) -> bool:
    return 11 <= int(code[:2]) <= 97 and code[2:4] != "00" and code[4:6] != "00"
