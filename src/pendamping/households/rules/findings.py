"""What a check of a census file finds: wrong cells, doubtful cells, likely duplicates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pendamping.kernel.refusal import Reason, Translate

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a file: the sheet, the row as the spreadsheet numbers it, the heading, the value."""

    sheet: str
    row: int
    column: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class CellError:
    """One cell and what is wrong with it. A ``warning`` does not stop the import."""

    sheet: str
    row: int
    column: str
    value: str
    reason: Reason
    severity: Severity = "error"

    def as_json(self, translate: Translate | None = None) -> dict[str, Any]:
        """``{"sheet", "row", "column", "value", "reason"}`` as the doors promise, and the clause."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason.say(translate),
            "clause": self.reason.clause,
        }


@dataclass(slots=True)
class Findings:
    """All wrong and doubtful cells of one file, in the order in which they were met."""

    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)

    def wrong(self, cell: Cell, reason: Reason) -> None:
        """Note a cell that stops the import."""
        self.errors.append(CellError(cell.sheet, cell.row, cell.column, shown(cell.value), reason))

    def doubtful(self, cell: Cell, reason: Reason) -> None:
        """Note a cell that a person should look at; the import may go on."""
        self.warnings.append(
            CellError(cell.sheet, cell.row, cell.column, shown(cell.value), reason, "warning")
        )


def shown(value: object, longest: int = 80) -> str:
    """A cell's value as text for a message: control signs dropped, cut where it is long."""
    text = "".join(sign for sign in str(value) if sign.isprintable())
    return text if len(text) <= longest else text[: longest - 1] + "…"


@dataclass(frozen=True, slots=True)
class Likely:
    """Two persons who may be the same one; ``score`` 0 to 100 and the reasons that carry it.

    ``first`` and ``second`` are the keys that the caller gave; ``kinds`` name the evidence
    (``same_nik``, ``same_name``, ``similar_name``, ``same_birth_date``, …).
    """

    first: str
    second: str
    score: int
    kinds: tuple[str, ...]


def by_place(findings: Iterable[CellError]) -> list[CellError]:
    """Findings in the order of the file."""
    return sorted(findings, key=lambda each: (each.sheet, each.row, each.column))


def as_document(
    counts: Mapping[str, int],
    findings: Findings,
    duplicates: Iterable[Mapping[str, Any]],
    unknown_columns: Iterable[Mapping[str, str]],
    translate: Translate | None = None,
) -> dict[str, Any]:
    """The document that ``census check --json`` prints."""
    return {
        **counts,
        "errors": [each.as_json(translate) for each in by_place(findings.errors)],
        "duplicates": list(duplicates),
        "warnings": [each.as_json(translate) for each in by_place(findings.warnings)],
        "unknown_columns": list(unknown_columns),
    }
