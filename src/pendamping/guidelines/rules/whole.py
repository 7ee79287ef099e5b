"""What must fit together in a whole guideline: each check is a pure function to reasons."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from pendamping.guidelines.rules.gates import gate_faults
from pendamping.guidelines.rules.graph import graph_reasons
from pendamping.guidelines.rules.kinds import references
from pendamping.guidelines.rules.sections import SECTIONS
from pendamping.guidelines.rules.shapes import Guideline
from pendamping.kernel.refusal import N_, Reason


def problems(guideline: Guideline) -> list[Reason]:
    """Every reason why the texts do not make one working guideline; empty when they do."""
    return [reason for check in CHECKS for reason in check(guideline)]


def _reason(guideline: Guideline, what: str, key: str, text: str, **values: Any) -> Reason:
    """A reason that names the text in which the key stands, as ``<code> <kind>``."""
    section, _, name = key.partition(".")
    clause = guideline.clauses.get((section, name.split(".")[0].split("[")[0]))
    files = [clause.document] if clause else [text.header.kind for text in guideline.texts]
    file = f"{guideline.code} {'/'.join(files)}"
    values = {**values, "place": f"{file}, {key}"}
    return Reason(f"guidelines.text.{what}", text, values, {"file": file, "key": key})


def parts(guideline: Guideline) -> Iterator[Reason]:
    """One whole text, or a general and a technical one; one currency, the same languages."""
    kinds = {text.header.kind for text in guideline.texts}
    if kinds not in ({"whole"}, {"general", "technical"}):
        yield _reason(guideline, "parts", "guideline.kind",
                      N_("{place}: one whole text is needed, or a general and a technical one; "
                         "there is {found}"), found=", ".join(sorted(kinds)))  # fmt: skip
    for name in ("code", "currency", "languages"):
        if len({getattr(text.header, name) for text in guideline.texts}) > 1:
            yield _reason(guideline, "parts", f"guideline.{name}",
                          N_("{place}: the texts of one guideline differ here"))  # fmt: skip


def required_sections(guideline: Guideline) -> Iterator[Reason]:
    present = set(guideline.sections())
    for section in SECTIONS.values():
        if section.required and section.name not in present:
            yield _reason(
                guideline, "missing", section.name, N_("{place}: this section is missing")
            )


def one_home(guideline: Guideline) -> Iterator[Reason]:
    """A clause stands in one text only."""
    seen: dict[tuple[str, str], str] = {}
    for text in guideline.texts:
        for place in text.clauses:
            if place in seen:
                yield _reason(guideline, "duplicate", ".".join(place),
                              N_("{place}: this clause stands in {other} too"), other=seen[place])  # fmt: skip
            seen[place] = text.header.kind


def known_references(guideline: Guideline) -> Iterator[Reason]:
    """Every key that a value names stands in the section it belongs to."""
    for (section, key), clause in guideline.clauses.items():
        kind = SECTIONS[section].kind_of(key)
        if kind is None:
            continue
        for path, target, name in references(kind, clause.value):
            if (target, name) not in guideline.clauses:
                place = f"{section}.{key}" + (f".{path}" if path[:1] not in {"", "["} else path)
                yield _reason(guideline, "unknown_key", place,
                              N_("{place}: {name} does not stand in section {section}"),
                              name=name, section=target)  # fmt: skip


def stage_graph(guideline: Guideline) -> Iterator[Reason]:
    """The stages are a graph without circles that starts somewhere (handbook 1.1)."""
    after = {key: value["after"] for key, value in guideline.section("stages").items()}
    for text, stage, values in graph_reasons(after):
        yield _reason(guideline, "stages", f"stages.{stage}.after", text, **values)


def stage_gates(guideline: Guideline) -> Iterator[Reason]:
    """Every gate says what its reader needs, and a meeting can decide what it waits for."""
    meetings = guideline.section("meetings")
    for key, gate in guideline.section("stage_gates").items():
        for path, text, values in gate_faults(gate, meetings):
            yield _reason(guideline, "gates", f"stage_gates.{key}.{path}", text, **values)


def ordered_limits(guideline: Guideline) -> Iterator[Reason]:
    """What is written as from-to runs upward."""
    for section, low, high in _PAIRS:
        values = guideline.section(section)
        if section == "stage_lengths":
            for key, span in values.items():
                if span["low"] > span["high"]:
                    yield _backwards(guideline, f"{section}.{key}.high", span["low"])
        elif low in values and high in values and values[low] > values[high]:
            yield _backwards(guideline, f"{section}.{high}", values[low])


_PAIRS = (
    ("stage_lengths", "low", "high"),
    ("board", "size_min", "size_max"),
    ("team", "wards_min", "wards_max"),
    ("loans", "min_instalments", "instalments"),
    ("loans", "instalments", "max_instalments"),
    ("lending", "rate_bp_min", "rate_bp_max"),
)


def _backwards(guideline: Guideline, key: str, least: int) -> Reason:
    return _reason(guideline, "order", key, N_("{place}: this may not be less than {least}"),
                   least=least)  # fmt: skip


def ladder(guideline: Guideline) -> Iterator[Reason]:
    """Loans grow from one to the next; a step for each; the first limit is not above the first step.

    Handbook 4.1 and 11 no. 2.
    """
    loans = guideline.section("loans")
    if not loans:
        return
    steps = loans["ladder"]
    for number, (lower, higher) in enumerate(itertools.pairwise(steps), 2):
        if higher <= lower:
            yield _reason(guideline, "ladder", f"loans.ladder[{number}]",
                          N_("{place}: each step must be higher than the one before"))  # fmt: skip
    if len(steps) != loans["max_loans"]:
        yield _reason(guideline, "ladder", "loans.ladder",
                      N_("{place}: {steps} steps for {loans} loans"),
                      steps=len(steps), loans=loans["max_loans"])  # fmt: skip
    if loans["first_loan_max"] > steps[0]:
        yield _reason(guideline, "ladder", "loans.first_loan_max",
                      N_("{place}: this is higher than the first step of the ladder"))  # fmt: skip


def grace(guideline: Guideline) -> Iterator[Reason]:
    """A grace inside the tenor leaves at least one instalment; it is of whole periods."""
    loans = guideline.section("loans")
    if not loans:
        return
    if loans["grace_in_tenor"] and loans["grace_months"] >= loans["min_instalments"]:
        yield _reason(guideline, "grace", "loans.grace_months",
                      N_("{place}: a grace within the tenor leaves no instalment"))  # fmt: skip
    if loans["every"].endswith(("week", "weeks")) and loans["grace_months"]:
        yield _reason(guideline, "grace", "loans.grace_months",
                      N_("{place}: with weekly instalments the grace is counted in instalments"))  # fmt: skip


def whole_shares(guideline: Guideline) -> Iterator[Reason]:
    """Parts of one whole come to 100 (handbook 3.4, 4.4)."""
    tranches = guideline.section("tranches")
    profit = guideline.section("profit")
    sums = {}
    if tranches:
        sums["tranches.percentages"] = sum(tranches["percentages"])
    if profit:
        sums["profit.shares"] = sum(share["percent"] for share in profit["shares"])
    for key, total in sums.items():
        if total != 100:
            yield _reason(guideline, "shares", key,
                          N_("{place}: the shares come to {total} %, not 100 %"), total=total)  # fmt: skip


def tranche_numbers(guideline: Guideline) -> Iterator[Reason]:
    """A paper belongs to a tranche that there is."""
    count = len(guideline.section("tranches").get("percentages", ()))
    for key, paper in guideline.section("tranche_papers").items():
        for number in paper["tranches"]:
            if number > count:
                yield _reason(guideline, "tranches", f"tranche_papers.{key}.tranches",
                              N_("{place}: there is no tranche {number}"), number=number)  # fmt: skip


def component_caps(guideline: Guideline) -> Iterator[Reason]:
    """Least and most share of each component leave room for all (handbook 3.5)."""
    components = guideline.section("components")
    for key, value in components.items():
        if value.get("min_percent", 0) > value.get("max_percent", 100):
            yield _backwards(guideline, f"components.{key}.max_percent", value["min_percent"])
    least = sum(value.get("min_percent", 0) for value in components.values())
    most = sum(value.get("max_percent", 100) for value in components.values())
    if least > 100 or (components and most < 100):
        yield _reason(guideline, "shares", "components",
                      N_("{place}: the least and most shares of the components cannot come to 100 %"))  # fmt: skip


def allocation_bands(guideline: Guideline) -> Iterator[Reason]:
    """Bands of one region and year start at zero, touch, and end open (handbook 3.3)."""
    tables: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
    for band in guideline.section("allocation").get("bands", ()):
        tables.setdefault((band.get("region", ""), band.get("year", 0)), []).append(band)
    for bands in tables.values():
        spans = [(band["min_population"], band.get("max_population")) for band in bands]
        for fault, text in _touching(spans, first=0):
            yield _reason(guideline, "bands", "allocation.bands", text, at=fault)


def collectibility_bands(guideline: Guideline) -> Iterator[Reason]:
    """Every number of instalments behind belongs to one class; each class has its reserve."""
    classes = guideline.section("collectibility")
    if not classes:
        return
    spans = [(value["from_behind"], value.get("to_behind")) for value in classes.values()]
    for fault, text in _touching(spans, first=0):
        yield _reason(guideline, "bands", "collectibility", text, at=fault)
    if [value["number"] for value in classes.values()] != list(range(1, len(classes) + 1)):
        yield _reason(guideline, "bands", "collectibility",
                      N_("{place}: the classes are numbered from 1 upward"))  # fmt: skip
    reserves = guideline.section("reserves")
    for key in classes.keys() ^ reserves.keys() if reserves else ():
        yield _reason(guideline, "unknown_key", f"reserves.{key}",
                      N_("{place}: each class has one reserve, each reserve a class"))  # fmt: skip


def _touching(spans: list[tuple[int, int | None]], first: int) -> Iterator[tuple[int, str]]:
    """Where spans of whole numbers, ends included, overlap or leave a gap; the last is open."""
    expected: int | None = first
    for low, high in sorted(spans, key=lambda span: span[0]):
        if expected is None or low < expected:
            yield low, N_("{place}: two bands overlap at {at}")
        elif low > expected:
            yield expected, N_("{place}: no band holds {at}")
        if high is not None and high < low:
            yield low, N_("{place}: the band from {at} ends before it starts")
        expected = None if high is None else high + 1
    if expected is not None:
        yield expected, N_("{place}: no band holds {at} and more")


def indicator_bands(guideline: Guideline) -> Iterator[Reason]:
    """Bands run from better to worse; each but the last has its limit (handbook 11 no. 5)."""
    for key, value in guideline.section("indicators").items():
        limits = [band.get("limit_percent") for band in value["bands"]]
        place = f"indicators.{key}.bands"
        if None in limits[:-1] or limits[-1] is not None:
            yield _reason(guideline, "bands", place,
                          N_("{place}: every band but the last needs a limit, the last has none"))  # fmt: skip
            continue
        steps = limits[:-1] if value["better"] == "lower" else limits[-2::-1]
        if any(b <= a for a, b in itertools.pairwise(steps)):
            yield _reason(guideline, "bands", place,
                          N_("{place}: the limits must run from better to worse"))  # fmt: skip
        names = [band["key"] for band in value["bands"]]
        if len(set(names)) != len(names):
            yield _reason(guideline, "bands", place, N_("{place}: a band stands there twice"))


def verification_paths(guideline: Guideline) -> Iterator[Reason]:
    """A dossier has one chain; a time limit belongs to a tier; a tier can let a dossier pass."""
    owner: dict[str, str] = {}
    for key, chain in guideline.section("verification").items():
        for dossier in chain["dossiers"]:
            if dossier in owner:
                yield _reason(guideline, "verification", f"verification.{key}.dossiers",
                              N_("{place}: {dossier} goes through {other} already"),
                              dossier=dossier, other=owner[dossier])  # fmt: skip
            owner[dossier] = key
    tiers = guideline.section("verification_tiers")
    for key in guideline.section("verification_days"):
        if key not in tiers:
            yield _reason(guideline, "verification", f"verification_days.{key}",
                          N_("{place}: there is no such tier"))  # fmt: skip
    results = guideline.section("verification_results")
    for key, tier in tiers.items():
        if not any(results.get(r, {}).get("moves") == "pass" for r in tier["results"]):
            yield _reason(guideline, "verification", f"verification_tiers.{key}.results",
                          N_("{place}: no result lets a dossier pass"))  # fmt: skip


def distinct_codes(guideline: Guideline) -> Iterator[Reason]:
    """Account, voucher and book codes, orders of steps: each once."""
    for section, field in _CODES:
        seen: dict[Any, str] = {}
        for key, value in guideline.section(section).items():
            code = value.get(field)
            if code is not None and code in seen:
                yield _reason(guideline, "duplicate", f"{section}.{key}.{field}",
                              N_("{place}: {code} is taken by {other}"),
                              code=code, other=seen[code])  # fmt: skip
            seen[code] = key


_CODES = (
    ("accounts", "code"),
    ("vouchers", "code"),
    ("books", "code"),
    ("lending_steps", "order"),
    ("collection_ladder", "order"),
    ("complaint_levels", "order"),
    ("maturity", "order"),
)


def hands_off(guideline: Guideline) -> Iterator[Reason]:
    """What a card, a close or a sharing keeps is not open to vouchers by hand."""
    for key, account in guideline.section("accounts").items():
        if account.get("control_of") and account.get("by_hand"):
            yield _reason(guideline, "by_hand", f"accounts.{key}",
                          N_("{place}: an account that is kept elsewhere is not open to vouchers by "
                             "hand"))  # fmt: skip


def odd_board(guideline: Guideline) -> Iterator[Reason]:
    """Where the board's size is odd, so are its limits (handbook 2.3)."""
    board = guideline.section("board")
    for key in ("size_min", "size_max"):
        if board.get("odd") and key in board and board[key] % 2 == 0:
            yield _reason(guideline, "order", f"board.{key}",
                          N_("{place}: the size is even, although it has to be odd"))  # fmt: skip


def case_dates(guideline: Guideline) -> Iterator[Reason]:
    """Dates of the case run forward."""
    case = guideline.section("case")
    order = ("programme_start", "disbursed_on", "tenth_instalment_on", "programme_end")
    days: list[tuple[str, date]] = [(key, case[key]) for key in order if key in case]
    for (_, earlier), (key, later) in itertools.pairwise(days):
        if later < earlier:
            yield _reason(guideline, "dates", f"case.{key}",
                          N_("{place}: this day lies before {earlier}"), earlier=earlier.isoformat())  # fmt: skip


CHECKS: tuple[Callable[[Guideline], Iterator[Reason]], ...] = (
    parts,
    required_sections,
    one_home,
    known_references,
    stage_graph,
    stage_gates,
    ordered_limits,
    ladder,
    grace,
    whole_shares,
    tranche_numbers,
    component_caps,
    allocation_bands,
    collectibility_bands,
    indicator_bands,
    verification_paths,
    distinct_codes,
    hands_off,
    odd_board,
    case_dates,
)
