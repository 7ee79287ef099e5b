"""Small records of a ward for the rules of warnings, and what they say of one factor."""

from datetime import date, timedelta

from pendamping.insight.rules import Limits, warnings

DAY = date(2005, 5, 1)


def one(rows, factor, day=DAY, limits=None):
    return next(
        found for found in warnings(rows, day, limits or Limits()) if found.factor == factor
    )


def severity(*asked):
    return one(*asked).severity


def meeting(number, came, women=10, late=0):
    held = date(2004, 1, 1) + timedelta(days=30 * number)
    return {
        "id": f"m{number}", "kind": "rembug", "level": "rt", "held_on": held, "quorum_met": True,
        "entered_on": held + timedelta(days=late), "attended": came, "attended_women": women,
    }  # fmt: skip


def steps(late, whole):
    """Steps of one office, received fifty days ago; the late ones took 15 of their 14 days, the others 10."""
    return [
        {"id": f"s{n:02d}", "dossier": f"d{n}", "tier": "pjok", "received_on": DAY - timedelta(50),
         "decided_on": DAY - timedelta(50 - (15 if n < late else 10)), "decision": "pass"}
        for n in range(whole)
    ]  # fmt: skip


def loans(*behind):
    """Ten groups of one member with a loan of 100 over ten months; those named have not paid since March."""
    begun, rows = date(2004, 10, 1), {"loans": [], "loan_members": [], "repayments": []}
    for n in range(10):
        key = f"l{n}"
        rows["loans"].append({"loan_id": key, "ward": "w", "group_id": f"g{n}", "principal": 100, "rate_bp": 0,
                              "instalments": 10, "grace_months": 0, "disbursed": begun})  # fmt: skip
        rows["loan_members"].append({"loan_id": key, "person": f"p{n}", "amount": 100})
        for month in range(11, 19):
            on = date(2004 + (month - 1) // 12, (month - 1) % 12 + 1, 1)
            if on <= DAY and not (n in behind and on > date(2005, 2, 1)):
                rows["repayments"].append(
                    {"id": f"{key}-{month}", "loan_id": key, "paid_on": on, "amount": 10}
                )
    return rows
