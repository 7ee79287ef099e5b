"""Figures of a few people are not shown, nor such that they could be worked out from."""

from pendamping.funds.loans.rules.hiding import Hidden, hidden_groups

__all__ = ["Hidden", "hidden_groups", "shown_count", "shown_part"]


def shown_count(count: int, least: int) -> int | None:
    """A number of persons as it may be shown; ``None``: they are few.

    >>> shown_count(7, 5), shown_count(4, 5), shown_count(0, 5)
    (7, None, 0)
    """
    return None if 0 < count < least else count


def shown_part(part: int, whole: int, least: int) -> int | None:
    """Those of a kind among all who came, as it may stand beside how many came; ``None``: not shown.

    >>> shown_part(20, 36, 5), shown_part(3, 36, 5), shown_part(33, 36, 5), shown_part(0, 9, 5)
    (20, None, None, 0)
    """
    rest = whole - part
    return None if 0 < part < least or 0 < rest < least else part
