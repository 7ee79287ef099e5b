"""The chain on paper for a meeting: every need with how far it has come, and the works back to who asked for them."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.cycle import chain as chains
from pendamping.cycle import chain_labels as labels
from pendamping.cycle.rules.chain import KINDS, stations
from pendamping.kernel import clock

FOLDER = Path(__file__).parent / "papers"


def sheet(ward: str, ward_name: str, address: str, size: str) -> bytes:
    """``a3`` or ``a4``, lying; in Indonesian, as it hangs in the meeting."""
    with translation.override("id"):
        found = chains.chains(ward)
        data = {
            "paper": size,
            "title": _("From the need to the asset"),
            "ward": f"{ward_name} · {date_format(clock.today(), 'j F Y')}",
            "columns": [_("Need"), _("Asked for by"), *(labels.link(kind) for kind in KINDS)],
            "rows": [_row(one) for one in found],
            "legend": [[state, str(text)] for state, text in labels.STATES.items()],
            "back_title": _("From the works back to the need"),
            "back_columns": [_("Works"), _("Done"), _("Asked for by"), _("Day")],
            "back": [_back(one) for one in chains.back(ward, found)],
            "nothing": _("No need is noted yet"),
            "qr": paper.qr_svg(address),
        }
        return paper.render(FOLDER / "chain.typ", data, lang="id")


def _row(one: chains.Chain) -> dict[str, Any]:
    days = {link.kind: link.on for link in one.links}
    return {
        "title": one.need.title,
        "from": f"{labels.asked_by(one.need.asked_by)}, {labels.place(one.place)}",
        "gone": "withdrawn" in days,
        "cells": [
            [state, date_format(on, "j/n/y") if (on := days.get(kind)) else ""]
            for kind, state in stations(one.links).items()
        ],
    }


def _back(one: chains.Back) -> list[str]:
    who, on = _("not on record"), ""
    if one.chain:
        need = one.chain.need
        who = f"{labels.asked_by(need.asked_by)}, {labels.place(one.chain.place)}"
        on = date_format(need.asked_on, "j F Y")
    return [one.grant.title, f"{one.percent} %", who, on or "–"]
