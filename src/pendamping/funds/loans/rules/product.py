"""The loan product that a guideline text offers.

Source: handbook 4.1, 11 nos. 1, 2 and 15; every value is guideline data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar, get_args

from pendamping.funds.loans.rules.allocation import Order
from pendamping.funds.loans.rules.reading import read_every
from pendamping.funds.loans.rules.terms import Amortisation, GraceService, Method, Terms, Unit
from pendamping.kernel.refusal import Reason

_Word = TypeVar("_Word", bound=str)


@dataclass(frozen=True, slots=True)
class LoanProduct:
    """What a group may borrow and on which terms; the fields are the keys of the guideline.

    ``rate_bp``: basis points of the principal per period of ``every``; ``instalments``: the usual
    number; ``ladder``: the most that a member may borrow the first, second … time, whole rupiah;
    ``required_trainings``: keys of training modules.
    """

    grace_months: int
    grace_in_tenor: bool
    grace_service: GraceService
    rate_bp: int
    method: Method
    min_instalments: int
    max_instalments: int
    instalments: int
    first_loan_max: int
    ladder: tuple[int, ...]
    max_loans: int
    min_saving_months: int
    required_trainings: tuple[str, ...]
    books_required: bool
    pledge_required: bool
    allocation: Order
    every: tuple[int, Unit]
    amortisation: Amortisation = "equal-principal"
    grace_periods: int = 0
    poor_list_ratified: bool = False

    @property
    def grace(self) -> int:
        """The grace in periods: of months where instalments are of months, else as it is counted."""
        count, unit = self.every
        return self.grace_months // count if unit == "months" else self.grace_periods

    @classmethod
    def from_section(
        cls, section: Mapping[str, Any], guideline: str
    ) -> tuple["LoanProduct | None", list[Reason]]:
        """Type and check the ``loans`` section of the guideline with this code.

        ``every`` as ``"1month"``. A value may be a table whose ``value`` counts. Keys that are
        not ours are left alone. Returns no product where there is any reason.
        """
        reader = _Reader({key: _plain(value) for key, value in section.items()}, guideline)
        ladder = reader.ladder("ladder")
        product = cls(
            grace_months=reader.whole("grace_months", 0),
            grace_in_tenor=reader.flag("grace_in_tenor", False),
            grace_service=reader.choice("grace_service", get_args(GraceService), "waived"),
            rate_bp=reader.whole("rate_bp", 0),
            method=reader.choice("method", get_args(Method), "flat"),
            min_instalments=reader.whole("min_instalments", 1),
            max_instalments=reader.whole("max_instalments", 1),
            instalments=reader.whole("instalments", 1),
            first_loan_max=reader.whole("first_loan_max", 1, ladder[0]),
            ladder=ladder,
            max_loans=reader.whole("max_loans", 1),
            min_saving_months=reader.whole("min_saving_months", 0),
            required_trainings=reader.words("required_trainings"),
            books_required=reader.flag("books_required", True),
            pledge_required=reader.flag("pledge_required", True),
            allocation=reader.choice("allocation", get_args(Order), "service-first"),
            every=reader.every("every"),
            amortisation=reader.choice("amortisation", get_args(Amortisation), "equal-principal"),
            grace_periods=reader.whole("grace_periods", 0, 0),
            poor_list_ratified=reader.flag("poor_list_ratified", False),
        )
        if not reader.reasons:
            reader.agree(product)
        return (None if reader.reasons else product), reader.reasons

    def largest_loan(self, cycle: int) -> int:
        """The most that a member may borrow the ``cycle``-th time (from 1), whole rupiah."""
        if cycle <= 1:
            return self.first_loan_max
        return self.ladder[min(cycle, len(self.ladder)) - 1]

    def terms(self, principal: int, instalments: int, disbursed: date) -> Terms:
        """The terms of one loan of this product, rounded down to one rupiah."""
        return Terms(
            principal,
            instalments,
            Fraction(self.rate_bp, 10_000),
            disbursed,
            grace=self.grace,
            grace_in_tenor=self.grace_in_tenor,
            grace_service=self.grace_service,
            every=self.every,
            method=self.method,
            amortisation=self.amortisation,
        )


def _plain(value: Any) -> Any:
    return value["value"] if isinstance(value, Mapping) and "value" in value else value


class _Reader:
    """Takes typed values out of a mapping and keeps a reason for each that does not fit."""

    def __init__(self, values: Mapping[str, Any], guideline: str) -> None:
        self.values = values
        self.guideline = guideline
        self.reasons: list[Reason] = []

    def whole(self, key: str, least: int, default: int | None = None) -> int:
        value = self.values.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        self._refuse(
            Reason(
                self._clause(key),
                "{key} must be a whole number, {least} or more.",
                {"key": key, "least": least},
                {"key": key},
            )
        )
        return least

    def flag(self, key: str, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self._refuse(
                Reason(
                    self._clause(key), "{key} must be true or false.", {"key": key}, {"key": key}
                )
            )
        return bool(value)

    def choice(self, key: str, options: tuple[_Word, ...], default: _Word) -> _Word:
        value = self.values.get(key, default)
        for option in options:
            if value == option:
                return option
        self._refuse(
            Reason(
                self._clause(key),
                "{key} must be one of: {options}.",
                {"key": key, "options": ", ".join(options)},
                {"key": key},
            )
        )
        return default

    def ladder(self, key: str) -> tuple[int, ...]:
        value = self.values.get(key)
        steps = value if isinstance(value, list | tuple) else ()
        whole = all(type(step) is int and step > 0 for step in steps)
        if steps and whole and list(steps) == sorted(steps):
            return tuple(steps)
        self._refuse(
            Reason(
                self._clause(key),
                "{key} must list whole amounts above zero, none smaller than the one before it.",
                {"key": key},
                {"key": key},
            )
        )
        return (1,)

    def words(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key)
        if isinstance(value, list | tuple) and all(isinstance(word, str) for word in value):
            return tuple(value)
        self._refuse(
            Reason(self._clause(key), "{key} must be a list of words.", {"key": key}, {"key": key})
        )
        return ()

    def every(self, key: str) -> tuple[int, Unit]:
        value = self.values.get(key, "1month")
        try:
            count, unit = read_every(str(value))
        except ValueError:
            count, unit = 0, "months"
        if count < 1:
            self._refuse(
                Reason(
                    self._clause(key),
                    "{key} must be a period such as 1month, 2weeks or 30days.",
                    {"key": key},
                    {"key": key},
                )
            )
        return count, unit

    def agree(self, product: LoanProduct) -> None:
        """What has to hold between values that are each right."""
        low, usual, high = product.min_instalments, product.instalments, product.max_instalments
        if not low <= usual <= high:
            self._refuse(
                Reason(
                    self._clause("instalments"),
                    "The usual number of instalments, {usual}, must lie between {low} and {high}.",
                    {"usual": usual, "low": low, "high": high},
                    {"key": "instalments"},
                )
            )
        grace, (count, unit) = product.grace_months, product.every
        if grace and (unit != "months" or grace % count):
            self._refuse(
                Reason(
                    self._clause("grace_months"),
                    "A grace of {grace} months is no whole number of periods between instalments.",
                    {"grace": grace},
                    {"key": "grace_months"},
                )
            )
        elif product.grace_periods and unit == "months":
            self._refuse(
                Reason(
                    self._clause("grace_periods"),
                    "The grace of a loan with monthly instalments is given in months.",
                    {},
                    {"key": "grace_periods"},
                )
            )
        elif product.grace_in_tenor and product.grace >= low:
            self._refuse(
                Reason(
                    self._clause("grace_months"),
                    "A grace of {grace} inside a tenor of {count} leaves no instalment.",
                    {"grace": product.grace, "count": low},
                    {"key": "grace_months"},
                )
            )

    def _clause(self, key: str) -> str:
        return f"loans.{self.guideline}.{key}"

    def _refuse(self, reason: Reason) -> None:
        self.reasons.append(reason)
