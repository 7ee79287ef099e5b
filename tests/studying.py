"""A small study for tests: an informant, an interview in which two sentences say something, a code."""

from datetime import date

from pendamping.evidence import actions, queries
from pendamping.evidence.rules import factor_key

TEXT = "Rapatnya lama sekali 🕰. Enam bulan baru ada rencana.\nSekarang sudah dipadatkan. Orang jadi mau datang lagi."
FACTOR = "planning-too-long"


def begun(cast, by=None):
    """A study with an informant; the facilitator did it."""
    by = by or cast.facilitator
    actions.start_study(by=by, ward=cast.ward)
    return actions.add_informant(
        by=by, ward=cast.ward, criterion="Ikut sejak persiapan", who="pengurus KSM",
        knows=["preparation", "results"], name="Contoh Informan",
    )  # fmt: skip


def taken_in(cast, informant=None, **more):
    """A source; an interview unless said otherwise."""
    told = {"kind": "interview", "title": "Wawancara I-01", "text": TEXT, "on": date(2004, 5, 1),
            "informant_id": informant.id if informant else "", "consent": True, **more}  # fmt: skip
    return actions.add_source(by=cast.facilitator, ward=cast.ward, **told)


def code(ward, factor=FACTOR, sense="for"):
    """The id of a factor's code."""
    wanted = factor_key(factor, sense)
    return next(row.code.id for row in queries.codebook(ward) if row.code.key == wanted)


def coded(cast, source, said, sense="for", factor=FACTOR):
    """The passage that says these words gets the code."""
    start = source.text.index(said)
    [passage] = actions.code_passage(
        by=cast.facilitator, ward=cast.ward, source_id=source.id, spans=[(start, start + len(said))],
        codes=[code(cast.ward, factor, sense)],
    )  # fmt: skip
    return passage
