"""Complaints as tests hand them in; every person is made up."""

from datetime import date

from pendamping.access import actions as access
from pendamping.complaints import actions

DAY = date(2004, 5, 3)  # a Monday
NAME, CONTACT, ADDRESS = "Warga Contoh Pelapor", "0812-0000-1234", "Gang Contoh 7"
TEXT = "Semen untuk selokan RT 02 tidak sampai seluruhnya."


def handed_in(cast, by=None, **changes):
    """A complaint of somebody who left their name; ``by`` the cadre, if nobody else."""
    person = {"name": NAME, "contact": CONTACT, "address": ADDRESS}
    told = {
        "request_id": "satu", "received_on": DAY, "channel": "face_to_face", "kind": "problem",
        "scope": "administrative", "about": "works", "text": TEXT, "person": person, **changes,
    }  # fmt: skip
    return actions.receive(**{"by": by or cast.cadre, "ward": cast.ward, **told})


def officer_of(cast, area, name):
    """A verifier who answers complaints of an area."""
    user, _code = access.invite(
        by=cast.system, ward=area, username=name, name=f"Contoh {name}", role="verifier"
    )
    cast.players[name] = user
    return user
