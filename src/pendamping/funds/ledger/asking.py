"""What a page asks about once more before it posts: a day far back, a sum above the guideline's."""

from dataclasses import dataclass
from datetime import date

from pendamping.funds.ledger.rules import long_ago
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock

MOST = {"bookkeeping": 10_000_000, "savings": 1_000_000}
"""Above how many rupiah a sum is asked about where the guideline says nothing (``ask_above``)."""


def asks_day(ward: str, on: date) -> bool:
    """Whether money of this day, entered today, is asked about: its day lies far back."""
    lending = guidelines.section("lending", ward, on)
    most = int(lending.get("ask_after_days", long_ago.ASK_AFTER_DAYS))
    return long_ago.asks(on, clock.today(), most)


def asks_sum(ward: str, on: date, amount: int, section: str) -> bool:
    """Whether a sum (whole rupiah) is asked about: of a voucher by hand (``bookkeeping``), of savings."""
    return amount > int(guidelines.section(section, ward, on).get("ask_above", MOST[section]))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about a sum of a day: that it is large, that the day lies far back; ``mark`` is what a form
    carries once it was shown.
    """

    on: date
    today: date
    amount: int
    section: str
    code: str
    sum: bool
    day: bool

    @property
    def days_ago(self) -> int:
        return (self.today - self.on).days

    @property
    def mark(self) -> str:
        """Empty where nothing is asked."""
        said = (f"{self.amount}" if self.sum else "", f"{self.on}" if self.day else "")
        return "|".join(filter(None, said))


def asked(ward: str, on: date, amount: int, section: str) -> Asked:
    """What a page asks about money of a day before it posts; ``section``: whose ``ask_above`` holds."""
    return Asked(
        on, clock.today(), amount, section, guidelines.code(ward, on),
        asks_sum(ward, on, amount, section), asks_day(ward, on),
    )  # fmt: skip
