"""Papers of a vote: ballots, the tally sheet of a station, the minutes of the count."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.kernel.money import format_rupiah, group_thousands
from pendamping.kernel.share import Share
from pendamping.planning import facts, kiosks, labels, queries
from pendamping.planning.models import Station, Vote
from pendamping.planning.rules.groups import groups
from pendamping.planning.rules.opinion import left_out
from pendamping.trail import queries as trail

FOLDER = Path(__file__).parent / "papers"


def _name(vote: Vote) -> str:
    name = queries.components(vote.ward, vote.held_on).get(vote.component, vote.component)
    return _("Vote on needs: %(component)s") % {"component": name}


def _station(station: Station) -> str:
    where = labels.place(f"{station.rw}/{station.rt}")
    return _("Station %(number)s · %(place)s") % {"number": station.number, "place": where}


def _choices(vote: Vote) -> list[list[str]]:
    return [
        [str(one.number), one.title, labels.place(one.place), format_rupiah(one.cost)]
        for one in queries.options(vote)
    ]


def ballots(station: Station, ward_name: str) -> bytes:
    """Every ballot of a station; the number stands on the stub that stays behind."""
    with translation.override("id"):
        vote, kept = station.vote, facts.rule(station.vote)
        data = {
            "title": _("Ballot"),
            "ward": ward_name,
            "kind": _name(vote),
            "day": labels.day(vote.held_on),
            "station": _station(station),
            "numbers": [
                [str(number), kiosks.code(station, number)]
                for number in range(station.first, station.last + 1)
            ],
            "code": _("Kiosk code"),
            "choices": _choices(vote),
            "ask": labels.marks(kept),
            "mark": "square" if kept.ballot in ("approval", "one") else "line",
            "sex": _("Ticked by the committee:") if kept.by_sex else "",
            "apart": labels.apart(kept.exclusive),
            "stub": _("Stub no."),
            "sign": _("Initials of the committee"),
            "fold": _("Fold it. Write no name and no other mark."),
        }
        return paper.render(FOLDER / "ballots.typ", data, lang="id")


def sheet(station: Station, ward_name: str, address: str) -> bytes:
    """The tally sheet of a station: figures to fill in, a line for each need with room for strokes."""
    with translation.override("id"):
        vote = station.vote
        data = {
            "title": _("Tally sheet"),
            "ward": ward_name,
            "kind": f"{_name(vote)} · {labels.day(vote.held_on)}",
            "facts": [
                [_("Station"), _station(station)],
                [_("May vote here"), str(station.eligible)],
                [
                    _("Ballots issued"),
                    f"{station.last - station.first + 1} ({station.first}–{station.last})",
                ],
            ],
            "figures": [*map(str, labels.FIGURES.values()), _("Valid ballots")],
            "columns": ["No.", _("Need"), _("Strokes (five in a bundle)"), _("Votes")],
            "rows": [[number, title] for number, title, _place, _cost in _choices(vote)],
            "check": _("Check: valid + invalid + spoiled + left over + missing = ballots issued."),
            "signers": [_("Committee"), _("Witness"), _("Witness")],
            "qr": paper.qr_svg(address),
        }
        return paper.render(FOLDER / "sheet.typ", data, lang="id")


def minutes(vote: Vote, ward_name: str, address: str) -> bytes:
    """The minutes of a count: turnout, votes, what is funded, and the second opinion beside it."""
    with translation.override("id"):
        counted, kept = queries.counted(vote), facts.rule(vote)
        other = {int(name) for name in counted.opinion.other.selected}
        options = sorted(queries.options(vote), key=lambda one: (-(one.votes or 0), one.number))
        turnout = Share(counted.voters, counted.eligible)
        first, second = counted.opinion.without_choice
        weighed = [_("Points together")] if kept.ballot in ("ranking", "points") else []
        tally = counted.opinion.first.tally
        data = {
            "title": _("Minutes of the count"),
            "ward": ward_name,
            "kind": f"{_name(vote)} · {labels.day(vote.held_on)}",
            "facts": [
                [_("Money for this component"), format_rupiah(vote.budget)],
                [_("Funded"), format_rupiah(sum(one.cost for one in options if one.funded))],
                [_("Rule"), labels.rule(kept.rule)],
                [_("Voted"), f"{group_thousands(counted.voters)} ({turnout.percent()})"],
                [_("of them women"), group_thousands(counted.women)],
                [_("May vote"), group_thousands(counted.eligible)],
            ],
            "columns": [
                "No.", _("Need"), _("Where"), _("Cost"), _("Votes"), *weighed, _("Funded"),
                _("Second opinion"),
            ],
            "rows": [
                _result(one, one.number in other, tally[one.number - 1] if weighed else None)
                for one in options
            ],
            "said": [
                _("Second opinion: %(rule)s, with the same ballots and the same money.")
                % {"rule": labels.rule(counted.opinion.other.method.rule)},
                _("Voters without any funded choice: %(first)s; under the second opinion: %(second)s.")
                % {"first": first, "second": second},
                *labels.apart(kept.exclusive),
                *_sexes(counted),
                *_nowhere(counted),
            ],
            "signers": [_("Committee"), *vote.witnesses],
            "seal": _("Seal of the trail: %(seal)s")
            % {"seal": "{}:{}".format(*trail.short_seal(vote.ward))},
            "qr": paper.qr_svg(address),
        }  # fmt: skip
        return paper.render(FOLDER / "minutes.typ", data, lang="id")


def _result(one: Any, other: bool, score: int | None) -> list[str]:
    funded = labels.funded_by(one.by) if one.funded else "–"
    return [
        str(one.number), one.title, labels.place(one.place), format_rupiah(one.cost), str(one.votes),
        *([] if score is None else [group_thousands(score)]), funded, _("funded") if other else "–",
    ]  # fmt: skip


def _sexes(counted: queries.Counted) -> list[str]:
    """Where ballots tell it: what women and men named most."""
    election = counted.opinion.first.election
    text = _("%(who)s (%(many)s ballots) gave most to number %(number)s.")
    names = {"P": _("Women (P)"), "L": _("Men (L)")}
    return [
        text % {"who": names[one.key], "many": one.ballots, "number": one.tally.index(max(one.tally)) + 1}
        for one in groups(election, counted.sexes)
        if one.tally
    ]  # fmt: skip


def _nowhere(counted: queries.Counted) -> list[str]:
    found = left_out(counted.opinion.first, counted.places)
    places = [labels.place(place) for place, (all_, none) in found.items() if all_ == none]
    if not places:
        return []
    return [_("RTs where nobody's choice is funded: %(places)s.") % {"places": ", ".join(places)}]
