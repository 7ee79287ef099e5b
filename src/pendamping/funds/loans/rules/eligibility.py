"""Whether a group may borrow: every condition that is not met, all at once.

Source: handbook 2.5 (age of the group, saving, books, trainings, joint liability), 4.1 (amounts,
four loans, the borrower is the group), 11 nos. 2, 4 and 15 (checked to apply, not to form).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pendamping.funds.loans.rules.product import LoanProduct
from pendamping.funds.savings.rules import months_in_a_row, row_began
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason


@dataclass(frozen=True, slots=True)
class Applicant:
    """A member's part of the loan, in whole rupiah.

    ``cycle``: the member's own loan number, counted from the loans she has repaid, where it is not
    the group's (joined later). ``busy``: the number of another group's loan in which she has a part
    that is not yet repaid. ``listed``: her household is or was named in a ratified poor list.
    """

    person_id: str
    name: str
    amount: int
    cycle: int | None = None
    busy: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class FundHealth:
    """What the UPK can lend: ``cash`` in whole rupiah, ``None`` where it is not to be checked.

    ``suspended``: lending is stopped until the fund has recovered.
    """

    suspended: bool = False
    cash: int | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """The facts of a group's application on a day.

    ``saved_on``: every day on which the group saved; ``trained_on``: the day by topic key;
    ``pledged_on``: the day of the written joint-liability pledge; ``active_loan``: the number of
    a loan that the group has not yet repaid; ``cycle``: which loan this is, from 1; ``borrows``:
    whether groups of its kind borrow; ``list_ratified``: whether the ward has a ratified poor list.
    """

    group_id: str
    on: date
    members: tuple[Applicant, ...]
    instalments: int
    cycle: int = 1
    saved_on: tuple[date, ...] = ()
    trained_on: Mapping[str, date] = field(default_factory=dict)
    books_kept: bool = False
    pledged_on: date | None = None
    active_loan: str | None = None
    fund: FundHealth = FundHealth()
    borrows: bool = True
    list_ratified: bool = True

    @property
    def amount(self) -> int:
        """The whole loan."""
        return sum(member.amount for member in self.members)


def reasons_against(
    facts: Application,
    product: LoanProduct,
    guideline: str,
    topics: Mapping[str, str] | None = None,
) -> list[Reason]:
    """Every condition that the application does not meet; empty where the group may borrow.

    Clauses are ``loans.<guideline>.<key>``. ``topics`` names the trainings by their keys in the
    language of the screen. ``where`` holds the group, and the person where one is meant.
    """
    clause = f"loans.{guideline}."
    found = [
        *_kind(facts, clause),
        *_members(facts, product, clause),
        *(_listed(facts, guideline) if product.poor_list_ratified else ()),
        *_history(facts, product, clause),
        *_preparation(facts, product, clause, topics or {}),
        *_fund(facts, clause),
    ]
    return [
        Reason(one.clause, one.text, one.values, {"group": facts.group_id, **one.where})
        for one in found
    ]


def _kind(facts: Application, clause: str) -> Iterator[Reason]:
    if not facts.borrows:
        yield no_kind(clause)


def _members(facts: Application, product: LoanProduct, clause: str) -> Iterator[Reason]:
    if not facts.members:
        yield Reason(clause + "members", "The application names no member who borrows.")
    seen: set[str] = set()
    for member in facts.members:
        where = {"person": member.person_id}
        if member.person_id in seen:
            yield Reason(clause + "members", "{name} is named twice.", {"name": member.name}, where)
        seen.add(member.person_id)
        if member.busy:
            yield busy(member.person_id, member.name, member.busy, clause)
        yield from _amount(member, facts, product, clause)


def _listed(facts: Application, guideline: str) -> Iterator[Reason]:
    if not facts.list_ratified:
        yield Reason(
            f"groups.{guideline}.poor_list_ratified",
            "The list of poor households is not ratified yet. First it is posted, objections are settled, "
            "and a residents' meeting ratifies it (Poor list); then the group applies.",
        )
        return
    for member in facts.members:
        if not member.listed:
            yield Reason(
                f"groups.{guideline}.members_on_poor_list",
                "{name} was never named in a ratified list of poor households.",
                {"name": member.name},
                {"person": member.person_id},
            )


def no_kind(clause: str) -> Reason:
    """That groups of this kind do not borrow."""
    return Reason(clause + "group_kind", "A group of this kind does not borrow.")


def group_busy(loan: str, clause: str) -> Reason:
    """That the group itself has another loan that is not yet repaid; ``loan``: its number."""
    return Reason(
        clause + "active_loan",
        "The group has not yet repaid its loan {loan}.",
        {"loan": loan},
        {"loan": loan},
    )


def busy(person: str, name: str, loan: str, clause: str) -> Reason:
    """That a member has a part in another loan that is not yet repaid; ``loan``: its number."""
    return Reason(
        clause + "member_loan",
        "{name} has a part in loan {loan}, which is not yet repaid.",
        {"name": name, "loan": loan},
        {"person": person, "loan": loan},
    )


def _amount(
    member: Applicant, facts: Application, product: LoanProduct, clause: str
) -> Iterator[Reason]:
    where = {"person": member.person_id}
    cycle = member.cycle or facts.cycle
    most = product.largest_loan(cycle)
    values = {
        "name": member.name,
        "amount": format_rupiah(member.amount),
        "most": format_rupiah(most),
        "cycle": cycle,
    }
    if member.amount <= 0:
        yield Reason(
            clause + "amount", "The amount for {name} must be more than zero.", values, where
        )
    if member.amount <= most:
        return
    if cycle <= 1:
        yield Reason(
            clause + "first_loan_max",
            "{name} asks for {amount}; a first loan is {most} per member at most.",
            values,
            where,
        )
    else:
        yield Reason(
            clause + "ladder",
            "{name} asks for {amount}; loan number {cycle} is {most} per member at most.",
            values,
            where,
        )


def _history(facts: Application, product: LoanProduct, clause: str) -> Iterator[Reason]:
    highest = max([facts.cycle, *(member.cycle or 0 for member in facts.members)])
    if highest > product.max_loans:
        yield Reason(
            clause + "max_loans",
            "This would be loan number {cycle}; after {most} loans the bank is the next step.",
            {"cycle": highest, "most": product.max_loans},
        )
    if facts.active_loan is not None:
        yield group_busy(facts.active_loan, clause)
    low, high = product.min_instalments, product.max_instalments
    if not low <= facts.instalments <= high:
        key = "min_instalments" if facts.instalments < low else "max_instalments"
        yield Reason(
            clause + key,
            "A loan is repaid in {low} to {high} instalments, not in {count}.",
            {"low": low, "high": high, "count": facts.instalments},
        )


def _preparation(
    facts: Application, product: LoanProduct, clause: str, topics: Mapping[str, str]
) -> Iterator[Reason]:
    months = months_in_a_row(facts.saved_on, facts.on)
    if months < product.min_saving_months:
        yield _saved_too_short(months, facts, product.min_saving_months, clause)
    for topic in product.required_trainings:
        held = facts.trained_on.get(topic)
        if held is None or held > facts.on:
            yield Reason(
                clause + "required_trainings",
                "The training “{topic}” has not been done.",
                {"topic": topics.get(topic, topic)},
                {"topic": topic},
            )
    if product.books_required and not facts.books_kept:
        yield Reason(clause + "books_required", "The group does not yet keep its own books.")
    pledged = facts.pledged_on is not None and facts.pledged_on <= facts.on
    if product.pledge_required and not pledged:
        yield Reason(
            clause + "pledge_required",
            "The members have not yet signed that they answer for each other's loans.",
        )


def _saved_too_short(months: int, facts: Application, least: int, clause: str) -> Reason:
    """As of which day the months are counted, and from when on; where there is none, why."""
    clause, on = clause + "min_saving_months", facts.on.isoformat()
    days = [day for day in facts.saved_on if day <= facts.on]
    values = {"months": months, "least": least, "on": on}
    if began := row_began(days, facts.on):
        return Reason(
            clause,
            "Counted on {on}, the group has saved {months} months in a row since {since}; it needs {least}.",
            {**values, "since": began.isoformat()},
        )
    if not days:
        return Reason(
            clause, "By {on} the group has not saved yet; it needs {least} months in a row.", values
        )
    return Reason(
        clause,
        "Counted on {on}, the row of months is broken: the group saved last on {last}, and in neither this "
        "month nor the one before; it needs {least} months in a row.",
        {**values, "last": max(days).isoformat()},
    )


def _fund(facts: Application, clause: str) -> Iterator[Reason]:
    if facts.fund.suspended:
        yield Reason(
            clause + "lending_suspended",
            "Lending is stopped until the fund has recovered.",
        )
    cash = facts.fund.cash
    if cash is not None and facts.amount > cash:
        yield Reason(
            clause + "fund_cash",
            "The group asks for {amount}; the fund has {cash} to lend.",
            {"amount": format_rupiah(facts.amount), "cash": format_rupiah(cash)},
        )
