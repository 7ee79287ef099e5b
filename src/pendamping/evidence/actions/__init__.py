"""The only writers of the room."""

from pendamping.evidence.actions.coding import (
    add_memo,
    code_passage,
    take_back_coding,
    tie_record,
    untie_record,
)
from pendamping.evidence.actions.sources import add_source, correct_source, note_consent
from pendamping.evidence.actions.studying import (
    add_code,
    add_informant,
    reveal_informant,
    start_study,
)
from pendamping.evidence.actions.taking import take_in
from pendamping.evidence.actions.writing import write_paragraph

__all__ = [
    "add_code", "add_informant", "add_memo", "add_source", "code_passage", "correct_source", "note_consent",
    "reveal_informant", "start_study", "take_back_coding", "take_in", "tie_record", "untie_record",
    "write_paragraph",
]  # fmt: skip
