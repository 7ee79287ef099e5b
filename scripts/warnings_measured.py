"""Measure the warnings on made-up wards: write the table of ``docs/warnings.md``, or show that of the training wards.

``warnings_measured.py [training]``. Wards of the held-out set were never used to set a limit. Takes minutes.
"""

import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "warnings.md"
MONTHS = 18
SETS = {"training": (1, 300), "held-out": (2005, 500)}
"""Seed and number of wards."""


def figures(name: str):
    """What was measured of each factor on one of the sets; takes a quarter of a second a ward."""
    from pendamping.insight import texts
    from pendamping.simulation.rules import GUIDELINE, assigned, look, measured

    limits = texts.limits(texts.of_package(GUIDELINE, {}, date(2005, 1, 1)))
    seed, count = SETS[name]
    return measured(one for ward in assigned(seed, count, MONTHS) for one in look(ward, limits))


def parts(page: str) -> tuple[str, str, str]:
    """The page before its table, the table, and what follows."""
    begin, end = "<!-- held-out -->\n", "<!-- /held-out -->"
    before, _, rest = page.partition(begin)
    inside, _, after = rest.partition(end)
    return before + begin, inside, end + after


def main(names: list[str]) -> None:
    from pendamping.simulation.rules import table

    if "training" in names:
        print(table(figures("training")), end="")
        return
    before, _old, after = parts(TARGET.read_text(encoding="utf-8"))
    TARGET.write_text(f"{before}{table(figures('held-out'))}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
