"""What comes after the works: hand-over, the asset as it really is, its maintenance group and fund."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.grants import dues, posting, queries
from pendamping.funds.grants.actions.working import found_grant
from pendamping.funds.grants.models import Grant, Handover, KeeperMoney
from pendamping.funds.grants.rules import handing as rules
from pendamping.funds.grants.rules import windows
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action, own_id


@action
def hand_over(
    *, by: User, ward: str, grant_id: str, step: str, on: date, minutes: str, signed_by: str
) -> Handover:
    """Pass finished works to the next hand: TPPI, BKM, Satker/PPK, then KPP, with date, minutes and ``signed_by``:
    who signed for this step, and for no other. First the group's money is spent and the proofs are ticked.

    KPP takes over only once it is recorded who they are.
    """
    grant = found_grant(ward, grant_id)
    allow(by, "grants.hand_over", ward)
    done = {one.step: one.on for one in grant.handovers.all()}
    signers = {one.step: one.signed_by or "" for one in grant.handovers.all()}
    asked = dues.hand(ward, on)
    found = [
        *windows.day_problems(on, clock.today()),
        *rules.ready_problems(queries.works_of(grant), asked),
        *rules.step_problems(step, done, signers, on, minutes, signed_by, asked),
    ]
    if step == "kpp" and not grant.keeper:
        found.append(
            Reason(
                "grants.keeper",
                "Record the maintenance group (KPP) before it takes over.",
                {},
                {"field": "step"},
            )
        )
    refuse_if(found)
    made = Handover.objects.create(
        ward=ward,
        grant=grant,
        step=step,
        on=on,
        minutes=fitting(minutes, 120),
        signed_by=fitting(signed_by, 120),
        **posting.entered(by),
    )
    record(by=by, ward=ward, record=f"grant:{grant.id}", on=on, step=step, signed_by=made.signed_by)
    return made


@action
def record_actuals(
    *,
    by: User,
    ward: str,
    grant_id: str,
    on: date,
    actual: Mapping[str, Any],
    latitude: str = "",
    longitude: str = "",
) -> Grant:
    """What was really built, how large, where, and who benefits; after the works are finished."""
    grant = found_grant(ward, grant_id)
    allow(by, "grants.record_actuals", ward)
    found = windows.day_problems(on, clock.today())
    if queries.percent_of(grant) < 100:
        found.append(
            Reason(
                "grants.actuals", "What was really built is recorded when the works are finished."
            )
        )
    refuse_if(found)
    grant.actual = dict(actual)
    grant.latitude = fitting(latitude, 12) or grant.latitude
    grant.longitude = fitting(longitude, 12) or grant.longitude
    grant.save(update_fields=["actual", "latitude", "longitude"])
    record(by=by, ward=ward, record=f"grant:{grant.id}", on=on, actual=sorted(actual))
    return grant


@action
def record_keeper(
    *,
    by: User,
    ward: str,
    grant_id: str,
    on: date,
    name: str = "",
    officers: int = 0,
    women_officers: int = 0,
    body_id: str = "",
) -> Grant:
    """Who keeps what was built: the maintenance group (KPP), its officers and the women among them.

    ``body_id``: a body of the ward that was appointed; name and officers are then those who sit in it on the
    day. Without one they are written down as they were told.
    """
    grant = found_grant(ward, grant_id)
    allow(by, "grants.record_keeper", ward)
    found = windows.day_problems(on, clock.today(), grant.contract_on)
    body = institutions.one_body(ward, body_id) if body_id else None
    if body_id and (body is None or not body.name):
        text = N_("Choose a maintenance group (KPP) of the ward.")
        found.append(Reason("grants.keeper.body", text, {}, {"field": "body_id"}))
    elif body is not None:
        sitting = institutions.seats(body, on)
        name, officers = body.name, len(sitting)
        women_officers = sum(seat.sex == "P" for seat in sitting)
    if not name.strip() or not 0 <= women_officers <= officers or officers < 1:
        found.append(
            Reason(
                "grants.keeper.officers",
                "Write the name and the officers; women are part of them.",
                {},
                {"field": "officers"},
            )
        )
    refuse_if(found)
    grant.keeper = {
        "name": fitting(name, 120),
        "on": on.isoformat(),
        "officers": officers,
        "women_officers": women_officers,
        **({"body": body.id} if body else {}),
    }
    grant.save(update_fields=["keeper"])
    record(by=by, ward=ward, record=f"grant:{grant.id}", on=on, keeper=grant.keeper["name"])
    return grant


@action
def move_keeper_money(
    *,
    by: User,
    ward: str,
    grant_id: str,
    kind: str,
    on: date,
    amount: int,
    what: str,
    request_id: str = "",
) -> KeeperMoney:
    """The maintenance group's own fund: ``in`` what its members pay, ``out`` what upkeep costs. It is no
    money of the programme, and never falls below zero. ``request_id``: the same form sent twice counts once.
    """
    grant = found_grant(ward, grant_id)
    allow(by, "grants.move_keeper_money", ward)
    found = windows.day_problems(on, clock.today()) + windows.amount_problems(amount)
    if not grant.keeper:
        found.append(Reason("grants.keeper", "Record the maintenance group (KPP) first."))
    there = queries.keeper_lowest(grant, on)
    if kind == "out" and amount > there:
        found.append(
            Reason(
                "grants.keeper.money",
                "The maintenance fund holds only {there}.",
                {"there": format_rupiah(max(there, 0))},
                {"field": "amount"},
            )
        )
    refuse_if(found)
    made = KeeperMoney.objects.create(
        id=own_id(request_id),
        ward=ward,
        grant=grant,
        kind="out" if kind == "out" else "in",
        on=on,
        amount=amount,
        what=fitting(what, 160),
        **posting.entered(by),
    )
    record(by=by, ward=ward, record=f"grant:{grant.id}", on=on, kind=kind, amount=amount)
    return made
