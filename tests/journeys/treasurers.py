"""What one treasurer does in a process of its own: ``python -m tests.journeys.treasurers STEP …``.

Works on the database that the environment names; prints one JSON document.
"""

import json
import sys
import time
from datetime import date
from pathlib import Path

from pendamping.cli import site

DUE = date(2004, 8, 12)
PLANNED = date(2004, 8, 20)


def prepare() -> dict:
    from tests import cast as players
    from tests import lending

    cast = players.make_cast()
    lending.open_fund(cast)
    return {"loan": lending.lend(cast).id}


def pay(loan_id: str, amount: str, request_id: str, gate: str, wait_seconds: float = 0) -> dict:
    from pendamping.access import queries as access
    from pendamping.funds.loans import actions as loans
    from tests.cast import WARD

    treasurer = access.user("treasurer")
    print("ready", file=sys.stderr, flush=True)
    while not Path(gate).exists():
        time.sleep(0.002)
    time.sleep(wait_seconds)
    paid = loans.record_repayment(
        by=treasurer,
        ward=WARD,
        loan_id=loan_id,
        on=DUE,
        amount=int(amount),
        request_id=request_id,
    )
    return {"repayment": paid.id, "receipt": paid.number}


def hang(loan_id: str, gate: str) -> dict:
    """Pay, but stop for ever in the middle: everything is written, nothing is committed."""
    from pendamping.funds.loans.actions import quick

    take = quick.take

    def stop(*arguments: object) -> None:
        assert take(*arguments)  # the last beat of the action: all is written
        print("middle", file=sys.stderr, flush=True)
        time.sleep(600)

    quick.take = stop
    return pay(loan_id, "287500", "cut-off", gate)


def two_uploads() -> dict:
    """One census file, uploaded by two people."""
    from pendamping.households import actions as households
    from tests import cast as players
    from tests.census_files import small

    cast = players.make_cast()
    found = [
        households.stage_upload(
            by=who, ward=cast.ward, filename="sensus.csv", content=small.as_csv(small.RIGHT),
            on=date(2003, 12, 16),
        )
        for who in (cast.cadre, cast.facilitator)
    ]  # fmt: skip
    return {"uploads": [each.id for each in found]}


def wait(gate: str) -> None:
    print("ready", file=sys.stderr, flush=True)
    while not Path(gate).exists():
        time.sleep(0.002)


def confirm(upload: str, gate: str) -> dict:
    from pendamping.access import queries as access
    from pendamping.households import actions as households
    from pendamping.kernel.refusal import Refusal
    from tests.cast import WARD

    wait(gate)
    try:
        households.confirm_import(by=access.user("cadre"), ward=WARD, upload_id=upload)
    except Refusal as refusal:
        return {"refused": [reason.clause for reason in refusal.reasons]}
    return {"refused": []}


def counted() -> dict:
    from pendamping.households import queries as households
    from tests.cast import WARD

    return {"households": sum(each[1] for each in households.by_rw(WARD))}


def founders() -> dict:
    """Five poor women and a meeting in which they decided to form a group."""
    from tests import cast as players
    from tests import lending
    from tests.gatherings import decide, meet

    cast = players.make_cast()
    people = lending.residents_of(cast)
    held = decide(cast, meet(cast, people, on=lending.FORMED), "institutions.form_group")
    return {"people": people, "meeting": held.id}


def found(name: str, meeting: str, people: str, gate: str) -> dict:
    from pendamping.access import queries as access
    from pendamping.institutions import actions as institutions
    from pendamping.kernel.refusal import Refusal
    from tests.cast import WARD
    from tests.lending import FORMED

    members = people.split(",")
    roles = ["chair", "secretary", "treasurer", "member", "member"]
    wait(gate)
    try:
        institutions.form_group(
            by=access.user("facilitator"),
            ward=WARD,
            name=name,
            kind="economic",
            formed_on=FORMED,
            meeting_id=meeting,
            members=[{"person": p, "role": r} for p, r in zip(members, roles, strict=True)],
            pledge={"signed_on": FORMED, "signers": members},
        )
    except Refusal as refusal:
        return {"refused": sorted({reason.clause for reason in refusal.reasons})}
    return {"refused": []}


