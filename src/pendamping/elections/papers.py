"""Papers of an election: ballots, tally sheets, the roll of voters, the minutes; the board to post."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.elections import facts, labels, queries
from pendamping.elections.models import Round, Station
from pendamping.elections.rules import labels as labelled
from pendamping.elections.rules.tallies import FIGURES
from pendamping.households import queries as households
from pendamping.institutions import queries as bodies
from pendamping.kernel import clock
from pendamping.kernel.share import Share
from pendamping.trail import queries as trail

FOLDER = Path(__file__).parent / "papers"
EMPTY_LINES = 30  # of a tally sheet where nobody knows the names before
MOST_LINES = 150


def _kind(this: Round) -> str:
    return f"{labels.kind(this.election)} · {labels.round_name(this)}"


def ballots(station: Station, ward_name: str) -> bytes:
    """Every ballot of a station, eight on a sheet; the number stands on the stub that stays behind."""
    with translation.override("id"):
        this = station.round
        data = {
            "title": _("Ballot"),
            "ward": ward_name,
            "kind": _kind(this),
            "day": labels.day(this.held_on),
            "station": _("Station %(number)s · %(place)s")
            % {"number": station.number, "place": labels.station(station)},
            "numbers": [str(number) for number in range(station.first, station.last + 1)],
            "names": station.names,
            "choices": [one.name for one in facts.electable(station)] if station.between else [],
            "ask": _("Tick at most %(names)s.") % {"names": station.names}
            if station.between
            else _("Write at most %(names)s names. Nobody is a candidate; choose whom you trust.")
            % {"names": station.names},
            "stub": _("Stub no."),
            "sign": _("Initials of the committee"),
            "fold": _("Fold it. Write no name of your own and no mark."),
            "mock": _("MOCK BALLOT") if this.election.practice else "",
        }
        return paper.render(FOLDER / "ballots.typ", data, lang="id")


def sheets(stations: Sequence[Station], ward_name: str, addresses: Mapping[str, str]) -> bytes:
    """The tally sheet of each station: figures to fill in, a line for each name with room for strokes."""
    with translation.override("id"):
        data = {
            "title": _("Tally sheet"),
            "ward": ward_name,
            "columns": ["No.", _("Name"), _("Strokes (five in a bundle)"), _("Votes")],
            "check": _(
                "Check: in the box + spoiled + left over + missing = ballots issued. Voters = in the box + missing."
            ),
            "signers": [_("Committee"), _("Witness"), _("Witness")],
            "sheets": [_sheet(one, addresses[one.id]) for one in stations],
        }
        return paper.render(FOLDER / "sheets.typ", data, lang="id")


def _sheet(station: Station, address: str) -> dict[str, Any]:
    this = station.round
    names: list[str] = []
    if station.between or not this.adults_vote:
        people = facts.electable(station)
        said = labelled(people)
        names = [said[one.person] for one in people][:MOST_LINES]
    return {
        "name": _("Station %(number)s · %(place)s")
        % {"number": station.number, "place": labels.station(station)},
        "kind": _kind(this),
        "day": labels.day(this.held_on),
        "facts": [
            [_("May vote here"), str(station.eligible)],
            [
                _("Ballots issued"),
                f"{station.last - station.first + 1} ({station.first}–{station.last})",
            ],
        ],
        "figures": [labels.figure(name) for name in FIGURES],
        "rows": names or [""] * EMPTY_LINES,
        "qr": paper.qr_svg(address),
    }


def voters(station: Station, ward_name: str, address: str) -> bytes:
    """Who may vote in a station, with room to sign; no number of any card."""
    with translation.override("id"):
        this = station.round
        data = {
            "title": _("Roll of voters"),
            "ward": ward_name,
            "kind": f"{_kind(this)} · {labels.day(this.held_on)}",
            "station": _("Station %(number)s · %(place)s")
            % {"number": station.number, "place": labels.station(station)},
            "columns": ["No.", _("Name"), _("L/P"), _("Signature")],
            "rows": [
                [str(number), name, sex, ""]
                for number, (name, sex) in enumerate(_voters(station), 1)
            ],
            "qr": paper.qr_svg(address),
        }
        return paper.render(FOLDER / "voters.typ", data, lang="id")


def _voters(station: Station) -> list[tuple[str, str]]:
    this = station.round
    election = this.election
    if not this.adults_vote:
        there = facts.delegates(election, this.level, station.unit)
        return [(one.name, one.sex) for one in there]
    living = households.residents(
        election.ward, on=this.held_on, least_age=facts.rule(election).adult_age,
        rw=station.rw, rt=station.rt,
    )  # fmt: skip
    return [(one.name, one.sex) for one in living]


def minutes(this: Round, ward_name: str, address: str) -> bytes:
    """The minutes of a count: turnout, ballots, result by place, lots, witnesses to sign."""
    with translation.override("id"):
        election, percent = this.election, "{} ({})"
        turnout = Share(this.voters or 0, this.eligible)
        data = {
            "title": _("Minutes of the count"),
            "ward": ward_name,
            "kind": _kind(this),
            "mock": _("Mock election: this result gives nobody a seat.")
            if election.practice
            else "",
            "facts": [
                [_("Day"), labels.day(this.held_on)],
                [_("May vote"), str(this.eligible)],
                [_("Voted"), percent.format(this.voters or 0, turnout.percent())],
                [_("of them women"), str(this.women or 0)],
                [_("Threshold"), f"{this.threshold_percent} %"],
                [_("Result"), labels.round_status(this)[0]],
                *_ballot_facts(this),
            ],
            "columns": ["No.", _("Name"), _("L/P"), _("Votes"), _("Result")],
            "parts": _parts(this),
            "women": _women(this),
            "lots": _lots(this),
            "note_title": _("What happened on the day"),
            "note": this.note,
            "lots_title": _("Lots drawn"),
            "signers": [_("Committee"), *this.witnesses],
            "seal": _("Seal of the trail: %(seal)s")
            % {"seal": "{}:{}".format(*trail.short_seal(election.ward))},
            "qr": paper.qr_svg(address),
        }
        return paper.render(FOLDER / "minutes.typ", data, lang="id")


def _ballot_facts(this: Round) -> list[list[str]]:
    """Ballots of all stations together, as two people typed them alike."""
    rows = queries.stations(this)
    agreed = [facts.agreed(list(row.tallies)) for row in rows]
    counted = [one for one in agreed if one is not None]
    if not counted:
        return []
    issued = sum(row.issued for row in rows)
    told = [[_("Ballots issued"), str(issued)]]
    for name in ("valid", "invalid", "spoiled", "left", "lost"):
        told.append([labels.figure(name), str(sum(getattr(one, name) for one in counted))])
    return told


def _parts(this: Round) -> list[dict[str, Any]]:
    found: dict[str, list[list[str]]] = {}
    for one in queries.named(this):
        found.setdefault(one.unit, []).append(
            [str(one.place), one.name, one.sex, str(one.votes), labels.outcome(one.outcome)[0]]
        )
    return [{"name": labels.begin(labels.unit(unit)), "rows": rows} for unit, rows in found.items()]


def _women(this: Round) -> str:
    if this.level != "ward" or this.status != "counted":
        return ""
    elected = list(this.named.filter(outcome="elected"))
    share = Share(sum(one.sex == "P" for one in elected), len(elected))
    return _("Women among the elected: %(part)s of %(whole)s (%(share)s); the guideline considers %(percent)s %%.") % {
        "part": share.part, "whole": share.whole, "share": share.percent(),
        "percent": facts.rule(this.election).women_percent,
    }  # fmt: skip


def _lots(this: Round) -> list[str]:
    found = []
    for lot in this.lots.order_by("id"):
        people = households.persons(this.election.ward, lot.order)
        order = ", ".join(people[one].name for one in lot.order if one in people)
        found.append(
            _("%(place)s, %(day)s: drawn in this order: %(order)s. Witnesses: %(witnesses)s.")
            % {"place": labels.unit(lot.unit), "day": labels.day(lot.on), "order": order,
               "witnesses": ", ".join(lot.witnesses)}
        )  # fmt: skip
    return found


def board(ward: str, ward_name: str, address: str) -> bytes:
    """The board of today, to be posted in the ward."""
    with translation.override("id"):
        today = clock.today()
        members, body = queries.board(ward, today), bodies.body(ward)
        women = Share(sum(one.sex == "P" for one in members), len(members))
        term = _("Term: %(since)s to %(ends)s") % {
            "since": labels.day(min((one.since for one in members), default=None)),
            "ends": labels.day(max((one.ends for one in members), default=None)),
        }
        data = {
            "title": _("The board (BKM)"),
            "ward": ward_name,
            "term": term if members else _("No board has been elected yet."),
            "women": _("Women: %(part)s of %(whole)s") % {"part": women.part, "whole": women.whole},
            "columns": ["No.", _("Name"), _("L/P"), _("Role")],
            "rows": [
                [str(number), one.name, one.sex, labels.role(one.role)]
                for number, one in enumerate(members, 1)
            ],
            "papers": [
                f"{bodies.paper_name(one.kind)} {one.number}, {labels.day(one.issued_on)}, {one.issued_by}"
                for one in (bodies.papers(body) if body else [])
                if one.kind != "account"
            ],
            "foot": _("Board members are unpaid and decide together. Ask them; complain to them."),
            "qr": paper.qr_svg(address),
        }
        return paper.render(FOLDER / "board.typ", data, lang="id")
