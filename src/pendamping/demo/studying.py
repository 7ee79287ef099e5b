"""The study of Empang at the end of the case: informants, sources, and what was coded in them."""

import re
from datetime import timedelta
from typing import Any

from pendamping.demo.case import Case
from pendamping.demo.study_texts import ANALYSIS, INFORMANTS, SOURCES
from pendamping.evidence import actions, queries
from pendamping.evidence.rules import AGAINST, FOR, OVERCOME, factor_key
from pendamping.kernel import clock

SAID = re.compile(r"\[([a-z:-]+?)([+!-]?) ([^]]*)\]")
SENSES = {"+": FOR, "-": AGAINST, "!": OVERCOME}
WRITER = "pimpinan"


def study(case: Case) -> None:
    """What was said, seen and written is taken in and coded, and the analysis is written."""
    by, ward = case.actor(WRITER), case.ward
    with clock.at(SOURCES[0][2] - timedelta(days=7)):
        actions.start_study(by=by, ward=ward)
        people = [
            actions.add_informant(by=by, ward=ward, who=who, criterion=why, knows=knows, sex=sex).id
            for who, why, knows, sex in INFORMANTS
        ]
    codes = {row.code.key: row.code.id for row in queries.codebook(ward)}
    with clock.at(max(one[2] for one in SOURCES)):
        for kind, title, on, place, number, text in SOURCES:
            made = actions.add_source(
                by=by, ward=ward, kind=kind, title=title, on=on, place=place, consent=True, text=plain(text),
                informant_id=people[number - 1] if number else "", interviewer="Contoh Pimpinan",
            )  # fmt: skip
            _code(case, made, text, codes)
        for part, words in ANALYSIS.items():
            actions.write_paragraph(by=by, ward=ward, part=part, text=words)


def plain(text: str) -> str:
    """A text as it was said, without what stands in front of its passages."""
    return SAID.sub(r"\3", text)


def marked(text: str) -> dict[str, list[tuple[int, int]]]:
    """The places of a text by the key of their code."""
    found: dict[str, list[tuple[int, int]]] = {}
    shift = 0
    for one in SAID.finditer(text):
        key = one[1] if one[1].startswith("process:") else factor_key(one[1], SENSES[one[2]])
        start = one.start() - shift
        found.setdefault(key, []).append((start, start + len(one[3])))
        shift += len(one[0]) - len(one[3])
    return found


def _code(case: Case, source: Any, text: str, codes: dict[str, str]) -> None:
    for key, places in marked(text).items():
        actions.code_passage(
            by=case.actor(WRITER),
            ward=case.ward,
            source_id=source.id,
            spans=places,
            codes=[codes[key]],
        )
