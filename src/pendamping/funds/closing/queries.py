"""Close a loan book from files: look, ask, check, and only then say.

Source: doors, ``pendamping loan book``. A first look tells whether cells are in order and what the
query needs; the query's own sums tell whether every repayment found its loan. Where anything is
amiss, :mod:`faults` names the rows, all at once, and nothing is written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from pendamping.funds.closing import areas_sql, faults, misfits
from pendamping.funds.closing.columns import FILES, shape
from pendamping.funds.closing.dialects import DuckDb
from pendamping.funds.closing.look import look
from pendamping.funds.closing.query import Question, steps
from pendamping.funds.closing.reading import File, Reading, Relation, column_reasons, find, read
from pendamping.funds.closing.schedule_sql import literal
from pendamping.funds.loans.rules.allocation import Order
from pendamping.funds.loans.rules.book import AreaBook, Level, area_of
from pendamping.kernel.refusal import N_, Refusal, refuse_if
from pendamping.kernel.share import Share

Progress = Callable[[str, Mapping[str, Any]], None]


class Engine(Protocol):
    """What a close asks of an engine."""

    say: DuckDb

    def open(self, file: File) -> Relation:
        """How a file is read; refuses what cannot be."""

    def opened(self) -> None:
        """All files are open: from here on no order of rows matters."""

    def view(self, name: str, text: str) -> None:
        """A SELECT under a name."""

    def table(self, name: str, text: str) -> None:
        """A SELECT whose result is kept."""

    def rows(self, text: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT."""

    def all_differ(self, view: str, column: str, count: int) -> bool:
        """Whether no value of a column stands twice."""

    def write(self, text: str, path: Path) -> None:
        """The rows of a SELECT as Parquet."""


Sorts = dict[int, Sequence[int]]
"""Of the loans of each sort (see :func:`areas_sql.sorts`) the :data:`areas_sql.SUMS`."""


@dataclass(frozen=True, slots=True)
class Ward:
    """The sums of a ward, in whole units and counts."""

    sorts: Sorts
    owing: int = 0
    at_risk: int = 0


NONE_OF = {
    "segments": "SELECT loan_id, disbursed AS from_day, principal, principal AS service, instalments,"
    " disbursed AS first_due, instalments AS keeps_class_for, instalments AS step_months,"
    " instalments AS step_days, place FROM loans"
    " WHERE FALSE",
    "closures": "SELECT loan_id, disbursed AS on_day, 'settled' AS closing, principal,"
    " principal AS service, disbursed AS reversed_on, place FROM loans WHERE FALSE",
}
"""What stands for one of the two files where only the other is there."""

COLUMNS = (
    N_("Area"), N_("Loans"), N_("Active"), N_("Outstanding"), N_("Arrears of principal"),
    N_("Arrears of service charge"), N_("PAR"), N_("LAR"), N_("RR"),
)  # fmt: skip
"""What the columns of the printed book are called."""
TOTAL = N_("In all")


def must_have() -> dict[str, list[str]]:
    """The columns that each file of a loan book must have, in their order."""
    return {name: [one.name for one in columns if one.needed] for name, columns in FILES.items()}


def engine(name: str) -> "Any":
    """An engine by its name, to be used in a ``with``; raises :class:`Missing` where it cannot run."""
    if name == "duckdb":
        from pendamping.funds.closing.duckdb_engine import DuckDbEngine

        return DuckDbEngine()
    if said := missing(name):
        raise Missing(said)
    from pendamping.funds.closing.spark_engine import SparkEngine

    return SparkEngine()


def missing(name: str) -> str:
    """What has to be installed before an engine can run, with what to type; empty where nothing has."""
    if name == "duckdb":
        return ""
    from pendamping.funds.closing import spark_engine

    return spark_engine.missing()


class Missing(Exception):
    """Something has to be installed first; says exactly what to type."""


def silent(_text: str, _values: Mapping[str, Any]) -> None:
    """No progress."""


def close(
    folder: Path,
    *,
    as_of: date,
    engine: Engine,
    order: Order = "service-first",
    out: Path | None = None,
    progress: Progress = silent,
) -> dict[str, Ward]:
    """The sums of every ward at the end of a day; raises ``Refusal`` with every reason.

    ``out``: a folder that gets ``loans.parquet``, after everything was found in order.
    """
    readings = _open(folder, engine, progress)
    seen = look(readings, engine, as_of, order)
    if seen.wrong or seen.great:
        refuse_if([*faults.rows(readings, engine, seen.ask), *map(faults.too_great, seen.great)])
    progress(N_("Counting …"), {})
    wards, holds = count(seen.ask, engine)
    if not holds:
        found = faults.rows(readings, engine, seen.ask)
        refuse_if(found or misfits.misfits(readings, engine, seen.ask))
        raise RuntimeError("the sums of the query do not hold, yet every row is in its place")
    if out is not None:
        progress(N_("Writing {file} …"), {"file": "loans.parquet"})
        out.mkdir(parents=True, exist_ok=True)
        text = areas_sql.loans(engine.say, literal(as_of), keeps=seen.ask.keeps)
        engine.write(text, out / "loans.parquet")
    return wards


