"""A stage for tests of verification: an officer for each tier, a dossier with its papers."""

from datetime import date

from pendamping.access import actions as access
from pendamping.verification import actions

DAY = date(2004, 6, 1)
PAPERS = ("payment_request", "receipt")
CHECKS = {
    "team": ["present", "correct"],
    "pjok": ["papers", "request"],
    "korkot": ["papers", "progress"],
    "ppk": ["papers"],
    "satker": ["papers", "order"],
    "appeal": ["heard"],
    "unit": ["in_plan", "beneficiaries", "cost", "contribution", "visited", "member_tests"],
    "facilitator": ["design", "safeguards", "complete"],
    "board": ["judgement", "ranked", "no_interest"],
}
OFFICES = {"pjok": "32.71.01", "korkot": "32.71", "ppk": "32.71", "satker": "32.71"}


def people_of(cast):
    """One more login for each office, a deputy, a judge of appeals, a second facilitator."""
    for who in (*OFFICES, "deputy", "judge"):
        cast.players[who] = _invite(cast, who, "verifier", "32.71")
    cast.players["second"] = _invite(cast, "second", "facilitator", cast.ward)


def _invite(cast, who, role, area):
    user, _code = access.invite(
        by=cast.system, ward=area, username=who, name=f"Contoh {who}", role=role
    )
    return user


def appoint_all(cast):
    """Everybody into their office from the day on."""
    for tier, area in OFFICES.items():
        actions.appoint(by=cast.system, area=area, tier=tier, user=tier, since=DAY)
    actions.appoint(by=cast.system, area="32.71", tier="appeal", user="judge", since=DAY)


def hand_in(cast, by=None, **changed):
    """A dossier of a tranche with two papers, handed in by the cadre."""
    asked = {
        "ward": cast.ward,
        "chain": "",
        "kind": "tranche",
        "ref": "berkas-1",
        "amount": 20_000_000,
        "parties": [],
        "documents": [{"key": key, "name": key} for key in PAPERS],
        "summary": "Termin 1 KSM Contoh",
        "on": DAY,
    }
    return actions.open_dossier(by=by or cast.cadre, **{**asked, **changed})


def paper_ticks(wrong=""):
    """Every paper present and correct, but the one that is named."""
    return {key: (True, key != wrong) for key in PAPERS}


def let_pass(cast, dossier, tier, by=None, on=None, **more):
    """Let the dossier pass in a tier, by whoever sits there."""
    from pendamping.kernel import clock

    officer = by or (cast.facilitator if tier == "team" else cast.players[tier])
    return actions.decide(
        by=officer,
        ward=cast.ward,
        dossier_id=dossier.id,
        result="fit",
        on=on or clock.today(),
        papers=paper_ticks(),
        checks=CHECKS[tier],
        **more,
    )
