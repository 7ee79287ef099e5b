"""Papers of a made-up ward: dossiers through their tiers, the grant in tranches, its reports, own contributions."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pendamping.insight.rules import FACTORS
from pendamping.simulation.rules.bodies import Group
from pendamping.simulation.rules.setting import QUICK, Row, Rows, Setting, entered

STUCK, REPORT, SUPPORT = FACTORS[3], FACTORS[8], FACTORS[9]
PROPOSAL = (("unit", 7), ("board", 7), ("facilitator", 5))
DISBURSEMENT = (("team", 5), ("pjok", 14), ("korkot", 14), ("ppk", 14), ("satker", 14))
CODES = (
    "not_in_menu",
    "cost",
    "papers",
    "poor_list",
    "land",
    "contribution",
    "member_tests",
    "plan",
)
COMPONENTS = (("physical", 90_000_000), ("social", 25_000_000), ("economic", 135_000_000))
SHARES = (20, 50, 30)
REPORT_DAYS = 90


def papers(ward: Setting, groups: Sequence[Group], money: date) -> Rows:
    """Proposals, dossiers, grants, tranches, contributions. ``money``: the day the first tranche is paid."""
    told = ward.chance("proposals")
    proposals: list[Row] = []
    steps: list[Row] = []
    for one in groups:
        on = one.formed + timedelta(days=told.randint(20, 60))
        if on < ward.end:
            proposals.append(
                {"id": f"p-{one.id}", "group": one.id, "component": "economic", "title": f"Usaha {one.id}",
                 "amount": 500_000 * len(one.members), "submitted_on": on, "entered_on": on, "dossier": f"p-{one.id}"}
            )  # fmt: skip
            steps += _dossier(ward, f"p-{one.id}", on, PROPOSAL)
    grants = [
        {"id": f"b-{name}", "component": name, "amount": amount, "granted_on": money, "entered_on": money,
         "title": f"BLM {name}"}
        for name, amount in COMPONENTS if money < ward.end
    ]  # fmt: skip
    tranches = [row for grant in grants for row in _tranches(ward, grant, money, steps)]
    return {"proposals": proposals, "verification_steps": steps, "grants": grants, "tranches": tranches,
            "contributions": list(_contributions(ward, proposals))}  # fmt: skip


def _contributions(ward: Setting, proposals: Sequence[Row]) -> Iterator[Row]:
    told = ward.chance("contributions")
    for row in proposals:
        on = row["submitted_on"] + timedelta(days=told.randint(30, 90))
        if on < ward.end:
            yield {"id": f"c-{row['id']}", "proposal": row["id"], "given_on": on, "entered_on": entered(told, on),
                   "kind": told.choice(("cash", "labour", "material")), "amount": 1000 * told.randint(50, 900)}  # fmt: skip


def _takes(ward: Setting, told: random.Random, tier: str, limit: int, on: date) -> int:
    """Days that a tier needs: mostly within its limit, in an ordinary ward a third a little over it."""
    own = tier in {"unit", "board", "facilitator", "team"}
    if ward.has(SUPPORT) and not own:
        part = told.triangular(0.1, 1.05, 0.45)
    else:
        part = told.triangular(0.2, 1.15, 0.5) if own else told.triangular(0.3, 1.6, 0.9)
    if not own:
        part *= 1 + 2.6 * ward.grown(STUCK, on)
    return max(1, round(part * limit))


def _dossier(
    ward: Setting, dossier: str, on: date, tiers: Sequence[tuple[str, int]]
) -> Iterator[Row]:
    """Steps of one dossier until the ward's last day. Offices that get slow return more, too."""
    told = ward.chance(f"dossier {dossier}")
    for number, (tier, limit) in enumerate(tiers, start=1):
        back = 0
        while on < ward.end:
            decided: date | None = on + timedelta(days=_takes(ward, told, tier, limit, on))
            if decided and decided >= ward.end:
                decided = None
            returns = (0.04, 0.01, 0.0)[min(back, 2)] + 0.2 * ward.grown(STUCK, on) * (back < 2)
            drawn = told.random()
            decision = "return" if drawn < returns else "refuse" if drawn > 0.985 else "pass"
            told_on = entered(told, decided, QUICK) if decided else None
            yield {"id": f"{dossier}-{number}-{back}", "dossier": dossier, "tier": tier, "received_on": on,
                   "decided_on": decided, "entered_on": entered(told, on, QUICK), "decided_entered_on": told_on,
                   "decision": decision if decided else None, "limit_days": limit, "verifier": tier,
                   "reason_code": told.choice(CODES) if decided and decision != "pass" else None}  # fmt: skip
            if decided is None or decision == "refuse":
                return
            on = decided + timedelta(days=told.randint(4, 12) if decision == "return" else told.randint(0, 3))  # fmt: skip
            if decision == "pass":
                break
            back += 1


def _tranches(ward: Setting, grant: Row, money: date, steps: list[Row]) -> Iterator[Row]:
    """Tranches of one grant: asked for when the report before is accepted, paid after the offices."""
    told = ward.chance(f"tranches {grant['id']}")
    released = money + timedelta(
        days=0 if grant["component"] == "economic" else told.randint(0, 25)
    )
    asked = released - timedelta(days=55)
    for number, share in enumerate(SHARES, start=1):
        if released >= ward.end:
            return
        due = released + timedelta(days=REPORT_DAYS)
        accepted: date | None = due + timedelta(days=_report(ward, told, due))
        if accepted and accepted >= ward.end:
            accepted = None
        yield {"id": grant["id"], "number": number, "amount": grant["amount"] * share // 100,
               "requested_on": asked, "released_on": released, "lpj_due": due, "lpj_accepted_on": accepted,
               "entered_on": asked, "released_entered_on": entered(told, released, ((100, 0, 3),)),
               "lpj_accepted_entered_on": entered(told, accepted, QUICK) if accepted else None}  # fmt: skip
        dossier = f"{grant['id']}-{number}"
        steps += _dossier(ward, f"lpj-{dossier}", due - timedelta(days=60), DISBURSEMENT)
        if accepted is None or number == len(SHARES):
            return
        asked = accepted + timedelta(days=told.randint(3, 10))
        moves = list(_dossier(ward, f"blm-{dossier}", asked, DISBURSEMENT))
        steps += moves
        if not moves or moves[-1]["decided_on"] is None or moves[-1]["decision"] != "pass":
            return
        released = moves[-1]["decided_on"] + timedelta(days=told.randint(1, 5))


def _report(ward: Setting, told: random.Random, due: date) -> int:
    """By how many days a report is accepted after its due day; mostly before it."""
    grown = ward.grown(REPORT, due)
    if grown:
        return round(4 + 70 * grown + told.gauss(0, 4))
    return told.randint(1, 5) if told.random() < 0.03 else -told.randint(2, 30)


def complaints(ward: Setting) -> Rows:
    """Complaints, most of them closed."""
    told = ward.chance("complaints")
    rows: list[Row] = []
    on = ward.start + timedelta(days=told.randint(20, 90))
    while on < ward.end:
        closed = on + timedelta(days=told.randint(2, 30))
        rows.append({"id": f"a{len(rows) + 1}", "received_on": on, "entered_on": entered(told, on), "channel": "book",
                     "kind": told.choice(("informative", "problem")), "scope": "administrative", "level": "ward",
                     "closed_on": closed if closed < ward.end else None})  # fmt: skip
        on += timedelta(days=told.randint(10, 80))
    return {"complaints": rows}
