"""What may still happen to a call once people were invited: moving and cancelling. Default, ours."""

from datetime import date

from pendamping.kernel.refusal import Reason

LONGEST_WHY = 300
"""Letters of a reason: what fits on the new paper."""


def changing_problems(status: str, cancelled: bool, why: str) -> list[Reason]:
    """Why a meeting can be neither moved nor cancelled: it was held, it is cancelled, nobody says why,
    or at such length that the paper would cut it off.

    >>> [one.clause for one in changing_problems("held", False, "hujan")]
    ['meetings.change.held']
    >>> changing_problems("called", False, "hujan")
    []
    """
    if status != "called":
        return [
            Reason(
                "meetings.change.held",
                "The roll of this meeting is taken: it was held, and stays where and when it was.",
            )
        ]
    if cancelled:
        return cancelled_problems(cancelled)
    if not why.strip():
        return [
            Reason(
                "meetings.change.why",
                "Say why: whoever was invited reads it on the new paper.",
                where={"field": "why"},
            )
        ]
    if len(why.strip()) > LONGEST_WHY:
        return [
            Reason(
                "meetings.change.why",
                "The reason has {count} letters; {most} fit on the new paper. Say it more shortly.",
                {"count": str(len(why.strip())), "most": str(LONGEST_WHY)},
                {"field": "why"},
            )
        ]
    return []


def cancelled_problems(cancelled: bool) -> list[Reason]:
    """That nothing more happens in a meeting that was called off."""
    if not cancelled:
        return []
    return [Reason("meetings.change.cancelled", "This meeting is cancelled. Call a new one.")]


def moving_problems(was: tuple[date, str], now: tuple[date, str], today: date) -> list[Reason]:
    """What is wrong with the new day and place: they are the old ones, or the day has passed."""
    day, place = now
    found = []
    if (day, place.strip()) == (was[0], was[1].strip()):
        found.append(
            Reason(
                "meetings.change.same",
                "Neither the day nor the place is another one than before.",
                where={"field": "held_on"},
            )
        )
    if day < today:
        found.append(
            Reason(
                "meetings.change.past",
                "A meeting is moved to today or a day to come. If it was held, take its roll.",
                where={"field": "held_on"},
            )
        )
    if not place.strip():
        found.append(
            Reason(
                "meetings.change.place",
                "Say where the meeting is held.",
                where={"field": "place"},
            )
        )
    return found
