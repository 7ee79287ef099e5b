"""Words for what this room keeps as keys."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.elections.models import Election, Round, Station
from pendamping.elections.rules import course


def unit(place: str) -> str:
    """A place that elects: ``02/05`` is RT 05 of RW 02; the empty one is the ward."""
    rw, _slash, rt = place.partition("/")
    if rt:
        return f"RT {rt} RW {rw}"
    return f"RW {rw}" if rw else _("the whole ward")


def begin(text: str) -> str:
    """A text as it begins a heading."""
    return text[:1].upper() + text[1:]


def station(one: Station) -> str:
    """Where the voters of a station come from."""
    if one.rt or one.rw:
        return unit(f"{one.rw}/{one.rt}" if one.rt else one.rw)
    return _("the delegates") if not one.round.adults_vote else unit("")


def level(key: str) -> str:
    """A level in words."""
    return {"rt": _("in the RTs"), "rw": _("in the RWs"), "ward": _("in the ward")}[key]


def kind(election: Election) -> str:
    """What kind of election it is."""
    name = _("By-election") if election.kind == "by_election" else _("Election of the board")
    return _("Mock: %(name)s") % {"name": name} if election.practice else name


def status(election: Election) -> tuple[str, str]:
    """How far it is, and the tone of its badge."""
    return {
        "open": (_("under way"), "river"),
        "seated": (_("board seated"), "good"),
        "given_up": (_("given up"), "warn"),
    }[election.status]


def round_name(this: Round) -> str:
    """A vote in words: level, run-off, again."""
    if this.runoff_of_id:
        return _("Run-off %(level)s") % {"level": level(this.level)}
    if this.attempt > 1:
        return _("Vote %(level)s, held again") % {"level": level(this.level)}
    return _("Vote %(level)s") % {"level": level(this.level)}


def round_status(this: Round) -> tuple[str, str]:
    """How a vote stands, and the tone of its badge."""
    return {
        "open": (_("votes are typed"), "river"),
        "counted": (_("counted"), "good"),
        "failed": (_("not valid: too few voters"), "bad"),
    }[this.status]


def tally_state(state: str) -> tuple[str, str]:
    """How far a station's tallies are, and the tone of the badge."""
    return {
        "waits": (_("not typed yet"), "plain"),
        "once": (_("typed once"), "warn"),
        "differs": (_("two people differ"), "bad"),
        "agreed": (_("typed twice, the same"), "good"),
    }[state]


def outcome(key: str) -> tuple[str, str]:
    """What came of a name, and the tone of its badge."""
    return {
        "elected": (_("elected"), "good"),
        "tied": (_("equal at the last seat"), "warn"),
        "following": (_("next in line"), "plain"),
    }[key]


def sex(letter: str) -> str:
    """A letter of the census in words."""
    return {"P": _("female"), "L": _("male")}.get(letter, _("not stated"))


def role(key: str) -> str:
    """What a member of the board is."""
    return {"member": _("member"), "coordinator": _("coordinator")}[key]


FIGURES = {
    "voters": lambda: _("Voters who signed the roll"),
    "women": lambda: _("of them women"),
    "valid": lambda: _("Valid ballots in the box"),
    "invalid": lambda: _("Invalid ballots in the box"),
    "spoiled": lambda: _("Spoiled ballots, replaced"),
    "left": lambda: _("Ballots left over"),
    "lost": lambda: _("Ballots missing"),
    "void_names": lambda: _("Names that cannot be elected here"),
}


def figure(key: str) -> str:
    """A figure of the tally sheet."""
    return str(FIGURES[key]())


def next_text(step: Any, names: list[str]) -> str:
    """What the rule asks for next, as a sentence; ``names``: the places of a run-off or lot."""
    places = ", ".join(names)
    return {
        course.COUNT: _(
            "Type the tallies of every station twice, by two people; then close the count."
        ),
        course.ROUND: _("Vote %(level)s: choose the day.") % {"level": level(step.level or "ward")},
        course.RUNOFF: _("Votes are equal at the last seat in %(places)s: vote again between them.")
        % {"places": places},
        course.LOT: _("Votes are still equal in %(places)s: draw lots before witnesses.")
        % {"places": places},
        course.SEAT: _(
            "The result stands. The delegates' meeting confirms it; then the board is seated."
        ),
        course.DONE: _("Nothing is left to do."),
    }[step.kind]


def day(value: Any) -> str:
    """A day as it is read out."""
    return date_format(value, "j F Y") if value else ""
