"""Dossiers that ran on paper: rows of a list (a row for each stay in a tier) to whole dossiers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pendamping.kernel.refusal import N_, Translate, shown
from pendamping.verification.rules.chain import Chain, Tier

# key: the heading in the template, what else it may be called (small letters)
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("nomor berkas", "no berkas", "nomor", "no"),
    "kind": ("jenis", "jenis berkas"),
    "summary": ("perihal", "tentang", "uraian"),
    "amount": ("jumlah", "jumlah dana", "nilai"),
    "opened_on": ("tanggal diajukan", "diajukan"),
    "tier": ("tingkat",),
    "received_on": ("diterima", "tanggal diterima"),
    "decided_on": ("diputus", "tanggal diputus"),
    "result": ("hasil", "putusan"),
    "reason": ("alasan",),
    "note": ("catatan", "keterangan"),
    "verifier": ("pemeriksa", "verifikator"),
}
HEADINGS = {key: names[0].capitalize() for key, names in COLUMNS.items()}
NEEDED = ("number", "kind", "summary", "opened_on", "tier", "received_on")
MOST_ROWS = 20_000
LONGEST_NUMBER = 50  # of a dossier's own number, which its record carries
MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be taken: row of the sheet, heading, what stood there, why."""

    row: int
    column: str
    value: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self, sheet: str, say: Translate) -> dict[str, Any]:
        """``{"sheet", "row", "column", "value", "reason"}`` as everywhere."""
        values = {key: shown(value, say) for key, value in self.values.items()}
        return {
            "sheet": sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": say(self.text).format(**values),
        }


@dataclass(frozen=True, slots=True)
class Words:
    """What the list may say: kinds to chains, tiers, results and reasons, each by key or name."""

    chains: Mapping[str, Chain]
    tiers: Mapping[str, Tier]
    names: Mapping[str, Mapping[str, str]]  # section to {small name: key}

    def key(self, section: str, said: str) -> str | None:
        """The key that a cell means, by itself or by its name."""
        return self.names[section].get(" ".join(said.lower().split()))


