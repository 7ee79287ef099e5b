"""How much lies with few: worked by hand, and what no order and no further relation may do to it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.relations import rules
from pendamping.relations.rules import Facts, Given, Held, Member, Ties

FIRST, LAST = date(2004, 1, 1), date(2004, 12, 31)
MAY = date(2004, 5, 12)
PEOPLE = "abcdef"


def by_key(facts, first=FIRST, last=LAST):
    return {one.key: one for one in rules.measures(facts, first, last)}


def worked():
    """Ani (a) sits in the board; Budi (b) lives with her; Cici (c) is her declared sister; Dodi (d) is no kin."""
    ties = Ties({"a": "h1", "b": "h1", "c": "h2", "d": "h3"}, {frozenset("ac"): "sibling"})
    held = (
        Held("a", "body:bkm", date(2004, 3, 1), date(2007, 2, 28)),
        Held("b", "group:g1", date(2004, 2, 1)),
        Held("d", "group:g2", date(2004, 2, 1)),
    )
    money = (
        Given(("b",), "loan", 500_000, MAY, "loan:1", "05/02"),
        Given(("c",), "loan", 1_000_000, MAY, "loan:2", "05/03"),
        Given(("d",), "loan", 2_500_000, MAY, "loan:2", "05/02"),
        Given(("d", "c"), "grant", 29_850_000, date(2004, 9, 1), "grant:1"),
        Given(("d",), "grant", 500_000, date(2005, 1, 5), "social:1", "05/02"),
    )
    members = (Member("b", "g1", MAY), Member("d", "g1", MAY), Member("a", "g2", MAY),
               Member("c", "g2", MAY))  # fmt: skip
    return Facts(held, money, members, ties)


def test_a_year_of_a_ward_counted_by_hand():
    """Worked: 500,000 to the household and 1,000,000 to the sister, of 4,000,000 lent: 37.5 %."""
    found = by_key(worked())
    assert found["loans"].share.fraction == "1500000/4000000"
    assert [(one.person, one.other, one.how, one.amount) for one in found["loans"].behind] == [
        ("b", "a", "household", 500_000), ("c", "a", "sibling", 1_000_000),
    ]  # fmt: skip
    assert (
        found["grants"].share.fraction == "29850000/29850000"
    )  # Cici is in the group; 2005 is another cycle
    assert (found["place"].note, found["place"].share.fraction) == ("05/02", "3000000/4000000")
    assert (
        found["offices"].share.fraction == "2/3"
    )  # Ani's and Budi's, of one household; not Dodi's
    assert found["groups"].share.fraction == "1/2"
    later = by_key(worked(), date(2005, 1, 1), date(2005, 5, 12))
    assert later["loans"].share.value is None  # nothing was lent: not applicable, and not 0 %
    assert later["grants"].share.fraction == "0/500000"


def test_who_has_left_the_seat_before_the_cycle_is_no_seat_holder():
    facts = worked()
    gone = Facts((Held("a", "body:bkm", FIRST, date(2003, 12, 31)),), facts.given, (), facts.ties)
    assert by_key(gone)["loans"].share.part == 0
    last_day = Facts((Held("a", "body:bkm", date(2003, 1, 1), FIRST),), facts.given, (), facts.ties)
    assert by_key(last_day)["loans"].share.part == 1_500_000


days = st.integers(0, 700).map(lambda number: date(2003, 6, 1) + timedelta(days=number))
person = st.sampled_from(PEOPLE)
holdings = st.builds(
    Held,
    person,
    st.sampled_from(["body:x", "body:y", "group:g", "group:h"]),
    days,
    st.none() | days,
)
money = st.builds(
    Given, st.lists(person, min_size=1, max_size=3).map(tuple), st.sampled_from(["loan", "grant"]),
    st.integers(1, 5_000_000), days, st.just("loan:1"), st.sampled_from(["", "01/01", "01/02"]),
)  # fmt: skip
membership = st.builds(Member, person, st.sampled_from("gh"), days, st.none() | days)
pairs = st.lists(st.tuples(person, person).filter(lambda two: two[0] != two[1]), max_size=4)
homes = st.fixed_dictionaries({one: st.sampled_from("123456") for one in PEOPLE})


@given(st.lists(holdings, max_size=8), st.lists(money, max_size=8), st.lists(membership, max_size=8),
       homes, pairs, st.tuples(person, person).filter(lambda two: two[0] != two[1]))  # fmt: skip
def test_a_part_stays_within_its_whole_the_order_is_nothing_and_kin_only_adds(
    held, given_, members, home, kin, more
):
    def facts(relations, turn=1):
        ties = Ties(home, {frozenset(two): "sibling" for two in relations})
        return Facts(tuple(held[::turn]), tuple(given_[::turn]), tuple(members[::turn]), ties)

    found, other, larger = (by_key(facts(*one)) for one in ((kin,), (kin, -1), ([*kin, more],)))
    for key in rules.MEASURES:
        share = found[key].share
        assert 0 <= share.part <= share.whole
        assert other[key].share == share
        assert larger[key].share.whole == share.whole and larger[key].share.part >= share.part
    nobody = Facts((), tuple(given_), (), Ties({}, {}))
    assert [by_key(nobody)[key].share.part for key in ("loans", "grants", "offices")] == [0, 0, 0]


def test_a_text_that_is_silent_gets_our_limits():
    assert rules.limits({}) == rules.SILENT
    assert rules.limits({"loans_percent": 30})["loans"] == 30
