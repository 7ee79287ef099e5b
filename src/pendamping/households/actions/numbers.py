"""Numbers of persons that come along with a ward's package."""

from collections.abc import Mapping

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import secrecy
from pendamping.households.models import Person
from pendamping.kernel.refusal import N_, Reason, refuse_if
from pendamping.trail.actions import record
from pendamping.trail.writing import action

AT_ONCE = 500


@action
def put_numbers(*, by: User, ward: str, numbers: Mapping[str, str]) -> int:
    """Give the persons of a ward that was just taken in the numbers that travelled; how many. Refuses what is no NIK.

    ``numbers``: person to digits. The server's own chain keeps that it was done: the ward's is that of the package.
    """
    allow(by, "households.put_numbers", "")
    found = list(Person.objects.select_for_update().filter(ward=ward, pk__in=list(numbers)))
    text = N_("The number of a person in the package is none.")
    refuse_if(
        Reason(
            "households.number", text, {}, {"file": "data/persons.csv", "column": "nik", "key": key}
        )
        for key, digits in numbers.items()
        if not (digits.isascii() and digits.isdigit() and len(digits) == 16)
    )
    for one in found:
        one.nik_cipher, one.nik_hash, one.nik_last4 = secrecy.seal(numbers[one.pk])
    Person.objects.bulk_update(found, ["nik_cipher", "nik_hash", "nik_last4"], AT_ONCE)
    record(by=by, ward="", record=f"ward:{ward}", numbers=len(found))
    return len(found)