def headings(cells: Sequence[Any]) -> dict[str, int]:
    """Which column stands where, from the first row."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        said = " ".join(str(cell or "").lower().replace(".", " ").split())
        for key, names in COLUMNS.items():
            if said in names and key not in found:
                found[key] = place
    return found


def read(
    rows: Iterable[tuple[int, Sequence[Any]]], at: Mapping[str, int], words: Words, today: date
) -> tuple[list[dict[str, Any]], list[Wrong]]:
    """Whole dossiers, as ``actions.bring_in`` takes them, and every wrong cell."""
    found: dict[str, dict[str, Any]] = {}
    wrong: list[Wrong] = []
    for row, cells in rows:
        line = _Line(row, cells, at, words, wrong)
        if line.empty():
            continue
        number = line.text("number", needed=True)
        if number and number not in found:
            found[number] = line.dossier(today)
        step = line.step(today)
        if number and step:
            _follow(found[number], step, line)
    return list(found.values()), wrong


def _follow(dossier: dict[str, Any], step: dict[str, Any], line: "_Line") -> None:
    """Add a stay after those before it: nothing open is left behind, days only go forward."""
    steps = dossier["steps"]
    last = steps[-1] if steps else None
    since = last["decided_on"] if last else dossier["opened_on"]
    if last is not None and last["decided_on"] is None:
        line.fault("received_on", N_("The stay before this one has no day of decision"))
    elif since is not None and step["received_on"] < since:
        line.fault("received_on", N_("The day lies before {day}, when it left the place before"), day=since)  # fmt: skip
    elif last is not None and last["decision"] == "refuse":
        line.fault("tier", N_("The dossier was refused before; it does not go on"))
    steps.append(step)


class _Line:
    def __init__(
        self,
        row: int,
        cells: Sequence[Any],
        at: Mapping[str, int],
        words: Words,
        wrong: list[Wrong],
    ) -> None:
        self.row, self.cells, self.at = row, cells, at
        self.words, self.wrong = words, wrong

    def raw(self, key: str) -> Any:
        place = self.at.get(key)
        return self.cells[place] if place is not None and place < len(self.cells) else None

    def empty(self) -> bool:
        return all(self.raw(key) in (None, "") for key in COLUMNS)

    def fault(self, key: str, text: str, **values: Any) -> None:
        said = self.raw(key)
        self.wrong.append(
            Wrong(self.row, HEADINGS[key], "" if said is None else str(said), text, values)
        )

    def text(self, key: str, *, needed: bool = False, most: int = 0) -> str:
        said = self.raw(key)
        if isinstance(said, float) and said.is_integer():
            said = int(said)
        text = "" if said is None else str(said).strip()
        if needed and not text:
            self.fault(key, N_("This cell must be filled"))
        if most and len(text) > most:
            self.fault(key, N_("This text has {length} signs, at most {most} fit here"), length=len(text), most=most)  # fmt: skip
        return text

    def day(self, key: str, today: date, *, needed: bool = False) -> date | None:
        said = self.raw(key)
        found = _as_day(said)
        if said in (None, ""):
            if needed:
                self.fault(key, N_("This cell must be filled"))
        elif found is None:
            self.fault(key, N_("This is not a date such as 12/05/2004"))
        elif found > today:
            self.fault(key, N_("The day lies in the future"))
        return found

    def word(self, key: str, section: str, *, needed: bool = False) -> str:
        said = self.text(key, needed=needed)
        found = self.words.key(section, said) if said else None
        if said and found is None:
            self.fault(key, N_("The guideline does not know this word"))
        return found or ""

    def amount(self) -> int | None:
        said = self.raw("amount")
        if said in (None, ""):
            return None
        digits = str(said).lower().replace("rp", "").replace(".0", "") if isinstance(said, float) else str(said).lower().replace("rp", "").replace(".", "").strip()  # fmt: skip
        digits = digits.strip()
        if len(digits) > MOST_DIGITS or not (digits.isascii() and digits.isdigit()):
            self.fault("amount", N_("This is not a whole amount of rupiah"))
            return None
        return int(digits)

    def dossier(self, today: date) -> dict[str, Any]:
        return {
            "row": self.row,
            "number": self.text("number", most=LONGEST_NUMBER),
            "kind": self.word("kind", "kinds", needed=True),
            "summary": self.text("summary", needed=True, most=300),
            "amount": self.amount(),
            "opened_on": self.day("opened_on", today, needed=True),
            "steps": [],
        }

    def step(self, today: date) -> dict[str, Any] | None:
        tier = self.word("tier", "verification_tiers", needed=True)
        received = self.day("received_on", today, needed=True)
        decided = self.day("decided_on", today)
        result = self.word("result", "verification_results")
        decision = self._decision(tier, result)
        if decided and received and decided < received:
            self.fault("decided_on", N_("The day lies before {day}, when it came"), day=received)
        if bool(decided) != bool(decision) and not (result and not decision):
            self.fault(
                "decided_on" if decision else "result",
                N_("A decision has both a day and a result, or neither"),
            )
        if not tier or received is None:
            return None
        reason = self.word("reason", "verification_reasons")
        return {
            "tier": tier,
            "received_on": received,
            "decided_on": decided,
            "decision": decision,
            "result": result,
            "reasons": [reason] if reason else [],
            "note": self.text("note", most=1000),
            "verifier": self.text("verifier", most=60),
        }

    def _decision(self, tier: str, result: str) -> str:
        if not tier or not result:
            return ""
        found = (self.words.tiers[tier].results or {}).get(result, "")
        if not found:
            self.fault("result", N_("This tier does not have this result"))
        return found


def _as_day(said: Any) -> date | None:
    if isinstance(said, datetime):
        return said.date()
    if isinstance(said, date):
        return said
    text = str(said or "").strip()
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
