"""Vouchers are parted between the tranches window by window: by hand, and by property whatever moves when."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.grants.rules.parting import Flow, parted
from pendamping.funds.grants.rules.windows import USES

DAY = date(2004, 6, 1)
WINDOWS = ("physical", "social", "economic")


def on(days):
    return DAY + timedelta(days=days)


def come(place, days, **shares):
    return [
        Flow(f"t{place}-{key}", key, "received", on(days), amount, place)
        for key, amount in shares.items()
    ]


def moved(key, days, source, target, amount):
    sides = ((source, "moved-out"), (target, "moved-in"))
    return [Flow(f"{key}-{kind}", at, kind, on(days), amount, None, key) for at, kind in sides]


def test_a_window_takes_of_a_tranche_only_what_the_tranche_held_for_it():
    flows = [
        *come(0, 0, physical=60, social=10, economic=30),
        Flow("P-1", "economic", "passed-on", on(1), 22),
        Flow("P-2", "physical", "spent", on(2), 59),
        Flow("P-3", "social", "given", on(3), 10),
        *come(1, 9, physical=50, social=5, economic=20),
        Flow("P-4", "physical", "spent", on(10), 36),
        Flow("P-5", "economic", "passed-on", on(11), 24),
    ]
    assert parted(flows) == {
        "P-1": {0: 22}, "P-2": {0: 59}, "P-3": {0: 10}, "P-4": {0: 1, 1: 35}, "P-5": {0: 8, 1: 16},
    }  # fmt: skip


def test_what_a_meeting_moves_to_another_window_takes_its_tranche_with_it():
    flows = [
        *come(0, 0, physical=10, social=10),
        *moved("x", 2, "social", "physical", 4),
        *come(1, 5, physical=10, social=10),
        Flow("P-1", "social", "given", on(6), 9),
        Flow("P-2", "physical", "spent", on(6), 15),
    ]
    assert parted(flows) == {"P-1": {0: 6, 1: 3}, "P-2": {0: 14, 1: 1}}


def test_of_one_day_money_comes_before_it_is_moved_and_is_moved_before_it_is_used():
    flows = [
        Flow("P-1", "physical", "spent", DAY, 7),
        *moved("x", 0, "social", "physical", 5),
        *come(0, 0, physical=2, social=5),
    ]
    assert parted(flows) == {"P-1": {0: 7}}


STEPS = st.lists(
    st.tuples(
        st.sampled_from((*USES, "move", "tranche", "paid")),
        st.permutations(WINDOWS),
        st.integers(1, 60),
        st.integers(0, 2),
    ),
    max_size=40,
)


def played(steps):
    """What these steps make of the windows: nothing leaves one that is not there; days go on by 0 to 2."""
    flows, there, days, number = come(0, 0, physical=50, social=10, economic=40), Counter(), 0, 1
    there.update(physical=50, social=10, economic=40)
    for key, (kind, (window, other, third), most, later) in enumerate(steps):
        days += later
        if kind == "tranche":
            days += 1
            shares = {window: most, other: 10, third: 1}
            flows += come(number, days, **shares)
            there.update(shares)
            number += 1
        elif kind == "paid":
            flows.append(Flow(f"k{key}", window, kind, on(days), most))
        elif amount := min(most, there[window]):
            there[window] -= amount
            if kind == "move":
                there[other] += amount
                flows += moved(f"m{key}", days, window, other, amount)
            else:
                flows.append(Flow(f"u{key}", window, kind, on(days), amount))
    return flows


@given(STEPS)
def test_the_parts_of_every_window_and_tranche_come_to_what_was_used_and_to_no_more_than_was_held(
    steps,
):
    flows = played(steps)
    found = parted(flows)
    uses = {one.key: one for one in flows if one.kind in USES}
    assert set(found) == set(uses)
    of_tranche = Counter()
    came = Counter()
    entered = Counter()
    for key, one in uses.items():
        assert sum(found[key].values()) == one.amount  # whole, and of its own window's money
        assert all(part > 0 for part in found[key].values())
        of_tranche.update(found[key])
    for one in flows:
        if one.kind == "received":
            came[one.tranche] += one.amount
        if one.kind in ("received", "moved-in"):
            entered[one.window] += one.amount
    assert all(of_tranche[place] <= came[place] for place in of_tranche)
    for window in WINDOWS:
        own = [found[key] for key, one in uses.items() if one.window == window]
        held = held_by(flows, window)
        used = Counter()
        for parts in own:
            used.update(parts)
        assert sum(used.values()) <= entered[window]
        if not any(one.kind.startswith("moved") for one in flows):
            assert all(used[place] <= held[place] for place in used)
            assert in_order(own)


def held_by(flows, window):
    """What each tranche brought a window."""
    found = Counter()
    for one in flows:
        if one.window == window and one.kind == "received":
            found[one.tranche] += one.amount
    return found


def in_order(parts):
    """Whether no voucher goes back to a tranche before one that was begun."""
    places = [place for one in parts for place in one]
    return places == sorted(places)


@given(STEPS, st.integers(0, 60))
def test_what_comes_later_changes_nothing_of_what_was_used_before(steps, days):
    flows = played(steps)
    before = parted(one for one in flows if one.on <= on(days))
    whole = parted(flows)
    assert before == {key: whole[key] for key in before}
