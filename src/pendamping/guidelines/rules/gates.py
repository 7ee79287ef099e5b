"""What an exit gate of a stage may read, and what the text has to say so that it can. Pure Python.

The names are part of the language in which guidelines are written; the room that keeps the cycle binds
each of them to a reader of the record.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pendamping.kernel.refusal import N_

READS: dict[str, tuple[str, ...]] = {
    # name of the reader: what the gate has to say beside it
    "sessions": ("meeting",),  # a meeting of a kind in every RT
    "decision": ("matter",),  # what a meeting decided of a matter, with signed minutes
    "criteria": (),  # criteria of poverty, ratified
    "poor-list": (),  # the list of poor households, ratified
    "board": (),  # seats of the board, and the papers it stands on
    "groups": (),  # self-help groups
    "release-paper": ("papers",),  # papers of a tranche, ticked present and correct
    "reports": (),  # the report of every tranche, accepted
    "new-board": (),  # a board that follows on another
}

Fault = tuple[str, str, dict[str, Any]]
"""Path below the gate, an English text with places, and what goes into them."""


def gate_faults(gate: Mapping[str, Any], meetings: Mapping[str, Any]) -> Iterator[Fault]:
    """What is missing for the gate's reader; ``meetings``: the guideline's kinds of meeting."""
    for name in READS.get(gate["reads"], ()):
        if not gate.get(name):
            yield (
                name,
                N_("{place}: a gate that reads “{reads}” says this too"),
                {"reads": gate["reads"]},
            )
    matter = gate.get("matter")
    if matter and not any(matter in kind.get("decides_on", ()) for kind in meetings.values()):
        yield "matter", N_("{place}: no kind of meeting decides on {matter}"), {"matter": matter}
