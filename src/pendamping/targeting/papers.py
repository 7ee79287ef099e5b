"""The poor list on paper, to be posted in the ward: names and RTs, nothing else."""

from itertools import groupby
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.targeting import labels, objecting, queries
from pendamping.targeting.models import ListEntry, PoorList

FOLDER = Path(__file__).parent / "papers"


def poor_list(found: PoorList, ward_name: str, address: str) -> bytes:
    """The list by RW as PDF; no NIK, no address, no criteria."""
    with translation.override("id"):
        entries = queries.entries(found.id)
        data = {
            "title": _("List of poor households"),
            "ward": ward_name,
            "number": _("List %(number)s") % {"number": found.number},
            "about": _about(found),
            "how": objecting.how(found),
            "how_title": _("How to object"),
            "columns": ["No.", _("Head of the household"), "RT"],
            "parts": [
                {"name": f"RW {rw}" if rw else "–", "rows": _rows(list(group))}
                for rw, group in groupby(entries, key=lambda entry: entry.rw)
            ],
            "total": _("%(count)s households") % {"count": len(entries)},
            "qr": paper.qr_svg(address),
        }
        return paper.render(FOLDER / "list.typ", data, lang="id")


def objection_slip(found: PoorList, ward_name: str, address: str) -> bytes:
    """An empty slip (A5) on which a resident objects to the posted list; who took it tears off
    the lower strip for the resident."""
    with translation.override("id"):
        data = {
            "title": _("Objection to the list of poor households"),
            "ward": " · ".join([ward_name, _("List %(number)s") % {"number": found.number}]),
            "how": objecting.how(found),
            "kinds": [labels.objection_kind(key) for key in ("add", "remove")],
            "blanks": [
                _("Head of the household"), "RT / RW", _("Why"), "", "", _("Day"),
                _("Name and RT of whoever objects (need not be given)"),
            ],
            "kind": _("Tick one"),
            "signers": [_("Whoever objects (may stay empty)"), _("Taken by, name and day")],
            "strip": _("For the resident: the objection was taken on"),
            "by": _("by"),
            "qr": paper.qr_svg(address),
        }  # fmt: skip
        return paper.render(FOLDER / "objection.typ", data, lang="id")


def _rows(entries: list[ListEntry]) -> list[list[str]]:
    return [[str(number), each.head_name, each.rt] for number, each in enumerate(entries, 1)]


def _about(found: PoorList) -> str:
    if found.status == "draft":
        return _("Draft, not posted yet.")
    if found.status == "posted":
        return _("Posted on %(first)s. Residents may object until %(last)s.") % {
            "first": date_format(found.posted_on, "j F Y"),
            "last": date_format(found.objections_until, "j F Y"),
        }
    return _("Ratified on %(day)s.") % {"day": date_format(found.ratified_on, "j F Y")}
