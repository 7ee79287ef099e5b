"""The ward's allocation by its letter, its split between the windows, and moves between windows."""

from collections.abc import Mapping
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.grants import posting, queries
from pendamping.funds.grants.models import Allocation, Tranche, Transfer
from pendamping.funds.grants.rules import allocation as rules
from pendamping.funds.grants.rules import windows
from pendamping.funds.ledger import actions as ledger
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def record_allocation(
    *, by: User, ward: str, year: int, letter_no: str, letter_on: date, population: int
) -> Allocation:
    """Record what a letter gives the ward for a year: the amount is the band's of its population.

    Opens the accounts of the board's windows on the day of the letter. Refuses a second allocation
    for the same year, and a table of bands with gaps or overlaps.
    """
    ledger.take_turn(ward, posting.DESK)
    allow(by, "grants.record_allocation", ward)
    section = guidelines.section("allocation", ward, letter_on)
    clause = guidelines.clause_id("allocation", "bands", ward, letter_on)
    bands = rules.bands_of(section)
    band = rules.band_for(bands, population)
    refuse_if(
        [
            *windows.day_problems(letter_on, clock.today()),
            *rules.band_problems(bands, clause),
            *_letter(ward, year, letter_no, population),
        ]
    )
    assert band is not None
    made = Allocation.objects.create(
        ward=ward,
        year=year,
        letter_no=fitting(letter_no, 80),
        letter_on=letter_on,
        population=population,
        band_least=band.least,
        band_most=band.most,
        amount=band.amount,
        guideline_version=guidelines.version(ward, letter_on),
        **posting.entered(by),
    )
    ledger.open_windows(ward, letter_on)
    record(
        by=by,
        ward=ward,
        record=f"allocation:{made.id}",
        on=letter_on,
        letter=made.letter_no,
        amount=made.amount,
    )
    return made


def _letter(ward: str, year: int, letter_no: str, population: int) -> list[Reason]:
    found = []
    if Allocation.objects.filter(ward=ward, year=year).exists():
        found.append(
            Reason(
                "grants.allocation.once",
                "The ward has its allocation for {year} already.",
                {"year": year},
                {"field": "year"},
            )
        )
    if not letter_no.strip():
        found.append(
            Reason(
                "grants.allocation.letter",
                "Write the number of the letter.",
                {},
                {"field": "letter_no"},
            )
        )
    if population <= 0:
        found.append(
            Reason(
                "grants.allocation.population",
                "A ward has people: write how many.",
                {},
                {"field": "population"},
            )
        )
    return found


@action
def decide_split(
    *, by: User, ward: str, allocation_id: str, split: Mapping[str, int], on: date, meeting_id: str
) -> Allocation:
    """Carry out how a meeting split the allocation between the windows (subject
    ``grants.split:<allocation id>``), and plan the tranches by it.

    ``split``: whole rupiah by window; it comes to the allocation. Decided once: later, money moves
    between windows by a minuted transfer.
    """
    ledger.take_turn(ward, posting.DESK)
    allow(by, "grants.decide_split", ward)
    found = queries.allocation(ward, allocation_id)
    if found is None:
        raise refuse("grants.allocation", "There is no such allocation in this ward.")
    if found.split:
        raise refuse("grants.split.once", "The split is decided; a meeting may move money later.")
    components = guidelines.section("components", ward, on)
    code = guidelines.code(ward, on)
    refuse_if(
        [
            *windows.day_problems(on, clock.today(), found.letter_on),
            *rules.split_problems(split, found.amount, components, code),
            *meetings.decided(
                ward,
                meeting_id,
                f"grants.split:{found.id}",
                matter="component_split",
                since=found.letter_on,
                until=on,
            ),
        ]
    )
    found.split = {name: split.get(name, 0) for name in components}
    found.split_on, found.split_at = on, meeting_id
    found.save(update_fields=["split", "split_on", "split_at"])
    _plan_tranches(by, found, on)
    record(by=by, ward=ward, record=f"allocation:{found.id}", on=on, **found.split)
    return found


def _plan_tranches(by: User, found: Allocation, on: date) -> None:
    """One tranche for each percentage of the guideline, with what it brings to each window."""
    percentages = guidelines.section("tranches", found.ward, on)["percentages"]
    shares = rules.tranche_shares(found.split, percentages)
    Tranche.objects.bulk_create(
        Tranche(
            ward=found.ward,
            allocation=found,
            number=number,
            shares=each,
            amount=sum(each.values()),
            **posting.entered(by),
        )
        for number, each in enumerate(shares, start=1)
    )


@action
def move_between_windows(
    *,
    by: User,
    ward: str,
    from_window: str,
    to_window: str,
    on: date,
    amount: int,
    meeting_id: str,
    why: str,
) -> Transfer:
    """Move money that lies in the bank from one window to another, as a meeting decided that sum
    (subject ``grants.transfer:<from>:<to>:<amount>``). Two entries, each whole within its window.
    """
    ledger.take_turn(ward, posting.DESK)
    allow(by, "grants.move_between_windows", ward)
    subject = f"grants.transfer:{from_window}:{to_window}:{amount}"
    refuse_if(
        [
            *_transfer(ward, from_window, to_window, amount, meeting_id, why, on),
            *posting.not_there(ward, from_window, "moved-out", on, amount),
            *meetings.decided(ward, meeting_id, subject, matter="window_transfer", until=on),
        ]
    )
    made = Transfer.objects.create(
        ward=ward,
        from_window=from_window,
        to_window=to_window,
        on=on,
        amount=amount,
        meeting=meeting_id,
        why=fitting(why, 300),
        **posting.entered(by),
    )
    for window, kind in ((from_window, "moved-out"), (to_window, "moved-in")):
        posting.move(
            by=by, ward=ward, window=window, kind=kind, on=on, amount=amount, what=made.why,
            transfer=made,
        )  # fmt: skip
    record(
        by=by,
        ward=ward,
        record=f"transfer:{made.id}",
        on=on,
        amount=amount,
        meeting=meeting_id,
        **{"from": from_window, "to": to_window},
    )
    return made


def _transfer(
    ward: str, from_window: str, to_window: str, amount: int, meeting: str, why: str, on: date
) -> list[Reason]:
    known = guidelines.section("components", ward, on)
    found = windows.amount_problems(amount)
    if from_window == to_window or not {from_window, to_window} <= set(known):
        found.append(
            Reason(
                "grants.transfer.windows",
                "Name two different windows.",
                {},
                {"field": "to_window"},
            )
        )
    if not why.strip():
        found.append(Reason("grants.why", "Say why.", {}, {"field": "why"}))
    same = {"ward": ward, "from_window": from_window, "to_window": to_window, "amount": amount}
    if Transfer.objects.filter(meeting=meeting, **same).exists():
        found.append(
            Reason(
                "grants.transfer.once", "What this meeting decided has been moved already.", {}, {}
            )
        )
    return found
