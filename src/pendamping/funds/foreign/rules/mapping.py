"""A mapping: what the columns of a foreign loan book mean.

Source: docs, *A loan book of another system*. Unknown words are refused, so that a slip of the pen
is not a column that is silently not read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from pendamping.funds.foreign.rules.cells import Writing
from pendamping.funds.loans.rules.reading import read_every
from pendamping.funds.loans.rules.terms import Unit
from pendamping.kernel.refusal import N_, Reason, refuse_if

Kind = Literal["none", "rows", "when-closed", "as-due"]
ENCODINGS = ("utf-8", "utf-8-sig", "cp1250", "cp1252", "latin-1")
CLAUSE = "foreign.mapping"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from: a column, a fixed text, a column whose words have a meaning each."""

    column: str = ""
    fixed: str | None = None
    meanings: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """A file of the other system: its name there, how it is written, columns that may be asked for."""

    name: str
    delimiter: str = ","
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Join:
    """Columns of another file, found by a column that both have; they are named ``file.column``."""

    file: str
    on: str


@dataclass(frozen=True, slots=True)
class Loans:
    """What makes a loan. ``owed`` says which of its three readings the service charge has."""

    file: str
    values: Mapping[str, Source]
    every: tuple[int, Unit] = (1, "months")
    joins: Sequence[Join] = ()
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Repayments:
    """What is known of payments.

    ``rows``: a file of them; ``when-closed``: all that is owed is paid on the day of a column;
    ``as-due``: where ``status`` is one of ``as_due`` every instalment was paid on its day, up to
    ``until``; where it is one of ``unpaid`` nothing is known of payments, and nothing counts as paid.
    ``of``: the column of the loans that the ``loan`` of a payment stands in, where it is not their id.
    """

    kind: Kind = "none"
    file: str = ""
    values: Mapping[str, Source] = field(default_factory=dict)
    of: str = ""
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    as_due: Sequence[str] = ()
    unpaid: Sequence[str] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ForeignMapping:
    """A whole mapping."""

    files: Mapping[str, ForeignFile]
    writing: Writing
    loans: Loans
    repayments: Repayments
    written_off: Source | None = None


NEEDED = ("loan_id", "ward", "group_id", "principal", "disbursed", "instalments")
OWED = ("service", "total_due", "rate_percent")
LOAN_VALUES = (*NEEDED, *OWED, "first_due")
PAID_VALUES: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "rows": ("loan", "paid_on", "amount"),
    "when-closed": ("closed",),
    "as-due": ("status",),
}
WORDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"about", "files", "writing", "loans", "repayments", "closures"}),
    "writing": frozenset({"dates", "decimal", "thousands", "minor_units"}),
    "files": frozenset({"name", "delimiter", "encoding"}),
    "loans": frozenset({"file", "every", "join", "only", *LOAN_VALUES}),
    "repayments": frozenset(
        {"kind", "file", "of", "only", "as_due", "unpaid", "until"}.union(*PAID_VALUES.values())
    ),
    "closures": frozenset({"written_off"}),
}


def read_mapping(given: Mapping[str, Any]) -> ForeignMapping:
    """The mapping of a parsed TOML file; raises ``Refusal`` with everything that is wrong in it."""
    refuse_if(_problems(given))
    loans, paid = given["loans"], given.get("repayments", {})
    writing = given.get("writing", {})
    off = given.get("closures", {}).get("written_off", "")
    return ForeignMapping(
        files={key: ForeignFile(**one) for key, one in given["files"].items()},
        writing=Writing(**writing),
        loans=Loans(
            file=loans["file"],
            values={name: source(loans[name]) for name in LOAN_VALUES if name in loans},
            every=read_every(loans.get("every", "1month")),
            joins=[Join(**one) for one in loans.get("join", [])],
            only=loans.get("only", {}),
        ),
        repayments=_repayments(paid),
        written_off=Source(off) if off else None,
    )


def _repayments(paid: Mapping[str, Any]) -> Repayments:
    kind: Kind = paid.get("kind", "none")
    return Repayments(
        kind=kind,
        file=paid.get("file", ""),
        values={name: source(paid[name]) for name in PAID_VALUES[kind]},
        of=paid.get("of", ""),
        only=paid.get("only", {}),
        as_due=paid.get("as_due", ()),
        unpaid=paid.get("unpaid", ()),
        until=paid.get("until"),
    )


def source(given: str | Mapping[str, Any]) -> Source:
    """``"column"``, ``{value = "fixed"}`` or ``{column = …, values = {…}}``."""
    if isinstance(given, str):
        return Source(given)
    if "value" in given:
        return Source(fixed=str(given["value"]))
    meanings = {str(word): str(meant) for word, meant in given.get("values", {}).items()}
    return Source(given["column"], meanings=meanings or None)


