"""A kiosk in the meeting: opened, closed, and one ballot given on it."""

from collections.abc import Sequence

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.planning import facts, kiosks
from pendamping.planning.actions.counting import lock
from pendamping.planning.models import Kiosk, KioskBallot, KioskStub, Station
from pendamping.planning.rules import ballots
from pendamping.trail.actions import record
from pendamping.trail.writing import action

CODE = "planning.kiosk.code"


@action
def open_kiosk(*, by: User, ward: str, station_id: str) -> Kiosk:
    """Open the kiosk of a station on the day of its vote, before anybody has typed its ballots."""
    station = _station(ward, station_id)
    vote = lock(ward, station.vote_id)
    allow(by, "planning.open_kiosk", ward)
    if clock.today() < vote.held_on:
        raise refuse("planning.kiosk", "The vote is on {day}; the kiosk opens from then on.", day=vote.held_on)  # fmt: skip
    if kiosks.running(station) is not None:
        raise refuse("planning.kiosk", "The kiosk of this station is open already.")
    if station.sheets.filter(holds=True).exists():
        raise refuse("planning.kiosk", "The ballots of this station are being typed; no kiosk opens after that.")  # fmt: skip
    made = Kiosk.objects.create(station=station, opened_at=clock.now())
    record(by=by, ward=ward, record=f"vote:{vote.id}", on=clock.today(), station=station.number)
    return made


@action
def close_kiosk(*, by: User, ward: str, station_id: str) -> Kiosk:
    """Close the kiosk of a station: what was given counts with the ballots on paper."""
    station = _station(ward, station_id)
    vote = lock(ward, station.vote_id)
    allow(by, "planning.close_kiosk", ward)
    found = kiosks.running(station)
    if found is None:
        raise refuse("planning.kiosk", "No kiosk of this station is open.")
    found.closed_at = clock.now()
    found.save(update_fields=["closed_at"])
    record(
        by=by, ward=ward, record=f"vote:{vote.id}", on=clock.today(), station=station.number,
        given=kiosks.given(station),
    )  # fmt: skip
    return found


@action
def cast_ballot(
    *, by: User, ward: str, token: str, code: str, marks: Sequence[tuple[int, int]], sex: str = ""
) -> None:
    """Take the ballot of whoever holds the stub, once; ``by`` is the server, for nobody is named.

    ``marks``: numbers with their points, of a ranking the first place first. The trail keeps that somebody voted at
    the station, neither which stub nor what.
    """
    found = kiosks.by_token(token)
    if found is None or found.station.vote.ward != ward:
        raise refuse("planning.kiosk", "This kiosk is closed.")
    station, vote = found.station, lock(ward, found.station.vote_id)
    allow(by, "planning.cast_ballot", ward)
    found.refresh_from_db(fields=["closed_at"])
    if not kiosks.is_open(found):
        raise refuse("planning.kiosk", "This kiosk is closed.")
    number = kiosks.number(station, code)
    if number is None:
        raise refuse(CODE, "This code is unknown, or it was used already.", where={"field": "code"})
    form = facts.rule(vote).form
    refuse_if(_problems(marks, sex, vote.options.count(), form))
    if form.kind == "points":
        ballot = ballots.Ballot(tuple(sorted(marks)), sex)
    else:
        ballot = ballots.of_numbers([one for one, _points in marks], form, sex)
    KioskStub.objects.create(station=station, number=number)
    KioskBallot.objects.create(station=station, ballot=ballots.kept(ballot, form))
    record(by=by, ward=ward, record=f"vote:{vote.id}", on=clock.today(), station=station.number)


def _problems(
    marks: Sequence[tuple[int, int]], sex: str, options: int, form: ballots.Form
) -> list[Reason]:
    """A voter reads one reason; what may be marked stands above it."""
    wrong = ballots.problems(1, marks, options, form, "planning.kiosk")
    if not marks:
        return [Reason("planning.kiosk", "Nothing is marked yet.", {}, {"field": "marks"})]
    if wrong:
        return [Reason("planning.kiosk", "More is marked than a ballot may hold, or one twice.", {}, {"field": "marks"})]  # fmt: skip
    if form.by_sex and sex not in ballots.SEXES:
        return [Reason("planning.kiosk", "Say whether a woman or a man votes.", {}, {"field": "sex"})]  # fmt: skip
    return []


def _station(ward: str, station_id: str) -> Station:
    found = Station.objects.filter(pk=station_id, vote__ward=ward).select_related("vote").first()
    if found is None:
        raise refuse("planning.station", "There is no such station here.")
    return found
