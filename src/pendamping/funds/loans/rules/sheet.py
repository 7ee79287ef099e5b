"""The collection sheet of a group's meeting: is each line right, and what money moves. Pure Python.

Source: handbook 4.1 (joint liability), 2.5 (group saving), house plan (one sheet, one transaction).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pendamping.funds.ledger.rules.entries import MOST
from pendamping.funds.loans.rules.joint import RESERVE, Part
from pendamping.funds.loans.rules.shares import apportion
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason

OTHERS = "others"
FROM_RESERVE = "reserve"
"""Who covers, beside a person's id: all other borrowers alike; the joint-liability savings."""

MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Cover:
    """What is paid for the member of the line: ``by`` a person's id, OTHERS or FROM_RESERVE."""

    by: str
    amount: int


@dataclass(frozen=True, slots=True)
class Line:
    """One member on the sheet, whole rupiah: what she paid herself, saved, and who covers for her."""

    person_id: str
    name: str
    paid: int = 0
    saved: int = 0
    covers: tuple[Cover, ...] = ()

    @property
    def covered(self) -> int:
        """What others pay for her."""
        return sum(one.amount for one in self.covers)

    @property
    def empty(self) -> bool:
        """Whether nothing is written on the line."""
        return not (self.paid or self.saved or self.covers)


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What is known of a group: names of all by person id, the borrowers among them with what each
    still owes, and what may be drawn from its savings that day beside what it saves on the sheet.
    """

    group: str
    names: Mapping[str, str]
    left: Mapping[str, int]
    reserve: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What a sheet moves: cash for instalments, cash for savings, and what is drawn without cash."""

    instalments: int = 0
    savings: int = 0
    drawn: int = 0

    @property
    def cash(self) -> int:
        """The money that must lie on the table."""
        return self.instalments + self.savings