def villagers() -> dict:
    """A ward with its census and its people, where no criteria are written yet."""
    from tests import cast as players
    from tests import lending

    return {"people": lending.residents_of(players.make_cast())}


def criteria(who: str, gate: str) -> dict:
    """Write down the first criteria, having read that there are none; take one's time before writing."""
    from pendamping.access import queries as access
    from pendamping.kernel import clock
    from pendamping.kernel.refusal import Refusal
    from pendamping.kernel.seen import mark
    from pendamping.targeting import actions as targeting
    from pendamping.targeting import queries
    from tests.cast import WARD

    look_at = queries.criteria_version
    seen = mark(queries.criteria_rows(look_at(WARD)))

    def slowly(*arguments):
        found = look_at(*arguments)
        time.sleep(0.7)
        return found

    queries.criteria_version = slowly
    wait(gate)
    try:
        targeting.set_criteria(
            by=access.user(who), ward=WARD, criteria=[{"kind": "household", "text": f"Kata {who}"}],
            on=clock.today(), seen=seen,
        )  # fmt: skip
    except Refusal as refusal:
        return {"refused": sorted({reason.clause for reason in refusal.reasons})}
    return {"refused": []}


def one_dossier() -> dict:
    """A dossier that lies with a tier in which two sit."""
    from tests import cast as players
    from tests import dossiers

    cast = players.make_cast()
    dossiers.people_of(cast)
    dossiers.appoint_all(cast)
    return {"dossier": dossiers.hand_in(cast).id}


def let_pass(who: str, dossier: str, gate: str) -> dict:
    """Let it pass in the step that the page showed; take one's time once that was looked at."""
    from pendamping.access import queries as access
    from pendamping.kernel.refusal import Refusal
    from pendamping.verification import actions, queries
    from pendamping.verification.actions import places
    from tests import dossiers
    from tests.cast import WARD

    look_at = places.open_step
    step = queries.standing_of(queries.dossier(WARD, dossier)).steps[-1].id

    def slowly(*arguments):
        found = look_at(*arguments)
        time.sleep(0.7)
        return found

    places.open_step = slowly
    wait(gate)
    try:
        actions.decide(
            by=access.user(who), ward=WARD, dossier_id=dossier, result="fit", on=dossiers.DAY,
            papers=dossiers.paper_ticks(), checks=dossiers.CHECKS["team"], step_id=step,
        )  # fmt: skip
    except Refusal as refusal:
        return {"refused": sorted({reason.clause for reason in refusal.reasons})}
    return {"refused": []}


def stays() -> dict:
    """Every stay of the dossier: its tier and what was decided there."""
    from pendamping.verification.models import Step

    return {"stays": sorted([one.tier, one.decision] for one in Step.objects.all())}


