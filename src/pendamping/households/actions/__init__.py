"""The only writers of households and their people."""

from pendamping.households.actions.expiring import expire_upload, forget_leftovers
from pendamping.households.actions.importing import (
    ask_import,
    confirm_import,
    discard_upload,
    fail_upload,
    import_census,
    note_check,
    receive_upload,
    stage_upload,
)
from pendamping.households.actions.life import (
    add_household,
    record_birth,
    record_death,
    record_move_in,
    record_move_out,
)
from pendamping.households.actions.mistakes import take_back_household, take_back_person
from pendamping.households.actions.moves import join_households, split_household
from pendamping.households.actions.numbers import put_numbers
from pendamping.households.actions.people import correct_person, reveal_nik, settle_duplicate
from pendamping.households.actions.poverty import mark_poor, unmark_poor
from pendamping.households.actions.same import join_entries, lock_both, part_entries

__all__ = [
    "add_household",
    "ask_import",
    "confirm_import",
    "correct_person",
    "discard_upload",
    "expire_upload",
    "fail_upload",
    "forget_leftovers",
    "import_census",
    "join_entries",
    "join_households",
    "lock_both",
    "mark_poor",
    "note_check",
    "part_entries",
    "put_numbers",
    "receive_upload",
    "record_birth",
    "record_death",
    "record_move_in",
    "record_move_out",
    "reveal_nik",
    "settle_duplicate",
    "split_household",
    "stage_upload",
    "take_back_household",
    "take_back_person",
    "unmark_poor",
]
