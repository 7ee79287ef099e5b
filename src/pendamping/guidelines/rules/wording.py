"""Values and clauses in plain words, in the languages of the site. Pure Python."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pendamping.guidelines.rules.shapes import Clause
from pendamping.kernel.money import format_rupiah, group_thousands

_UNITS = {
    "days": ("hari", "day", "days"),
    "working_days": ("hari kerja", "working day", "working days"),
    "weeks": ("minggu", "week", "weeks"),
    "months": ("bulan", "month", "months"),
    "years": ("tahun", "year", "years"),
    "minutes": ("menit", "minute", "minutes"),
    "hours": ("jam", "hour", "hours"),
    "lessons": ("JPL", "lesson", "lessons"),
    "instalments": ("angsuran", "instalment", "instalments"),
    "loans": ("pinjaman", "loan", "loans"),
    "persons": ("orang", "person", "persons"),
    "households": ("KK", "household", "households"),
    "groups": ("kelompok", "group", "groups"),
    "meetings": ("pertemuan", "meeting", "meetings"),
    "quotes": ("penawaran", "quote", "quotes"),
    "points": ("titik", "point", "points"),
    "papers": ("berkas", "paper", "papers"),
    "wards": ("kelurahan", "ward", "wards"),
    "cities": ("kota/kabupaten", "city", "cities"),
    "names": ("nama", "name", "names"),
    "times": ("kali", "time", "times"),
}
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def say(value: Any, unit: str, language: str) -> str:
    """A plain value with its unit, as it is read out.

    >>> say(500000, "IDR", "id"), say(150, "basis_points", "id"), say(2, "months", "en")
    ('Rp 500.000', '1,5 %', '2 months')
    >>> say([20, 50, 30], "percent", "id"), say(True, "", "id")
    ('20 %, 50 %, 30 %', 'ya')
    """
    if isinstance(value, list | tuple):
        return ", ".join(say(item, unit, language) for item in value)
    if isinstance(value, bool):
        yes_no = ("ya", "tidak") if language == "id" else ("yes", "no")
        return yes_no[0] if value else yes_no[1]
    if isinstance(value, int):
        return _number(value, unit, language)
    if isinstance(value, date):
        return say_day(value, language)
    if isinstance(value, Mapping):
        return say_table(value, language)
    return str(value)


def say_table(value: Mapping[str, Any], language: str) -> str:
    """A text in several languages in the one that is asked for; any other table as a list."""
    if value and all(isinstance(item, str) and len(name) == 2 for name, item in value.items()):
        return str(value.get(language) or next(iter(value.values())))
    named = value.get("name") or value.get("text")
    if isinstance(named, Mapping):
        rest = {k: v for k, v in value.items() if k not in {"name", "text", "key"}}
        tail = say_table(rest, language) if rest else ""
        return say_table(named, language) + (f" ({tail})" if tail else "")
    return "; ".join(f"{name}: {say(item, '', language)}" for name, item in value.items())


def say_day(day: date, language: str) -> str:
    """A date as it stands on paper: ``12 Mei 2004``."""
    months = _MONTHS if language == "id" else _ENGLISH_MONTHS
    return f"{day.day} {months[day.month - 1]} {day.year}"


def sentence(clause: Clause, language: str) -> str:
    """The clause as one sentence with its present value; its name where it has no sentence."""
    template = clause.text.get(language) or next(iter(clause.text.values()), "")
    if not template:
        return say_table(clause.value["name"], language) if "name" in clause.value else clause.key
    return template.replace("{value}", say(clause.value, clause.unit, language))


def unit_name(unit: str, language: str) -> str:
    """The unit beside a box: ``bulan``, ``%``, ``Rp``; empty where there is none.

    >>> unit_name("months", "id"), unit_name("basis_points", "en"), unit_name("parts", "en")
    ('bulan', '%', '')
    """
    if unit in {"percent", "basis_points"}:
        return "%"
    if unit == "IDR":
        return "Rp"
    if unit in _UNITS:
        indonesian, _one, many = _UNITS[unit]
        return indonesian if language == "id" else many
    return "" if unit in {"", "parts"} else unit


def _number(value: int, unit: str, language: str) -> str:
    if unit == "IDR":
        return format_rupiah(value)
    if unit == "percent":
        return f"{value} %"
    if unit == "basis_points":
        return f"{_hundredths(value, ',' if language == 'id' else '.')} %"
    figure = group_thousands(value) if language == "id" else f"{value:,}"
    if unit not in _UNITS:
        return figure if unit in {"", "parts"} else f"{unit} {figure}"
    indonesian, one, many = _UNITS[unit]
    if language == "id":
        return f"{figure} {indonesian}"
    return f"{figure} {one if value == 1 else many}"


def _hundredths(value: int, mark: str) -> str:
    whole, rest = divmod(abs(value), 100)
    tail = f"{rest:02d}".rstrip("0")
    return f"{'-' if value < 0 else ''}{whole}" + (f"{mark}{tail}" if tail else "")
