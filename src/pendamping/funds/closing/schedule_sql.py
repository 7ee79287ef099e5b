"""The schedule as expressions: no instalment is ever a row.

Source: doors, *Schedule* and *Allocation*. A *block* is a run of ``n`` instalments with principal
``pp // n`` each and service ``ss // n`` each, the last taking the rest; instalment j falls due
``off + (j - 1) x step`` after an anchor day. A plain loan is one block of monthly steps.

How many instalments a sum fills is a division, so every figure of a loan at a date takes a fixed
number of steps, however long it runs.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.funds.closing.dialects import DuckDb


def literal(day: date) -> str:
    """A day in the query."""
    return f"DATE '{day.isoformat()}'"


def month_of(day: str) -> str:
    """The number of a day's month, counted through the years."""
    return f"CAST(year({day}) * 12 + month({day}) AS INTEGER)"


def reached_day(day: str) -> str:
    """The day of the month, 31 on a month's last day: what falls due on a later day has fallen due."""
    return f"(CASE WHEN {day} = last_day({day}) THEN 31 ELSE day({day}) END)"


def month_numbers(day: date) -> tuple[str, str]:
    """The same two numbers of a day that is known."""
    ends = (day + timedelta(days=1)).month != day.month
    return str(day.year * 12 + day.month), str(31 if ends else day.day)


def months_since(month: str, reached: str) -> str:
    """Instalments that would be due by a day if a plain loan (``m0``, ``dd``) had no end."""
    return f"({month} - m0 - CASE WHEN dd > {reached} THEN 1 ELSE 0 END)"


def due_monthly(month: str, reached: str) -> str:
    """How many instalments of a plain loan (``m0``, ``dd``, ``n``) are due by a day."""
    return f"least(greatest({months_since(month, reached)}, 0), n)"


def service_of(say: DuckDb, principal: str = "principal", loan: str = "") -> str:
    """The service of a whole plain loan, rounded half up, in steps that stay within 64 bits."""
    rate = f"(CAST({loan}rate_bp AS BIGINT) * {loan}instalments)"
    rest = say.div(f"{say.mod(principal, '10000')} * {rate} + 5000", "10000")
    return f"({say.div(principal, '10000')} * {rate} + {rest})"


@dataclass(frozen=True, slots=True)
class Block:
    """The expressions of one block, whose columns are called so."""

    say: DuckDb
    pp: str = "pp"
    ss: str = "ss"
    n: str = "n"
    a: str = "a"
    b: str = "b"

    @property
    def each(self) -> str:
        """The equal parts, as columns ``a`` and ``b``; a loan that is not there yet has none."""
        n = f"greatest({self.n}, 1)"
        return f"{self.say.div(self.pp, n)} AS a, {self.say.div(self.ss, n)} AS b"

    def due_principal(self, k: str) -> str:
        """Principal of the first k instalments."""
        return f"(CASE WHEN {k} >= {self.n} THEN {self.pp} ELSE {k} * {self.a} END)"

    def due_service(self, k: str) -> str:
        """Service of the first k instalments."""
        return f"(CASE WHEN {k} >= {self.n} THEN {self.ss} ELSE {k} * {self.b} END)"

    def filled(self, paid: str, whole: str, each: str) -> str:
        """How many instalments a paid sum of one part fills, oldest first."""
        division = self.say.div(paid, f"CASE WHEN {each} = 0 THEN 1 ELSE {each} END")
        return (
            f"(CASE WHEN {paid} >= {whole} THEN {self.n} WHEN {paid} < 0 THEN 0"
            f" WHEN {each} = 0 THEN {self.n} - 1 ELSE least({division}, {self.n} - 1) END)"
        )

    def filled_at_once(self, paid: str, whole: str, each: str) -> str:
        """The same where nothing was waived: ``whole`` is the sum of all instalments.

        Where each is nothing, the division is null and the least of the two is the other one.
        """
        division = self.say.div(paid, f"nullif({each}, 0)")
        return f"least({division}, {self.n} - 1) + CAST({paid} >= {whole} AS INTEGER)"

    def full(self, paid: str) -> str:
        """Of a sum that fills every instalment in order: how many before the one that it ends in."""
        return f"least({self.say.div(paid, f'nullif({self.a} + {self.b}, 0)')}, {self.n} - 1)"

    def principal_in_order(self, paid: str, full: str) -> str:
        """Of a sum that fills every instalment in order, service then principal: the principal."""
        last = f"{self.ss} - ({self.n} - 1) * {self.b}"
        service = f"CASE WHEN {full} < {self.n} - 1 THEN {self.b} ELSE {last} END"
        rest = f"{paid} - {full} * ({self.a} + {self.b}) - {service}"
        return f"least({full} * {self.a} + greatest({rest}, 0), {self.pp})"
