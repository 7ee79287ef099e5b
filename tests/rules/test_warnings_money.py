"""Warnings that the money tells: arrears, able groups, a few who take the most, offices; by worked examples."""

from datetime import date, timedelta

from pendamping.insight.rules import Limits, warnings
from tests.warned import DAY, loans, one, severity, steps


def test_arrears_spread_where_more_groups_are_behind_than_three_months_before():
    assert severity(loans(), "arrears-spreading") == "info"
    found = one(loans(4), "arrears-spreading")  # 1 of 10 groups, none three months before
    assert (found.severity, found.evidence) == ("watch", ("loans:l4",))
    assert found.since == date(2005, 4, 1)  # due on 1 March, more than 30 days
    assert severity(loans(4, 7), "arrears-spreading") == "act"
    rows = {
        **loans(4, 7),
        "group_members": [{"group": f"g{n}", "person": f"p{n}", "from": DAY} for n in range(10)],
        "persons": [{"id": f"p{n}", "household": f"h{n}"} for n in range(10)],
        "households": [{"id": f"h{n}", "rw": "01", "rt": "01" if n in (4, 7) else f"1{n}"} for n in range(10)],
    }  # fmt: skip
    wide = Limits(arrears_groups_percent=15)
    assert severity(loans(4, 7), "arrears-spreading", DAY, wide) == "watch"
    found = one(rows, "arrears-spreading", DAY, wide)
    assert (found.severity, found.said["near"]) == ("act", True)


def test_groups_are_able_where_their_instalments_came_within_a_week_and_so_many_that_it_is_no_chance():
    found = one(
        loans(), "groups-able"
    )  # those of March and April of ten groups; that of February is too old
    assert (found.severity, found.said["in_time"], found.said["whole"]) == ("strength", 20, 20)
    assert severity(loans(4), "groups-able") == "info"  # 18 of 20 may be chance, measured by 80 %


def test_a_group_that_pays_late_each_month_is_not_able_although_it_owes_nothing_today():
    rows = loans()
    rows["repayments"] = [{**row, "paid_on": row["paid_on"] + timedelta(12)} for row in rows["repayments"]]  # fmt: skip
    day = date(2005, 4, 20)
    assert severity(rows, "arrears-spreading", day) == "info"
    assert (one(rows, "groups-able", day).severity, one(rows, "groups-able", day).said["in_time"]) == ("info", 0)  # fmt: skip


def test_few_take_the_most_where_borrowers_are_not_poor_or_sit_in_a_body():
    rows = loans()
    rows["group_members"] = [
        {"group": f"g{n}", "person": f"p{n}", "from": date(2004, 9, 1), "poor": n > 0} for n in range(10)
    ]  # fmt: skip
    assert severity(rows, "elite-capture") == "info"  # 1 of 10 is not poor: not more than 10 %
    rows["group_members"][1]["poor"] = False
    found = one(rows, "elite-capture")
    assert (found.severity, found.evidence) == (
        "act",
        ("loans:l0", "loans:l1"),
    )  # 2 of 10: the double
    seat = {"body": "b", "person": "p3", "from": date(2004, 9, 1)}
    alone = {**loans(), "seats": [seat]}
    assert (
        severity(alone, "elite-capture") == "info"
    )  # 100 of 1,000 lent, but one borrower is a slip
    rows = {**loans(), "seats": [seat, {**seat, "person": "p5"}]}
    assert one(rows, "elite-capture").evidence == ("loans:l3", "loans:l5")


def test_few_are_seen_when_they_join_before_they_can_borrow():
    def joined(rich, whole):
        return {"group_members": [
            {"group": f"g{n // 5}", "person": f"p{n}", "from": date(2005, 3, 1), "poor": n >= rich} for n in range(whole)
        ], "seats": [{"body": "b", "person": "x", "from": DAY}]}  # fmt: skip

    assert severity(joined(2, 20), "elite-capture") == "info"  # 10 %: not more than the limit
    found = one(joined(3, 20), "elite-capture")
    assert (found.severity, found.since, found.said["key"]) == ("watch", date(2005, 3, 1), "joined")
    assert found.evidence == ("groups:g0",)
    assert severity(joined(19, 19), "elite-capture") == "info"  # too few to say so


def test_who_joins_a_group_later_changes_neither_neighbours_nor_who_was_poor():
    rows = loans(4, 7)
    rows["group_members"] = [
        {"group": f"g{n}", "person": f"p{n}", "from": date(2004, 9, 1), "poor": True} for n in range(10)
    ]  # fmt: skip
    later = [
        {"group": f"g{n}", "person": f"p{n}", "from": DAY + timedelta(1), "poor": False} for n in range(10)
    ]  # fmt: skip
    rows["persons"] = [{"id": f"p{n}", "household": f"h{n}"} for n in range(20)]
    rows["households"] = [{"id": f"h{n}", "rw": "01", "rt": "01" if n > 9 else f"1{n}"} for n in range(20)]  # fmt: skip
    later += [
        {"group": f"g{n}", "person": f"p{p}", "from": DAY + timedelta(1), "poor": True}
        for n in range(10) for p in (10 + n, 19 - n, 10 + (n + 1) % 10)
    ]  # fmt: skip
    before = warnings(rows, DAY)
    assert warnings({**rows, "group_members": rows["group_members"] + later}, DAY) == before
    in_time = [{**row, "from": DAY} for row in later]
    after = warnings({**rows, "group_members": rows["group_members"] + in_time}, DAY)
    assert [new.factor for old, new in zip(before, after, strict=True) if old != new] == [
        "arrears-spreading", "elite-capture",
    ]  # fmt: skip


def test_offices_support_the_ward_where_most_dossiers_are_decided_in_time_and_so_many_that_it_is_no_chance():
    assert severity({"verification_steps": steps(0, 11)}, "government-support") == "strength"
    assert severity({"verification_steps": steps(0, 10)}, "government-support") == "info"
    assert severity({"verification_steps": steps(2, 30)}, "government-support") == "strength"
    assert severity({"verification_steps": steps(3, 30)}, "government-support") == "info"
    assert severity({"verification_steps": steps(0, 5)}, "government-support") == "unknown"
    own = [{**step, "tier": "unit"} for step in steps(0, 11)]
    assert severity({"verification_steps": own}, "government-support") == "unknown"