def _open(folder: Path, engine: Engine, progress: Progress) -> dict[str, Reading]:
    """Every file as the query sees it; refuses all that cannot be read."""
    found = find(folder)
    reasons = list(found.reasons)
    relations = {}
    for name, file in found.files.items():
        progress(N_("Reading {file} …"), {"file": file.path.name})
        try:
            relations[name] = engine.open(file)
            reasons += column_reasons(file, relations[name].types)
        except Refusal as refusal:
            reasons += refusal.reasons
    refuse_if(reasons)
    ids = {shape(relation.types["loan_id"]) for relation in relations.values()}
    readings = {
        name: read(found.files[name], relation, engine.say, whole_ids=ids == {"whole"})
        for name, relation in relations.items()
    }
    engine.opened()
    for name, reading in readings.items():
        engine.view(name, reading.text)
    if "segments" in readings or "closures" in readings:
        for name, text in NONE_OF.items():
            if name not in readings:
                engine.view(name, text)
    return readings


def count(ask: Question, engine: Engine) -> tuple[dict[str, Ward], bool]:
    """The sums of every ward, and whether each repayment found its loan and fitted it."""
    for step in steps(ask, engine.say):
        (engine.table if step.kept else engine.view)(step.name, step.text)
    joined = ask.reads_repayments or ask.odd  # else two looks at the loans are quicker than a copy
    keep = engine.table if joined else engine.view
    keep("sorted_loans", areas_sql.sorts(engine.say, keeps=ask.keeps))
    found: dict[str, Sorts] = {}
    matched = faulty = 0
    for ward, sort, *sums, met, wrong in engine.rows(areas_sql.areas(engine.say)):
        matched, faulty = matched + met, faulty + wrong
        found.setdefault(ward, {})[sort] = sums
    groups = {ward: counts for ward, *counts in engine.rows(areas_sql.groups(engine.say))}
    wards = {ward: Ward(sorts, *groups.get(ward, (0, 0))) for ward, sorts in found.items()}
    return wards, matched == _known(ask, engine) and not faulty


def _known(ask: Question, engine: Engine) -> int:
    """How many loans of the repayments the plain way should have met."""
    if not ask.reads_repayments:
        return 0
    known = int(engine.rows("SELECT count(*) FROM paid")[0][0])
    if ask.odd:
        odd = "SELECT count(*) FROM paid p JOIN odd o ON o.loan_id = p.loan_id"
        known -= int(engine.rows(odd)[0][0])
    return known


def book(wards: Iterable[Ward]) -> AreaBook:
    """The figures of wards together."""
    known = list(wards)
    sorts: dict[int, Sequence[int]] = {}
    for ward in known:
        for sort, sums in ward.sorts.items():
            so_far = sorts.get(sort)
            sorts[sort] = [a + b for a, b in zip(so_far, sums, strict=True)] if so_far else sums

    def total(name: str, of: Callable[[int], bool] = lambda sort: True) -> int:
        place = areas_sql.SUMS.index(name)
        return sum(sums[place] for sort, sums in sorts.items() if of(sort))

    outstanding = total("outstanding")
    at_risk = total("arrears_principal", lambda sort: sort % 2 == 1)
    return AreaBook(
        loans=total("loans"),
        active=total("loans", lambda sort: sort >= 10),
        outstanding=outstanding,
        due_to_date=total("due"),
        paid_to_date=total("paid"),
        overpaid=total("overpaid"),
        arrears_principal=total("arrears_principal"),
        arrears_service=total("arrears_service"),
        par30=Share(total("outstanding", lambda sort: sort % 10 >= 2), outstanding),
        par90=Share(total("outstanding", lambda sort: sort % 10 >= 4), outstanding),
        par=Share(total("outstanding", lambda sort: sort % 2 == 1), outstanding),
        lar=Share(sum(ward.at_risk for ward in known), sum(ward.owing for ward in known)),
        rr=Share(outstanding - at_risk, outstanding),
        classes={
            number: tuple(
                total(name, lambda sort, number=number: sort // 10 == number)
                for name in ("loans", "outstanding")
            )
            for number in range(1, 6)
        },
    )


def by_area(wards: Mapping[str, Ward], level: Level) -> dict[str, AreaBook]:
    """The figures of each area that has a loan, in the order of their codes."""
    areas: dict[str, list[Ward]] = {}
    for code, ward in wards.items():
        if any(sums[0] for sums in ward.sorts.values()):
            areas.setdefault(area_of(code, level), []).append(ward)
    return {area: book(areas[area]) for area in sorted(areas)}


def as_json(wards: Mapping[str, Ward], as_of: date, level: Level) -> dict[str, Any]:
    """``{"as_of", "total", "areas"}`` as the doors promise."""
    return {
        "as_of": as_of.isoformat(),
        "total": book(wards.values()).as_json(),
        "areas": [
            {"area": area, **figures.as_json()} for area, figures in by_area(wards, level).items()
        ],
    }
