"""Closing a year, and sharing its profit. Pure Python.

Source: handbook 4.4 (shape of the split; shares are defaults), 4.5 (the year's profit moves to prior-year
profit).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason

DECIDED = "upk.split_profit"
YEAR_PROFIT, PRIOR_PROFIT = "year_profit", "prior_profit"
Legs = list[tuple[str, int]]


def first_day_after(year: int) -> date:
    """The day on which a year's profit moves: 1 January of the next year.

    >>> first_day_after(2004)
    datetime.date(2005, 1, 1)
    """
    return date(year + 1, 1, 1)


def closing_legs(moved: Iterable[tuple[str, int]]) -> tuple[Legs, Legs]:
    """The two entries that close a year: (income and cost to the year's profit, this to prior years').

    ``moved``: what each account of income and cost moved in the year, debit positive. A profit is a
    credit. The second is empty where the year made neither profit nor loss, the first where nothing
    moved.

    >>> closing_legs([("service_income", -300), ("transport", 120)])
    ([('service_income', 300), ('transport', -120), ('year_profit', -180)], \
[('year_profit', 180), ('prior_profit', -180)])
    """
    lines = [(account, -amount) for account, amount in moved if amount]
    profit = sum(amount for _, amount in lines)
    if not profit:
        return lines, []
    carried = [*lines, (YEAR_PROFIT, -profit)]
    return carried, [(YEAR_PROFIT, profit), (PRIOR_PROFIT, -profit)]


@dataclass(frozen=True, slots=True)
class Year:
    """What is known of a year that is to be closed; ``unapproved``: closed months nobody approved yet."""

    year: int
    today: date
    opened: date | None
    closed: date | None
    unapproved: tuple[date, ...] = ()
    done: bool = False


def year_problems(one: Year) -> list[Reason]:
    """Why the year cannot be closed now."""
    where = {"field": "year", "year": one.year}
    last = date(one.year, 12, 31)
    if one.opened is None or one.opened > last:
        return [Reason("upk.year.books", "The ward has no books of this year.", {}, where)]
    if one.done:
        return [Reason("upk.year.closed", "This year is closed already.", {}, where)]
    found = []
    if one.closed is None or one.closed < last:
        text = N_("A year is closed when all its months are; no month is closed yet.")
        if one.closed:
            text = N_("A year is closed when all its months are; they are closed up to {closed}.")
        values = {"closed": one.closed.isoformat()} if one.closed else {}
        found.append(Reason("upk.year.months", text, values, where))
    found += [
        Reason(
            "upk.year.approved",
            "The close of the month to {month} has not been approved yet.",
            {"month": month.isoformat()},
            where,
        )
        for month in one.unapproved
    ]
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the profit: its key, percentage, and the account that it goes to."""

    key: str
    percent: int
    account: str


