"""The seal of the trail: any edit, hole or cut of a chain shows, with its place."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from pendamping.trail import rules


def chain(length):
    events, previous = [], rules.FIRST
    for seq in range(1, length + 1):
        event = rules.Sealed(
            ward="32.71.01.1003",
            seq=seq,
            verb="loans.record_repayment",
            actor="upk",
            record=f"loan:{seq}",
            on=date(2004, 8, 12),
            entered_at=datetime(2004, 8, 12, 9, 0, seq % 60, tzinfo=UTC),
            data=rules.canonical({"amount": seq * 1000}),
            previous=previous,
        )
        sealed = replace(event, seal=rules.seal(event))
        events.append(sealed)
        previous = sealed.seal
    return events


def head(events):
    return (events[-1].seq, events[-1].seal)


@given(st.integers(1, 30))
def test_an_untouched_chain_holds(length):
    events = chain(length)
    assert rules.first_break(events, head(events)) is None


@given(st.data())
def test_any_edited_field_shows_at_its_place(data):
    events = chain(data.draw(st.integers(1, 12)))
    index = data.draw(st.integers(0, len(events) - 1))
    change = data.draw(
        st.sampled_from(
            [
                {"actor": "somebody"},
                {"verb": "loans.disburse"},
                {"record": "loan:x"},
                {"on": date(2004, 8, 13)},
                {"entered_at": datetime(2004, 9, 1, tzinfo=UTC)},
                {"data": "{}"},
                {"ward": "32.71.01.1001"},
            ]
        )
    )
    edited = [*events]
    edited[index] = replace(events[index], **change)
    broken = rules.first_break(edited, head(events))
    assert broken.clause == "trail.edited"
    assert broken.where["seq"] == index + 1


@given(st.data())
def test_a_missing_event_shows_as_a_hole_or_a_cut(data):
    events = chain(data.draw(st.integers(2, 12)))
    index = data.draw(st.integers(0, len(events) - 1))
    left = events[:index] + events[index + 1 :]
    broken = rules.first_break(left, head(events))
    assert broken.clause == ("trail.cut" if index == len(events) - 1 else "trail.hole")


def test_an_event_resealed_by_hand_breaks_the_next_one():
    events = chain(3)
    forged = replace(events[1], actor="somebody")
    forged = replace(forged, seal=rules.seal(forged))
    broken = rules.first_break([events[0], forged, events[2]], head(events))
    assert broken.where["seq"] == 3


def test_data_is_written_in_one_way_only():
    assert rules.canonical({"b": 1, "a": date(2004, 5, 12)}) == '{"a":"2004-05-12","b":1}'
