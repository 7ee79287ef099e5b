"""What a ward's board holds: the same for the page, the files and the poster. No field names anybody but
the seats; ``None`` is what is not shown, or not there."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the plan in force; amounts in whole rupiah. ``state``: see ``labels.PLAN_STATES``."""

    id: str
    title: str
    component: str
    component_name: str
    place: str
    year: int | None
    amount: int
    from_programme: int
    from_others: int
    state: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The version of the plan that holds, the last year included."""

    version: int
    first_year: int
    last_year: int
    ratified_on: date
    lines: tuple[PlanLine, ...]

    @property
    def planned(self) -> int:
        """What the lines that have a year cost together, in rupiah."""
        return sum(one.amount for one in self.lines if one.year)


@dataclass(frozen=True, slots=True)
class Window:
    """A window of the grant: what came in (moved from or to another one included), what went out, what is left."""

    id: str
    name: str
    allotted: int
    came_in: int
    went_out: int
    with_groups: int
    in_bank: int


@dataclass(frozen=True, slots=True)
class Tranche:
    """A payment of the programme to the board; ``received_on``: when it came."""

    id: str
    year: int
    number: int
    amount: int
    received_on: date | None


@dataclass(frozen=True, slots=True)
class Fund:
    """The revolving fund by its books; ``lent`` and ``paid_back`` since it began, income and cost of the year.

    ``shown``: nothing of it is shown while so few borrow that single ones could be worked out.
    """

    shown: bool
    capital: int | None = None
    cash: int | None = None
    bank: int | None = None
    lent: int | None = None
    paid_back: int | None = None
    outstanding: int | None = None
    overdue: int | None = None
    group_savings: int | None = None
    income_this_year: int | None = None
    cost_this_year: int | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """What residents gave themselves, of one kind, at its value in rupiah."""

    id: str
    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class Work:
    """What a group does with a grant; ``own``: what residents gave to it; ``percent``: how far it is."""

    id: str
    title: str
    window: str
    group: str
    place: str
    agreed_on: date
    amount: int
    paid: int
    own: int
    percent: int
    handed_over_on: date | None


@dataclass(frozen=True, slots=True)
class Borrower:
    """A group and what it borrowed, as a whole; figures of a small group are not shown.

    ``behind``: instalments that are late; ``overdue``: principal and service that are due and unpaid.
    """

    id: str
    name: str
    shown: bool
    members: int | None = None
    borrowed: int | None = None
    paid_back: int | None = None
    outstanding: int | None = None
    overdue: int | None = None
    behind: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a meeting decided; ``outcome``: ``accepted`` or ``rejected``."""

    text: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting whose minutes are signed, with what it decided."""

    id: str
    held_on: date
    kind: str
    name: str
    place: str
    attended: int | None
    women: int | None
    poor: int | None
    signed_on: date
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting that is called; ``at``: where it is held."""

    id: str
    held_on: date
    kind: str
    name: str
    place: str
    at: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits in a body of the ward whose names the guideline makes public."""

    id: str
    body: str
    body_name: str
    name: str
    office: str
    until: date


@dataclass(frozen=True, slots=True)
class Count:
    """A part of the complaints; ``count``: ``None`` where it is small."""

    id: str
    name: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Complaints:
    """Complaints of the year in whole months; ``few``: so few came that nothing is said."""

    first: date
    until: date
    few: bool
    received: int | None
    closed: int | None
    open: int | None
    confirmed: int | None
    in_time: int | None
    kinds: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Hanging:
    """A poster of this board that hangs in the ward; ``photo``: whether there is a picture of it."""

    id: str
    place: str
    since: date
    photo: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A ward's board on a day. ``least``: figures of fewer persons are not shown; ``seal``: number and beginning of
    the seal of the trail that it stands on; ``practice``: nothing on it is real."""

    ward: str
    name: str
    practice: bool
    on: date
    least: int
    guideline: str
    seal: tuple[int, str]
    plan: Plan | None
    windows: tuple[Window, ...]
    tranches: tuple[Tranche, ...]
    fund: Fund
    own: tuple[Own, ...]
    works: tuple[Work, ...]
    groups: tuple[Borrower, ...]
    met: tuple[Met, ...]
    coming: tuple[Coming, ...]
    seats: tuple[Seat, ...]
    complaints: Complaints
    posters: tuple[Hanging, ...]
