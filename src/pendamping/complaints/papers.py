"""Papers of complaints: the complainant's slip, the register of a year, the sheet for the board."""

from collections.abc import Sequence
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.complaints import facts, labels, queries
from pendamping.complaints.models import Complaint
from pendamping.complaints.rules import written
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah

FOLDER = Path(__file__).parent / "papers"


def slip(one: Complaint, code: str, ward_name: str, address: str) -> bytes:
    """The slip: code, QR, by when something is heard. It says neither who complained nor about what."""
    with translation.override("id"):
        level = facts.rule(one).levels[0]
        data = {
            "title": _("Complaint slip"),
            "ward": ward_name,
            "number": labels.number(one),
            "day": _("Received on %(day)s") % {"day": labels.day(one.received_on)},
            "code": written(code),
            "how": _("Follow it with this code: open the address, or show the code with a phone. No account, no name."),
            "address": address,
            "terms": [
                _("Receipt confirmed by %(day)s.") % {"day": labels.day(facts.acknowledge_by(one))},
                _("Answer within %(days)s working days, else it goes up a level by itself.") % {"days": level.days},
                _("When it is answered, say whether it is settled. If not, it is opened again."),
            ],
            "keep": _("Keep this slip: whoever has the code sees the answer."),
            "qr": paper.qr_svg(f"{address}?code={code}"),
        }  # fmt: skip
        return paper.render(FOLDER / "slip.typ", data, lang="id")


def register(
    lines: Sequence[queries.Line], ward: str, ward_name: str, year: int, address: str
) -> bytes:
    """The register of a year; nobody's name stands in it."""
    with translation.override("id"):
        today = clock.today()
        channels, levels = (labels.names(ward, part, today) for part in ("channels", "levels"))
        data = {
            "title": _("Register of complaints"),
            "ward": ward_name,
            "note": _("%(year)s, as of %(day)s") % {"year": year, "day": labels.day(today)},
            "columns": ["No.", _("Received"), _("How it came"), _("What it is about"), _("Level"), _("State"),
                        _("Amount"), _("Came back")],
            "rows": [_row(one, channels, levels) for one in lines],
            "nothing": _("No complaint was received."),
            "signers": [_("Complaints service (PPM)"), _("Coordinator of the board")],
            "qr": paper.qr_svg(address),
        }  # fmt: skip
        return paper.render(FOLDER / "register.typ", data, lang="id")


def _row(line: queries.Line, channels: dict[str, str], levels: dict[str, str]) -> list[str]:
    one = line.complaint
    state = labels.status(one)[0]
    return [
        f"{one.number:03d}", f"{one.received_on:%d-%m}", channels.get(one.channel, one.channel),
        one.subject or str(labels.ABOUT[one.about]), levels.get(line.stands.level, line.stands.level),
        " · ".join([state, _("overdue")]) if line.stands.overdue else state,
        format_rupiah(one.amount) if one.amount is not None else "–",
        format_rupiah(one.recovered) if one.amount is not None else "–",
    ]  # fmt: skip


def poster(ward_name: str, ward: str, address: str) -> bytes:
    """The sheet for the board: where one complains, and the code of the form."""
    with translation.override("id"):
        rule = facts.rule_on(ward, clock.today())
        data = {
            "title": _("Something wrong? Say it."),
            "ward": ward_name,
            "ways": [
                _("With a phone: point its camera at this code."),
                _("In person, in the book or in the box at the ward office."),
                _("With your name or without."),
            ],
            "terms": _("You get a code to follow it. Receipt within %(first)s, answer within %(second)s working days.")
            % {"first": rule.acknowledge_days, "second": rule.levels[0].days},
            "address": address,
            "qr": paper.qr_svg(f"{address}?via=info_board"),
        }  # fmt: skip
        return paper.render(FOLDER / "poster.typ", data, lang="id")
