"""What a meeting decides of a new schedule: how many instalments, which service charge, what of it is forgiven.

The figures stand in the decision's subject, so that nobody carries out others than were decided.
"""

from dataclasses import dataclass

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason

DECIDED = "loans.reschedule"


@dataclass(frozen=True, slots=True)
class Figures:
    """A new schedule in figures: ``instalments`` a number, ``service`` over all of them and ``forgiven`` of what was
    unpaid, in whole units.
    """

    instalments: int
    service: int
    forgiven: int


def figures(instalments: int, service: int, unpaid: int) -> Figures:
    """A new schedule of a loan of which so much service is unpaid; what it does not ask for is forgiven.

    >>> figures(3, 10_000, 37_500)
    Figures(instalments=3, service=10000, forgiven=27500)
    >>> figures(3, 45_000, 37_500).forgiven
    0
    """
    return Figures(instalments, service, max(unpaid - service, 0))


def subject(loan_id: str, asked: Figures) -> str:
    """What a meeting must have decided for this schedule of a loan.

    >>> subject("01A", Figures(3, 10_000, 27_500))
    'loans.reschedule:01A:3:10000:27500'
    """
    return f"{DECIDED}:{loan_id}:{asked.instalments}:{asked.service}:{asked.forgiven}"


def figures_of(said: str) -> Figures | None:
    """The figures that a decision's :func:`subject` names; ``None`` for an older one, which names only the loan.

    >>> figures_of("loans.reschedule:01A:3:10000:27500"), figures_of("loans.reschedule:01A")
    (Figures(instalments=3, service=10000, forgiven=27500), None)
    """
    numbers = said.split(":")[2:]
    if len(numbers) != 3 or not all(one.isdecimal() for one in numbers):
        return None
    return Figures(*(int(one) for one in numbers))


def otherwise(decided: Figures, asked: Figures) -> list[Reason]:
    """Why other figures than were decided are not carried out. What is forgiven may be less than was decided: of
    what was unpaid then something came in since.

    >>> decided = Figures(3, 10_000, 27_500)
    >>> otherwise(decided, decided), otherwise(decided, Figures(3, 10_000, 20_000))
    ([], [])
    >>> [len(otherwise(decided, Figures(*one))) for one in ((4, 10_000, 27_500), (3, 0, 37_500))]
    [1, 1]
    >>> otherwise(decided, Figures(3, 10_000, 30_000))[0].clause
    'loans.rescheduling.decided'
    """
    same = (decided.instalments, decided.service) == (asked.instalments, asked.service)
    if same and asked.forgiven <= decided.forgiven:
        return []
    return [
        Reason(
            "loans.rescheduling.decided",
            "The meeting decided otherwise: {count} new instalments, service charge {service}, forgiven {forgiven}. "
            "Carried out would be {count_asked}, {service_asked} and {forgiven_asked}. Enter what was decided, or "
            "let a meeting decide anew.",
            {
                "count": decided.instalments,
                "service": format_rupiah(decided.service),
                "forgiven": format_rupiah(decided.forgiven),
                "count_asked": asked.instalments,
                "service_asked": format_rupiah(asked.service),
                "forgiven_asked": format_rupiah(asked.forgiven),
            },
            {"field": "instalments" if decided.instalments != asked.instalments else "service"},
        )
    ]
