"""Texts that people type: kept whole, or refused with what is too long."""

from pendamping.kernel.refusal import N_, Reason, Refusal

SHOWN = 40  # signs of a text that is too long: enough to find it again


def fitting(text: str, most: int) -> str:
    """A typed text without the space around it; refuses one that is longer than its place.

    Nothing of what somebody wrote is cut off unseen. ``most``: signs that fit.

    >>> fitting(" Rapat RT 02 ", 20)
    'Rapat RT 02'
    """
    kept = text.strip()
    if len(kept) > most:
        raise Refusal(
            [
                Reason(
                    "kernel.text.long",
                    N_("“{start} …” has {length} signs, at most {most} fit here. Shorten it."),
                    {"start": kept[:SHOWN].rstrip(), "length": len(kept), "most": most},
                    {"length": len(kept), "most": most},
                )
            ]
        )
    return kept


def shortened(text: str, most: int) -> str:
    """A label that the system makes, cut with an ellipsis where it is too long; never what somebody typed.

    >>> shortened("KSM Melati Putih", 10), shortened("KSM Mawar", 10)
    ('KSM Melat…', 'KSM Mawar')
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