def lines(given: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Lines as a form gives them, without names: ``person``, and whole rupiah ``paid``, ``saved``,
    ``covers`` (``by``, ``amount``).
    """
    return [
        Line(
            one["person"],
            "",
            int(one.get("paid") or 0),
            int(one.get("saved") or 0),
            tuple(Cover(str(each["by"]), int(each["amount"])) for each in one.get("covers", ())),
        )
        for one in given
    ]


def with_names(found: Iterable[Line], names: Mapping[str, str]) -> list[Line]:
    """The same lines with the names of their persons, where they are known."""
    return [
        Line(one.person_id, names.get(one.person_id, ""), one.paid, one.saved, one.covers)
        for one in found
    ]


def problems(lines: Sequence[Line], facts: GroupFacts) -> list[Reason]:
    """Every line that is wrong, by name; empty where the group's part can be posted."""
    found: list[Reason] = []
    seen: set[str] = set()
    for line in lines:
        where = {"group": facts.group, "person": line.person_id}
        if line.person_id not in facts.names:
            found.append(
                _say("member", N_("Somebody on the sheet is not of this group."), line, where)
            )
            continue
        if line.person_id in seen:
            found.append(_say("twice", N_("{name} stands on the sheet twice."), line, where))
        seen.add(line.person_id)
        found += [*_amounts(line, facts, where), *_covers(line, facts, where)]
    return found + _beyond(lines, facts) + _drawn(lines, facts)


def _beyond(lines: Sequence[Line], facts: GroupFacts) -> list[Reason]:
    """Who pays more than she owes in all while another borrower still owes: for whom the rest is, is said.

    Else the loan would be paid off with one member's debt open and the other's money beside it. Where nobody owes
    anything any more, what is too much is the group's, to be given back.
    """
    moved = {line.person_id: line.paid + line.covered for line in lines}
    short = sum(max(0, owed - moved.get(person, 0)) for person, owed in facts.left.items())
    return [
        _say(
            "beyond",
            N_(
                "{name} owes {left} in all and pays {sum}, while others still owe. Write for whom the rest is, on "
                "the line of who is covered."
            ),
            line,
            {"group": facts.group, "person": line.person_id},
            left=format_rupiah(facts.left[line.person_id]),
            sum=format_rupiah(line.paid),
        )
        for line in lines
        if short and not line.covers and line.paid > facts.left.get(line.person_id, line.paid)
    ]


def _say(key: str, text: str, line: Line, where: Mapping[str, str], **values: str) -> Reason:
    return Reason(f"loans.sheet.{key}", text, {"name": line.name, **values}, where)


def _amounts(line: Line, facts: GroupFacts, where: Mapping[str, str]) -> list[Reason]:
    found = []
    if min(line.paid, line.saved, *(one.amount for one in line.covers), 0) < 0:
        found.append(_say("amount", N_("{name}: an amount is less than nothing."), line, where))
    if line.paid + line.saved + line.covered > MOST:
        most = format_rupiah(MOST)
        text = N_("{name}: a line can come to {most} at most.")
        found.append(_say("amount", text, line, where, most=most))
    if (line.paid or line.covers) and line.person_id not in facts.left:
        found.append(
            _say(
                "no_loan",
                N_("{name} has no part in this loan and owes no instalment."),
                line,
                where,
            )
        )
    elif line.covers and line.paid + line.covered > facts.left[line.person_id]:
        found.append(
            _say(
                "too_much",
                N_("{name} owes {left} in all; {sum} is more than can be paid for her."),
                line,
                where,
                left=format_rupiah(facts.left[line.person_id]),
                sum=format_rupiah(line.paid + line.covered),
            )
        )
    return found


def _covers(line: Line, facts: GroupFacts, where: Mapping[str, str]) -> list[Reason]:
    found = []
    for one in line.covers:
        if not one.by:
            found.append(_say("cover_by", N_("{name}: say who covers for her."), line, where))
        elif not one.amount:
            found.append(
                _say("cover_amount", N_("{name}: write how much is covered for her."), line, where)
            )
        elif one.by == line.person_id:
            found.append(_say("cover_self", N_("{name} cannot cover for herself."), line, where))
        elif one.by not in facts.names and one.by not in (OTHERS, FROM_RESERVE):
            found.append(
                _say("cover_member", N_("{name}: who covers is not of this group."), line, where)
            )
        elif one.by == OTHERS and not set(facts.left) - {line.person_id}:
            found.append(_say("cover_nobody", N_("{name} has nobody beside her."), line, where))
    return found


def _drawn(lines: Sequence[Line], facts: GroupFacts) -> list[Reason]:
    most = facts.reserve + sum(line.saved for line in lines)
    drawn = totals(lines).drawn
    if drawn <= most:
        return []
    return [
        Reason(
            "loans.sheet.reserve",
            "{drawn} is to come out of the joint savings; there is {most}.",
            {"drawn": format_rupiah(drawn), "most": format_rupiah(max(0, most))},
            {"group": facts.group},
        )
    ]


def nothing(groups: Iterable[Sequence[Line]]) -> list[Reason]:
    """Whether there is anything on the sheet, and not too much."""
    lines = [line for group in groups for line in group]
    if len(lines) > MOST_LINES:
        return [
            Reason(
                "loans.sheet.long",
                "A sheet has {most} lines at most; this one has {count}.",
                {"most": MOST_LINES, "count": len(lines)},
            )
        ]
    if all(line.empty for line in lines):
        return [Reason("loans.sheet.empty", "Nothing is written on the sheet.")]
    return []


def totals(lines: Iterable[Line]) -> Totals:
    """What the lines move in all."""
    instalments = savings = drawn = 0
    for line in lines:
        instalments += line.paid
        savings += line.saved
        for one in line.covers:
            if one.by == FROM_RESERVE:
                drawn += one.amount
            else:
                instalments += one.amount
    return Totals(instalments, savings, drawn)


def parts(lines: Sequence[Line], borrowers: Sequence[str]) -> tuple[list[Part], list[Part]]:
    """What was given in cash, and what is drawn on the savings, each by payer and member.

    What all others cover together is shared out alike among the other borrowers.
    """
    cash: list[Part] = []
    drawn: list[Part] = []
    for line in lines:
        if line.paid:
            cash.append(Part(line.person_id, line.person_id, line.paid))
        for one in line.covers:
            if one.by == FROM_RESERVE:
                drawn.append(Part(RESERVE, line.person_id, one.amount))
            elif one.by == OTHERS:
                others = [person for person in borrowers if person != line.person_id]
                each = apportion(one.amount, [1] * len(others))
                cash += [
                    Part(other, line.person_id, part)
                    for other, part in zip(others, each, strict=True)
                    if part
                ]
            else:
                cash.append(Part(one.by, line.person_id, one.amount))
    return cash, drawn
