"""A stage for tests of meetings, lists and groups: poor and other residents of two RTs, meetings."""

from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.guidelines import actions as guideline_actions
from pendamping.guidelines import queries as guidelines
from pendamping.households import actions as households
from pendamping.households import queries as residents
from pendamping.households.rules.life import NewPerson
from pendamping.meetings import actions as meetings

COUNTED = date(2003, 12, 1)
HELD = date(2004, 1, 29)
TODAY = date(2004, 2, 10)


@dataclass
class Village:
    """Households in the order in which they were entered: (household id, person id)."""

    poor: list[tuple[str, str]]
    rich: list[tuple[str, str]]

    @property
    def poor_people(self):
        return [person for _, person in self.poor]

    @property
    def rich_people(self):
        return [person for _, person in self.rich]

    @property
    def everybody(self):
        return self.poor_people + self.rich_people


def in_letters(number):
    """0 is Qaa, 1 is Qab, 676 is Qbaa: names have no digits."""
    places = range(2 if number >= 26**2 else 1, -1, -1)
    return "Q" + "".join(chr(97 + number // 26**place % 26) for place in places)


def name_in_list(cast, *homes):
    """The households stand on a poor list that residents ratified on the day of the count."""
    households.mark_poor(by=cast.facilitator, ward=cast.ward, households=homes, on=COUNTED)


def _born(number):
    """Days so far apart that nobody is another's likely double in a village of some."""
    return date(1965, 5, 1) + timedelta(days=37 * (number % 6) + 400 * (number // 6))


def village(cast, poor=6, rich=4, sexes="PPL", ratified=True, called=in_letters):
    """Poor and other households in RT 01 and 02 of RW 01, one grown-up head each.

    ``ratified``: the poor ones stand on a ratified list; else they are marked by the census only. ``called``: the
    name of each by number, after ``Warga Rekaan``.
    """
    found = {True: [], False: []}
    for number in range(poor + rich):
        is_poor = number < poor
        person = NewPerson(
            name=f"Warga Rekaan {called(number)}",
            sex=sexes[number % len(sexes)],
            relation="head",
            born=_born(number),
        )
        home = households.add_household(
            by=cast.facilitator,
            ward=cast.ward,
            on=COUNTED,
            rw="01",
            rt=f"{number % 2 + 1:02d}",
            members=[person],
            poor=is_poor,
            new_place=True,
        )
        head = residents.members_on(cast.ward, home.id, HELD)[0][0]
        found[is_poor].append((home.id, head))
    if ratified:
        name_in_list(cast, *(home for home, _ in found[True]))
    return Village(found[True], found[False])


def meet(cast, people, *, kind="group", on=HELD, eligible=None, follows="", head_count=None):
    """A meeting with its roll taken, by names or by heads."""
    meeting = meetings.call_meeting(
        by=cast.facilitator, ward=cast.ward, kind=kind, held_on=on, place="Balai", follows=follows
    )
    return meetings.take_roll(
        by=cast.facilitator,
        ward=cast.ward,
        meeting_id=meeting.id,
        present=[{"person": person} for person in people],
        head_count=head_count,
        eligible=eligible,
    )


def decide(cast, meeting, subject, **changes):
    """The meeting decides, and its minutes are signed."""
    meetings.record_decision(
        by=cast.facilitator,
        ward=cast.ward,
        meeting_id=meeting.id,
        subject=subject,
        **{"text": "Disepakati", **changes},
    )
    return sign(cast, meeting)


def minutes(cast, on=HELD):
    """The id of a meeting that decided something and whose minutes are signed."""
    count = {"total": 5, "women": 3, "poor": 5}
    met = meet(cast, (), on=on, head_count=count, eligible=5)
    return decide(cast, met, "meetings.other").id


def sign(cast, meeting):
    """The minutes are signed on the day of the meeting."""
    return meetings.sign_minutes(
        by=cast.facilitator,
        ward=cast.ward,
        meeting_id=meeting.id,
        text="Berita acara",
        signed_on=meeting.held_on,
        signers=["Contoh Satu", "Contoh Dua"],
    )


def agree(cast, people, **more):
    """A meeting of those who form a group: held, decided, its minutes signed."""
    return decide(cast, meet(cast, people, **more), "institutions.form_group")


def board_decides(cast, subject, *, on, outcome="accepted", came=5, members=9):
    """The board meets, counted by heads, decides and signs its minutes; the id of the meeting."""
    count = {"total": came, "women": came // 2, "poor": 0}
    meeting = meet(cast, [], kind="board", on=on, head_count=count, eligible=members)
    return decide(cast, meeting, subject, outcome=outcome).id


def decided_otherwise(cast, clause, value, *, on=HELD, **more):
    """The board decides that a rule of the guideline holds with another value; the id of its meeting."""
    return board_decides(cast, guidelines.decision_subject(clause, value), on=on, **more)


def decided_end(cast, decision, *, on=HELD, **more):
    """The board decides that a decision of the ward's own ends; the id of its meeting."""
    return board_decides(cast, guidelines.end_subject(decision.id), on=on, **more)


def deviate(cast, clause, value, *, since, on=HELD, by=None, reason="Sepakat", until=None):
    """The board decides otherwise than the text, and it is recorded."""
    return guideline_actions.record_deviation(
        by=by or cast.chair, ward=cast.ward, clause=clause, value=value, since=since, until=until,
        meeting=decided_otherwise(cast, clause, value, on=on), reason=reason,
    )  # fmt: skip
