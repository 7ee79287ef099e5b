"""The engine of the guidelines: read, check, resolve, compare, put into words. No Django here."""

from pendamping.guidelines.rules.changes import Change, diff
from pendamping.guidelines.rules.graph import find_circle, in_order
from pendamping.guidelines.rules.inputs import freeze, parts, read, revive, typed
from pendamping.guidelines.rules.kinds import Ref
from pendamping.guidelines.rules.reading import fingerprint, parse, parse_files
from pendamping.guidelines.rules.resolve import (
    check,
    combine,
    find,
    in_force,
    kind_at,
    kind_in_schema,
    overlay,
    split_id,
    unshared,
    version_key,
    vocabulary,
)
from pendamping.guidelines.rules.sections import SECTIONS
from pendamping.guidelines.rules.shapes import Clause, Deviation, Guideline, Header, Text
from pendamping.guidelines.rules.whole import problems
from pendamping.guidelines.rules.wording import say, say_day, sentence, unit_name

__all__ = [
    "SECTIONS",
    "Change",
    "Clause",
    "Deviation",
    "Guideline",
    "Header",
    "Ref",
    "Text",
    "check",
    "combine",
    "diff",
    "find",
    "find_circle",
    "fingerprint",
    "freeze",
    "in_force",
    "in_order",
    "kind_at",
    "kind_in_schema",
    "overlay",
    "parse",
    "parse_files",
    "parts",
    "problems",
    "read",
    "revive",
    "say",
    "say_day",
    "sentence",
    "split_id",
    "typed",
    "unit_name",
    "unshared",
    "version_key",
    "vocabulary"
]  # fmt: skip