def _problems(given: Mapping[str, Any]) -> Iterator[Reason]:
    wrong = list(_sections(given))
    yield from wrong
    if wrong:
        return
    yield from _values(given["loans"], NEEDED, "loans")
    if sum(name in given["loans"] for name in OWED) != 1:
        yield _reason(
            N_("Say exactly one of {words} in [{section}]."), "loans", words=", ".join(OWED)
        )
    yield from _values(given["loans"], [n for n in LOAN_VALUES if n in given["loans"]], "loans")
    yield from _files(given)
    yield from _paid(given.get("repayments", {}))
    yield from _written(given)


def _sections(given: Mapping[str, Any]) -> Iterator[Reason]:
    """Sections that have to be there, and words that nobody knows."""
    for section in ("files", "loans"):
        if not isinstance(given.get(section), Mapping) or not given[section]:
            yield _reason(N_("The mapping has no [{section}]."), section)
    tables = {
        "": given,
        **{name: given.get(name, {}) for name in WORDS if name not in {"", "files"}},
    }
    files = given.get("files")
    if isinstance(files, Mapping):
        tables |= {f"files.{key}": one for key, one in files.items()}
    for section, table in tables.items():
        if not isinstance(table, Mapping):
            yield _reason(N_("[{section}] is not a table."), section)
            continue
        for word in sorted(set(table) - WORDS[section.split(".")[0]]):
            yield _reason(N_("[{section}] knows no {word}."), section or "mapping", word=word)


def _values(table: Mapping[str, Any], names: Sequence[str], section: str) -> Iterator[Reason]:
    for name in names:
        one = table.get(name)
        if one is None:
            yield _reason(N_("[{section}] does not say where {word} stands."), section, word=name)
        elif not (isinstance(one, str) and one) and not (
            isinstance(one, Mapping) and ("value" in one) != ("column" in one)
        ):
            text = N_("{word} in [{section}] is neither a column nor {form}.")
            yield _reason(text, section, word=name, form='{value = "…"}')


def _files(given: Mapping[str, Any]) -> Iterator[Reason]:
    """Files that sections name and nobody describes; how files are written."""
    named = [("loans", given["loans"].get("file"))]
    named += [("loans", one.get("file")) for one in given["loans"].get("join", [])]
    paid = given.get("repayments", {})
    named += [("repayments", paid.get("file"))] if paid.get("kind") == "rows" else []
    for section, name in named:
        if name not in given["files"]:
            yield _reason(N_("[{section}] names no file of [files]."), section)
    for key, one in given["files"].items():
        if not isinstance(one.get("name"), str) or len(one.get("delimiter", ",")) != 1:
            yield _reason(
                N_("[{section}] needs a name and a delimiter of one sign."), f"files.{key}"
            )
        if one.get("encoding", "utf-8") not in ENCODINGS:
            text = N_("The encoding in [{section}] is none of {words}.")
            yield _reason(text, f"files.{key}", words=", ".join(ENCODINGS))


def _paid(paid: Mapping[str, Any]) -> Iterator[Reason]:
    kind = paid.get("kind", "none")
    if kind not in PAID_VALUES:
        text = N_("The kind in [{section}] is none of {words}.")
        yield _reason(text, "repayments", words=", ".join(PAID_VALUES))
        return
    yield from _values(paid, PAID_VALUES[kind], "repayments")
    if kind == "as-due" and not (isinstance(paid.get("until"), date) and paid.get("as_due")):
        yield _reason(N_("[{section}] as-due needs as_due and a day until."), "repayments")


def _written(given: Mapping[str, Any]) -> Iterator[Reason]:
    """How dates and numbers are written, and the period."""
    writing = given.get("writing", {})
    dates = writing.get("dates", ["%Y-%m-%d"])
    marks = [writing.get("decimal", "."), writing.get("thousands", "")]
    units = writing.get("minor_units", 1)
    if not (isinstance(dates, list) and dates and all(isinstance(one, str) for one in dates)):
        yield _reason(
            N_("dates in [{section}] is a list such as {form}."), "writing", form='["%Y-%m-%d"]'
        )
    if (
        len(marks[0]) != 1
        or len(marks[1]) > 1
        or marks[0] == marks[1]
        or units not in (1, 10, 100, 1000)
    ):
        text = N_(
            "In [{section}] decimal and thousands are signs that differ, minor_units 1, 10, 100 or 1000."
        )
        yield _reason(text, "writing")
    try:
        if read_every(given["loans"].get("every", "1month"))[0] < 1:
            raise ValueError
    except (ValueError, AttributeError):
        yield _reason(
            N_("every in [{section}] is a period such as 1month, 2weeks or 30days."), "loans"
        )


def _reason(text: str, section: str, **values: Any) -> Reason:
    return Reason(CLAUSE, text, {"section": section, **values}, {"section": section})
