"""What holds in a ward on a day. Texts are read once per process; rooms type what they get."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pendamping.guidelines import library, rules
from pendamping.guidelines.rules import Clause, Guideline
from pendamping.kernel.refusal import N_, refuse

DEFAULT = "p2kp2"
"""The guideline of a ward that has adopted no other."""


def in_force(ward: str, on: date) -> Guideline:
    """The guideline of a ward on a day, with the ward's own decisions laid over it.

    ``.code``, ``.version`` (kept by every decision), ``.section(name)``, ``.clauses``. Read it once
    where many clauses are needed. Raises ``Refusal`` where no text holds yet on that day.
    """
    texts = rules.in_force(library.texts(DEFAULT), DEFAULT, on)
    if not texts:
        raise refuse(
            f"guidelines.{DEFAULT}.valid_from",
            N_("No text of guideline {code} holds on {day}."),
            where={"ward": ward, "on": on.isoformat()},
            code=DEFAULT,
            day=on.isoformat(),
        )
    return rules.combine(texts)


def section(name: str, ward: str, on: date) -> Mapping[str, Any]:
    """Plain values of a section by key: ``section("loans", ward, on)["grace_months"]``.

    Open sections (stages, tiers, words) map each key to its table. Empty where the guideline in
    force has no such section; ``KeyError`` for a name that no guideline knows.
    """
    if name not in rules.SECTIONS:
        raise KeyError(name)
    return in_force(ward, on).section(name)


def clause(clause_id: str, ward: str, on: date) -> Clause:
    """One clause with value, source, status, sentence, version and the ward's decision.

    ``clause_id``: ``"loans.p2kp2.first_loan_max"``, or with a path into a table. ``KeyError`` where
    the guideline in force has none.
    """
    found = rules.find(in_force(ward, on), clause_id)
    if found is None:
        raise KeyError(clause_id)
    return found


def clause_id(section: str, key: str, ward: str, on: date) -> str:
    """The id under which a refusal names a rule: ``<section>.<code in force>.<key>``."""
    return f"{section}.{code(ward, on)}.{key}"


def vocabulary(ward: str, on: date, lang: str) -> Mapping[str, str]:
    """The programme's words: ``{"board": "BKM", "board.long": "Badan Keswadayaan Masyarakat", …}``."""
    return rules.vocabulary(in_force(ward, on), lang)


def code(ward: str, on: date) -> str:
    """The code of the guideline in force, the middle of every clause's id."""
    return in_force(ward, on).code
