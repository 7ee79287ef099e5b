"""Two people at one draft of the poor list: each changes what she changed on her page, and no more."""

from hypothesis import given
from hypothesis import strategies as st

from pendamping.targeting.rules.draft import Change, Said, clash, clash_problems, merged

KEYS = ("wall", "meals", "school")
saids = st.builds(Said, st.booleans(), st.frozensets(st.sampled_from(KEYS)))


def on(*ticks):
    return Said(True, frozenset(ticks))


def test_ticks_that_another_one_added_stay_where_the_page_did_not_know_them():
    page = Change(on("school"), on("wall"))
    assert merged(page, on("school", "meals")) == on("wall", "meals")


def test_a_household_that_another_one_took_off_stays_off_where_the_page_did_not_touch_it():
    assert merged(Change(on("wall"), on("wall")), Said(False, frozenset({"wall"}))).listed is False


def test_off_by_one_and_ticked_by_the_other_is_told_by_name():
    off, ticked = Change(on(), Said()), Change(on(), on("wall"))
    told = clash_problems({"H1": off, "H2": ticked, "H3": ticked},
                          {"H1": on("meals"), "H2": Said(), "H3": on()}, {"H1": "Ani", "H2": "Budi"})  # fmt: skip
    assert [(one.values["name"], one.where["household"]) for one in told] == [
        ("Ani", "H1"), ("Budi", "H2"),
    ]  # fmt: skip


@given(saids, saids, saids)
def test_what_the_sender_changed_is_as_sent_and_all_else_as_it_is(seen, said, now):
    found = merged(Change(seen, said), now)
    for key in KEYS:
        mine = (key in seen.ticks) != (key in said.ticks)
        assert (key in found.ticks) == (key in (said if mine else now).ticks)
    assert found.listed == (said if seen.listed != said.listed else now).listed


@given(saids, saids)
def test_alone_the_page_is_what_is_kept_and_nothing_clashes(seen, said):
    assert merged(Change(seen, said), seen) == said
    assert not clash(Change(seen, said), seen)


@given(saids, saids, saids)
def test_the_order_of_two_saves_that_do_not_clash_makes_no_difference(seen, one, other):
    first, second = Change(seen, one), Change(seen, other)
    if not clash(second, one) and not clash(first, other):
        assert merged(second, merged(first, seen)) == merged(first, merged(second, seen))