def two_waiting() -> dict:
    """Two approved loans of one group, as a mistake of days before would have left them."""
    from django.db import connection

    from pendamping.funds.loans.models import Loan
    from pendamping.trail.actions import record
    from pendamping.trail.writing import action, migrating
    from tests import cast as players
    from tests import lending

    seal = (
        "loans_loan_back_change"
        if connection.vendor == "sqlite"
        else "loans_loan_back ON loans_loan"
    )
    with migrating(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {seal}")  # what the seal forbids since then

    @action
    def put_aside(*, by, ward, loan_id, status):
        Loan.objects.filter(pk=loan_id).update(status=status)
        record(by=by, ward=ward, record=f"loan:{loan_id}", status=status)

    cast = players.make_cast()
    lending.open_fund(cast)
    group = lending.form_group(cast)
    lending.prepare(cast, group)
    here = {"by": cast.treasurer, "ward": cast.ward}
    found = []
    for _turn in range(2):
        loan = lending.apply(cast, group)
        lending.sign(cast, loan)
        lending.approve(cast, loan)
        found.append(loan.id)
        put_aside(**here, loan_id=loan.id, status="rejected")
    for one in found:
        put_aside(**here, loan_id=one, status="approved")
    return {"loans": found}


def disburse(loan_id: str, gate: str) -> dict:
    """Pay out, and take one's time between looking at other loans and writing."""
    from pendamping.access import queries as access
    from pendamping.funds.loans import actions as loans
    from pendamping.funds.loans import facts
    from pendamping.kernel import clock
    from pendamping.kernel.refusal import Refusal
    from tests.cast import WARD
    from tests.lending import PAID_OUT

    look_at = facts.against_parts

    def slowly(*arguments, **more):
        found = look_at(*arguments, **more)
        time.sleep(0.7)
        return found

    facts.against_parts = slowly
    wait(gate)
    try:
        with clock.at(PAID_OUT):
            loans.disburse(by=access.user("treasurer"), ward=WARD, loan_id=loan_id, on=PAID_OUT)
    except Refusal as refusal:
        return {"refused": sorted({reason.clause for reason in refusal.reasons})}
    return {"refused": []}


def new_plan() -> dict:
    """A running loan, and a meeting of the board that decided on a new schedule for it."""
    from tests import cast as players
    from tests import lending
    from tests.rooms.test_loans_changes import decided

    cast = players.make_cast()
    lending.open_fund(cast)
    loan = lending.lend(cast)
    return {"loan": loan.id, "meeting": decided(cast, loan, "reschedule", PLANNED)}


def plan_anew(loan_id: str, meeting: str, gate: str) -> dict:
    """Give the loan its new schedule, and take one's time before the action ends."""
    from pendamping.access import queries as access
    from pendamping.funds.loans import actions as loans
    from pendamping.funds.loans.actions import changing
    from pendamping.kernel.refusal import Refusal
    from tests.cast import WARD

    settle = changing.settle

    def slowly(*arguments):
        changed = settle(*arguments)
        time.sleep(0.7)
        return changed

    changing.settle = slowly
    wait(gate)
    try:
        loans.reschedule(
            by=access.user("chair"), ward=WARD, loan_id=loan_id, on=PLANNED, meeting_id=meeting,
            instalments=5, first_due=date(2004, 9, 20), why="panen gagal",
        )  # fmt: skip
    except Refusal as refusal:
        return {"refused": sorted({reason.clause for reason in refusal.reasons})}
    return {"refused": []}


def pay_meanwhile(loan_id: str, gate: str) -> dict:
    """Take the instalment of the due day while somebody else still writes."""
    from pendamping.kernel.refusal import Refusal

    try:
        return pay(loan_id, "287500", "meanwhile", gate, wait_seconds=0.3) | {"refused": []}
    except Refusal as refusal:
        return {"refused": sorted({reason.clause for reason in refusal.reasons})}


def look() -> dict:
    from pendamping.desk.oversight import breaks
    from pendamping.funds.ledger import queries as books
    from pendamping.funds.loans import queries as loans
    from pendamping.trail import queries as trail
    from tests.cast import WARD

    [loan] = loans.loans(WARD)
    return {
        "payments": [[one.number, one.amount] for one in loan.repayments.all()],
        "paid": loan.paid_principal + loan.paid_service,
        "outstanding": books.balance(WARD, "loans"),
        "breaks": [reason.clause for reason in breaks(WARD)],
        "seals": [reason.clause for reason in trail.check_all()],
    }


def main(step: str, *arguments: str) -> None:
    site.start(
        migrate=step
        in (
            "prepare",
            "two_uploads",
            "founders",
            "two_waiting",
            "villagers",
            "new_plan",
            "one_dossier",
        )
    )
    steps = {
        "prepare": prepare, "pay": pay, "hang": hang, "look": look, "two_uploads": two_uploads,
        "two_waiting": two_waiting, "disburse": disburse, "confirm": confirm, "counted": counted, "founders": founders, "found": found,
        "villagers": villagers, "criteria": criteria,
        "one_dossier": one_dossier, "let_pass": let_pass, "stays": stays,
        "new_plan": new_plan, "plan_anew": plan_anew, "pay_meanwhile": pay_meanwhile,
    }  # fmt: skip
    json.dump(steps[step](*arguments), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