def split(amount: int, parts: Sequence[Part]) -> dict[str, int]:
    """What each part gets of an amount, in whole rupiah; the first part takes what rounding leaves.

    >>> split(1_000_003, [Part("capital", 50, "c"), Part("social", 30, "s"), Part("bonus", 20, "b")])
    {'capital': 500003, 'social': 300000, 'bonus': 200000}
    """
    shares = {part.key: amount * part.percent // 100 for part in parts}
    if parts:
        shares[parts[0].key] += amount - sum(shares.values())
    return shares


def subject(year: int, percents: Mapping[str, int]) -> str:
    """What the yearly meeting must have decided: the year with its shares, those above zero, by key.

    >>> subject(2004, {"social": 20, "capital": 80, "bonus": 0})
    'upk.split_profit:2004:capital=80,social=20'
    """
    shares = ",".join(f"{key}={percents[key]}" for key in sorted(percents) if percents[key])
    return f"{DECIDED}:{year}:{shares}"


def percents_of(said: str) -> dict[str, int]:
    """The shares that a decision names in its :func:`subject`; none where it names none.

    >>> percents_of("upk.split_profit:2004:capital=80,social=20"), percents_of("upk.split_profit:2004")
    ({'capital': 80, 'social': 20}, {})
    """
    pairs = [one.partition("=") for one in said.removeprefix(f"{DECIDED}:")[5:].split(",")]
    return {key: int(number) for key, _sign, number in pairs if key and number.isdecimal()}


def shareable(profit: int, prior: int) -> int:
    """What of a year's profit may be shared: no more than stands in prior-year profit after old losses.

    >>> shareable(900, 900), shareable(900, 250), shareable(900, -10), shareable(-5, 40)
    (900, 250, 0, 0)
    """
    return max(0, min(profit, prior))


@dataclass(frozen=True, slots=True)
class Split:
    """A sharing of profit that is asked for. ``prior``: prior-year profit in the books on its day."""

    year: int
    on: date
    today: date
    closed: bool
    shared: bool
    profit: int
    prior: int
    parts: tuple[Part, ...]
    min_capital_percent: int = 50
    reserve_missing: int = 0


def split_problems(one: Split) -> list[Reason]:
    """Everything that stands against sharing the profit."""
    found = [*_when(one), *share_problems(one.parts, one.min_capital_percent)]
    if one.reserve_missing > 0:
        found.append(
            Reason(
                "upk.split.reserve",
                "The loans need {missing} more of reserve; it comes before profit is shared.",
                {"missing": format_rupiah(one.reserve_missing)},
                {"year": one.year},
            )
        )
    if one.closed and one.profit <= 0:
        found.append(
            Reason(
                "upk.split.profit",
                "The year made no profit ({profit}); there is nothing to share.",
                {"profit": format_rupiah(one.profit)},
                {"year": one.year},
            )
        )
    elif one.closed and not one.shared and shareable(one.profit, one.prior) == 0:
        found.append(
            Reason(
                "upk.split.losses",
                "Losses of earlier years take up the profit of {profit}; nothing is left to share.",
                {"profit": format_rupiah(one.profit)},
                {"year": one.year},
            )
        )
    return found


def pay_problems(*, name: str, amount: int, held: int, narration: str) -> list[Reason]:
    """Why a sum is not paid from a share of the profit. ``held``: the least that the share holds from the
    day on; whole rupiah."""
    found = []
    if amount <= 0:
        found.append(
            Reason(
                "upk.share.amount", "The amount must be more than zero.", {}, {"field": "amount"}
            )
        )
    elif amount > held:
        found.append(
            Reason(
                "upk.share.held",
                "{share} holds only {held}; {amount} cannot be paid from it.",
                {
                    "share": name,
                    "held": format_rupiah(max(held, 0)),
                    "amount": format_rupiah(amount),
                },
                {"field": "amount"},
            )
        )
    if not narration.strip():
        found.append(
            Reason(
                "upk.share.narration", "Write what the money is for.", {}, {"field": "narration"}
            )
        )
    return found


def _when(one: Split) -> Iterable[Reason]:
    where: Mapping[str, object] = {"field": "on", "year": one.year}
    if not one.closed:
        yield Reason(
            "upk.split.year",
            "Profit is shared when its year is closed; {year} is not.",
            {"year": one.year},
            where,
        )
    if one.shared:
        yield Reason(
            "upk.split.done",
            "The profit of {year} has been shared already.",
            {"year": one.year},
            where,
        )
    if not first_day_after(one.year) <= one.on <= one.today:
        yield Reason(
            "upk.split.on",
            "The sharing lies between 1 January of the next year and today.",
            {},
            where,
        )


def share_problems(parts: Sequence[Part], min_capital: int) -> Iterable[Reason]:
    """What stands against shares as such: their sum, one below zero, too little for the capital."""
    whole = sum(part.percent for part in parts)
    if whole != 100:
        yield Reason(
            "upk.split.whole",
            "The shares come to {whole} %, not to 100 %.",
            {"whole": whole},
            {"field": "shares"},
        )
    for part in parts:
        if part.percent < 0:
            yield Reason(
                "upk.split.negative",
                "No share is below zero.",
                {},
                {"field": f"share_{part.key}"},
            )
    capital = next((part.percent for part in parts if part.key == "capital"), 0)
    if capital < min_capital:
        yield Reason(
            "upk.split.capital",
            "At least {least} % of the profit becomes capital; here it is {capital} %.",
            {"least": min_capital, "capital": capital},
            {"field": "share_capital"},
        )
