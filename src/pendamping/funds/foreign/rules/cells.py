"""One cell of a foreign file: amounts, days and counts as other systems write them.

Source: doors, *The loan book, exactly*: whole amounts, ISO dates. Nothing is rounded or guessed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from pendamping.funds.loans.rules.terms import MOST_PERIODS, MOST_PRINCIPAL
from pendamping.kernel.refusal import N_, Reason

FIRST, LAST = date(1900, 1, 1), date(2900, 12, 31)
PROBLEMS: Mapping[str, str] = {
    "missing": N_("Nothing stands in {column}."),
    "number": N_("{value} in {column} is not a number as the mapping says that they are written."),
    "fraction": N_("{value} in {column} is no whole number of the smallest unit."),
    "least": N_("{value} in {column} is less than {least}."),
    "great": N_("{value} in {column} is too great to be counted with."),
    "day": N_("{value} in {column} is not a date as the mapping says that they are written."),
    "value": N_("The mapping does not say what {value} in {column} means."),
    "before": N_("{value} in {column} is before the loan was paid out, on {disbursed}."),
    "due": N_("{value} in {column} is not after the loan was paid out, on {disbursed}."),
    "owed": N_("{value} in {column} is less than the principal."),
    "double": N_("{value} in {column} stands there twice, also in row {row}."),
    "loan": N_("There is no loan for {value} in {column}."),
    "several": N_("{value} in {column} goes with more than one loan."),
    "cells": N_("The row has another number of cells than the header."),
    "joined": N_("{value} in {column} is not in {other}."),
}
"""What is said of a dirty cell, by what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How a system writes: dates (formats of ``strptime``), decimal mark, mark between thousands.

    ``minor_units``: how many of our whole units one unit of its amounts is (100 where it counts cents).
    """

    dates: Sequence[str] = ("%Y-%m-%d",)
    decimal: str = "."
    thousands: str = ""
    minor_units: int = 1


class Dirty(Exception):
    """A cell that cannot be what it should be."""

    def __init__(self, problem: str, column: str, value: str, **values: Any) -> None:
        super().__init__(problem)
        self.problem, self.column, self.value, self.values = problem, column, value, values


@dataclass(slots=True)
class Row:
    """A record of a file: its columns and the place of the row (the header is row 1).

    ``reasons``: what is dirty in it, found so far.
    """

    file: str
    place: int
    cells: Mapping[str, str]
    reasons: list[Reason] = field(default_factory=list)

    def dirty(self, error: Dirty) -> None:
        """Keep what is wrong, once."""
        shown = {"column": error.column, "value": error.value, **error.values}
        where = {"file": self.file, "row": self.place, "column": error.column, "value": error.value}
        reason = Reason(f"foreign.{error.problem}", PROBLEMS[error.problem], shown, where)
        if reason not in self.reasons:
            self.reasons.append(reason)


def amount(text: str, column: str, writing: Writing, *, least: int = 0) -> int:
    """An amount in whole smallest units.

    >>> amount("16.687,50", "due", Writing(decimal=",", thousands=".", minor_units=100))
    1668750
    """
    exact = number(text, column, writing) * writing.minor_units
    if exact < least:
        raise Dirty("least", column, text, least=least)
    if exact > MOST_PRINCIPAL:
        raise Dirty("great", column, text)
    if exact.denominator != 1:
        raise Dirty("fraction", column, text)
    return int(exact)


def number(text: str, column: str, writing: Writing) -> Fraction:
    """A number, exactly; thousands are marked in threes or not at all."""
    if not text:
        raise Dirty("missing", column, text)
    whole = "[0-9]+"
    if writing.thousands:
        whole = f"(?:[0-9]{{1,3}}(?:{re.escape(writing.thousands)}[0-9]{{3}})+|[0-9]+)"
    pattern = f"-?{whole}(?:{re.escape(writing.decimal)}[0-9]*)?"
    if len(text) > 40 or not re.fullmatch(pattern, text):
        raise Dirty("number", column, text)
    if writing.thousands:
        text = text.replace(writing.thousands, "")
    return Fraction(text.replace(writing.decimal, ".").removesuffix("."))


def count(text: str, column: str, writing: Writing, *, least: int = 1) -> int:
    """How many: a whole number, perhaps with zeros behind the mark."""
    found = number(text, column, writing)
    if found < least:
        raise Dirty("least", column, text, least=least)
    if found > MOST_PERIODS:
        raise Dirty("great", column, text)
    if found.denominator != 1:
        raise Dirty("fraction", column, text)
    return int(found)


def day(text: str, column: str, writing: Writing) -> date:
    """The day of a date or a moment.

    >>> day("930705", "date", Writing(dates=["%y%m%d"]))
    datetime.date(1993, 7, 5)
    """
    if not text:
        raise Dirty("missing", column, text)
    for form in writing.dates:
        try:
            found = datetime.strptime(text, form).date()
        except ValueError:
            continue
        if FIRST <= found <= LAST:
            return found
    raise Dirty("day", column, text)
