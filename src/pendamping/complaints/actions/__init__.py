"""The only writers of the room."""

from pendamping.complaints.actions.complainant import add_word, confirm, reopen
from pendamping.complaints.actions.handling import (
    acknowledge,
    add_note,
    answer,
    close,
    pass_on,
    record_recovered,
    sort,
)
from pendamping.complaints.actions.importing import import_register
from pendamping.complaints.actions.joining import join, part
from pendamping.complaints.actions.receiving import (
    name_concerned,
    print_slip,
    receive,
    reveal_person,
)

__all__ = [
    "acknowledge",
    "add_note",
    "add_word",
    "answer",
    "close",
    "confirm",
    "import_register",
    "join",
    "name_concerned",
    "part",
    "pass_on",
    "print_slip",
    "receive",
    "record_recovered",
    "reopen",
    "reveal_person",
    "sort",
]
