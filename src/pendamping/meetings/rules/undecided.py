"""What a meeting was called for and left open; its minutes say so, with the reason."""

from collections.abc import Collection, Mapping, Sequence

from pendamping.kernel.refusal import Reason
from pendamping.meetings.rules.changing import LONGEST_WHY


def left_open(
    asked: Sequence[Mapping[str, str]], taken: Collection[str], free: Collection[str]
) -> list[Mapping[str, str]]:
    """What the meeting was called for (``subject``, ``text``) and took no decision on, in order.

    ``taken``: subjects on which it decided. ``free``: subjects that nobody asks for.

    >>> loan, list_ = {"subject": "loan:1", "text": "Loan 1"}, {"subject": "list:1", "text": "List"}
    >>> [one["subject"] for one in left_open([loan, list_], ["list:1"], [""])]
    ['loan:1']
    """
    return [one for one in asked if one["subject"] not in taken and one["subject"] not in free]


def field_of(subject: str) -> str:
    """The field of a form for the reason; by the matter, for what is open may change under the page."""
    return f"why_{subject}"


def undecided_problems(open_: Sequence[Mapping[str, str]], why: Mapping[str, str]) -> list[Reason]:
    """Each matter without a decision needs its reason; ``why``: the reasons by subject.

    >>> [one.values["matter"] for one in undecided_problems([{"subject": "a", "text": "A loan"}], {})]
    ['A loan']
    >>> undecided_problems([{"subject": "a", "text": "A loan"}], {"a": "Two members were ill."})
    []
    """
    found = []
    for one in open_:
        said = why.get(one["subject"], "").strip()
        where, values = {"field": field_of(one["subject"])}, {"matter": one["text"]}
        if not said:
            found.append(Reason("meetings.minutes.undecided", "Nothing is decided on this: {matter} Decide it now, or say why it is not decided.",
                                values, where))  # fmt: skip
        elif len(said) > LONGEST_WHY:
            found.append(Reason("meetings.minutes.undecided", "This reason is too long; say the rest in the minutes: {matter}",
                                values, where))  # fmt: skip
    return found
